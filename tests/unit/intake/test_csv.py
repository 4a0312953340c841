"""CSV lists of many programs and none: dialects, encodings, guesses, faults of a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.intake import reasons
from desktop_crm.intake.person import PersonDraft, Phone, Reach
from desktop_crm.intake.reading import FIELDS, open_list
from desktop_crm.words import Problem
from tests.unit.intake.lists import as_csv, opened, read, said, write

PERSON = ["Łucja", "Kowalska", "lucja@example.com", "0341 2312512"]
HEADINGS = ["Vorname", "Nachname", "E-Mail", "Telefon"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    [draft] = read(tmp_path, as_csv([HEADINGS, PERSON], delimiter).encode(encoding))
    assert (draft.name, draft.row) == ("Łucja Kowalska", 2)
    assert draft.emails == (Reach("lucja@example.com", None, "lucja@example.com"),)
    assert draft.phones == (Phone("0341 2312512", None, "+493412312512"),)


def test_windows_1252(tmp_path: Path) -> None:
    [draft] = read(tmp_path, 'Vorname;Nachname\r\nJürgen;Größ – "Flöte"\r\n'.encode("cp1252"))
    assert draft.name == 'Jürgen Größ – "Flöte"'


def test_another_encoding_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "Imię;Nazwisko\nŁucja;Żółć\n".encode("cp1250"))
    with pytest.raises(Problem, match="encodings"):
        open_list(path, country="PL")
    [draft] = open_list(path, country="PL", encoding="cp1250").people()
    assert draft.name == "Łucja Żółć"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("Name\nJürgen\nGröße\n".encode() + "Käthe\n".encode("cp1252"), 4),
        ("Name\nAnna\nJürgen\n".encode("cp850"), 3),
        ("Name\nAnna\nJürgen\n".encode("mac_roman"), 3),
        ("Name\nБорис Иванович\n".encode("cp1251"), 2),
        (b"\xff\xfeN\x00a\x00m\x00e\x00\n\x00\x00\xd8\x00", 2),
    ],
)
def test_unreadable_letters_are_told_with_their_line(tmp_path: Path, content: bytes, line: int) -> None:
    with pytest.raises(Problem) as caught:
        opened(tmp_path, content)
    assert f"line {line} " in said(caught.value)


def test_rows_count_as_in_a_spreadsheet(tmp_path: Path) -> None:
    drafts = read(tmp_path, 'Name,Notiz\nAnna,"a\nb"\n,\n\nBert,"c"\n')
    assert [(draft.row, draft.name) for draft in drafts] == [(2, "Anna"), (5, "Bert")]
    assert drafts[0].notes == ("a\nb",)


def test_excel_s_own_first_line(tmp_path: Path) -> None:
    assert [draft.name for draft in read(tmp_path, "sep=;\r\nName;Ort\r\nAnna, die;Leipzig\r\n")] == ["Anna, die"]


def test_old_mac_line_ends_and_blanks_before_quotes(tmp_path: Path) -> None:
    assert [d.name for d in read(tmp_path, "Vorname,Nachname\rAnna,Muster\rBert,Brecht\r")] == [
        "Anna Muster",
        "Bert Brecht",
    ]
    assert [d.name for d in read(tmp_path, 'Vorname, Nachname\n"Anna", "Mu,ster"\n')] == ["Anna Mu,ster"]


def test_ragged_rows(tmp_path: Path) -> None:
    short, long = read(tmp_path, "Name,Ort,Tags\nAnna\nBert,Leipzig,VIP,mehr,\n")
    assert (short.name, short.left_out) == ("Anna", ())
    assert [(left.value, left.reason) for left in long.left_out] == [("mehr", reasons.NO_HEADER)]


def test_very_long_cells(tmp_path: Path) -> None:
    name = "x" * 200_000
    assert read(tmp_path, f"Name,Ort\n{name},Leipzig\n")[0].name == name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Name,Ort\nAnna,Leipzig\n"Bert,Halle\nCarl,Gera\n', 3),
        ('Name,Ort\n"Anna","Leipzig"\n"Bert,"Halle"\n"Carl","Gera"\n', 3),
        ('Name,Ort,Notiz\nAnna,Leipzig,\nBert,"Halle,x\nCarl,Gera,"\nDora,Jena,\n', 3),
        ('Name,Ort\n"Anna\nM.",Leipzig\nBert,"Halle\nCarl,Gera\n', 4),
        ('Name,Ort\n"Anna ""A""",Leipzig\n"Bert" B,Halle\n', 3),
        ('Name,Ort\nAnna,"Leipzig' + "\nBert,Halle" * 50_000, 2),
    ],
)
def test_an_open_quote_is_found_where_it_opens(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(Problem) as caught:
        opened(tmp_path, text)
    assert f"line {line} " in said(caught.value)
    assert "Bert" not in str(caught.value)


def test_unstorable_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    content = b"Name,Ort\nAn\x00na\x07,Leip\xed\xa0\x80zig\n\xed\xa0\xbd\xed\xb8\x80 Emoji,x\ta\n"
    anna, emoji = read(tmp_path, content)
    assert (anna.name, anna.addresses[0].city) == ("Anna", "Leip\ufffdzig")
    assert [(left.column, left.value) for left in anna.left_out] == [("Name", "U+0000 U+0007"), ("Ort", "U+D800")]
    assert (emoji.name, emoji.addresses[0].city, emoji.left_out) == ("😀 Emoji", "x\ta", ())


def test_bidirectional_controls_stay(tmp_path: Path) -> None:
    assert read(tmp_path, "Name,Ort\n\u202eanna\u202c,Leipzig\n")[0].name == "\u202eanna\u202c"


def test_headings_of_a_list_somebody_made(tmp_path: Path) -> None:
    rows = [
        ["Kundenliste 2024", "", "", "", "", "", "", "", ""],
        ["Name", "Vorname", "Straße", "Hausnr.", "PLZ/Ort", "Handy", "Newsletter?", "Lieblingsblume", "Kontakt"],
        ["Muster", "Anna", "Lange Gasse", "7a", "04109 Leipzig", "0171 3920012", "ja", "Dahlie", "a@example.org"],
    ]
    file = opened(tmp_path, as_csv(rows, ";"))
    [draft] = file.people()
    assert (draft.name, draft.given, draft.family, draft.row) == ("Anna Muster", "Anna", "Muster", 3)
    address = draft.addresses[0]
    assert (address.street, address.postal_code, address.city) == ("Lange Gasse 7a", "04109", "Leipzig")
    assert draft.phones == (Phone("0171 3920012", "mobile", "+491713920012"),)
    assert (draft.newsletter, draft.notes) == (True, ("Lieblingsblume: Dahlie",))
    assert draft.emails[0].normal == "a@example.org"
    assert [left.value for left in file.left_out] == ["Kundenliste 2024"]
    assert [column.header for column in file.layout.columns if column.guessed] == ["Lieblingsblume", "Kontakt"]


def test_a_table_without_headings(tmp_path: Path) -> None:
    anna, bert = read(tmp_path, "Anna Muster,anna@example.com,0341 2312512\nBert,bert@example.com,\n")
    assert (anna.row, anna.name, anna.phones[0].e164) == (1, "Anna Muster", "+493412312512")
    assert (bert.row, bert.emails[0].value) == (2, "bert@example.com")


def test_addresses_of_a_mailing_list_alone(tmp_path: Path) -> None:
    anna, bert = read(tmp_path, "anna@example.com\nbert@example.com\n")
    assert (anna.name, anna.faults, bert.row) == ("anna@example.com", (), 2)


def test_a_person_s_choice_of_fields_wins(tmp_path: Path) -> None:
    text = "Foo,Telefon,Ort\nAnna,x@example.com,geheim\n"
    [draft] = read(tmp_path, text, mapping={"foo": "given", "Column 2": "email", "Ort": "ignore"})
    assert (draft.name, draft.emails[0].value, draft.addresses) == ("Anna", "x@example.com", ())
    assert [(left.column, left.value, left.reason) for left in draft.left_out] == [("Ort", "geheim", reasons.CHOSEN)]


@pytest.mark.parametrize("mapping", [{"Ort": "nonsense"}, {"Nowhere": "city"}, {"Ort": "email_label"}])
def test_a_wrong_choice_is_refused(tmp_path: Path, mapping: dict[str, str]) -> None:
    with pytest.raises(Problem):
        opened(tmp_path, "Name,Ort\nAnna,Leipzig\n", mapping=mapping)


@pytest.mark.parametrize("field", sorted(set(FIELDS) - {"ignore"}))
def test_every_field_can_be_chosen_and_carries_its_value(tmp_path: Path, field: str) -> None:
    value = {"birthday": "26.12.1960", "birth_year": "1960", "birth_month": "12", "birth_day": "26"}.get(field, "ja")
    [draft] = read(tmp_path, f"Vorname,Spalte\nAnna,{value}\n", mapping={"Spalte": field})
    assert draft != read(tmp_path, "Vorname,Spalte\nAnna,\n", mapping={"Spalte": field})[0]


def test_several_values_in_a_cell(tmp_path: Path) -> None:
    rows = [
        ["Name", "E-mail 1 - Label", "E-mail 1 - Value", "Telefon", "Labels"],
        [
            "Anna",
            "* Home ::: Work",
            "a@example.com ::: b@example.com",
            "0341 2312512 / 0171 3920012",
            "VIP ::: * starred",
        ],
        ["Bert", "Home", "Bert B. <b@example.com>", "0341/2312512", "a;b"],
    ]
    anna, bert = read(tmp_path, as_csv(rows))
    assert [(e.value, e.label) for e in anna.emails] == [("a@example.com", "Home"), ("b@example.com", "Work")]
    assert [phone.e164 for phone in anna.phones] == ["+493412312512", "+491713920012"]
    assert (anna.tags, [left.value for left in anna.left_out]) == (("VIP",), ["* starred"])
    assert (bert.emails[0].value, bert.left_out[0].value) == ("b@example.com", "Bert B.")
    assert (bert.phones[0].e164, bert.tags) == ("+493412312512", ("a", "b"))


def fault_row(tmp_path: Path, *cells: str) -> PersonDraft:
    headings = ["Vorname", "E-Mail", "Telefon", "Geburtstag", "Newsletter"]
    return read(tmp_path, as_csv([headings, ["Zoe", "z@example.com", "", "", ""], [*cells]]))[1]


def test_faults_keep_what_was_typed(tmp_path: Path) -> None:
    draft = fault_row(tmp_path, "Anna", "anna(at)example", "siehe Karte", "gestern", "vielleicht")
    assert (draft.emails[0].value, draft.emails[0].normal) == ("anna(at)example", None)
    assert (draft.phones[0].value, draft.phones[0].e164) == ("siehe Karte", None)
    assert {left.value for left in draft.left_out} == {"gestern", "vielleicht"}
    assert set(draft.faults) == {
        *(reasons.EMAIL_ODD, reasons.PHONE_ODD, reasons.BIRTHDAY_ODD, reasons.NEWSLETTER_ODD),
    }


def test_faults_of_who_cannot_be_a_contact(tmp_path: Path) -> None:
    assert fault_row(tmp_path, "Anna", "", "", "", "").faults == (reasons.NO_REACH,)
    assert fault_row(tmp_path, "", "", "0341 2312512", "", "").faults == (reasons.NO_NAME,)
    assert fault_row(tmp_path, "", "a@example.com", "", "", "").faults == (reasons.NAME_IS_EMAIL,)
    assert fault_row(tmp_path, "Anna", "", "4.91512E+11", "", "").faults == (reasons.PHONE_CUT,)
    assert fault_row(tmp_path, "Anna", "", "491713920012", "", "").faults == (reasons.PHONE_BARE,)


def test_a_no_wins_over_a_yes(tmp_path: Path) -> None:
    rows = [
        ["Name", "Newsletter", "Unsubscribed"],
        ["A", "yes", "TRUE"],
        ["B", "yes", "no"],
        ["C", "nein", ""],
        ["D", "", ""],
    ]
    drafts = read(tmp_path, as_csv(rows))
    assert [draft.newsletter for draft in drafts] == [False, True, False, None]
    assert drafts[1].left_out[0].reason is reasons.NOT_UNSUBSCRIBED
    assert read(tmp_path, "Name,Unsubscribed,Newsletter\nA,yes,yes\n")[0].newsletter is False


def test_months_first_is_told_by_the_column(tmp_path: Path) -> None:
    rows = [["Name", "Birthday"], ["A", "3/4/1970"], ["B", "12/26/1960"]]
    assert [draft.birthday for draft in read(tmp_path, as_csv(rows))] == ["1970-03-04", "1960-12-26"]
    assert read(tmp_path, as_csv(rows[:2]))[0].birthday == "1970-04-03"
    assert read(tmp_path, as_csv(rows[:2]), country="US")[0].birthday == "1970-03-04"


def test_thunderbird_german_keeps_birthdays_in_three_columns(tmp_path: Path) -> None:
    headings = ["Vorname", "Nachname", "Anzeigename", "Primäre E-Mail-Adresse", "Tel. dienstlich", "Privat: PLZ"]
    headings += ["Geburtsjahr", "Geburtsmonat", "Geburtstag"]
    rows = [headings, ["A", "B", "A B", "a@example.com", "0341 2312512", "04109", "1960", "3", "7"]]
    rows += [["C", "D", "Firma D", "c@example.com", "", "", "", "12", "24"], ["E", "F", "", "", "", "", "1960", "", ""]]
    first, second, third = read(tmp_path, as_csv(rows))
    assert (first.birthday, first.name, first.phones[0].label) == ("1960-03-07", "A B", "work")
    assert first.addresses[0].label == "home"
    assert (second.birthday, second.name, second.given) == ("--12-24", "Firma D", "C")
    assert (third.birthday, [left.value for left in third.left_out]) == (None, ["1960"])


def test_old_google_layout(tmp_path: Path) -> None:
    headings = [
        "Name",
        "Given Name",
        "Family Name",
        "Group Membership",
        "Photo",
        "Gender",
        "Phone 1 - Type",
        "Phone 1 - Value",
    ]
    headings += ["Address 1 - Formatted", "Address 1 - Street", "Address 1 - City", "Organization 1 - Name"]
    headings += ["Event 1 - Type", "Event 1 - Value", "E-mail 1 - Type", "E-mail 1 - Value"]
    row = ["Anna Muster", "Anna", "Muster", "* myContacts ::: VIP", "x.jpg", "f", "Mobile", "0171 3920012"]
    row += ["Gasse 7\nLeipzig", "Gasse 7", "Leipzig", "Café", "Anniversary", "1999-05-01", "Work", ""]
    [draft] = read(tmp_path, as_csv([headings, row]))
    assert (draft.name, draft.given, draft.company, draft.tags) == ("Anna Muster", "Anna", "Café", ("VIP",))
    assert (draft.phones[0].label, draft.notes) == ("Mobile", ("Anniversary: 1999-05-01",))
    assert draft.addresses[0].written is None
    assert {left.reason for left in draft.left_out} == {
        *(reasons.OWN_GROUP, reasons.PICTURE, reasons.NOT_NEEDED, reasons.SAME_ADDRESS, reasons.LABEL_ALONE),
    }


def test_outlook_english_title_is_a_form_of_address(tmp_path: Path) -> None:
    headings = [
        "Title",
        "First Name",
        "Last Name",
        "Job Title",
        "E-mail Address",
        "Business Street",
        "Birthday",
        "Private",
    ]
    row = ["Dr.", "Anna", "Muster", "Owner", "a@example.com", "Lane 7", "0/0/00", "False"]
    [draft] = read(tmp_path, as_csv([headings, row]))
    assert (draft.prefix, draft.job_title, draft.birthday, draft.faults) == ("Dr.", "Owner", None, ())
    assert {left.value for left in draft.left_out} == {"0/0/00", "False"}


def test_progress_is_told_and_can_cancel(tmp_path: Path) -> None:
    path = write(tmp_path, "Name\n" + "Anna\n" * 1000)
    seen: list[tuple[int, int]] = []
    list(open_list(path, country="DE", progress=lambda done, total: seen.append((done, total))).people())
    assert seen[0] == (256, 1000)
    assert seen[-1] == (1000, 1000)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(open_list(path, country="DE", progress=stop).people())


def test_a_draft_never_shows_itself(tmp_path: Path) -> None:
    [draft] = read(tmp_path, as_csv([HEADINGS, PERSON]))
    assert repr(draft) == "PersonDraft(row=2)"
