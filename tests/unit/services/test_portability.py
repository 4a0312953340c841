"""Data to take along: what the person told us and nothing else, in files that other programs read."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.documents.spreadsheet import table_csv
from desktop_crm.documents.take_along import COLUMNS
from desktop_crm.documents.vcard import Card, vcard
from desktop_crm.intake.guarded import bare, guarded
from desktop_crm.intake.person import PersonDraft
from desktop_crm.intake.reading import open_list
from desktop_crm.records.contact import ContactAddress, ContactEmail, ContactWebsite
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services import contacts, portability, requests
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from desktop_crm.words import Problem
from tests.counting import open_requests

NOTED = "Zahlt immer spät"
BOMB = '=HYPERLINK("http://x.example";"Klick")'


@pytest.fixture
def person(office: Office) -> bytes:
    new = NewContact(
        name="Łucja Kowalska",
        emails=("lucja@x.example",),
        phones=("+48 601 999 888",),
        company="Čapek & Söhne; GmbH",
        birthday="1981-08-16",
        language="pl",
        source="Messe",
    )
    who = contacts.add(office, new)
    now = office.clock.now()
    rows = (
        ContactEmail(
            id=office.new_id(), contact_id=who, address="büro@x.example", match="-", label="work", created_at=now
        ),
        ContactAddress(
            id=office.new_id(),
            contact_id=who,
            street="Lindenstr. 14, Hof",
            city="Leipzig",
            label="home fax",
            created_at=now,
        ),
        ContactWebsite(id=office.new_id(), contact_id=who, url="https://x.example/łucja", created_at=now),
    )

    def put(writing: Writing) -> None:
        for row in rows:
            writing.insert(row)

    office.store.write(put)
    contacts.change(office, who, {"nickname": BOMB, "job_title": "Chefin", "given": "Łucja", "family": "Kowalska"})
    contacts.note(office, who, NOTED)
    return who


def made(office: Office, person: bytes, out: Path) -> dict[str, Path]:
    taken = portability.take_along(office, person, out)
    return {paper.path.suffix: paper.path for paper in taken.papers}


def read(path: Path) -> PersonDraft:
    (draft,) = open_list(path, country="DE").people()
    return draft


def test_the_files_bear_the_number_and_hold_what_was_told(office: Office, person: bytes, tmp_path: Path) -> None:
    files = made(office, person, tmp_path / "out")
    assert {path.name for path in files.values()} == {f"take-along-R-2026-001.{end}" for end in ("json", "csv", "vcf")}
    told = json.loads(files[".json"].read_text(encoding="utf-8"))
    assert told["data"]["contact"] == [
        {
            "name": "Łucja Kowalska",
            "given": "Łucja",
            "family": "Kowalska",
            "nickname": BOMB,
            "company": "Čapek & Söhne; GmbH",
            "job_title": "Chefin",
            "birthday": "1981-08-16",
            "language": "pl",
        }
    ]
    assert [one["address"] for one in told["data"]["contact_email"]] == ["lucja@x.example", "büro@x.example"]
    assert told["details"] == sum(len(row) for rows in told["data"].values() for row in rows)
    for path in files.values():
        text = path.read_text(encoding="utf-8")
        assert NOTED not in text
        assert "Messe" not in text, "where we know them from, they did not tell"


@pytest.mark.parametrize("ending", [".csv", ".vcf"])
def test_another_program_reads_them_back(office: Office, person: bytes, tmp_path: Path, ending: str) -> None:
    draft = read(made(office, person, tmp_path / "out")[ending])
    assert (draft.name, draft.given, draft.family, draft.job_title) == ("Łucja Kowalska", "Łucja", "Kowalska", "Chefin")
    assert (draft.company, draft.birthday) == ("Čapek & Söhne; GmbH", "1981-08-16")
    assert [(one.value, one.label) for one in draft.emails] == [("lucja@x.example", None), ("büro@x.example", "work")]
    assert [one.value for one in draft.phones] == ["+48 601 999 888"]
    (address,) = draft.addresses
    assert (address.street, address.city, address.label) == ("Lindenstr. 14, Hof", "Leipzig", "home fax")


def test_a_spreadsheet_computes_nothing_in_the_table(office: Office, person: bytes, tmp_path: Path) -> None:
    content = made(office, person, tmp_path / "out")[".csv"].read_bytes()
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    values = dict(zip(head, row, strict=True))
    assert (values["Nickname"], values["Phone 1 - Value"]) == (f"'{BOMB}", "'+48 601 999 888")
    assert not any(value[:1] in "=+-@" for value in values.values() if value)


@pytest.mark.parametrize(
    "value", ["=1+1", "  =1+1", "+1", "-1", "@a", "\t=1", "\ra", "＝1", "＋1", "－1", "＠a", "\u00a0=1", "\n=1"]
)
def test_what_would_be_computed_is_made_harmless(value: str) -> None:
    assert guarded(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "Anna", "'a", "a=b", "1-2", "ä@b"])
def test_everything_else_stays_as_it_is(value: str) -> None:
    assert guarded(value) == value
    assert list(csv.reader(io.StringIO(table_csv([[value]]).decode("utf-8-sig"), newline=""))) == [[value]]


@given(value=st.text(alphabet="'=+-@＝\t a1") | st.text())
def test_whatever_stands_in_a_cell_comes_back_with_not_one_sign_less(value: str) -> None:
    assert bare(guarded(value)) == value
    assert not guarded(value).strip().startswith(("=", "+", "-", "@"))


def test_the_table_we_hand_over_is_read_again_as_it_was(office: Office, person: bytes, tmp_path: Path) -> None:
    contacts.change(office, person, {"birthday": "--08-16"})
    path = made(office, person, tmp_path / "out")[".csv"]
    assert b'"\'--08-16"' in path.read_bytes()
    draft = read(path)
    assert (draft.birthday, draft.nickname) == ("--08-16", BOMB)
    assert [one.value for one in draft.phones] == ["+48 601 999 888"]


def test_a_card_shields_every_sign_of_its_format_and_folds_between_letters(tmp_path: Path) -> None:
    name, label = 'A;b,c\\d "e"\n' + "ł" * 80, 'Mamas "neue; Nr"'
    written = vcard(Card({"name": name}, emails=[{"address": "a@x.example", "label": label}]))
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    path = tmp_path / "card.vcf"
    path.write_bytes(written)
    draft = read(path)
    assert " ".join((draft.name or "").split()) == " ".join(name.split())
    assert [one.value for one in draft.emails] == ["a@x.example"]


@pytest.mark.parametrize(("told", "written"), [("1981-08-16", "19810816"), ("--08-16", "--0816"), ("im Mai", "im Mai")])
def test_a_birthday_is_written_as_the_standard_has_it(told: str, written: str) -> None:
    assert f"BDAY:{written}\r\n".encode() in vcard(Card({"name": "Anna", "birthday": told}))


def test_every_column_that_a_person_tells_has_its_heading() -> None:
    provided = {
        told.name: {column.name.removesuffix("_id") for column in told.columns if column.provided}
        for told in inventory()
        if any(column.provided for column in told.columns)
    }
    assert {record: set(columns) for record, columns in COLUMNS.items()} == provided


def test_a_locked_one_is_one_file_with_the_three_inside(office: Office, person: bytes, tmp_path: Path) -> None:
    taken = portability.take_along(office, person, tmp_path / "out", password="grüne-Wiese-7")
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == f"take-along-{taken.number}.pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    with pikepdf.open(file, password="grüne-Wiese-7") as pdf:
        inside = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert {name.rpartition(".")[2] for name in inside} == {"json", "csv", "vcf"}
    assert json.loads(inside[f"take-along-{taken.number}.json"])["data"]["contact"][0]["name"] == "Łucja Kowalska"


def test_under_a_request_for_a_copy_it_answers_nothing(office: Office, person: bytes, tmp_path: Path) -> None:
    copy = requests.register(office, person, RequestKind.ACCESS)
    assert portability.take_along(office, person, tmp_path, number=copy).number == copy
    assert open_requests(office) == 1
    own = requests.register(office, person, RequestKind.PORTABILITY)
    assert portability.take_along(office, person, tmp_path).number == own
    assert open_requests(office) == 1
    (closed,) = office.read(lambda reading: [r for r in reading.find(PrivacyRequest) if r.closed_at])
    assert (closed.number, closed.paper_sha256 is not None) == (own, True)


def test_nobody_gets_what_another_one_told(office: Office, person: bytes, tmp_path: Path) -> None:
    other = contacts.add(office, NewContact(name="Eva Muster", emails=("eva@x.example",)))
    number = requests.register(office, person, RequestKind.PORTABILITY)
    with pytest.raises(Problem, match="does not ask for this"):
        portability.take_along(office, other, tmp_path, number=number)
    files = made(office, other, tmp_path / "out")
    assert not any("Kowalska" in path.read_text(encoding="utf-8") for path in files.values())


def test_who_told_nothing_has_nothing_to_take_along(office: Office, person: bytes, tmp_path: Path) -> None:
    recipient = contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 12, 1))
    with pytest.raises(Problem, match="told us nothing"):
        portability.take_along(office, recipient, tmp_path)
    assert open_requests(office) == 0
    assert office.read(lambda reading: reading.count(PrivacyRequest)) == 0
