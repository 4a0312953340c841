"""The people who work here: who may do what to whom, and what a way in is good for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.privacy.rights import DATA_PROTECTION, EVERYTHING, MANAGER, OWNER, READY_ROLES, STAFF, Deed, grants
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.declare import Part
from desktop_crm.records.staff import OpenCase, SpareCode, Staff
from desktop_crm.services import contacts, setup, staff, staff_leaving, staff_report, ways
from desktop_crm.services.office import Office
from desktop_crm.services.proving import ProveAgain
from desktop_crm.services.staff import NewPerson, RoleForm
from desktop_crm.services.staff_rules import AloneEnds
from desktop_crm.services.ways import LockDue
from desktop_crm.vault import staff as vault_staff
from desktop_crm.vault import ways as vault_ways
from desktop_crm.words import Exit, M, Problem, Words
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.people_at_work import NAME, PASSWORD, Crew
from tests.privacy.shop import ShopFile, clock_of

OTHER = "another seven green doors"


@pytest.fixture
def crew(office: Office, file: ShopFile) -> Crew:
    return Crew(office, file.keystore)


def refused(code: Exit, told: str, act: Callable[..., object], *args: object) -> None:
    with pytest.raises(Problem, match=told) as problem:
        act(*args)
    assert problem.value.code is code


def owners(crew: Crew) -> list[str | None]:
    return [
        one.name
        for one in crew.office.read(lambda reading: reading.find(Staff))
        if one.role == OWNER.code and one.left_on is None and one.until is None
    ]


def test_the_first_person_is_an_owner_without_a_last_day_from_outside(office: Office, file: ShopFile) -> None:
    for role in READY_ROLES.keys() - {OWNER.code}:
        new = NewPerson("Tom", role, PASSWORD)
        refused(Exit.REFUSED, "first person is an owner", staff.add_person, office, file.folder, file.keystore, new)
    for outside in (False, True):
        new = NewPerson("Tom", OWNER.code, PASSWORD, outside, office.today())
        refused(Exit.REFUSED, "without a last day", staff.add_person, office, file.folder, file.keystore, new)
    assert vault_staff.people(file.folder, office.keys) == frozenset()


def test_with_the_second_person_opening_alone_ends_and_only_with_a_yes(office: Office, file: ShopFile) -> None:
    staff.add_person(office, file.folder, file.keystore, NewPerson(NAME, OWNER.code, PASSWORD))
    assert vault_staff.opens_alone(file.folder, office.keys)
    with pytest.raises(AloneEnds):
        staff.add_person(office, file.folder, file.keystore, NewPerson("Tom", STAFF.code, PASSWORD))
    assert [one.name for one in staff.people(office)] == [NAME]
    staff.add_person(office, file.folder, file.keystore, NewPerson("Tom", STAFF.code, PASSWORD, alone_ends=True))
    assert not vault_staff.opens_alone(file.folder, office.keys)
    assert ways.lock_state(office).due is LockDue.WAY_REMOVED
    for act in (
        lambda: ways.set_password(office, file.folder, OTHER),
        lambda: ways.keep_key_here(office, file.folder, file.keystore),
        lambda: ways.invite(office, file.folder),
    ):
        refused(Exit.REFUSED, "Several people work here", act)


def test_an_owner_without_a_password_keeps_the_other_ways_open(office: Office, file: ShopFile) -> None:
    first = staff.add_person(office, file.folder, file.keystore, NewPerson(NAME, OWNER.code, PASSWORD))
    number = staff.people(office)[0].number
    vault_staff.remove_person(file.folder, office.keys, number)
    assert not staff.people(office)[0].way_in
    new = NewPerson("Tom", STAFF.code, PASSWORD, alone_ends=True)
    refused(Exit.REFUSED, "no password of their own", staff.add_person, office, file.folder, file.keystore, new)
    staff.reset_password(office, file.folder, file.keystore, first, PASSWORD)
    staff.add_person(office, file.folder, file.keystore, new)


def test_an_owner_with_a_password_elsewhere_only_keeps_the_other_ways_open(office: Office, file: ShopFile) -> None:
    elsewhere = MemoryKeyStore()
    staff.add_person(office, file.folder, elsewhere, NewPerson(NAME, OWNER.code, PASSWORD))
    new = NewPerson("Tom", STAFF.code, PASSWORD, alone_ends=True)
    refused(Exit.REFUSED, "on this computer", staff.add_person, office, file.folder, file.keystore, new)
    tom = staff.add_person(office, file.folder, elsewhere, new)
    vault_ways.enrol_keystore(file.folder, office.keys, file.keystore, office.clock)
    staff.reset_password(office, file.folder, file.keystore, tom, OTHER)
    assert vault_staff.opens_alone(file.folder, office.keys)
    staff.reset_password(office, file.folder, file.keystore, staff.people(office)[0].id, OTHER)
    assert not vault_staff.opens_alone(file.folder, office.keys)


def test_an_owner_who_leaves_one_day_is_nobody_to_end_opening_alone_for(office: Office, file: ShopFile) -> None:
    first = staff.add_person(office, file.folder, file.keystore, NewPerson(NAME, OWNER.code, PASSWORD))
    office.store.write(lambda writing: writing.update(Staff, first, until=office.today()))
    new = NewPerson("Tom", STAFF.code, PASSWORD, alone_ends=True)
    refused(Exit.REFUSED, "no password of their own", staff.add_person, office, file.folder, file.keystore, new)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, " änne ÖDEGÅRD ", "tom"])
def test_names_are_there_and_tell_people_apart(crew: Crew, name: str) -> None:
    new = NewPerson(name, STAFF.code, PASSWORD)
    refused(Exit.REFUSED, "name", staff.add_person, crew.office, crew.folder, crew.keystore, new)
    before = [one.name for one in staff.people(crew.office)]
    if name != "tom":
        refused(Exit.REFUSED, "name", staff.rename_person, crew.office, crew.folder, crew.keystore, crew.tom, name)
    assert [one.name for one in staff.people(crew.office)] == before


@pytest.mark.parametrize("name", ["a\nb", "a\u2028b", "a\tb", "\u202eevil", "Änne\u200b Ödegård", "x\u2066y"])
def test_no_name_breaks_the_line_or_turns_the_text_round(crew: Crew, name: str) -> None:
    new = NewPerson(name, STAFF.code, PASSWORD)
    refused(Exit.REFUSED, "one line", staff.add_person, crew.office, crew.folder, crew.keystore, new)
    refused(Exit.REFUSED, "one line", staff.rename_person, crew.office, crew.folder, crew.keystore, crew.tom, name)
    refused(Exit.REFUSED, "one line", staff.save_role, crew.office, RoleForm(None, name, frozenset()))


def test_letters_that_are_joined_by_unseen_signs_are_names(crew: Crew) -> None:
    staff.rename_person(crew.office, crew.folder, crew.keystore, crew.tom, "علی\u200cرضا")
    assert crew.row(crew.tom).name == "علی\u200cرضا"


@pytest.mark.parametrize("title", ["owner", "OWNER", "Leitung", " leitung ", "Read-only", "lager", ""])
def test_no_role_is_called_like_another(crew: Crew, title: str) -> None:
    """Whoever gives somebody a role by its name would give another one, perhaps that of an owner."""
    before = staff.roles(crew.office)
    form = RoleForm(None, title, frozenset({(Deed.VIEW, Part.CONTACTS)}))
    refused(Exit.REFUSED, "name", staff.save_role, crew.office, form)
    staff.save_role(crew.office, RoleForm(crew.own_role, "LAGER", before[-1].rights))
    assert [one.code for one in staff.roles(crew.office)] == [one.code for one in before]


def test_a_weak_password_lets_nobody_in_and_leaves_no_row(crew: Crew) -> None:
    before = len(staff.people(crew.office))
    for new in (NewPerson("Ida", STAFF.code, "short"), NewPerson("Ida", STAFF.code, PASSWORD, outside=True)):
        refused(Exit.REFUSED, ".", staff.add_person, crew.office, crew.folder, crew.keystore, new)
    assert len(staff.people(crew.office)) == before == len(vault_staff.people(crew.folder, crew.office.keys))


def test_nobody_changes_their_own_role_or_last_day_or_removes_themselves(crew: Crew) -> None:
    owner = crew.acting(crew.owner)
    refused(Exit.NOT_ALLOWED, "own role", staff.change_role, owner, crew.owner, STAFF.code)
    refused(Exit.NOT_ALLOWED, "own last day", staff.set_until, owner, crew.owner, date(2027, 1, 1))
    refused(Exit.NOT_ALLOWED, "removes themselves", staff.remove_person, owner, crew.folder, crew.owner)
    refused(Exit.NOT_ALLOWED, "old one", staff.reset_password, owner, crew.folder, crew.keystore, crew.owner, OTHER)


def test_the_last_owner_stays_whoever_acts(crew: Crew) -> None:
    for act in (
        lambda: staff.change_role(crew.office, crew.owner, MANAGER.code),
        lambda: staff.set_until(crew.office, crew.owner, date(2027, 1, 1)),
        lambda: staff.remove_person(crew.office, crew.folder, crew.owner),
    ):
        refused(Exit.REFUSED, "only owner", act)
    assert owners(crew) == [NAME]


PEOPLE_ROLE = grants((Deed.VIEW, Deed.CHANGE), (Part.PEOPLE, Part.CONTACTS))


@pytest.fixture
def clerk(crew: Crew) -> Office:
    """Somebody who decides about people, and sees no notes."""
    code = staff.save_role(crew.office, RoleForm(None, "Personal", PEOPLE_ROLE))
    staff.change_role(crew.office, crew.tom, code)
    return crew.acting(crew.tom)


def test_nobody_gives_a_role_that_may_do_more_than_they_do(crew: Crew, clerk: Office) -> None:
    for role in (OWNER, MANAGER, STAFF):
        refused(Exit.NOT_ALLOWED, ".", staff.change_role, clerk, crew.dora, role.code)
        new = NewPerson("Ida", role.code, PASSWORD)
        refused(Exit.NOT_ALLOWED, ".", staff.add_person, clerk, crew.folder, crew.keystore, new)
    form = RoleForm(None, "Alles", EVERYTHING)
    refused(Exit.NOT_ALLOWED, "more than your own", staff.save_role, clerk, form)
    mine = crew.row(crew.tom).role
    refused(Exit.NOT_ALLOWED, "own role", staff.save_role, clerk, RoleForm(mine, "Personal", frozenset()))
    staff.add_person(clerk, crew.folder, crew.keystore, NewPerson("Ida", crew.own_role, PASSWORD))


def test_nobody_takes_over_somebody_who_may_do_more(crew: Crew, clerk: Office) -> None:
    """A password set anew, or a telephone forgotten, would be a way up."""
    for person in (crew.owner, crew.dora):
        args = clerk, crew.folder, crew.keystore, person
        refused(Exit.NOT_ALLOWED, ".", staff.reset_password, *args, OTHER)
        refused(Exit.NOT_ALLOWED, ".", staff.rename_person, *args, "Otto")
        refused(Exit.NOT_ALLOWED, ".", staff.drop_second_factor, clerk, person)
        refused(Exit.NOT_ALLOWED, ".", staff.remove_person, clerk, crew.folder, person)
        refused(Exit.NOT_ALLOWED, ".", staff.set_until, clerk, person, date(2027, 1, 1))
    for act in (
        lambda: ways.set_password(clerk, crew.folder, OTHER),
        lambda: ways.keep_key_here(clerk, crew.folder, crew.keystore),
        lambda: ways.invite(clerk, crew.folder),
    ):
        refused(Exit.NOT_ALLOWED, "Only an owner", act)


def test_a_role_of_ones_own_that_may_do_everything_makes_no_owner(crew: Crew) -> None:
    code = staff.save_role(crew.office, RoleForm(None, "Fast alles", EVERYTHING))
    staff.change_role(crew.office, crew.tom, code)
    almost = crew.acting(crew.tom)
    refused(Exit.NOT_ALLOWED, "Only an owner", staff.change_role, almost, crew.dora, OWNER.code)
    refused(
        Exit.NOT_ALLOWED, "Only an owner", staff.reset_password, almost, crew.folder, crew.keystore, crew.owner, OTHER
    )


def test_ready_made_roles_and_roles_somebody_has_stay(crew: Crew) -> None:
    for code in READY_ROLES:
        refused(Exit.REFUSED, "ready-made", staff.save_role, crew.office, RoleForm(code, "x", frozenset()))
        refused(Exit.REFUSED, "ready-made", staff.remove_role, crew.office, code)
    staff.change_role(crew.office, crew.tom, crew.own_role)
    refused(Exit.REFUSED, "still has this role", staff.remove_role, crew.office, crew.own_role)
    staff.change_role(crew.office, crew.tom, STAFF.code)
    staff.remove_role(crew.office, crew.own_role)
    refused(Exit.REFUSED, "no such role", staff.remove_role, crew.office, crew.own_role)


def test_who_leaves_loses_way_in_and_secrets_at_once_and_the_name_when_the_log_is_silent(crew: Crew) -> None:
    crew.enrolled(crew.tom)
    contacts.add(crew.acting(crew.tom), contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    staff.remove_person(crew.office, crew.folder, crew.tom)
    row = crew.row(crew.tom)
    assert (row.left_on, row.second_factor, row.last_step) == (crew.office.today(), None, None)
    assert crew.office.read(lambda reading: reading.count(SpareCode)) == 0
    assert row.number not in vault_staff.people(crew.folder, crew.office.keys)
    assert [tile.name for tile in vault_staff.tiles(crew.folder, crew.keystore)] == ["Dora", NAME]
    assert ways.lock_state(crew.office).due is LockDue.WAY_REMOVED
    assert staff_leaving.forget_daily(crew.office) == 0
    assert crew.row(crew.tom).name == "Tom"
    crew.office.store.write(_without_log)
    assert staff_leaving.forget_daily(crew.acting(crew.dora)) == 1
    assert (crew.row(crew.tom).name, crew.row(crew.tom).former) == (None, 1)
    called = staff.people(crew.office)[-1].name
    assert isinstance(called, M)
    assert Words("en").say(called) == "former staff 1"


def _without_log(writing: object) -> None:
    from desktop_crm.records.erasure import ErasingNow
    from desktop_crm.storage.transaction import Writing
    from desktop_crm.storage.where import eq

    assert isinstance(writing, Writing)
    opened = ErasingNow(id=bytes(16))
    writing.insert(opened)
    writing.delete(AuditEntry)
    writing.delete(ErasingNow, eq("id", opened.id))


def test_the_key_file_is_made_up_for_where_it_could_not_be_written(
    crew: Crew, file: ShopFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Problem(AloneEnds().what)

    with monkeypatch.context() as patched:
        patched.setattr(vault_staff, "remove_person", fail)
        staff.remove_person(crew.office, crew.folder, crew.tom)
    number = crew.row(crew.tom).number
    assert number in vault_staff.people(crew.folder, crew.office.keys)
    crew.office.close()
    from desktop_crm.services import staff_sign_in

    tiles = {tile.name: tile.number for tile in vault_staff.tiles(file.folder, file.keystore)}
    opening = {"clock": file.clock, "keystore": file.keystore}
    refused(
        Exit.LOCKED,
        "no longer work here",
        lambda: staff_sign_in.open_as(file.folder, tiles["Tom"], PASSWORD, None, **opening),  # type: ignore[arg-type]
    )
    office = staff_sign_in.open_as(file.folder, tiles[NAME], PASSWORD, None, clock=file.clock, keystore=file.keystore)
    assert number not in vault_staff.people(file.folder, office.keys)
    assert "mend_ways" in [line.act for line in office.read(lambda reading: reading.find(AuditEntry))]
    office.close()


def test_a_case_is_opened_by_whoever_sees_everything_to_whom_it_is_meant_for(crew: Crew) -> None:
    person = contacts.add(crew.office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    dora = crew.acting(crew.dora)
    refused(Exit.NOT_ALLOWED, "sees everything", staff.open_case, dora, crew.dora, person, "Neugier", 3)
    refused(Exit.REFUSED, "data protection officer", staff.open_case, crew.office, crew.tom, person, "Frage", 3)
    for days in (0, 31):
        refused(Exit.REFUSED, "number from", staff.open_case, crew.office, crew.dora, person, "Frage", days)
    refused(Exit.REFUSED, "say why", staff.open_case, crew.office, crew.dora, person, "  ", 3)
    case = staff.open_case(crew.office, crew.dora, person, "Beschwerde", 3)
    assert [one.id for one in staff.cases(crew.office)] == [case]
    refused(Exit.NOT_ALLOWED, "case of another", staff.close_case, crew.acting(crew.tom), case)
    clock_of(crew.office).at += timedelta(days=4)
    assert staff.cases(crew.office) == []
    own = staff.open_case(crew.office, crew.dora, person, "Beschwerde", 3)
    staff.close_case(dora, own)
    assert staff.cases(crew.office) == []
    second = staff.open_case(crew.office, crew.dora, person, "Beschwerde", 3)
    staff.remove_person(crew.office, crew.folder, crew.dora)
    assert staff.cases(crew.office) == []
    row = crew.office.read(lambda reading: reading.get(OpenCase, second))
    assert row is not None


def test_the_report_of_somebody_tells_of_them_and_of_no_customer(crew: Crew, tmp_path: Path) -> None:
    tom = crew.acting(crew.tom)
    person = contacts.add(tom, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    contacts.show(tom, person)
    contacts.show(tom, person)
    saved = staff_report.staff_report(crew.office, crew.tom, tmp_path / "out")
    told = saved[1].path.read_text(encoding="utf-8")
    assert '"Tom"' in told
    assert '"act":"show"' in told
    assert "Muster" not in told
    assert NAME not in told
    assert crew.row(crew.owner).number not in told
    assert b"%PDF" in saved[0].path.read_bytes()
    assert all("Tom" not in one.path.name for one in saved)
    own = staff_report.own_report(tom, tmp_path / "own")[1].path.read_text(encoding="utf-8")
    assert '"act":"show"' in own, "what the log tells of somebody is theirs to see, whatever their role"
    refused(Exit.NOT_ALLOWED, "may not do this", staff_report.staff_report, tom, crew.tom, tmp_path / "other")
    refused(Exit.REFUSED, "by name", staff_report.own_report, crew.office, tmp_path / "other")
    tom.proof.give()
    clock_of(crew.office).at += timedelta(minutes=6)
    with pytest.raises(ProveAgain):
        staff_report.own_report(tom, tmp_path / "own")


class Rules:
    """Acts at random, by random people: there is always an owner, and rights only ever go down."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    def act(self, who: int, whom: int, what: int, role: int) -> None:
        people = [one for one in staff.people(self.crew.office) if one.left_on is None]
        actor = self.crew.office if who == 0 else self.crew.acting(people[who % len(people)].id)
        target = people[whom % len(people)]
        codes = [one.code for one in staff.roles(self.crew.office)]
        code = codes[role % len(codes)]
        before, clock = {one.id: one.role for one in people}, clock_of(self.crew.office)
        acts: tuple[Callable[[], object], ...] = (
            lambda: staff.change_role(actor, target.id, code),
            lambda: staff.set_until(actor, target.id, date(2027, 1, 1) if role % 2 else None),
            lambda: staff.remove_person(actor, self.crew.folder, target.id),
            lambda: staff.save_role(actor, RoleForm(code, "anders", PEOPLE_ROLE if role % 2 else EVERYTHING)),
            lambda: staff.save_role(
                actor, RoleForm(None, f"neu {len(codes)}", PEOPLE_ROLE | {(Deed.VIEW, Part.SENSITIVE)})
            ),
            lambda: staff.add_person(actor, self.crew.folder, self.crew.keystore, self.newcomer(len(people), code)),
            lambda: setattr(clock, "at", clock.at + timedelta(days=30)),
        )
        try:
            acts[what % len(acts)]()
        except Problem:
            return
        self.check(actor, before)

    def newcomer(self, number: int, role: str) -> NewPerson:
        until = self.crew.office.today() + timedelta(days=40)
        return NewPerson(f"neu {number}", role, PASSWORD, until=until if number % 2 else None)

    def check(self, actor: Office, before: dict[bytes, str]) -> None:
        views = {one.code: one.rights for one in staff.roles(self.crew.office)}
        for one in staff.people(self.crew.office):
            if one.left_on is None and before.get(one.id) != one.role:
                assert views[one.role] <= actor.who.rights
                assert one.id != actor.who.staff


@pytest.fixture
def playing(crew: Crew) -> Rules:
    return Rules(crew)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(*[st.integers(0, 7)] * 4), max_size=6))
def test_whatever_is_done_there_is_an_owner_and_nobody_goes_up(
    playing: Rules, steps: list[tuple[int, int, int, int]]
) -> None:
    for step in steps:
        playing.act(*step)
        assert owners(playing.crew)
        assert any(
            one.way_in and one.role == OWNER.code and one.left_on is None for one in staff.people(playing.crew.office)
        )


def test_the_data_protection_officer_sees_who_works_here_and_changes_nothing(crew: Crew) -> None:
    dora = crew.acting(crew.dora)
    assert {one.name for one in staff.people(dora)} == {NAME, "Tom", "Dora"}
    assert DATA_PROTECTION.cases
    refused(Exit.NOT_ALLOWED, "role may not", staff.change_role, dora, crew.tom, STAFF.code)


def test_the_sheet_opens_as_the_owner_and_leaves_the_people_as_they_are(tmp_path: Path) -> None:
    file = ShopFile(tmp_path / "data")
    begun = setup.begin(file.folder, file.shop(), clock=file.clock, keystore=file.keystore, passphrase=None)
    crew = Crew(begun.office, file.keystore)
    known = vault_staff.people(crew.folder, begun.office.keys)
    begun.office.close()
    office = setup.recover(file.folder, begun.recovery_code, clock=file.clock, keystore=file.keystore, passphrase=OTHER)
    assert office.who.rights == EVERYTHING
    assert vault_staff.people(file.folder, office.keys) == known
    assert not vault_staff.opens_alone(file.folder, office.keys)
    office.close()
