import ast
import io
import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

import desktop_crm.documents
from desktop_crm.documents.model import CustomerLetter, FinalSearch, RecoverySheet, Stays
from desktop_crm.resource_files import resource
from desktop_crm.words import LANGUAGES, M, Words
from tests.unit.documents import reading, samples
from tests.unit.documents.papers import customer_letter_pdf, erasure_record_json, erasure_record_pdf, recovery_sheet_pdf

WORDS = Words("de", "Europe/Berlin")
ENGLISH = Words("en", "Europe/Berlin")


def test_the_record_is_one_page_and_says_what_went_and_what_stays() -> None:
    paper = erasure_record_pdf(samples.RECORD, WORDS)
    text = reading.poppler(paper)
    assert reading.pages(paper) == 1
    for part in ("L-2026-009", "Kontaktdaten 7", "Einträge 22", "31.12.2034", "10.412", "d208 4fa3 90c6 11be", "4.391"):
        assert part in text
    assert reading.attachments(paper) == {"erasure-L-2026-009.json": erasure_record_json(samples.RECORD, WORDS)}


def test_the_record_says_outside_what_stays_and_never_that_nothing_is_left() -> None:
    text = reading.squeezed(reading.poppler(erasure_record_pdf(samples.RECORD, ENGLISH)))
    assert reading.squeezed("outside what stays locked, found none of them.") in text


@pytest.mark.parametrize(
    ("search", "told"),
    [
        (FinalSearch(100, 7, 0, pending=True), "could not be finished"),
        (FinalSearch(100, 7, 2), "the erasure is not finished"),
    ],
)
def test_an_unfinished_search_is_never_told_as_done(search: FinalSearch, told: str) -> None:
    text = reading.squeezed(reading.poppler(erasure_record_pdf(replace(samples.RECORD, search=search), ENGLISH)))
    assert reading.squeezed(told) in text
    assert reading.squeezed("found none of them") not in text
    letter = reading.squeezed(reading.poppler(customer_letter_pdf(replace(samples.LETTER, search=search), ENGLISH)))
    assert "0found" not in letter


@pytest.mark.parametrize("stays", [14, 80])
def test_a_record_with_many_kinds_goes_on_on_the_next_page(stays: int) -> None:
    many = replace(
        samples.RECORD,
        gone=tuple((M(f"Kind {n}"), n) for n in range(24)),
        stays=tuple(Stays(M(f"Thing {n}"), 1, M("§ 147 AO"), date(2034, 12, 31)) for n in range(stays)),
    )
    paper = erasure_record_pdf(many, WORDS)
    text = reading.poppler(paper)
    assert reading.pages(paper) > 1
    assert all(f"Kind {n} {n}" in text for n in range(24))
    assert all(f"Thing {n}" in text for n in range(stays))


def test_the_record_has_no_place_for_a_name() -> None:
    content = json.loads(erasure_record_json(samples.RECORD, WORDS))
    assert not {"name", "addressee", "email", "subject", "customer"} & set(content)
    assert content["final_search"] == {
        "finished": True,
        "pages": 10412,
        "details": 41,
        "found": 0,
        "also_held_for_others": 6,
    }


def test_the_letter_bears_the_number_of_the_record_and_names_nobody_around() -> None:
    paper = customer_letter_pdf(samples.LETTER, WORDS)
    text = reading.poppler(paper)
    assert reading.pages(paper) == 1
    for part in ("Łucja Kowalska", "L-2026-009", "Rechnung 2026-118", "bis 31.12.2034", "0 gefunden", "Dresden"):
        assert part in text
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        around = str(pdf.docinfo) + bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8")
        assert not list(pdf.attachments)
    assert "Kowalska" not in around


@pytest.mark.parametrize("name", ["Bo</para>", "محمد", "क्षत्रिय", "A" * 5000, "x\ud800"])
def test_any_name_can_be_written_to(name: str) -> None:
    letter = replace(samples.LETTER, addressee=(name, "Lindenstraße 14"), mark=None, elsewhere=None, authority=None)
    assert reading.pages(customer_letter_pdf(letter, WORDS)) == 1


def test_a_letter_with_much_to_say_flows_on() -> None:
    stays = tuple(Stays(M(f"Rechnung {n}"), 1, M("Steuerrecht"), date(2030, 12, 31)) for n in range(60))
    paper = customer_letter_pdf(replace(samples.LETTER, stays=stays), WORDS)
    text = reading.poppler(paper)
    assert all(f"Rechnung {n}, Steuerrecht bis 31.12.2030" in text for n in range(60))
    assert reading.pages(paper) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_shows_every_group_on_one_page(language: str) -> None:
    paper = recovery_sheet_pdf(samples.RECOVERY, Words(language))
    text = reading.poppler(paper)
    assert reading.pages(paper) == 1
    assert all(group in text for group in (*samples.RECOVERY.groups, samples.RECOVERY.check))


def test_the_key_on_the_sheet_is_in_no_repr() -> None:
    assert not any(group in repr(samples.RECOVERY) for group in (*samples.RECOVERY.groups, samples.RECOVERY.check))
    assert {field.name for field in fields(RecoverySheet) if not field.repr} == {"groups", "check"}


def test_the_same_data_gives_the_same_bytes() -> None:
    assert erasure_record_pdf(samples.RECORD, WORDS) == erasure_record_pdf(samples.RECORD, WORDS)
    assert customer_letter_pdf(samples.LETTER, WORDS) == customer_letter_pdf(samples.LETTER, WORDS)
    assert recovery_sheet_pdf(samples.RECOVERY, WORDS) == recovery_sheet_pdf(samples.RECOVERY, WORDS)


def test_every_font_of_every_paper_is_embedded() -> None:
    letter: CustomerLetter = samples.LETTER
    papers = (
        erasure_record_pdf(samples.RECORD, WORDS),
        customer_letter_pdf(letter, WORDS),
        recovery_sheet_pdf(samples.RECOVERY, WORDS),
    )
    assert all(embedded for paper in papers for _, embedded in reading.fonts(paper))


def test_text_reaches_a_paper_through_one_module_only() -> None:
    folder = Path(str(desktop_crm.documents.__file__)).parent if desktop_crm.documents.__file__ else None
    assert folder is not None
    banned = ("drawString", "Paragraph", "beginText", "textOut", "drawImage", "linkURL")
    for path in folder.glob("*.py"):
        names = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert not names & set(banned), path.name
        if path.name != "text.py":
            assert "splitString" not in names


def test_every_message_of_the_room_is_german_too() -> None:
    import gettext

    with resource("translations", "de", "LC_MESSAGES", "documents.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for path in Path(str(desktop_crm.documents.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "M":
                texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
                known = catalogue._catalog  # type: ignore[attr-defined]
                assert texts[0] in known or (texts[0], 1) in known, texts[0]


@pytest.mark.parametrize("shared", [0, 1, 6])
def test_details_that_others_have_too_are_told_as_a_part_of_those_looked_for(shared: int) -> None:
    search = FinalSearch(100, 41, 0, shared)
    record = reading.squeezed(reading.poppler(erasure_record_pdf(replace(samples.RECORD, search=search), ENGLISH)))
    letter = reading.squeezed(reading.poppler(customer_letter_pdf(replace(samples.LETTER, search=search), ENGLISH)))
    assert (reading.squeezed(f"Of these details {shared} that others have too") in record) is bool(shared)
    assert (reading.squeezed(f"41 details about you, of these {shared} that others have too") in letter) is bool(shared)


@pytest.mark.parametrize("search", [FinalSearch(100, 7, 0, pending=True), FinalSearch(100, 7, 2)])
def test_the_letter_promises_no_second_letter(search: FinalSearch) -> None:
    text = reading.squeezed(reading.poppler(customer_letter_pdf(replace(samples.LETTER, search=search), ENGLISH)))
    assert reading.squeezed("ask us and give the number L-2026-009") in text
    assert reading.squeezed("Your entries have been erased") in text
    assert reading.squeezed("we have done so") not in text


def test_nothing_that_stays_is_told_and_not_left_empty() -> None:
    letter = replace(samples.LETTER, stays=(), asked_on=None)
    told = reading.squeezed("No entry stays locked.")
    text = reading.squeezed(reading.poppler(customer_letter_pdf(letter, ENGLISH)))
    assert told in text
    assert "Youasked" not in text
    many = tuple((M(f"Kind {n}"), n) for n in range(60))
    for gone in (samples.GONE, many):
        record = replace(samples.RECORD, stays=(), gone=gone)
        assert told in reading.squeezed(reading.poppler(erasure_record_pdf(record, ENGLISH)))
