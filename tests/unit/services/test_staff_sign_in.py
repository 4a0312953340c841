"""Coming in as a person: password, code from the telephone, last day, and the password asked again."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.privacy.rights import EVERYTHING, READY_ROLES, allowed, asks_again
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis, Part
from desktop_crm.records.sensitive import ApartKind
from desktop_crm.records.staff import Role, Staff
from desktop_crm.services import (
    contacts,
    copies,
    importing,
    log_notice,
    passwords,
    proving,
    sensitive,
    setup,
    staff,
    staff_sign_in,
    undoing,
    ways,
)
from desktop_crm.services.importing import ImportOrder
from desktop_crm.services.log_words import describe
from desktop_crm.services.office import Office
from desktop_crm.services.proving import NeedsEnrolment, ProveAgain
from desktop_crm.services.staff_sign_in import NeedsCode
from desktop_crm.storage.store import DiskFull
from desktop_crm.vault import codes
from desktop_crm.vault import staff as vault_staff
from desktop_crm.vault.tries import Tries
from desktop_crm.words import Exit, Problem
from tests.privacy.people_at_work import NAME, PASSWORD, Crew, shown
from tests.privacy.shop import ShopFile
from tests.privacy.test_acts import declared

WRONG, OTHER = "something else entirely", "another seven green doors"


class Door:
    """A locked customer file of several people."""

    def __init__(self, file: ShopFile) -> None:
        self.file = file
        office = file.begin()
        self.crew = Crew(office, file.keystore)
        self.person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
        self.secret = self.crew.enrolled(self.crew.tom)
        self.numbers = {name: self.crew.row(key).number for name, key in self.crew.ids.items()}
        office.close()
        self.wait(60)

    def wait(self, seconds: float) -> None:
        self.file.clock.at += timedelta(seconds=seconds)

    def enter(self, name: str, password: str = PASSWORD, code: str | None = None) -> Office:
        return staff_sign_in.open_as(
            self.file.folder, self.numbers[name], password, code, clock=self.file.clock, keystore=self.file.keystore
        )

    def code(self, later: int = 0) -> str:
        at = self.file.clock.at.timestamp() + later
        return codes._totp(self.secret).generate(int(at)).decode()

    def change(self, who: str, **values: object) -> None:
        office = self.enter(NAME)
        office.store.write(lambda writing: writing.update(Staff, self.crew.ids[who], **values))
        office.close()


@pytest.fixture
def door(file: ShopFile) -> Door:
    return Door(file)


@pytest.fixture
def inside(door: Door) -> Iterator[Office]:
    office = door.enter(NAME)
    yield office
    office.close()


def lines(office: Office, act: str) -> list[AuditEntry]:
    found = office.store.read(lambda reading: reading.find(AuditEntry, order=("seq",)))
    return [line for line in found if line.act == act]


def test_whoever_comes_in_is_who_the_log_names_and_may_what_their_role_may(door: Door) -> None:
    for name, role in ((NAME, "owner"), ("Dora", "data-protection")):
        office = door.enter(name)
        assert office.who.name == door.numbers[name]
        assert office.who.rights == READY_ROLES[role].rights
        assert lines(office, "sign_in")[-1].actor == door.numbers[name]
        assert lines(office, "sign_in")[-1].fields == "person"
        office.close()


def test_nobody_comes_in_with_a_colleagues_password_and_the_log_says_as_whom_it_was_tried(door: Door) -> None:
    with pytest.raises(passwords.WrongPassword):
        door.enter("Dora", WRONG)
    office = door.enter(NAME)
    (line,) = lines(office, "failed_sign_ins")
    assert (line.actor, line.fields, line.row_id) == ("unknown", "person", door.crew.dora)
    office.close()


def test_who_left_or_whose_time_is_over_or_whose_role_is_gone_does_not_come_in(door: Door) -> None:
    changes = ({"left_on": date(2026, 11, 20)}, {"left_on": None, "until": date(2026, 11, 20)}, {"role": "own-x"})
    for values in changes:
        door.change("Dora", **values)
        with pytest.raises(Problem) as told:
            door.enter("Dora")
        assert told.value.code is Exit.LOCKED
        assert not isinstance(told.value, passwords.WrongPassword)
    assert Tries(door.file.folder, door.file.keystore, door.file.clock).left == 5


def test_on_the_last_day_somebody_comes_in_and_after_it_nothing_can_be_done(door: Door) -> None:
    door.change("Dora", until=door.file.clock.at.date())
    office = door.enter("Dora")
    contacts.find(office, "Eva")
    door.wait(24 * 3600)
    with pytest.raises(Problem, match="time for which you were let in"):
        contacts.find(office, "Eva")
    office.close()


def test_a_code_is_asked_for_and_counts_once(door: Door) -> None:
    with pytest.raises(NeedsCode):
        door.enter("Tom")
    code = door.code()
    door.enter("Tom", code=code).close()
    with pytest.raises(passwords.WrongCode):
        door.enter("Tom", code=code)
    door.wait(30)
    office = door.enter("Tom", code=door.code())
    assert {line.fields for line in lines(office, "use_code")} == {"last_step"}
    (tried,) = lines(office, "failed_sign_ins")
    assert (tried.actor, tried.fields, tried.row_id) == (door.numbers["Tom"], "code", door.crew.tom)
    assert "right password" in str(describe(tried, None).text)
    office.close()


@pytest.mark.parametrize(("later", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_holds_for_its_half_minute_and_the_ones_around(door: Door, later: int, right: bool) -> None:
    door.wait(300)
    if right:
        door.enter("Tom", code=door.code(later)).close()
    else:
        with pytest.raises(passwords.WrongCode):
            door.enter("Tom", code=door.code(later))


def test_an_earlier_code_does_not_count_after_a_later_one(door: Door) -> None:
    door.enter("Tom", code=door.code(30)).close()
    for later in (-30, 0, 30):
        with pytest.raises(passwords.WrongCode):
            door.enter("Tom", code=door.code(later))


@pytest.mark.parametrize("typed", ["000000", "12345", "x" * 500, "ABCDE-FGHJK", "１２３４５６", ""])
def test_codes_that_are_none_open_nothing(door: Door, typed: str) -> None:
    with pytest.raises((passwords.WrongCode, NeedsCode)):
        door.enter("Tom", code=typed)


def test_wrong_codes_make_pauses_and_a_right_password_in_between_does_not_end_them(door: Door) -> None:
    for _ in range(5):
        with pytest.raises(passwords.WrongCode):
            door.enter("Tom", code="000000")
        with pytest.raises((NeedsCode, passwords.WrongPassword)):
            door.enter("Tom")
    with pytest.raises(passwords.WrongPassword, match="pause") as told:
        door.enter("Tom", code=door.code())
    assert not told.value.tried


def test_guessing_at_a_colleague_is_slow_whoever_comes_in_between(door: Door) -> None:
    for _ in range(4):
        with pytest.raises(passwords.WrongPassword):
            door.enter("Dora", WRONG)
    door.enter(NAME).close()
    with pytest.raises(passwords.WrongPassword):
        door.enter("Dora", WRONG)
    with pytest.raises(passwords.WrongPassword, match="pause"):
        door.enter("Dora")
    door.wait(40)
    door.enter("Dora").close()
    assert Tries(door.file.folder, door.file.keystore, door.file.clock).left == 5


def test_a_file_put_back_makes_a_used_code_good_for_its_minute_and_a_half_alone(door: Door) -> None:
    before = {path: path.read_bytes() for path in door.file.folder.path.iterdir() if path.is_file()}
    code = door.code()
    door.enter("Tom", code=code).close()
    for path, content in before.items():
        path.write_bytes(content)
    door.wait(90)
    with pytest.raises(passwords.WrongCode):
        door.enter("Tom", code=code)


def test_spare_codes_count_once_whatever_the_hyphens(door: Door) -> None:
    office = door.enter("Tom", code=door.code())
    enrolment = staff.begin_second_factor(office)
    spare = staff.confirm_second_factor(office, enrolment, shown(enrolment.secret, office))
    office.close()
    door.secret = enrolment.secret
    door.enter("Tom", code=spare[0].lower().replace("-", " ")).close()
    with pytest.raises(passwords.WrongCode):
        door.enter("Tom", code=spare[0])
    office = door.enter("Tom", code=spare[1])
    assert lines(office, "use_code")[-1].fields == "spare_code"
    office.close()


def test_a_role_that_needs_a_code_leads_there_before_anything_else(door: Door) -> None:
    office = door.enter(NAME)
    code = staff.save_role(office, staff.RoleForm(None, "Kasse", EVERYTHING, second_factor=True))
    staff.change_role(office, door.crew.dora, code)
    office.close()
    office = door.enter("Dora")
    assert office.must_enrol
    for act in (lambda: contacts.find(office, "Eva"), lambda: staff.people(office)):
        with pytest.raises(NeedsEnrolment):
            act()
    enrolment = staff.begin_second_factor(office)
    with pytest.raises(Problem, match="not the one"):
        staff.confirm_second_factor(office, enrolment, "000000")
    assert office.must_enrol
    staff.confirm_second_factor(office, enrolment, shown(enrolment.secret, office))
    assert contacts.find(office, "Eva")
    office.close()
    with pytest.raises(NeedsCode):
        door.enter("Dora")


def test_what_is_sensitive_asks_for_the_password_again_after_five_minutes(door: Door, inside: Office) -> None:
    wait = (door.file.folder, door.file.keystore)
    staff.set_until(inside, door.crew.dora, date(2027, 1, 1))
    door.wait(301)
    contacts.find(inside, "Eva")
    with pytest.raises(ProveAgain):
        staff.set_until(inside, door.crew.dora, date(2027, 1, 2))
    with pytest.raises(ProveAgain):
        ways.change_lock(inside, door.file.folder)
    with pytest.raises(passwords.WrongPassword):
        proving.prove(inside, *wait, WRONG)
    with pytest.raises(ProveAgain):
        staff.set_until(inside, door.crew.dora, date(2027, 1, 2))
    proving.prove(inside, *wait, PASSWORD)
    staff.set_until(inside, door.crew.dora, date(2027, 1, 2))
    assert len(lines(inside, "prove")) == 1


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(seconds=-1), timedelta(days=400)])
def test_no_setting_of_the_clock_makes_a_proof_last(door: Door, inside: Office, jump: timedelta) -> None:
    door.wait(301)
    door.file.clock.at += jump
    with pytest.raises(ProveAgain):
        inside.proof.require()


def test_wrong_passwords_while_it_is_open_make_the_same_pauses_and_are_told(door: Door, inside: Office) -> None:
    for _ in range(5):
        with pytest.raises(passwords.WrongPassword):
            proving.prove(inside, door.file.folder, door.file.keystore, WRONG)
    with pytest.raises(passwords.WrongPassword, match="pause"):
        proving.prove(inside, door.file.folder, door.file.keystore, PASSWORD)
    inside.close()
    door.wait(40)
    office = door.enter(NAME)
    assert len(lines(office, "failed_sign_ins")) == 5
    office.close()


def test_whoever_has_a_telephone_proves_with_its_code_too(door: Door) -> None:
    office = door.enter("Tom", code=door.code())
    door.wait(301)
    args = office, door.file.folder, door.file.keystore, PASSWORD
    with pytest.raises(NeedsCode):
        proving.prove(*args)
    proving.prove(*args, door.code())
    office.proof.require()
    office.close()


def test_where_the_key_store_opens_there_is_nothing_to_ask_for_and_with_the_shared_password_there_is(
    tmp_path: Path,
) -> None:
    file = ShopFile(tmp_path / "data")
    setup.begin(file.folder, file.shop(), clock=file.clock, keystore=file.keystore, passphrase=PASSWORD).office.close()
    office = file.open()
    file.clock.at += timedelta(hours=1)
    ways.set_password(office, file.folder, OTHER)
    office.close()
    office = setup.open_office(file.folder, clock=file.clock, keystore=file.keystore, passphrase=OTHER)
    file.clock.at += timedelta(hours=1)
    with pytest.raises(ProveAgain):
        ways.set_password(office, file.folder, PASSWORD)
    proving.prove(office, file.folder, file.keystore, OTHER)
    ways.set_password(office, file.folder, PASSWORD)
    office.close()


def test_what_asks_again_is_what_leaves_goes_or_lets_in() -> None:
    assert all(asks_again(verb, part) for verb in (Verb.EXPORT, Verb.ERASE) for part in Part)
    for verb in (Verb.ADD, Verb.CHANGE, Verb.REMOVE, Verb.SET_UP):
        assert {part for part in Part if asks_again(verb, part)} == {Part.PEOPLE, Part.COPIES}
    for verb in (Verb.LIST, Verb.VIEW, Verb.CHECK, Verb.SIGN_IN, Verb.BACK_UP):
        assert not any(asks_again(verb, part) for part in Part)
    assert not allowed(READY_ROLES["staff"].rights, Verb.EXPORT, Part.CONTACTS)


def test_what_is_taken_away_for_good_asks_again_too() -> None:
    """Every act that removes asks again, or can be taken back, or tells of no customer."""
    removing = {name: act for name, act in declared().items() if act.verb is Verb.REMOVE}
    free = {n for n, one in removing.items() if not (one.for_good or asks_again(one.verb, one.part))}
    assert free == {
        "entries.remove_delivery",
        "entries.remove_note",
        "entries.remove_purchase",
        "entries.untag",
        "locks.drop_wish",
        "outside.remove_place",
        "requests.take_out_mistaken",
        "tasks.remove_task",
    }
    assert {name for name, act in declared().items() if act.for_good} == {
        "copies.expire",
        "sensitive.remove_detail",
        "undoing.undo_import",
    }


def test_what_goes_for_good_goes_with_a_fresh_password_alone(door: Door, tmp_path: Path) -> None:
    office = door.enter(NAME)
    detail = sensitive.add_detail(office, door.person, sensitive.NewDetail(ApartKind.BANK, "DE02"))
    (tmp_path / "stick").mkdir()
    copy = copies.make_copy(office, tmp_path / "stick")
    batch = brought_in(office, tmp_path)
    door.wait(2 * 3600)
    for_good = (
        lambda: sensitive.remove_detail(office, detail),
        lambda: copies.expire(office, [copy.id]),
        lambda: undoing.undo_import(office, batch),
    )
    for one in for_good:
        with pytest.raises(ProveAgain):
            one()
    assert (tmp_path / "stick" / copy.file_name).exists()
    proving.prove(office, door.file.folder, door.file.keystore, PASSWORD)
    for one in for_good:
        one()
    office.close()


def test_whoever_may_bring_in_a_list_may_not_take_its_people_away(door: Door, tmp_path: Path) -> None:
    office = door.enter("Tom", PASSWORD, door.code())
    batch = brought_in(office, tmp_path)
    with pytest.raises(Problem, match="Your role may not") as told:
        undoing.undo_import(office, batch)
    assert told.value.code is Exit.NOT_ALLOWED
    assert office.read(lambda reading: reading.count(Contact)) == 2
    office.close()


def brought_in(office: Office, place: Path) -> bytes:
    """The number of a list of one person."""
    (place / "list.csv").write_text("name,email\nNeu Da,neu@x.example\n")
    batch = importing.bring_in(office, place / "list.csv", ImportOrder(source="x", basis=Basis.CONTRACT)).batch
    assert batch is not None
    return batch


def test_ones_own_password_changes_with_the_old_one(door: Door) -> None:
    office = door.enter("Dora")
    args = office, door.file.folder, door.file.keystore
    with pytest.raises(passwords.WrongPassword):
        staff.change_own_password(*args, WRONG, OTHER)
    with pytest.raises(Problem, match="too short"):
        staff.change_own_password(*args, PASSWORD, "short")
    staff.change_own_password(*args, PASSWORD, OTHER)
    office.close()
    with pytest.raises(passwords.WrongPassword):
        door.enter("Dora")
    door.enter("Dora", OTHER).close()


def test_ones_own_password_alone_is_no_way_round_the_code_from_the_telephone(door: Door) -> None:
    office = door.enter("Tom", code=door.code())
    door.wait(301)
    args = office, door.file.folder, door.file.keystore
    with pytest.raises(ProveAgain):
        staff.change_own_password(*args, PASSWORD, OTHER)
    with pytest.raises(ProveAgain):
        staff.begin_second_factor(office)
    proving.prove(*args, PASSWORD, door.code())
    for _ in range(4):
        with pytest.raises(passwords.WrongCode):
            proving.prove(*args, PASSWORD, "000000")
    door.wait(200)
    staff.change_own_password(*args, PASSWORD, OTHER)
    with pytest.raises(passwords.WrongCode, match="pause of"):
        proving.prove(*args, OTHER, "000000")
    door.wait(200)
    with pytest.raises(ProveAgain):
        office.proof.require()
    office.close()


def test_where_the_line_cannot_be_written_the_old_password_still_opens(
    door: Door, inside: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    owner = inside, door.file.folder, door.file.keystore
    with monkeypatch.context() as broken:
        broken.setattr("desktop_crm.services.office.journal.append", full)
        with pytest.raises(DiskFull):
            staff.change_own_password(*owner, PASSWORD, OTHER)
        with pytest.raises(DiskFull):
            staff.reset_password(*owner, door.crew.dora, OTHER)
        before = vault_staff.people(door.file.folder, inside.keys)
        with pytest.raises(DiskFull):
            staff.add_person(*owner, staff.NewPerson("Nora", "staff", OTHER))
        assert vault_staff.people(door.file.folder, inside.keys) == before
    staff.change_own_password(*owner, PASSWORD, OTHER)
    inside.close()
    door.enter("Dora").close()
    door.enter(NAME, OTHER).close()


def test_each_person_reads_and_confirms_what_is_logged(door: Door) -> None:
    for name in (NAME, "Dora"):
        office = door.enter(name)
        assert log_notice.notice(office).confirmed is None
        log_notice.confirm_notice(office)
        assert log_notice.notice(office).confirmed is not None
        office.close()


def test_whoever_was_renamed_elsewhere_is_shown_so_after_coming_in(door: Door) -> None:
    door.change("Dora", name="Dora Berg")
    assert "Dora" in {tile.name for tile in vault_staff.tiles(door.file.folder, door.file.keystore)}
    door.enter("Dora").close()
    assert {tile.name for tile in vault_staff.tiles(door.file.folder, door.file.keystore)} == {NAME, "Tom", "Dora Berg"}


def test_changing_the_lock_keeps_everybody_in_and_old_keys_out(door: Door, inside: Office) -> None:
    ways.change_lock(inside, door.file.folder)
    inside.close()
    for name in (NAME, "Dora"):
        office = door.enter(name)
        assert office.read(lambda reading: reading.count(Role)) == 1
        office.close()


RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    moment = datetime.fromtimestamp(at, UTC)
    assert codes.step_of(RFC_SECRET, code, moment) == at // 30
    assert codes.step_of(RFC_SECRET, f" {code[:3]} {code[3:]} ", moment) == at // 30
    assert codes.step_of(RFC_SECRET, code, moment + timedelta(seconds=90)) is None


def test_the_secret_is_told_as_telephones_read_it() -> None:
    secret = codes.new_secret()
    assert base64.b32decode(codes.secret_text(secret).replace(" ", "")) == secret
    uri = codes.uri(secret, "Änne Ödegård", "Blumen & Weber")
    assert uri.startswith("otpauth://totp/Blumen%20%26%20Weber:")
    assert {"period=30", "digits=6"} <= set(uri.partition("?")[2].split("&"))
    assert len(codes.new_spare_codes()) == len(set(codes.new_spare_codes())) == codes.SPARE_CODES
    enrolment = staff.Enrolment(secret, uri)
    assert codes.secret_text(secret).split()[0] not in repr(enrolment)
