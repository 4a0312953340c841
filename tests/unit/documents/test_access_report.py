import io
import json
import time
import unicodedata
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_crm.documents.model import ConsentTopic, Entry, Fact, Layout, Section
from desktop_crm.documents.text import clean
from desktop_crm.words import M, Money, Words
from tests.unit.documents import reading, samples
from tests.unit.documents.papers import access_report_files, access_report_json, access_report_pdf

WORDS = Words("de", "Europe/Berlin")
ENGLISH = Words("en", "Europe/Berlin")
HOSTILE = (
    "Bo</para>",
    "Anna <b Jensen",
    "<img src='/etc/hostname'>",
    '<a href="https://example.com">Anna</a>',
    "<font color=\"__import__('os')\">",
    ") Tj ET (%s {0} {name} \\",
    "&amp; &lt;",
    "%PDF-1.4 endstream endobj",
)
SCRIPTS = (
    "Łucja Kowalska",
    "Γιώργος Παπαδόπουλος",
    "Жанна Ёлкина",
    "Nguyễn Thị Ánh",
    "अनुष्का क्षत्रिय श्री",
    "สมชาย ใจดี น้ำผึ้ง",
    "王小明",
    "髙橋 さくら",
    "김민준",
    "𠮷野家",
    "Anna 👍 ❤",
    "Anna 😀 🌹",
)


@pytest.mark.parametrize("name", [*SCRIPTS, *HOSTILE])
def test_a_name_in_any_script_or_of_any_malice_is_read_back_exactly(name: str) -> None:
    assert name in reading.poppler(access_report_pdf(samples.about(name), WORDS))


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name[0] not in "अสA𠮷"] + list(HOSTILE))
def test_a_second_reader_agrees(name: str) -> None:
    assert name in reading.by_pypdf(access_report_pdf(samples.about(name), WORDS))


@pytest.mark.parametrize("name", ["محمد عبد الله السلام", "שרה כהן-לוי", "فاطمة الزهراء"])
def test_names_from_right_to_left_are_read_back_exactly(name: str) -> None:
    paper = access_report_pdf(samples.about(name), WORDS)
    assert reading.squeezed(name) in reading.squeezed(reading.by_pypdf(paper))
    text = reading.squeezed(reading.poppler(paper))
    assert all(reading.squeezed(word) in text for word in name.replace("-", " ").split())


@pytest.mark.parametrize("name", ["Anna\x00\x07", "Anna\u202efdp.exe", "x\ud800y\udfff", "a\nb"])
def test_unprintable_names_neither_break_nor_hide(name: str) -> None:
    text = reading.poppler(access_report_pdf(samples.about(name), WORDS))
    assert reading.squeezed(clean(name)) in reading.squeezed(text)


@settings(max_examples=25, deadline=None)
@example(name="Anna", remark="\U00010800\U00018d09")  # the second has no direction: it belongs to nothing yet
@given(st.text(st.characters(codec="utf-16", exclude_categories=["Cn"]), min_size=1, max_size=60), st.text(max_size=40))
def test_any_text_makes_a_paper(name: str, remark: str) -> None:
    section = Section("contact", M("Contact"), None, Layout.FACTS, (samples.contact(name, remark=remark),))
    report = samples.report(addressee=(name, remark), sections=(section,))
    paper = access_report_pdf(report, WORDS)
    text = reading.squeezed(reading.poppler(paper))
    for word in name.split():
        if word.isascii() and word.isalnum():
            assert word in text
    assert json.loads(reading.attachments(paper)["access-R-2026-014.json"])


@pytest.mark.parametrize("unit", ["A", "Wort ", "محمد", "محمد عبد ", "अनुष्का", "สวัสดี", "王小明", "김민준", "a-", "😀"])
def test_a_name_of_200000_letters_is_printed_in_full_and_soon(unit: str) -> None:
    name = unit * (200_000 // len(unit))
    report = samples.about(name)
    start = time.perf_counter()
    paper = access_report_pdf(report, WORDS)
    assert time.perf_counter() - start < 30, "measured 0.4 to 1.2 s; quadratic work takes minutes"
    if unit.isascii():
        text = reading.squeezed(reading.poppler(paper))
        assert text.count(unit.strip()) >= name.count(unit)


def test_nothing_in_a_paper_can_be_clicked_or_run() -> None:
    paper = access_report_pdf(samples.about('<a href="https://example.com">Anna</a> https://example.com'), WORDS)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert all("/Annots" not in page and "/AA" not in page for page in pdf.pages)
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.Names
        kinds = {str(item.get("/Subtype")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary)}
        assert "/Image" not in kinds


def test_every_font_is_embedded() -> None:
    name = "Anna محمد שרה क्ष สม 王 김 👍 😀"
    fonts = reading.fonts(access_report_pdf(samples.about(name), WORDS))
    assert len(fonts) >= 10
    assert all(embedded for _, embedded in fonts), fonts


def test_the_attached_file_is_the_json() -> None:
    report = samples.report()
    paper = access_report_pdf(report, WORDS)
    assert reading.attachments(paper) == {"access-R-2026-014.json": access_report_json(report, WORDS)}
    assert access_report_files(report, WORDS) == (paper, access_report_json(report, WORDS))
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data


def test_the_clear_text_around_a_paper_names_nobody() -> None:
    paper = access_report_pdf(samples.report(), WORDS)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        around = [str(pdf.docinfo), bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8"), *pdf.attachments.keys()]
        assert str(pdf.docinfo["/Title"]) == "Datenauskunft R-2026-014"
        assert str(pdf.Root.Lang) == "de"
    assert not any(part in text for text in around for part in ("Kowalska", "Łucja", "lucja"))


def test_the_same_data_gives_the_same_bytes_whatever_was_printed_before() -> None:
    first = access_report_pdf(samples.about("क्षत्रिय"), WORDS)
    access_report_pdf(samples.about("श्री अनुष्का"), WORDS)
    assert access_report_pdf(samples.about("क्षत्रिय"), WORDS) == first


def test_every_section_is_bookmarked_and_listed_with_its_page() -> None:
    paper = access_report_pdf(samples.report(), WORDS)
    with pikepdf.open(io.BytesIO(paper)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[0] == "Kontaktdaten"
    assert titles[-1] == "Ihre Rechte"
    assert len(titles) == 8
    cover = reading.poppler(paper, "-l", "1")
    assert all(title in cover for title in titles)


def test_no_fact_is_lost_whatever_the_columns_are() -> None:
    facts = tuple(Fact(f"f{n}", M(f"Label{n}"), f"value{n}x{m}") for n in range(9) for m in (1, 2))
    entries = (Entry("thing", "1", facts), Entry("thing", "2", facts[:3], M("elsewhere"), date(2026, 1, 2)))
    for layout, columns in ((Layout.TABLE, ("f0", "f1", "absent")), (Layout.TABLE, ()), (Layout.FACTS, ())):
        section = Section("things", M("Things"), None, layout, entries, columns)
        text = reading.poppler(access_report_pdf(samples.report(sections=(section,)), ENGLISH))
        assert all(str(fact.value) in text for fact in facts)
        assert "elsewhere" in text


def test_a_value_that_every_entry_shares_is_said_once() -> None:
    text = reading.poppler(access_report_pdf(samples.report(), WORDS))
    assert text.count("Original: liegt anderswo") == 1


def test_consents_show_each_wording_once_and_every_event() -> None:
    event = samples.CONSENTS[0].events[0]
    later = replace(event, at=samples.MADE)
    topic = ConsentTopic(M("News"), None, M("yes"), None, (later, event))
    text = reading.squeezed(reading.poppler(access_report_pdf(samples.report(consents=(topic,)), ENGLISH)))
    assert text.count(reading.squeezed(event.wording)) == 1
    assert "thesamewording" in text


def test_what_is_empty_is_said_in_a_sentence() -> None:
    section = Section("notes", M("Notes"), None, Layout.TABLE)
    empty = samples.report(sections=(section,), consents=(), looks=(), recipients=(), outside=(), looks_note=None)
    text = reading.poppler(access_report_pdf(empty, ENGLISH))
    for sentence in (
        "We hold nothing of this kind about you.",
        "We have not asked you for any permission.",
        "Nobody is on record as having looked.",
        "We have recorded no passing on to anybody.",
        "No other place is on record",
    ):
        assert sentence in text


def test_covered_parts_tell_their_reason() -> None:
    text = reading.squeezed(reading.poppler(access_report_pdf(samples.report(), WORDS)))
    assert reading.squeezed("Abgedeckt: Name und Gesundheit eines anderen Gastes. Schutz anderer") in text
    assert reading.squeezed("In 1 davon ist etwas abgedeckt.") in text


def test_letters_without_a_font_are_announced() -> None:
    text = reading.squeezed(reading.poppler(access_report_pdf(samples.about("Anna 😀🌹"), ENGLISH)))
    assert reading.squeezed("2 different characters have no letter in our fonts") in text


def test_a_report_that_does_not_list_what_was_found_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="20 entries found, 19 listed"):
        samples.report(entry_count=20)


def test_a_report_without_purposes_is_refused() -> None:
    with pytest.raises(ValueError, match="/purposes"):
        access_report_pdf(samples.report(purposes=()), WORDS)


def test_json_keeps_raw_values_beside_words() -> None:
    content = json.loads(access_report_json(samples.report(), WORDS))
    facts = {fact["name"]: fact for fact in content["sections"][1]["entries"][0]["facts"]}
    assert facts["amount"] == {
        "name": "amount",
        "label": "Betrag",
        "kind": "money",
        "value": {"minor": 3275, "currency": "EUR"},
        "text": "32,75\xa0€",
    }
    assert facts["day"]["value"] == "2026-02-02"
    assert facts["day"]["text"] == "02.02.2026"
    assert content["made_at"] == "2026-11-21T09:31:00.000000Z"


def test_json_is_exact_for_control_characters_and_refuses_what_is_no_number() -> None:
    content = json.loads(access_report_json(samples.about("a\x07\u202eb\ud800"), WORDS))
    assert content["sections"][0]["entries"][0]["facts"][0]["value"] == "a\x07\u202eb\ufffd"
    section = Section("n", M("N"), None, Layout.FACTS, (Entry("n", "1", (Fact("n", M("N"), float("nan")),)),))
    with pytest.raises(ValueError, match="not what the schema asks for"):
        access_report_json(samples.report(sections=(section,)), WORDS)


def test_five_thousand_entries_are_all_there_and_soon() -> None:
    report = samples.long_history()
    start = time.perf_counter()
    paper = access_report_pdf(report, WORDS)
    assert time.perf_counter() - start < 30, "measured 1.0 s with its JSON on 2 cores"
    text = reading.poppler(paper)
    assert all(f"\n2026-{n:03} " in text for n in range(0, 2500, 97))
    assert all(f" {n}: " in text for n in range(0, 2500, 89))
    head = "Nummer Datum Was Betrag Bis"
    pages = [page for page in text.split("\f") if "\n2026-" in page]
    assert all(head in page for page in pages)


def test_a_table_never_ends_with_a_single_row_on_a_page() -> None:
    for count in range(20, 75, 3):
        entries = tuple(samples.purchase(n) for n in range(count))
        section = Section("p", M("P"), None, Layout.TABLE, entries, ("invoice", "day", "amount"))
        pages = reading.poppler(access_report_pdf(samples.report(sections=(section,)), WORDS)).split("\f")
        rows = [page.count(",") and sum(line.startswith("2026-") for line in page.splitlines()) for page in pages]
        assert 1 not in rows, (count, rows)


def test_a_long_cover_flows_on_and_keeps_its_contents() -> None:
    summary = replace(samples.report().summary, what_for=M("A long reason, and more of it. " * 60))
    paper = access_report_pdf(samples.report(summary=summary), WORDS)
    text = reading.squeezed(reading.poppler(paper))
    assert "INHALT" in text
    assert text.count("Alongreason") == 60


def test_amounts_of_any_size_stay_on_one_line() -> None:
    entry = Entry(
        "p", "1", (Fact("amount", M("Amount"), Money(123456789012, "EUR")), Fact("what", M("What"), "x " * 400))
    )
    section = Section("p", M("P"), None, Layout.TABLE, (entry,), ("what", "amount"))
    assert "1.234.567.890,12 €" in reading.poppler(access_report_pdf(samples.report(sections=(section,)), WORDS))


LEFT_TO_RIGHT = st.characters(categories=["L", "N", "P", "S"], codec="utf-8").filter(
    lambda letter: unicodedata.bidirectional(letter) not in ("R", "AL", "AN") and clean(letter) == letter
)


@settings(max_examples=40, deadline=None)
@given(st.text(LEFT_TO_RIGHT, min_size=1, max_size=40))
def test_any_left_to_right_text_is_read_back_exactly(value: str) -> None:
    section = Section("contact", M("Contact"), None, Layout.FACTS, (samples.contact(remark=f"xq{value}qx"),))
    text = reading.squeezed(reading.poppler(access_report_pdf(samples.report(sections=(section,)), WORDS)))
    assert reading.squeezed(f"xq{value}qx") in text
