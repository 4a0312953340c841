import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfdoc import PDFDocument

from desktop_crm.documents.fonts import Face
from desktop_crm.documents.page import Sheet
from desktop_crm.documents.styles import BODY, TABLE
from desktop_crm.documents.text import REPLACED, Typesetter, bound, clean, plain_unicode


def typesetter() -> Typesetter:
    return Typesetter(PDFDocument())


def set_text(text: str, width: float) -> str:
    return "".join("".join(piece for piece, _ in line.pieces) for line in typesetter().lines(text, BODY, width))


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800", "\ufffe"])
def test_what_could_deceive_or_break_is_shown_as_replaced(bad: str) -> None:
    assert clean(f"Anna{bad}fdp.exe") == f"Anna{REPLACED}fdp.exe"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_one(end: str) -> None:
    assert clean(f"a{end}b") == "a\nb"


def test_ordinary_writing_is_left_alone() -> None:
    for name in ("Łucja", "Nguyễn Thị Ánh", "﨑", "محمد", "क्ष", "น้ำ", "רִבְקָה", "شیما رضایی‌نژاد", "👍"):
        assert clean(name) == name


def test_separate_accents_are_composed_and_compatibility_forms_are_kept() -> None:
    assert clean("Jose\u0301") == "José"
    assert clean("\ufa19") == "\ufa19"


def test_a_lone_surrogate_can_be_written_afterwards() -> None:
    assert plain_unicode("x\ud800y").encode("utf-8")
    assert plain_unicode("👍 Łucja") == "👍 Łucja"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.floats(20, 400))
def test_breaking_lines_loses_nothing_but_spaces(text: str, width: float) -> None:
    kept = "".join(clean(text).split())
    assert "".join(set_text(text, width).split()) == kept


@settings(max_examples=100, deadline=None)
@given(st.text(string.ascii_letters + " -", max_size=400), st.floats(30, 300))
def test_no_line_is_wider_than_its_column(text: str, width: float) -> None:
    assert all(line.width <= width + 0.02 for line in typesetter().lines(text, TABLE, width))


@settings(max_examples=60, deadline=None)
@given(st.text("محمدعبدالله सलामक्ष้ำผึ 王小明김민준אבג", max_size=200), st.floats(40, 200))
def test_no_line_of_other_scripts_is_wider_than_its_column(text: str, width: float) -> None:
    for line in typesetter().lines(text, TABLE, width):
        letters = "".join(piece for piece, _ in line.pieces)
        assert line.width <= width + 0.1 or len(letters.strip()) < 12


def test_a_date_is_not_broken_at_its_hyphens_and_a_double_name_is() -> None:
    style = TABLE
    type_ = typesetter()
    narrow = type_.width("Meier-Schulze", style) - 1
    assert [line.pieces[0][0] for line in type_.lines("Meier-Schulze", style, narrow)] == ["Meier-", "Schulze"]
    assert [line.pieces[0][0] for line in type_.lines("am 2026-11-21", style, type_.width("am 2026-11-", style))] == [
        "am",
        "2026-11-21",
    ]


def test_a_cut_never_separates_a_letter_from_its_mark() -> None:
    type_ = typesetter()
    for word in ("क्षि" * 40, "น้ำผึ้ง" * 30, "רִ" * 60):
        for line in type_.lines(word, BODY, 90)[1:]:
            assert line.pieces[0][0][0] in "कนรรผนํำ" or line.pieces[0][0][0].isalpha()


def test_right_to_left_is_decided_by_the_first_letter() -> None:
    type_ = typesetter()
    assert type_.lines("12 محمد Anna", BODY, 400)[0].rtl
    assert not type_.lines("Anna محمد", BODY, 400)[0].rtl


def test_missing_letters_are_counted_once_each() -> None:
    type_ = typesetter()
    for line in type_.lines("😀 😀 🌹 Anna", BODY, 400):
        type_.code(line, 0, 0)
    assert type_.missing == {"😀", "🌹"}


def test_values_are_written_as_glyph_numbers_only() -> None:
    type_ = typesetter()
    (line,) = type_.lines(") Tj ET /Evil Do (", BODY, 400)
    assert "Evil" not in type_.code(line, 0, 0)


def test_a_number_stays_with_what_it_counts() -> None:
    assert bound("Art. 15, § 147, 3 Notizen, 12 Aufträge") == "Art.\xa015, §\xa0147, 3\xa0Notizen, 12\xa0Aufträge"


def test_clipping_keeps_within_the_width() -> None:
    type_ = typesetter()
    for text in ("A" * 500, "محمد " * 200, "क्ष" * 200, "王" * 200, "short"):
        assert type_.clipped(text, BODY, 120).width <= 120


def one_name(name: str) -> Sheet:
    sheet = Sheet()
    sheet.stack(sheet.type.lines(name, BODY, 400), 80, 100, 400)
    return sheet


def test_two_papers_at_once_do_not_take_each_others_letters() -> None:
    alone = one_name("क्षत्रिय श्री").finish()
    first = one_name("क्षत्रिय श्री")
    second = one_name("श्री अनुष्का त्रि")
    assert first.finish() == alone
    assert second.finish() != alone


def test_every_shipped_font_can_be_read() -> None:
    type_ = typesetter()
    for face in Face:
        assert type_._fonts.font(face).face.charToGlyph
