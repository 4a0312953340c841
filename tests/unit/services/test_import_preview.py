"""What the wizard shows of a list: each column with its finding, the first people, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_crm.intake import reading
from desktop_crm.services.import_preview import FIELD_NAMES, ImportLook, look
from desktop_crm.services.signs import Tone
from desktop_crm.words import Problem, Words
from tests.unit.services.lists import FILES, SAMPLES

SAY = Words("en").say
ANNAS = """\
Name;Tel.;Mail;Straße;PLZ;Geb.;NL;Bemerkung;Spalte9
Kowalska, Łucja;491512345678;lucja.kowalska@example.com;Lindenstr. 14;04107;16.8.81;ja;weiß + grün;#REF!
Groß, Maximilian;034155501999;m.gross@@example;Am Markt 2;04109;12.3.71;nein;Stammkunde;#REF!
Bäckerei Hofmann GmbH;030 23125 308;laden@example.com;;;;ja;;#REF!
"""


@pytest.fixture
def annas(tmp_path: Path) -> Path:
    path = tmp_path / "annas.csv"
    path.write_text(ANNAS, encoding="utf-8")
    return path


def findings(looked: ImportLook) -> dict[str, tuple[str | None, str, Tone]]:
    return {one.heading: (one.field, SAY(one.finding.said), one.finding.tone) for one in looked.columns}


def test_each_column_is_shown_with_what_is_to_be_said_about_it(annas: Path) -> None:
    assert findings(look(annas, "DE")) == {
        "Name": ("family_given", "split at the comma", Tone.SUCCESS),
        "Tel.": ("phone", "0 or + put back: 1", Tone.INFO),
        "Mail": ("email", "1 looks wrong", Tone.WARNING),
        "Straße": ("street", "fits", Tone.SUCCESS),
        "PLZ": ("postal_code", "fits", Tone.SUCCESS),
        "Geb.": ("ignore", "do you need it?", Tone.WARNING),
        "NL": ("newsletter", "proof comes next", Tone.VIOLET),
        "Bemerkung": ("note", "fits", Tone.SUCCESS),
        "Spalte9": ("ignore", "only errors", Tone.NEUTRAL),
    }


def test_rows_and_first_values_are_shown(annas: Path) -> None:
    looked = look(annas, "DE")
    assert (looked.kind, looked.rows) == ("csv", 3)
    assert looked.columns[0].samples == ("Kowalska, Łucja", "Groß, Maximilian", "Bäckerei Hofmann GmbH")
    assert looked.columns[4].samples == ("04107", "04109")


def test_people_are_shown_as_they_would_come_in(annas: Path) -> None:
    people = look(annas, "DE").people
    assert [person.name for person in people] == ["Łucja Kowalska", "Maximilian Groß", "Bäckerei Hofmann GmbH"]
    assert (people[0].given, people[0].family, people[0].birthday) == ("Łucja", "Kowalska", None)


def test_the_yes_of_the_list_is_counted_with_its_word(annas: Path) -> None:
    claim = look(annas, "DE").claim
    assert claim is not None
    assert (claim.heading, claim.word, claim.number) == ("NL", "ja", 2)


def test_what_a_person_chose_is_taken_and_the_rest_still_proposed(annas: Path) -> None:
    looked = look(annas, "DE", {"Column 6": "day_month", "Column 8": "ignore"})
    assert looked.people[0].birthday == "--08-16"
    assert looked.people[0].notes == ()
    assert looked.people[0].family == "Kowalska"
    assert looked.birthdays == ()
    assert look(annas, "DE").birthdays == ("Column 6",)
    assert look(annas, "DE", {"Column 6": "ignore"}).birthdays == ()
    assert findings(look(annas, "DE", {"Column 1": "name"}))["Name"][0] == "name"
    assert look(annas, "DE", {"Name": "name"}).people[0].name == "Kowalska, Łucja"


def test_the_mapping_shown_brings_the_same_people_in(annas: Path) -> None:
    looked = look(annas, "DE", {"Column 6": "day_month"})
    listed = reading.open_list(annas, country="DE", mapping=looked.mapping)
    assert [(p.name, p.birthday, p.newsletter) for p in listed.people()] == [
        ("Łucja Kowalska", "--08-16", True),
        ("Maximilian Groß", "--03-12", False),
        ("Bäckerei Hofmann GmbH", None, True),
    ]


@pytest.mark.parametrize(("typed", "left"), [("16.8.1981", 1), ("16.8.81", 1), ("1981-08-16", 1), ("16.8.", 0)])
def test_of_a_birthday_only_day_and_month_are_taken_and_the_year_is_named(
    tmp_path: Path, typed: str, left: int
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Name,Mail,Geburtstag\nAnna Eins,a@example.com,{typed}\n", encoding="utf-8")
    looked = look(path, "DE", {"Column 3": "day_month"})
    (anna,) = looked.people
    assert (anna.birthday, anna.faults) == ("--08-16", ())
    assert [one.value for one in anna.left_out] == [typed] * left
    assert findings(looked)["Geburtstag"][1] == "fits"


def test_zeros_that_excel_took_are_put_back_and_counted(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Name", "PLZ", "Mail"), ("Anna Eins", 4107, "a@example.com"), ("Bert Zwei", "=1/0", "b@example.com")):
        sheet.append(row)
    sheet.append(("Cleo Drei", 4109, "#REF!"))
    sheet["C4"].data_type = "e"
    path = tmp_path / "list.xlsx"
    book.save(path)
    looked = look(path, "DE")
    assert findings(looked)["PLZ"] == ("postal_code", "0 put back: 2", Tone.INFO)
    assert looked.people[0].addresses[0].postal_code == "04107"
    assert looked.columns[2].samples == ("a@example.com", "b@example.com", "#REF!")


@pytest.mark.parametrize("name", FILES)
def test_every_sample_can_be_looked_at(name: str) -> None:
    looked = look(SAMPLES / name, "DE")
    assert looked.rows
    assert looked.people
    assert all(one.field in FIELD_NAMES or one.field is None for one in looked.columns)
    assert bool(looked.columns) is (looked.kind != "vcard")


def test_every_field_has_a_name() -> None:
    assert set(FIELD_NAMES) == set(reading.FIELDS)


def test_a_hostile_cell_is_shown_short_and_clean(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Mail\n" + "x" * 50_000 + ",a@example.com\nAn\x07na,b@example.com\n", encoding="utf-8")
    samples = look(path, "DE").columns[0].samples
    assert [len(sample) for sample in samples] == [200, 4]
    assert samples[1] == "Anna"


def test_looking_can_be_cancelled(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    path = tmp_path / "long.csv"
    path.write_text("Name,Mail\n" + "".join(f"P {n},p{n}@example.com\n" for n in range(3000)), encoding="utf-8")
    with pytest.raises(Stopped):
        look(path, "DE", progress=stop)


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    with pytest.raises(Problem):
        look(path, "DE")


def test_a_name_with_several_commas_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Name,Mail\n"Braun, Dr., Eva",a@example.com\n"Braun, Eva",b@example.com\n', encoding="utf-8")
    people = look(path, "DE", {"Column 1": "family_given"}).people
    assert [person.name for person in people] == ["Braun, Dr., Eva", "Eva Braun"]
