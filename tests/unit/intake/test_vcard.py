"""vCards 2.1, 3.0 and 4.0 with what real programs do to them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from desktop_crm.intake import reasons
from desktop_crm.intake.person import PersonDraft
from desktop_crm.intake.reading import open_list
from desktop_crm.words import Problem
from tests.unit.intake.lists import said, write


def cards(tmp_path: Path, *bodies: str, version: str = "3.0", encoding: str = "utf-8") -> list[PersonDraft]:
    text = "".join(f"BEGIN:VCARD\r\nVERSION:{version}\r\n{body}\r\nEND:VCARD\r\n" for body in bodies)
    return list(open_list(write(tmp_path, text.encode(encoding), "list.vcf"), country="DE").people())


def card(tmp_path: Path, *lines: str, version: str = "3.0", encoding: str = "utf-8") -> PersonDraft:
    return cards(tmp_path, "\r\n".join(lines), version=version, encoding=encoding)[0]


def test_version_4(tmp_path: Path) -> None:
    draft = card(
        tmp_path,
        "FN:Łucja Kowalska",
        "N:Kowalska;Łucja;;;",
        "EMAIL;TYPE=work;PREF=1:lucja@example.com",
        "TEL;VALUE=uri;TYPE=cell:tel:+49-171-3920012",
        'ADR;TYPE=home;LABEL="Gasse 7\\n04109 Leipzig":;;Gasse 7;Leipzig;;04109;',
        "BDAY:--1226",
        "LANG:pl",
        "UID:urn:uuid:1",
        "RELATED;TYPE=friend:Bert",
        "KIND:individual",
        "GENDER:F",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ",
        version="4.0",
    )
    assert (draft.name, draft.birthday, draft.language, draft.uid) == ("Łucja Kowalska", "--12-26", "pl", "urn:uuid:1")
    assert (draft.emails[0].label, draft.phones[0]) == ("work", ("+49-171-3920012", "mobile", "+491713920012"))
    assert (len(draft.addresses), draft.addresses[0].street, draft.notes) == (1, "Gasse 7", ("friend: Bert",))
    assert {left.column: left.reason for left in draft.left_out} == {
        "KIND": reasons.TECHNICAL,
        "GENDER": reasons.NOT_NEEDED,
        "PHOTO": reasons.PICTURE,
        "LABEL": reasons.SAME_ADDRESS,
    }


def test_version_2_1_quoted_printable_with_soft_breaks_and_charsets(tmp_path: Path) -> None:
    draft = card(
        tmp_path,
        "n;charset=iso-8859-1;encoding=quoted-printable:Gr=F6=DF;J=FCrgen",
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:wei=C3=9Fe=0D=0A=",
        "Blumen=3B =C5=",
        "=81adne",
        "TEL;HOME;FAX:0341 2312512",
        "X-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=ED=A0=80",
        version="2.1",
    )
    assert (draft.name, draft.notes) == ("Jürgen Größ", ("weiße\nBlumen; Ładne",))
    assert draft.phones[0].label == "home fax"
    assert [(left.column, left.value) for left in draft.left_out] == [
        ("X-CUSTOM", "0xED 0xA0 0x80"),
        ("X-CUSTOM", "\ufffd" * 3),
    ]


def test_version_2_1_in_windows_1252(tmp_path: Path) -> None:
    assert (
        card(tmp_path, "N:Größ;Jürgen", "ORG:Café – Blüten", version="2.1", encoding="cp1252").company
        == "Café – Blüten"
    )


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r", "\r\r\n"])
def test_pictures_however_folded(tmp_path: Path, ends: str) -> None:
    data = base64.b64encode(bytes(range(256)) * 4).decode()
    pieces = [data[i : i + 60] for i in range(0, len(data), 60)]
    folded = ends.join(f" {piece}" for piece in pieces)
    bare = ends.join(pieces)
    text = ends.join(
        [
            *("BEGIN:VCARD", "VERSION:2.1", "FN:Anna", f"PHOTO;JPEG;ENCODING=BASE64:{ends}{folded}", ""),
            *(f"LOGO;ENCODING=BASE64;TYPE=JPEG:{ends}{bare}", "", "NOTE:after", "END:VCARD", ""),
        ]
    )
    [draft] = open_list(write(tmp_path, text), country="DE").people()
    assert [(left.column, left.value) for left in draft.left_out] == [
        ("PHOTO", "(1024 bytes)"),
        ("LOGO", "(1024 bytes)"),
    ]
    assert draft.notes == ("after",)


def test_folding_and_escapes(tmp_path: Path) -> None:
    draft = card(
        tmp_path, "FN:An", " na", "NOTE:one\\, two\\;\\nthree \\\\ fo", "\tur", "ORG:A\\;B;C;D", "CATEGORIES:x\\,y,z"
    )
    assert (draft.name, draft.notes) == ("Anna", ("one, two;\nthree \\ four",))
    assert (draft.company, draft.department, draft.tags) == ("A;B", "C / D", ("x,y", "z"))


def test_groups_and_apple_s_labels(tmp_path: Path) -> None:
    draft = card(
        tmp_path,
        "FN:Anna",
        "item1.TEL:0341 2312512",
        "item1.X-ABLabel:_$!<Main>!$_",
        "item2.X-ABDATE;type=pref:2011-01-13",
        "item2.X-ABLabel:_$!<Anniversary>!$_",
        "item3.X-ABLabel:lonely",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-26",
        "X-SOCIALPROFILE;type=twitter:https://social.example/anna",
        "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:anna",
    )
    assert (draft.phones[0].label, draft.birthday) == ("Main", "--12-26")
    assert draft.notes == ("Anniversary: 2011-01-13", "home: skype:anna")
    assert [(left.value, left.reason) for left in draft.left_out] == [("lonely", reasons.LABEL_ALONE)]
    assert draft.websites[0] == ("https://social.example/anna", "twitter", None)


def test_an_agent_s_card_inside(tmp_path: Path) -> None:
    anna, bert = cards(
        tmp_path,
        "FN:Anna\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:Agent\r\nEND:VCARD\r\nTEL:0341 2312512",
        "FN:Bert\r\nAGENT:BEGIN:VCARD\\nFN:Agent\\nEND:VCARD",
        version="2.1",
    )
    assert (anna.name, anna.phones[0].value, bert.name) == ("Anna", "0341 2312512", "Bert")
    assert all("FN:Agent" in draft.left_out[0].value for draft in (anna, bert))
    assert anna.left_out[0].reason is reasons.AGENT


def test_missing_ends_and_stray_text(tmp_path: Path) -> None:
    text = (
        "hello\nbegin:vcard\nfn:Anna\ntel:0341 2312512\nBEGIN:VCARD\nFN:Bert\nTEL:1\nEND:VCARD\n\nBEGIN:VCARD\nFN:Carl"
    )
    file = open_list(write(tmp_path, text), country="DE")
    drafts = list(file.people())
    assert [(draft.row, draft.name) for draft in drafts] == [(1, "Anna"), (2, "Bert"), (3, "Carl")]
    assert [reasons.NO_END in draft.faults for draft in drafts] == [True, False, True]
    assert (file.row_count, [left.value for left in file.left_out]) == (3, ["hello"])


def test_a_soft_break_never_swallows_the_end(tmp_path: Path) -> None:
    anna, bert = cards(tmp_path, "FN:Anna\r\nNOTE;ENCODING=QUOTED-PRINTABLE:text=", "FN:Bert", version="2.1")
    assert (anna.notes, bert.name) == (("text",), "Bert")


def test_groups_of_contacts_are_told(tmp_path: Path) -> None:
    draft = card(tmp_path, "FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1")
    assert reasons.IS_GROUP in draft.faults


def test_unknown_and_broken_lines_are_named(tmp_path: Path) -> None:
    draft = card(
        tmp_path, "FN:Anna", "X-WHAT:ever", "no property at all", 'NOTE;X="a:b;c":kept', "EMAIL:\x07a@example.com"
    )
    assert [left.value for left in draft.left_out] == ["ever", "no property at all", "U+0007"]
    assert (draft.notes, draft.emails[0].value) == (("kept",), "a@example.com")


def test_a_card_beyond_all_measure(tmp_path: Path) -> None:
    for rest in ("NOTE:x\n" * 20_000, "NOTE:x\n" + f" {'x' * 100_000}\n" * 400):
        with pytest.raises(Problem) as caught:
            open_list(write(tmp_path, f"BEGIN:VCARD\nFN:Anna\n{rest}"), country="DE")
        assert "Card 1 " in said(caught.value)


def test_utf_16_cards(tmp_path: Path) -> None:
    assert card(tmp_path, "FN:Łucja", encoding="utf-16").name == "Łucja"
