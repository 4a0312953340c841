"""The answers of the wizard: why these people, what to do with single rows, where the proof lies, what was left out."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.intake.reading import open_list
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.services import contacts, erasing, importing, skipped_rows
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.importing import Duplicates, OrderReason, Outcome, order_for
from desktop_crm.services.office import Office
from desktop_crm.words import Problem, Words
from tests.unit.services.lists import SAMPLES, bring, find, ledger, newsletter, order, write

SAY = Words("en").say
PROVED = {"proof": "Bogen", "signed_up_by": date(2026, 5, 3)}
ANNA = "Anna,Eins,anna@example.com,,,,,,,,,ja"
BERT = "Bert,Zwei,bert@example.com,,,,,,,,,ja"


@pytest.mark.parametrize(
    ("reason", "basis", "stage"),
    [
        (OrderReason.BUY, Basis.CONTRACT, Stage.CUSTOMER),
        (OrderReason.SIGNED_UP, Basis.CONSENT, Stage.LEAD),
        (OrderReason.SUPPLIERS, Basis.LEGITIMATE_INTEREST, Stage.SUPPLIER),
        (OrderReason.MIXED, Basis.UNSORTED, Stage.LEAD),
    ],
)
def test_the_reason_decides_on_what_people_are_kept(
    office: Office, tmp_path: Path, reason: OrderReason, basis: Basis, stage: Stage
) -> None:
    importing.bring_in(office, write(tmp_path, ANNA), order_for(reason, "Annas Liste"))
    (anna,) = find(office, Contact)
    assert (anna.basis, anna.stage, anna.source) == (basis, stage, "Annas Liste")


def test_a_proved_yes_is_a_yes_from_its_day_on_and_bears_its_proof(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA), **PROVED)
    (event,) = find(office, ConsentEvent)
    assert (event.state, event.evidence) == (ConsentState.GIVEN, "Bogen")
    assert event.happened_at == datetime(2026, 5, 3, 10, tzinfo=UTC)
    assert event.recorded_at.date() == office.today()


def test_a_yes_of_today_did_not_happen_in_an_hour_to_come(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA), proof="Bogen", signed_up_by=office.today())
    (event,) = find(office, ConsentEvent)
    assert event.happened_at <= office.clock.now()


def test_a_yes_that_was_said_too_long_ago_has_run_out_when_it_comes_in(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA), proof="Bogen", signed_up_by=date(2016, 5, 3))
    (anna,) = find(office, Contact)
    assert newsletter(office, anna.id) is ConsentState.EXPIRED


def test_nobody_signed_up_on_a_day_to_come(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="day to come"):
        bring(office, write(tmp_path, ANNA), proof="Bogen", signed_up_by=office.today() + timedelta(days=1))
    assert find(office, Contact) == []


@pytest.mark.parametrize(
    ("shown", "evidence"),
    [({"proof": "  "}, None), ({"proof": "Bogen"}, "Bogen"), ({"proof": "", "signed_up_by": date(2026, 5, 3)}, None)],
    ids=["neither how nor when", "how alone", "when alone"],
)
def test_a_yes_that_cannot_be_shown_with_how_and_when_is_only_claimed(
    office: Office, tmp_path: Path, shown: dict[str, object], evidence: str | None
) -> None:
    bring(office, write(tmp_path, ANNA), **shown)
    (event,) = find(office, ConsentEvent)
    assert (event.state, event.evidence) == (ConsentState.CLAIMED, evidence)


def test_a_proof_that_comes_later_turns_a_claim_into_a_yes(office: Office, tmp_path: Path) -> None:
    path = write(tmp_path, ANNA)
    bring(office, path)
    bring(office, path, **PROVED, duplicates=Duplicates.UPDATE)
    (anna,) = find(office, Contact)
    assert [line.state for line in ledger(office, anna.id)] == [ConsentState.CLAIMED, ConsentState.GIVEN]


def test_with_proof_everybody_on_a_list_that_says_nothing_of_it_may_have_said_yes(
    office: Office, tmp_path: Path
) -> None:
    nobody_asked = write(tmp_path, ANNA.removesuffix("ja"), BERT.replace("ja", "nein"))
    bring(office, nobody_asked, **PROVED, all_signed_up=True)
    said = {event.contact_id: (event.state, event.evidence) for event in find(office, ConsentEvent)}
    names = {contact.id: contact.name for contact in find(office, Contact)}
    assert {names[key]: value for key, value in said.items()} == {
        "Anna Eins": (ConsentState.GIVEN, "Bogen"),
        "Bert Zwei": (ConsentState.REFUSED, None),
    }


@pytest.mark.parametrize("rest", [{"all_signed_up": True}, PROVED, {"all_signed_up": True, "proof": "Bogen"}])
def test_without_all_of_it_a_list_that_says_nothing_of_it_gives_no_yes(
    office: Office, tmp_path: Path, rest: dict[str, object]
) -> None:
    bring(office, write(tmp_path, ANNA.removesuffix("ja")), **rest)
    assert find(office, ConsentEvent) == []


def test_no_proof_turns_a_no_into_a_yes(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA.replace("ja", "nein")))
    bring(office, write(tmp_path, ANNA, name="list2.csv"), **PROVED, duplicates=Duplicates.UPDATE)
    (anna,) = find(office, Contact)
    assert newsletter(office, anna.id) is ConsentState.REFUSED


def test_who_is_here_already_is_named_with_the_row(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA))
    (anna,) = find(office, Contact)
    path = write(tmp_path, BERT, ANNA, BERT, name="list2.csv")
    report = importing.try_out(office, path, order())
    known, again = report.rows
    assert (known.row, known.name, known.outcome) == (3, "Anna Eins", Outcome.DUPLICATE)
    assert known.twin == importing.Twin(anna.id, None)
    assert (again.row, again.twin) == (4, importing.Twin(None, 2))
    assert "Anna" not in repr(known)


def test_each_row_can_be_decided_by_itself(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA, BERT))
    phone = (ANNA.replace(",,,,,,,,,ja", ",0341 1,,,,,,,,"), BERT.replace(",,,,,,,,,ja", ",0341 2,,,,,,,,"))
    report = bring(
        office, write(tmp_path, *phone, name="list2.csv"), decisions={2: Duplicates.UPDATE, 3: Duplicates.ADD}
    )
    assert {row.row: row.outcome for row in report.rows if row.twin} == {2: Outcome.UPDATED, 3: Outcome.ADDED}
    assert sorted(contact.name for contact in find(office, Contact)) == ["Anna Eins", "Bert Zwei", "Bert Zwei"]


def test_who_was_erased_is_named_with_the_day(office: Office, tmp_path: Path) -> None:
    person = contacts.add(office, contacts.NewContact(name="Anna Eins", emails=("anna@example.com",)))
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    report = importing.try_out(office, write(tmp_path, ANNA), order())
    (row,) = report.rows
    assert (row.outcome, row.erased_on, row.name) == (Outcome.ERASED, office.today(), "Anna Eins")


def test_rows_left_out_are_given_back_with_the_reason_and_nothing_to_run(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, ANNA))
    path = write(tmp_path, ANNA, BERT, "=HYPERLINK(1),,,,,,,,,Hund,,", name="list2.csv")
    report = bring(office, path)
    found = skipped_rows.skipped_csv(office, report, path).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(found)))
    assert rows[0][:3] == ["Zeile", "First name", "Last name"] or rows[0][:3] == ["Row", "First name", "Last name"]
    assert [row[0] for row in rows[1:]] == ["2", "4"]
    assert rows[1][1:4] == ["Anna", "Eins", "anna@example.com"]
    assert rows[2][1] == "'=HYPERLINK(1)"
    assert all(row[-1] for row in rows[1:])


def test_cards_left_out_are_given_back_too(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "card.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Eins\nEMAIL:anna@example.com\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Bert Zwei\nEND:VCARD\n",
        encoding="utf-8",
    )
    report = importing.bring_in(office, path, order())
    rows = list(csv.reader(io.StringIO(skipped_rows.skipped_csv(office, report, path).decode("utf-8-sig"))))
    assert [row[1:3] for row in rows[1:]] == [["Bert Zwei", ""]]


def test_lists_brought_in_are_told_the_newest_first(office: Office, tmp_path: Path) -> None:
    assert importing.batches(office) == []
    bring(office, write(tmp_path, ANNA), source="eins")
    bring(office, write(tmp_path, BERT, name="list2.csv"), source="zwei")
    assert [batch.source for batch in importing.batches(office)] == ["zwei", "eins"]


def test_the_cells_of_a_list_are_those_of_its_people() -> None:
    listed = open_list(SAMPLES / "google-contacts.csv", country="DE")
    assert [number for number, _ in listed.cells()] == [draft.row for draft in listed.people()]
