"""A list comes in whole or not at all; what is in it is in the file afterwards, or named with the reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.intake.person import LeftOut, PersonDraft
from desktop_crm.intake.reading import open_list
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone
from desktop_crm.records.declare import Basis
from desktop_crm.records.registry import inventory
from desktop_crm.records.tag import Tag
from desktop_crm.services import consents, contacts, erasing, importing, retention
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.importing import Duplicates, Outcome
from desktop_crm.services.office import Office
from desktop_crm.words import Problem, Words
from tests.privacy import pages
from tests.unit.services.lists import (
    FILES,
    SAMPLES,
    bring,
    everything,
    find,
    ledger,
    newsletter,
    order,
    outcomes,
    write,
)

# Everything comes in


def held_of(office: Office, person: bytes) -> set[str]:
    """Every text the file holds of one person, in any table, and the names of what the person shares with others."""
    found: set[str] = set()
    for told in inventory():
        columns = [s.column for s in told.subjects]
        for column in columns:
            for row in find(office, told.record, **{column: person}):
                found |= set(_texts(row))
                for shared in (Company, Tag):
                    keys = [getattr(row, c.name) for c in told.columns if c.references is shared]
                    found |= {one.name for key in keys if key for one in find(office, shared, id=key)}
    return found


def _texts(row: Any) -> Iterator[str]:
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if isinstance(value, str):
            yield str(value)
        elif isinstance(value, date):
            yield value.isoformat()


def values_of(draft: PersonDraft) -> list[str]:
    """Every text of a draft, whatever field it stands in, but for those it names as left out itself."""
    found: list[str] = []
    for field in dataclasses.fields(draft):
        value = getattr(draft, field.name)
        if field.name in {"row", "left_out", "faults"}:
            continue
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            # `normal` and `e164` are computed from the value beside them.
            inner = part._asdict() if hasattr(part, "_asdict") else {"": part}
            found += [v for n, v in inner.items() if isinstance(v, str) and v and n not in {"normal", "e164"}]
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_value_of_a_sample_is_in_the_file_or_named(office: Office, name: str) -> None:
    drafts = list(open_list(SAMPLES / name, country="DE").people())
    report = bring(office, SAMPLES / name, duplicates=Duplicates.ADD)
    people = find(office, Contact)
    said = {row.row: row for row in report.rows}
    refused = {row.row for row in report.rows if row.outcome is Outcome.REFUSED and row.reasons}
    taken = [draft for draft in drafts if draft.row not in refused]
    assert report.read == len(drafts)
    assert len(people) == len(taken) > 0
    for draft, person in zip(taken, people, strict=True):
        left: tuple[LeftOut, ...] = said[draft.row].left_out if draft.row in said else ()
        there = held_of(office, person.id) | {one.value for one in left}
        assert [value for value in values_of(draft) if value not in there] == []
        assert all(one in left for one in draft.left_out)
        states = [event.state for event in find(office, ConsentEvent, contact_id=person.id)]
        claimed = {None: [], True: [ConsentState.CLAIMED], False: [ConsentState.REFUSED]}
        assert states == claimed[draft.newsletter]


@pytest.mark.parametrize("name", FILES)
def test_each_row_reported_has_a_reason_or_names_what_is_left_out(office: Office, name: str) -> None:
    bring(office, SAMPLES / name)
    report = bring(office, SAMPLES / name)
    assert set(report.outcomes) <= {Outcome.DUPLICATE, Outcome.REFUSED}
    assert len(report.rows) == report.read
    words = Words("en")
    for row in report.rows:
        assert row.reasons
        assert all(words.say(reason) for reason in row.reasons)
        assert all(words.say(one.reason) for one in row.left_out)


def test_people_come_in_with_source_reason_and_standing(office: Office, tmp_path: Path) -> None:
    batch = bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,")).batch
    (person,) = find(office, Contact)
    assert (person.source, person.basis, person.batch_id) == ("Annas Liste", Basis.CONTRACT, batch)
    assert person.last_activity_on == date(2026, 11, 21)
    (stored,) = find(office, ImportBatch)
    assert (stored.rows_read, stored.added, stored.updated, stored.skipped) == (1, 1, 0, 0)
    assert b"list.csv" not in (stored.file_mark or b"")


# Duplicates


def test_the_same_file_three_times_makes_no_copies(office: Office) -> None:
    for name in FILES:
        bring(office, SAMPLES / name)
        before = everything(office)
        for _ in range(2):
            report = bring(office, SAMPLES / name)
            assert Outcome.ADDED not in report.outcomes
        after = everything(office)
        assert {n: len(rows) for n, rows in after.items() if n != "import_batch"} == {
            n: len(rows) for n, rows in before.items() if n != "import_batch"
        }


def test_the_same_file_to_complete_adds_nothing(office: Office) -> None:
    for name in FILES:
        bring(office, SAMPLES / name)
    before = everything(office)
    for name in FILES:
        bring(office, SAMPLES / name, duplicates=Duplicates.UPDATE)
        bring(office, SAMPLES / name, duplicates=Duplicates.UPDATE)
    once = everything(office)
    for name in FILES:
        bring(office, SAMPLES / name, duplicates=Duplicates.UPDATE)
    again = everything(office)
    assert len(once["contact"]) == len(before["contact"])
    assert {n: len(rows) for n, rows in again.items() if n != "import_batch"} == {
        n: len(rows) for n, rows in once.items() if n != "import_batch"
    }


def test_who_lacks_nothing_is_not_called_completed_and_nobody_is_counted_who_was_left_out(
    office: Office, tmp_path: Path
) -> None:
    both = ("Anna,Eins,a@x.example,,Weg 1,Leipzig,Gärtnerei,,,Notiz,VIP,no", "Bela,Zwei,b@x.example,,,,,,,,,")
    bring(office, write(tmp_path, *both, "Niemand,,,,,,,,,,,"))
    assert [line.number for line in find(office, AuditEntry, act="bring_in")] == [2]
    report = bring(office, write(tmp_path, both[0], "Bela,Zwei,b@x.example,,,,,,,,VIP,"), duplicates=Duplicates.UPDATE)
    assert outcomes(report) == {"complete": 1, "updated": 1}
    stored = find(office, ImportBatch, id=report.batch)[0]
    assert (stored.added, stored.updated, stored.skipped) == (0, 1, 0)
    assert [line.number for line in find(office, AuditEntry, act="bring_in")] == [2, 1]


def test_adding_duplicates_is_possible_when_asked_for(office: Office, tmp_path: Path) -> None:
    path = write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,")
    bring(office, path)
    assert outcomes(bring(office, path, duplicates=Duplicates.ADD)) == {"added": 1}
    assert len(find(office, Contact)) == 2


@pytest.mark.parametrize(
    "again",
    ["ANNA,Éins,A@X.example,,,,,,,,,", "anna,eins,,0341 / 12 34 567,,,,,,,,", "Anna,Eins,,+493411234567,,,,,,,,"],
)
def test_one_person_written_differently_is_one_person(office: Office, tmp_path: Path, again: str) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,0049 341 1234567,,,,,,,,"))
    report = bring(office, write(tmp_path, again))
    assert outcomes(report) == {"duplicate": 1}
    assert report.looks_needed == 1


def test_two_names_are_never_one_person(office: Office, tmp_path: Path) -> None:
    report = bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,", "Bela,Eins,a@x.example,,,,,,,,,"))
    assert outcomes(report) == {"added": 2}
    assert [(row.row, bool(row.reasons)) for row in report.rows] == [(3, True)]


def test_a_row_twice_in_one_list_is_a_duplicate(office: Office, tmp_path: Path) -> None:
    line = "Anna,Eins,a@x.example,,,,,,,,,"
    assert outcomes(bring(office, write(tmp_path, line, line))) == {"added": 1, "duplicate": 1}


def test_completing_fills_what_is_empty_and_overwrites_nothing(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,Anni,,,"))
    (before,) = find(office, Contact)
    line = "Anna,Eins,a@x.example,+49 341 1234567,Weg 1,Leipzig,Gärtnerei,Meisterin,Annchen,Notiz,VIP,"
    report = bring(office, write(tmp_path, line), duplicates=Duplicates.UPDATE, source="Neue Liste")
    assert outcomes(report) == {"updated": 1}
    (after,) = find(office, Contact)
    assert dataclasses.replace(after, job_title=None, company_id=None) == before
    assert (after.job_title, after.nickname, after.source) == ("Meisterin", "Anni", "Annas Liste")
    shown = contacts.show(office, after.id)
    assert (shown.company, shown.tags, len(shown.phones), len(shown.addresses)) == ("Gärtnerei", ("VIP",), 1, 1)
    assert [i.text for i in shown.interactions] == ["Notiz"]
    assert [e.address for e in shown.emails] == ["a@x.example"]


def test_what_was_not_taken_over_is_named(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,Alt GmbH,,Anni,,,"))
    line = "Anna,Eins,a@x.example,,,,Neu GmbH,,Annchen,,,"
    report = bring(office, write(tmp_path, line), duplicates=Duplicates.UPDATE)
    (row,) = report.rows
    assert {one.value for one in row.left_out} == {"Annchen", "Neu GmbH"}


def test_what_a_list_completes_is_found_by_search(office: Office, tmp_path: Path) -> None:
    lines = ("Anna,Eins,a@x.example,,,,,,,,,", "Anna,Eins,a@x.example,,,,Gärtnerei Zorb,,Quengelchen,,,")
    bring(office, write(tmp_path, *lines), duplicates=Duplicates.UPDATE)
    for text in ("Quengelchen", "Zorb", "a@x.example"):
        assert len(contacts.find(office, text)) == 1, text


# Permission


def test_the_yes_of_a_list_is_only_claimed(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,yes", "Bela,Zwei,b@x.example,,,,,,,,,no"))
    anna, bela = find(office, Contact)
    assert newsletter(office, anna.id) is ConsentState.CLAIMED
    assert newsletter(office, bela.id) is ConsentState.REFUSED
    assert not any(p.standing.allows for p in consents.of_person(office, anna.id))
    (event,) = ledger(office, anna.id)
    assert (event.how, event.wording_id) == (ConsentHow.IMPORT, None)


NO = ["refused", "withdrawn", "list"]


@pytest.mark.parametrize("no", NO)
@pytest.mark.parametrize("duplicates", Duplicates)
def test_a_later_list_never_turns_a_no_into_anything_else(
    office: Office, tmp_path: Path, no: str, duplicates: Duplicates
) -> None:
    bring(office, write(tmp_path, f"Anna,Eins,a@x.example,,,,,,,,,{'no' if no == 'list' else ''}"))
    (anna,) = find(office, Contact)
    if no == "refused":
        consents.give(office, anna.id, "newsletter", refused=True)
    elif no == "withdrawn":
        consents.withdraw(office, anna.id, "newsletter")
    before = newsletter(office, anna.id)
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,yes"), duplicates=duplicates)
    assert newsletter(office, anna.id) is before
    assert before in {ConsentState.REFUSED, ConsentState.WITHDRAWN}
    ledger(office, anna.id)


def test_a_yes_that_was_not_taken_over_is_named(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,no"))
    report = bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,yes"), duplicates=Duplicates.UPDATE)
    (row,) = report.rows
    assert row.left_out


def test_a_proved_yes_is_not_weakened_by_the_claim_of_a_list(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,"))
    (anna,) = find(office, Contact)
    consents.give(office, anna.id, "newsletter")
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,yes"), duplicates=Duplicates.UPDATE)
    assert newsletter(office, anna.id) is ConsentState.GIVEN


def test_the_no_of_a_list_counts_against_a_yes(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,"))
    (anna,) = find(office, Contact)
    consents.give(office, anna.id, "newsletter")
    path = write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,no")
    for _ in range(2):
        bring(office, path, duplicates=Duplicates.UPDATE)
    assert newsletter(office, anna.id) is ConsentState.REFUSED
    assert len(ledger(office, anna.id)) == 2, "said once is enough"


# All or nothing


@pytest.mark.parametrize("name", FILES)
def test_trying_out_writes_nothing_and_tells_what_would_be(office: Office, name: str) -> None:
    before = pages.tables(office.store.database, bytes(office.keys.database_key))
    told = importing.try_out(office, SAMPLES / name, order())
    assert pages.tables(office.store.database, bytes(office.keys.database_key)) == before
    assert told.batch is None
    done = bring(office, SAMPLES / name)
    assert dataclasses.replace(done, batch=None) == told


@pytest.mark.parametrize("at", [1, 2, 3])
def test_cancelling_leaves_nothing_behind(office: Office, tmp_path: Path, at: int) -> None:
    path = write(tmp_path, *(f"P{n},Eins,p{n}@x.example,,,,,,,,," for n in range(5000)))
    before = pages.tables(office.store.database, bytes(office.keys.database_key))
    calls = 0

    class Cancelled(Exception):
        pass

    def progress(_done: int, _of: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at * 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.bring_in(office, path, order(), progress=progress)
    assert pages.tables(office.store.database, bytes(office.keys.database_key)) == before
    assert contacts.find(office, "P1") == []


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3" * 99, b'Name,Email\n"Anna,a@x.example\n', b"\x89PNG\r\n\x1a\n"])
def test_a_bad_file_changes_nothing(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = pages.tables(office.store.database, bytes(office.keys.database_key))
    with pytest.raises(Problem):
        importing.bring_in(office, path, order())
    assert pages.tables(office.store.database, bytes(office.keys.database_key)) == before


# Erased people, unsorted people


def test_erased_people_are_left_out_unless_they_came_back(office: Office, tmp_path: Path) -> None:
    path = write(tmp_path, "Anna,Eins,a@x.example,+49 341 1234567,,,,,,,,", "Bela,Zwei,b@x.example,,,,,,,,,")
    bring(office, path)
    erasing.erase(office, contacts.who_is(office, "a@x.example"), tmp_path / "out", ErasureOrder())
    again = write(
        tmp_path, "A.,Anders,A@X.EXAMPLE,,,,,,,,,", "Neu,Drei,,0341/1234567,,,,,,,,", "Bela,Zwei,b@x.example,,,,,,,,,"
    )
    report = bring(office, again)
    assert outcomes(report) == {"erased": 2, "duplicate": 1}
    assert [row.outcome for row in report.rows if row.reasons][:2] == [Outcome.ERASED, Outcome.ERASED]
    assert len(find(office, Contact)) == 1
    report = bring(office, again, allow_erased=frozenset({3}))
    assert outcomes(report) == {"erased": 1, "added": 1, "duplicate": 1}
    assert {c.name for c in find(office, Contact)} == {"Bela Zwei", "Neu Drei"}


def test_unsorted_people_can_be_served_and_are_due_for_sorting(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,yes"), basis=Basis.UNSORTED)
    (anna,) = find(office, Contact)
    contacts.note(office, anna.id, "bedient")
    assert not any(p.standing.allows for p in consents.of_person(office, anna.id))
    due = {d.rule.code for d in retention.preview(office, date(2026, 12, 22)) if d.row_id == anna.id}
    assert due == {"unsorted"}
    assert retention.preview(office, date(2026, 12, 21)) == []


def test_compared_forms_are_those_of_a_typed_entry(office: Office, tmp_path: Path) -> None:
    """Else a person typed in would not be recognised in a list, nor the other way round."""
    bring(office, write(tmp_path, "Anna,Eins,Ä@Bücher.Example,0341 / 1234567,,,,,,,,"))
    typed = contacts.NewContact(name="Anna Zwei", emails=("Ä@Bücher.Example",), phones=("0341 / 1234567",))
    contacts.add(office, typed)
    assert len({row.match for row in find(office, ContactEmail)}) == 1
    assert len({row.match for row in find(office, ContactPhone)}) == 1


def test_people_who_can_only_be_written_to_are_recognised(office: Office, tmp_path: Path) -> None:
    text = (
        "Name,Strasse,PLZ,Ort\nŁucja Kowalska,Lindenstraße 14,04107,Leipzig\nMax Eins,Lindenstraße 14,04107,Leipzig\n"
    )
    first = bring(office, write(tmp_path, text), mapping={})
    assert first.outcomes == {Outcome.ADDED: 2}
    assert first.same_file_at is None
    again = bring(office, write(tmp_path, text), mapping={})
    assert again.outcomes == {Outcome.DUPLICATE: 2}
    assert again.same_file_at is not None
    other = bring(office, write(tmp_path, text.replace("Lindenstraße 14", "Am Markt 3")), mapping={})
    assert other.outcomes == {Outcome.ADDED: 2}
