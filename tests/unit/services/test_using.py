"""The gate at work: who may be used, who is left out and why, what leaves, and what has to be mended afterwards."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.documents.list_model import LABELS, ListForm
from desktop_crm.privacy.use import Reason
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactPhone
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeKind
<<<<<<< HEAD
from desktop_crm.records.use import DisclosedPerson, Disclosure, Leaving, MendingCause, Outcome
from desktop_crm.services import consents, contacts, editing, guardians, handing, locks, mending, today, undoing, using
=======
from desktop_crm.records.use import DisclosedPerson, Disclosure, Leaving, MendingCause, Outcome, Wish
from desktop_crm.services import changes, consents, contacts, editing, handing, locks, mending, today, using
>>>>>>> 442d70d323c54bef373b6ffe79f6fa9e0fc7ce04
from desktop_crm.services.handing import ListOrder, Shape
from desktop_crm.services.importing import Duplicates
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem
from tests.privacy.shop import TickingClock
from tests.unit.services.lists import bring, write

NEWS = ListOrder("newsletter", Channel.EMAIL)


def add(office: Office, name: str, **more: object) -> bytes:
    given = {"emails": (f"{name.lower()}@muster.example",), **more}
    return contacts.add(office, contacts.NewContact(name=name, **given))  # type: ignore[arg-type]


def purpose(office: Office, code: str, basis: Basis, kind: PurposeKind, channel: Channel) -> None:
    row = Purpose(
        id=office.new_id(), code=code, name=code, basis=basis, channel=channel, created_at=office.clock.now(), kind=kind
    )
    office.store.write(lambda writing: writing.insert(row))


def reasons(office: Office, code: str = "newsletter", channel: Channel = Channel.EMAIL) -> dict[str, Reason]:
    """Everybody's reason, by first letter."""
    checked = using.check(office, code, channel)
    names = {row.id: row.name for row in office.read(lambda reading: reading.find(Contact))}
    return {names[key]: verdict.reason for key, verdict in checked.verdicts.items()}


def reason(office: Office, name: str, code: str = "newsletter", channel: Channel = Channel.EMAIL) -> Reason:
    return reasons(office, code, channel)[name]


@pytest.fixture
def eva(office: Office) -> bytes:
    person = add(office, "Eva", phones=("0341 8765432",))
    consents.give(office, person, "newsletter")
    return person


def test_everybody_gets_a_verdict_with_its_reason(office: Office, eva: bytes, clock: TickingClock) -> None:
    for name in ("No", "Back", "Never"):
        add(office, name)
    add(office, "Dead", deceased=True)
    add(office, "Nomail", emails=(), phones=("0341 8765433",))
    consents.give(office, contacts.who_is(office, "no@muster.example"), "newsletter", refused=True)
    consents.withdraw(office, contacts.who_is(office, "back@muster.example"), "newsletter")
    consents.give(office, contacts.find(office, "Nomail")[0].id, "newsletter")
    expected = {
        "Eva": Reason.YES,
        "No": Reason.REFUSED,
        "Back": Reason.WITHDRAWN,
        "Never": Reason.NOT_ASKED,
        "Dead": Reason.DECEASED,
        "Nomail": Reason.NO_WAY,
    }
    assert reasons(office).items() >= expected.items()
    checked = using.check(office, "newsletter", Channel.EMAIL, people=[eva])
    (event,) = office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", eva)))
    assert checked.verdicts[eva].consent_id == event.id
    clock.at += timedelta(days=365)
    assert reason(office, "Eva") is Reason.EXPIRED


def test_what_was_said_last_counts_although_the_clock_was_set_back(
    office: Office, eva: bytes, clock: TickingClock
) -> None:
    clock.at -= timedelta(days=3)
    consents.withdraw(office, eva, "newsletter")
    assert reason(office, "Eva") is Reason.WITHDRAWN


def test_of_two_answers_of_one_moment_the_chain_tells_the_last(office: Office, eva: bytes, clock: TickingClock) -> None:
    (yes,) = office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", eva)))
    clock.at -= timedelta(days=3)
    consents.give(office, eva, "newsletter", refused=True, said_with=consents.SaidWith(said_at=yes.happened_at))
    assert reason(office, "Eva") is Reason.REFUSED


def needs_guardian(office: Office, person: bytes) -> bool:
    (contact,) = office.read(lambda reading: reading.find(Contact, eq("id", person)))
    return guardians.needs_guardian(office, contact)


def test_a_birthday_tells_who_needs_a_parent_as_well_as_a_note(office: Office, clock: TickingClock) -> None:
    clock.to(date(2028, 2, 29))
    for name, birthday, noted in (
        ("Child", "2012-03-01", False),
        ("Adult", "2012-02-29", True),
        ("Noted", "--03-01", True),
    ):
        person = add(office, name)
        consents.give(office, person, "newsletter")
        contacts.change(office, person, {"birthday": birthday, "under_age": noted})
        assert needs_guardian(office, person) is (reason(office, name) is Reason.UNDER_AGE)
    assert (reason(office, "Child"), reason(office, "Adult")) == (Reason.UNDER_AGE, Reason.YES)
    child = contacts.who_is(office, "child@muster.example")
    with pytest.raises(Problem):
        consents.give(office, child, "newsletter", said_with=consents.SaidWith(guardian=" "))


def test_each_lock_is_effective_at_once_and_opens_again(office: Office, eva: bytes) -> None:
    locks.restrict(office, eva, "says that the address is wrong")
    assert reason(office, "Eva") is reason(office, "Eva", "orders") is Reason.RESTRICTED
    consents.give(office, eva, "newsletter")
    assert reason(office, "Eva") is Reason.YES, "a yes said since then covers the lock"
    assert reason(office, "Eva", "orders") is Reason.RESTRICTED
    locks.lift(office, eva)
    assert reason(office, "Eva", "orders") is Reason.ASKED_FOR
    objection = locks.object_to(office, eva, None)
    assert reason(office, "Eva") is Reason.OBJECTED
    assert reason(office, "Eva", "orders") is Reason.ASKED_FOR, "what they ordered still reaches them"
    assert locks.object_to(office, eva, None) == objection, "said twice, it stands once"
    locks.take_objection_back(office, objection)
    assert reason(office, "Eva") is Reason.YES
    with pytest.raises(Problem):
        locks.lift(office, eva)


def test_an_objection_to_what_is_no_advertising_is_weighed(office: Office, eva: bytes) -> None:
    purpose(office, "survey", Basis.LEGITIMATE_INTEREST, PurposeKind.OTHER, Channel.EMAIL)
    objection = locks.object_to(office, eva, "survey", reason="mag nicht")
    assert reason(office, "Eva", "survey") is Reason.BEING_WEIGHED
    assert reason(office, "Eva") is Reason.YES
    with pytest.raises(Problem):
        locks.weigh(office, objection, upheld=True, assessment=" ")
    locks.weigh(office, objection, upheld=False, assessment="Wir fragen einmal im Jahr")
    assert reason(office, "Eva", "survey") is Reason.NOT_OBJECTED
    with pytest.raises(Problem):
        locks.weigh(office, objection, upheld=True, assessment="noch einmal")
    locks.weigh(office, locks.object_to(office, eva, "survey"), upheld=True, assessment="Stimmt")
    assert reason(office, "Eva", "survey") is Reason.OBJECTED_TO_THIS
    with pytest.raises(Problem):
        locks.object_to(office, eva, "orders")
    advertising = locks.object_to(office, eva, "newsletter")
    assert reason(office, "Eva") is Reason.OBJECTED_TO_THIS
    outcomes = {one.id: one.outcome for one, _ in locks.locks(office, eva).objections}
    assert outcomes[advertising] is Outcome.UPHELD, "an objection to advertising is never weighed"


def test_a_wish_about_one_number_spares_it_and_takes_the_other(office: Office, tmp_path: Path) -> None:
    ina = add(office, "Ina", phones=("0341 1111111", "0341 2222222"))
    purpose(office, "calls", Basis.CONSENT, PurposeKind.ADVERTISING, Channel.PHONE)
    consents.give(office, ina, "calls")
    wish = locks.add_wish(office, ina, Channel.PHONE, value="0341 1111111", only_service=True)
    order = ListOrder("calls", Channel.PHONE)
    handed = handing.make_list(office, order, Shape(ListForm.CSV), tmp_path)
    assert "2222222" in handed.content.decode()
    assert "1111111" not in handed.content.decode()
    locks.add_wish(office, ina, Channel.PHONE, value="0341 2222222")
    assert reason(office, "Ina", "calls", Channel.PHONE) is Reason.WISH
    assert reason(office, "Ina", "orders", Channel.PHONE) is Reason.ASKED_FOR
    phones = office.read(lambda reading: reading.find(ContactPhone, eq("contact_id", ina), order=("id",)))
    handing.reach_person(office, ina, Channel.PHONE, phones[0].id)
    with pytest.raises(Problem, match="reached"):
        handing.reach_person(office, ina, Channel.PHONE, phones[1].id)
    (before,) = office.read(lambda reading: reading.find(Wish, eq("id", wish)))
    change = locks.drop_wish(office, wish)
    assert reason(office, "Ina", "calls", Channel.PHONE) is Reason.YES
    assert change is not None
    changes.undo(office, change)
    assert office.read(lambda reading: reading.find(Wish, eq("id", wish))) == [before]
    assert reason(office, "Ina", "calls", Channel.PHONE) is Reason.WISH
    with pytest.raises(Problem):
        locks.add_wish(office, ina, Channel.PHONE, value="0341 3333333")


def test_a_list_holds_whom_it_may_and_says_whom_it_leaves_out(office: Office, eva: bytes, tmp_path: Path) -> None:
    add(office, "Never")
    preview = handing.preview_list(office, NEWS)
    assert preview.number == 1
    assert ("Never",) in {tuple(name for _, name in one.names) for one in preview.left_out}
    handed = handing.make_list(office, NEWS, Shape(ListForm.CSV), tmp_path)
    assert handed.saved
    assert handed.saved.path.name == f"{handed.number}.csv"
    assert list(csv.reader(io.StringIO(handed.content.decode("utf-8-sig")))) == [
        ["Name", "E-Mail"],
        ["Eva", "eva@muster.example"],
    ]
    (left,) = office.read(lambda reading: reading.find(Disclosure))
    (used,) = office.read(lambda reading: reading.find(DisclosedPerson))
    assert (left.form, left.people, left.left_out, left.number) == (
        Leaving.FILE,
        1,
        preview.without,
        handed.number,
    )
    assert (used.contact_id, used.consent_id) == (
        eva,
        using.check(office, "newsletter", Channel.EMAIL).verdicts[eva].consent_id,
    )


def test_nothing_leaves_where_nobody_may_be_used_or_the_recipient_was_not_told_of(
    office: Office, eva: bytes, tmp_path: Path
) -> None:
    consents.withdraw(office, eva, "newsletter")
    with pytest.raises(Problem, match="Nobody"):
        handing.make_list(office, NEWS, Shape(ListForm.CSV), tmp_path)
    consents.give(office, eva, "newsletter")
    other = ListOrder("newsletter", Channel.EMAIL, "Druckerei Nord")
    assert {one.reason for one in handing.preview_list(office, other).left_out} == {Reason.RECIPIENT_NOT_NAMED}
    with pytest.raises(Problem):
        handing.make_list(office, other, Shape(ListForm.CSV), tmp_path)
    with pytest.raises(Problem, match="form"):
        handing.make_list(office, NEWS, Shape(ListForm.LABELS), tmp_path)
    assert not office.read(lambda reading: reading.count(Disclosure))
    assert not list(tmp_path.glob("L-*"))


@pytest.mark.usefixtures("eva")
def test_a_list_that_could_not_be_written_did_not_leave(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem(M("voll"))

    monkeypatch.setattr(handing, "save", full)
    with pytest.raises(Problem):
        handing.make_list(office, NEWS, Shape(ListForm.CSV), tmp_path)
    assert not office.read(lambda reading: reading.count(DisclosedPerson))


@pytest.mark.parametrize(
    ("form", "channel", "begins"),
    [
        (ListForm.XLSX, Channel.POST, b"PK"),
        (ListForm.VCARD, Channel.POST, b"BEGIN:VCARD"),
        (ListForm.LABELS, Channel.POST, b"%PDF"),
        (ListForm.CALLS, Channel.PHONE, b"%PDF"),
        (ListForm.ADDRESSES, Channel.EMAIL, b"lea@"),
    ],
)
def test_each_form_is_made(office: Office, tmp_path: Path, form: ListForm, channel: Channel, begins: bytes) -> None:
    add(office, "Lea", phones=("0341 1234567",), address="=HYPERLINK(1) Lindenplatz 3, 04177 Leipzig")
    shape = Shape(form, LABELS[1], 5)
    handed = handing.make_list(office, ListOrder("orders", channel), shape, tmp_path)
    assert handed.content.startswith(begins)
    assert handed.saved
    assert "lea" not in handed.saved.path.name.lower()


def test_no_cell_of_a_list_is_ever_computed(office: Office, tmp_path: Path) -> None:
    import openpyxl

    add(office, "=cmd|' /C calc'!A0", emails=("bad@muster.example",))
    order = ListOrder("orders", Channel.EMAIL)
    table = handing.make_list(office, order, Shape(ListForm.CSV), tmp_path).content.decode("utf-8-sig")
    assert "\"'=cmd|" in table
    book = handing.make_list(office, order, Shape(ListForm.XLSX), tmp_path).content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_ended_or_was_corrected_names_each_copy_until_it_is_mended(
    office: Office, eva: bytes, tmp_path: Path
) -> None:
    handed = handing.make_list(office, NEWS, Shape(ListForm.CSV), tmp_path)
    handing.reach_person(office, eva, Channel.EMAIL)
    assert not mending.to_mend(office), "a letter or a call is over when it is done"
    consents.withdraw(office, eva, "newsletter")
    consents.withdraw(office, eva, "newsletter")
    (one,) = mending.to_mend(office)
    assert (one.person, one.cause, one.number) == (eva, MendingCause.WITHDRAWN, handed.number)
    assert mending.mended(office, [one.id]) == 1
    assert not mending.to_mend(office, eva)
    locks.object_to(office, eva, None)
    form = editing.form_of(office, eva)
    editing.edit(office, eva, replace(form, nickname="Evi"))
    assert [one.cause for one in mending.to_mend(office)] == [MendingCause.OBJECTED], "what did not leave is no copy"
    editing.edit(office, eva, replace(form, name="Eva Neu"))
    assert {one.cause for one in mending.to_mend(office)} == {MendingCause.OBJECTED, MendingCause.CORRECTED}
    with pytest.raises(Problem):
        mending.mended(office, [eva])


def test_a_no_that_a_list_brings_names_the_copies_too(office: Office, eva: bytes, tmp_path: Path) -> None:
    handing.make_list(office, NEWS, Shape(ListForm.CSV), tmp_path)
    bring(office, write(tmp_path, "Eva,,eva@muster.example,,,,,,,,,no"))
    assert reason(office, "Eva") is Reason.REFUSED
    assert [(one.person, one.cause) for one in mending.to_mend(office)] == [(eva, MendingCause.WITHDRAWN)]


def test_a_yes_of_a_list_that_was_used_stays_and_counts_no_more_when_the_list_goes(
    office: Office, tmp_path: Path
) -> None:
    add(office, "Ida")
    proof = {"proof": "Formulare im Ordner", "signed_up_by": office.today(), "duplicates": Duplicates.UPDATE}
    report = bring(office, write(tmp_path, "Ida,,ida@muster.example,,,,,,,,,yes"), **proof)
    assert report.batch is not None
    handing.make_list(office, NEWS, Shape(ListForm.CSV), tmp_path)
    undoing.undo_import(office, report.batch)
    (used,) = office.read(lambda reading: reading.find(DisclosedPerson))
    assert used.consent_id in {one.id for one in office.read(lambda reading: reading.find(ConsentEvent))}
    assert reason(office, "Ida") is Reason.INVALIDATED, "the list is out, so its yes counts no more"
    assert office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))


def test_the_no_of_somebody_holds_where_a_list_adds_them_once_more(office: Office, eva: bytes, tmp_path: Path) -> None:
    consents.withdraw(office, eva, "newsletter")
    proof = {"proof": "Formulare im Ordner", "signed_up_by": office.today(), "duplicates": Duplicates.ADD}
    bring(office, write(tmp_path, "Eva,,eva@muster.example,,,,,,,,,yes"), **proof)
    checked = using.check(office, "newsletter", Channel.EMAIL)
    assert sorted(one.reason for one in checked.verdicts.values()) == [Reason.REFUSED, Reason.WITHDRAWN]


def test_what_is_locked_is_found_and_neither_reached_nor_changed(office: Office, eva: bytes) -> None:
    locks.restrict(office, eva, "streitig")
    assert contacts.find(office, "Eva")[0].id == eva
    with pytest.raises(Problem, match="reached"):
        handing.reach_person(office, eva, Channel.EMAIL)
    with pytest.raises(Problem, match="locked"):
        editing.edit(office, eva, editing.form_of(office, eva))
    consents.withdraw(office, eva, "newsletter")


def test_nobody_is_reminded_of_who_objected_or_is_locked(office: Office, clock: TickingClock) -> None:
    person = add(office, "Uta", birthday=f"1980-{clock.at:%m-%d}")
    consents.give(office, person, "birthday-card")

    def celebrated() -> int:
        items = (*(day := today.today(office)).shop, *day.waiting)
        return sum(item.kind is today.ItemKind.BIRTHDAY for item in items)

    assert celebrated() == 1, "a card is handed over where there is no address"
    objection = locks.object_to(office, person, None)
    assert celebrated() == 0
    locks.take_objection_back(office, objection)
    locks.restrict(office, person, "streitig")
    assert celebrated() == 0
