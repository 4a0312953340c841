"""The only way text reaches a PDF: cleaned, broken into lines, shaped, ordered, and written as glyphs.

A value is never read as markup: it becomes hexadecimal glyph codes, so nothing in it can end a string, open a tag or
call a file. Lines are broken in logical order by the width of their shaped form; each line is then joined (Arabic) and
put into visual order (UAX #9). Devanagari and Thai are shaped by HarfBuzz inside `ActualText`, so that what is copied
out of the paper is what was typed in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import uharfbuzz
from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from desktop_crm.documents.fonts import SHAPED, WHITE_BOX, Face, Fonts
from desktop_crm.documents.styles import Style

REPLACED = "\N{REPLACEMENT CHARACTER}"

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile("\n{4,}")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_DECOMPOSED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_COMPLEX = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u0900-\u097f\ua8e0-\ua8ff\u0e00-\u0e7f"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_JOINERS = "\u200c\u200d"
_UNASSIGNED = "\uf8ff"
"""Stands in a text from the right for what Unicode gives no direction yet, and is shown as a white box like it."""
_HAN = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_TOKEN = re.compile(
    f" +|[{_HAN}][\u3001\u3002\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f]*"
    f"|[^ {_HAN}]*?[^\\W\\d_][-\u2013\u2014/](?=[^\\W\\d_])|[^ {_HAN}]+"
)
_NO_CUT_AFTER = "\u094d\u0e40\u0e41\u0e42\u0e43\u0e44" + _JOINERS
_COUNTED = re.compile(
    "(?<=\\b[0-9]) (?=[^\\W\\d])|(?<=\\b[0-9][0-9]) (?=[^\\W\\d])|(?<=[§×]) (?=[0-9])|(?<=Art\\.) (?=[0-9])"
)
_SHORT = 80
_LONGEST = 400
"""Letters in a word that no line can hold; such a word is cut without being measured as a whole."""
_SLACK = 0.01
"""Points by which a line may be too wide: sums of widths differ in their last digit."""
_RESHAPER = ArabicReshaper(
    configuration={
        "delete_harakat": False,
        "delete_tatweel": False,
        "ARABIC LIGATURE ALLAH": False,
        "use_unshaped_instead_of_isolated": True,
    }
)


def clean(text: str) -> str:
    """The text as it can be printed: control, direction-changing and broken characters become U+FFFD.

    Every kind of line end becomes a line feed, more than two empty lines two, a tab four spaces.
    Letters with separate accents are composed, which means the same (Unicode canonical equivalence) and prints better.
    """
    text = _EMPTY_LINES.sub("\n\n\n", _BREAKS.sub("\n", text)).replace("\t", "    ")
    text = _UNPRINTABLE.sub(REPLACED, text)
    return _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)


def bound(text: str) -> str:
    """A sentence of ours in which a number stays on the line of what it counts, and a sign on that of its number."""
    return _COUNTED.sub("\N{NO-BREAK SPACE}", text)


def plain_unicode(text: str) -> str:
    """JSON and metadata carry every character but lone surrogates, which no encoding can write."""
    return _SURROGATES.sub(REPLACED, text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of set text: pieces in logical order, width in points, and whether it reads from the right."""

    pieces: tuple[tuple[str, Style], ...]
    width: float
    rtl: bool = False


class _Advances(dict[str, float]):
    """Width of each character at 1 point, found when first asked for."""

    def __init__(self, find: Callable[[str], float]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, character: str) -> float:
        width = self[character] = self._find(character)
        return width


class Typesetter:
    """Sets the text of one document. `missing` holds the characters that are printed as a white box."""

    def __init__(self, document: PDFDocument) -> None:
        self.missing: set[str] = set()
        self._document = document
        self._fonts = Fonts()
        self._advances: dict[Face, _Advances] = {}
        self._following: dict[tuple[str, Face | None, Face], Face | None] = {}
        self._widths: dict[tuple[str, Face], float] = {}
        self._shapers: dict[Face, tuple[Any, float]] = {}
        self._faces: dict[tuple[str, Face], Face | None] = {}
        self._lines: dict[tuple[str, Style, float], tuple[Line, ...]] = {}
        self._codes: dict[tuple[str, Face, float, bool], str] = {}
        self._glyphs: dict[tuple[Face, int], str] = {}

    # Measuring

    def width(self, text: str, style: Style) -> float:
        """Width in points of cleaned text set in one line."""
        if not _COMPLEX.search(text):
            return sum(map(self._advance_of(style.face).__getitem__, text)) * style.size
        key = (text, style.face)
        found = self._widths.get(key)
        if found is None:
            # The order of the letters does not change the width, joining them does.
            joined = _joined_letters(text)
            found = sum(self._run_width(face, run) for face, run in self._runs(joined, style.face))
            if len(text) <= _SHORT:
                self._widths[key] = found
        return found * style.size

    def _advance_of(self, face: Face) -> _Advances:
        advances = self._advances.get(face)
        if advances is None:
            advances = self._advances[face] = _Advances(lambda character: self._advance(character, face))
        return advances

    def _advance(self, character: str, wanted: Face) -> float:
        if _INVISIBLE.match(character):
            return 0.0
        face = self._face(character, wanted)
        return self._fonts.advance(WHITE_BOX, Face.MONO) if face is None else self._fonts.advance(character, face)

    def _face(self, character: str, wanted: Face) -> Face | None:
        key = (character, wanted)
        if key not in self._faces:
            self._faces[key] = self._fonts.face_for(character, wanted)
        return self._faces[key]

    def _run_width(self, face: Face | None, text: str) -> float:
        if face in SHAPED:
            return sum(glyph[1] for glyph in self._shape(face, text)) / 1000
        return sum(map(self._advance_of(face or Face.MONO).__getitem__, text))

    # Breaking

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """A text broken into lines of at most `width` points; line feeds break too."""
        key = (text, style, width)
        found = self._lines.get(key)
        if found is None:
            found = tuple(self._broken(clean(text), style, width))
            if len(text) <= _SHORT:
                self._lines[key] = found
        return found

    def _broken(self, text: str, style: Style, width: float) -> Iterator[Line]:
        for paragraph in text.split("\n"):
            rtl = _reads_from_right(paragraph)
            for piece in self._paragraph(paragraph, style, width):
                yield Line(((piece, style),), self.width(piece, style), rtl)

    def _paragraph(self, text: str, style: Style, width: float) -> Iterator[str]:
        if len(text) <= _SHORT and self.width(text, style) <= width + _SLACK:
            yield text
            return
        current, used, gap = "", 0.0, ""
        for token in _TOKEN.findall(text):
            if token[0] == " ":
                gap = token
                continue
            needed = self.width(token, style) if len(token) <= _LONGEST else width * 2
            between = self.width(gap, style) if gap else 0.0
            if used + between + needed <= width + _SLACK:
                current, used = current + gap + token, used + between + needed
            else:
                if current:
                    yield current
                *whole, current = self._chopped(token, style, width) if needed > width + _SLACK else (token,)
                yield from whole
                used = self.width(current, style)
            gap = ""
        yield current

    def _chopped(self, word: str, style: Style, width: float) -> Iterator[str]:
        """A word that is wider than a line, cut between letters; each character is looked at once or twice."""
        advances = self._advance_of(style.face)
        limit = (width + _SLACK) / style.size
        hard = _COMPLEX.search(word) is not None
        start, used, end, length = 0, 0.0, 0, len(word)
        while end < length:
            used += advances[word[end]]
            if used > limit and end > start:
                end = self._cut(word, start, end, style, width if hard else None)
                yield word[start:end]
                start, used = end, 0.0
            else:
                end += 1
        yield word[start:]

    def _cut(self, word: str, start: int, end: int, style: Style, width: float | None) -> int:
        """The last place at or before `end` where the word may be cut; shaped text is measured as it will look."""
        cut = end
        while width and cut > start + 1 and (needed := self.width(word[start:cut], style)) > width:
            cut = min(cut - 1, start + max(1, int((cut - start) * width / needed) + 1))
        whole = cut
        while cut > start + 1 and whole - cut < _SHORT and _joined(word, cut):
            cut -= 1
        return whole if _joined(word, cut) else cut

    def flow(self, spans: Iterable[tuple[str, Style]], width: float) -> tuple[Line, ...]:
        """Sentences in several styles (our own words, read from the left), broken into lines together."""
        lines: list[Line] = []
        pieces: list[tuple[str, Style]] = []
        used = 0.0
        for text, style in spans:
            for token in self._fitting(bound(clean(text)).replace("\n", " "), style, width):
                needed = self.width(token, style)
                if used + needed > width + _SLACK and pieces and token[0] != " ":
                    lines.append(Line(_joined_pieces(pieces), used))
                    pieces, used = [], 0.0
                if pieces or token[0] != " ":
                    pieces.append((token, style))
                    used += needed
        return (*lines, Line(_joined_pieces(pieces), used))

    def _fitting(self, text: str, style: Style, width: float) -> Iterator[str]:
        for token in _TOKEN.findall(text):
            long = len(token) > _LONGEST or self.width(token, style) > width + _SLACK
            yield from self._chopped(token, style, width) if long else (token,)

    def clipped(self, text: str, style: Style, width: float) -> Line:
        """One line for a running head or an address window, ending in … where it is too long. Never for a record."""
        text = " ".join(clean(text[: _SHORT * 4]).split())
        if self.width(text, style) > width:
            fits = bisect_left(range(len(text)), x=True, key=lambda end: self.width(text[:end] + "…", style) > width)
            text = text[: max(fits - 1, 0)] + "…"
        return Line(((text, style),), self.width(text, style), _reads_from_right(text))

    # Writing

    def code(self, line: Line, x: float, y: float) -> str:
        """Content-stream operators that write a line with its left end at `x`, `y` points up from the page's foot."""
        parts = [f"BT {x:.2f} {y:.2f} Td"]
        colour = ""
        for text, style in line.pieces:
            if style.colour != colour:
                colour = style.colour
                parts.append(f"{colour} rg")
            parts.append(self._piece(text, style, line.rtl))
        parts.append("ET")
        return " ".join(parts)

    def _piece(self, text: str, style: Style, rtl: bool) -> str:
        key = (text, style.face, style.size, rtl)
        found = self._codes.get(key)
        if found is None:
            found = " ".join(self._written(text, style, rtl))
            if len(text) <= _SHORT:
                self._codes[key] = found
        return found

    def _written(self, text: str, style: Style, rtl: bool) -> Iterator[str]:
        for face, run in self._runs(_visual(text, rtl=rtl), style.face):
            if face is None:
                self.missing.update(run)
                for character in run:
                    yield _spelled(character, self._shown(Face.MONO, WHITE_BOX, style.size))
            elif face in SHAPED:
                yield _spelled(run, self._shaped(face, run, style.size))
            else:
                yield self._shown(face, _INVISIBLE.sub("", run), style.size)

    def _runs(self, text: str, wanted: Face) -> Iterator[tuple[Face | None, str]]:
        """Stretches of text that one face can set; spaces and marks stay with the stretch before them."""
        followed = self._following
        current: Face | None = wanted
        start = 0
        for at, character in enumerate(text):
            step = (character, current, wanted)
            if step not in followed:
                followed[step] = current if self._stays(*step) else self._face(character, wanted)
            if followed[step] is not current:
                if at > start:
                    yield current, text[start:at]
                current, start = followed[step], at
        if text:
            yield current, text[start:]

    def _stays(self, character: str, current: Face | None, wanted: Face) -> bool:
        if character in _JOINERS or _INVISIBLE.match(character):
            return current is not None
        if current is None or current is wanted or (character.isascii() and character.isalnum()):
            return False
        return self._face(character, current) is current

    def _shown(self, face: Face, text: str, size: float) -> str:
        font = self._fonts.font(face)
        return " ".join(
            f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(text, self._document)
        )

    def _shaper(self, face: Face) -> tuple[Any, float]:
        """HarfBuzz's font of a face, and its units in thousandths of the size."""
        if face not in self._shapers:
            font: Any = self._fonts.font(face)
            self._shapers[face] = (font.hbFont(), font.pdfScale(1))
        return self._shapers[face]

    def _shape(self, face: Face, text: str) -> list[tuple[int, float, float, float]]:
        """Glyph number, advance and offsets of each glyph, in thousandths of the size."""
        shaper, scale = self._shaper(face)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaper, buffer, {"kern": True, "liga": True})
        return [
            (info.codepoint, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def _shaped(self, face: Face, text: str, size: float) -> str:
        font = self._fonts.font(face)
        parts = []
        state = (-1, 0.0)
        for glyph, advance, right, up in self._shape(face, text):
            character = self._glyph_character(face, font, glyph)
            ((subset, codes),) = font.splitString(character, self._document)
            if state != (subset, up):
                state = (subset, up)
                name = font.getSubsetInternalName(subset, self._document)
                parts.append(f"{name} {size:g} Tf {up * size / 1000:.2f} Ts")
            after = font.face.charWidths[ord(character)] + right - advance
            parts.append(f"[{-right:.2f} <{codes.hex()}> {after:.2f}] TJ")
        return " ".join(parts) + " 0 Ts"

    def _glyph_character(self, face: Face, font: TTFont, glyph: int) -> str:
        """A private character for a glyph that has none of its own, so that it gets into the embedded subset."""
        character = self._glyphs.get((face, glyph))
        if character is None:
            face_data: Any = font.face
            known: list[int] | None = face_data.glyphToChar.get(glyph)
            code = known[0] if known else 0xE000 + len(self._glyphs)
            if not known:
                face_data.charToGlyph[code] = glyph
                face_data.charWidths[code] = self._shaper(face)[0].get_glyph_h_advance(glyph) * self._shaper(face)[1]
            character = self._glyphs[(face, glyph)] = chr(code)
        return character


def _joined_letters(text: str) -> str:
    """Arabic letters in the form that joins them to their neighbours."""
    return str(_RESHAPER.reshape(text)) if _RIGHT_TO_LEFT.search(text) else text


def _visual(text: str, *, rtl: bool) -> str:
    """Letters joined and in the order in which they stand on paper."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    known = "".join(one if unicodedata.bidirectional(one) else _UNASSIGNED for one in _joined_letters(text))
    return str(get_display(known, base_dir="R" if rtl else "L"))


def _reads_from_right(text: str) -> bool:
    """Whether the first strong letter is one that reads from the right (UAX #9, P2 and P3)."""
    if not _RIGHT_TO_LEFT.search(text):
        return False
    kinds = map(unicodedata.bidirectional, text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def _joined(word: str, cut: int) -> bool:
    """Whether the characters on both sides of a cut make one letter."""
    after = word[cut : cut + 1]
    return word[cut - 1] in _NO_CUT_AFTER or after in _JOINERS or unicodedata.category(after or "a")[0] == "M"


def _joined_pieces(pieces: list[tuple[str, Style]]) -> tuple[tuple[str, Style], ...]:
    return tuple(
        ("".join(text for text, _ in group), style) for style, group in groupby(pieces, key=lambda piece: piece[1])
    )


def _spelled(text: str, code: str) -> str:
    """Operators whose glyphs stand for `text` when the paper is searched, copied or read aloud (PDF 2.0, 14.9.4)."""
    return f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC {code} EMC"
