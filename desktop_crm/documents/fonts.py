"""The shipped fonts: which of them has a letter for a character, and how wide it is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from reportlab.pdfbase.ttfonts import TTFont

from desktop_crm.resource_files import resource


class Face(StrEnum):
    """Fonts by what they are for; the value is the file."""

    SANS = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"
    ITALIC = "NotoSans-Italic"
    SERIF = "NotoSerif-Regular"
    MONO = "NotoSansMono-Regular"
    ARABIC = "NotoSansArabic-Regular"
    HEBREW = "NotoSansHebrew-Regular"
    DEVANAGARI = "NotoSansDevanagari-Regular"
    THAI = "NotoSansThai-Regular"
    SYMBOLS = "NotoSansSymbols2-Regular"
    HANGUL = "NanumGothic"
    HAN = "DroidSansFallbackFull"


SHAPED = frozenset({Face.DEVANAGARI, Face.THAI})
"""Scripts whose letters change place and form; they are set by HarfBuzz."""

WHITE_BOX = "□"
"""Stands for a character that no shipped font has."""

_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
_HAN = ((0x2E80, 0x312F), (0x3190, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
_ORDER = (Face.MONO, Face.SYMBOLS, Face.ARABIC, Face.HEBREW, Face.DEVANAGARI, Face.THAI, Face.HAN, Face.HANGUL)
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _load(face: Face) -> TTFont:
    return TTFont(face.name.title(), str(resource("fonts", f"{face.value}.ttf")), shapable=face in SHAPED)


@cache
def _shared(face: Face) -> TTFont:
    return _load(face)


class Fonts:
    """The fonts of one document, each loaded when it is first needed.

    Shaped fonts get names for their glyphs while a document is set. They are therefore loaded afresh for each document:
    two papers that are laid out at once would otherwise take each other's letters.
    """

    def __init__(self) -> None:
        self._own: dict[Face, TTFont] = {}

    def font(self, face: Face) -> TTFont:
        """The font of a face."""
        font = self._own.get(face)
        if font is None:
            font = self._own[face] = _load(face) if face in SHAPED else _shared(face)
        return font

    def face_for(self, character: str, wanted: Face) -> Face | None:
        """The face that has this character: the wanted one if it can, None if there is none."""
        code = ord(character)
        if _within(code, _PRIVATE):
            return None
        for face in self._candidates(code, wanted):
            if self.font(face).face.charToGlyph.get(code):
                return face
        return None

    @staticmethod
    def _candidates(code: int, wanted: Face) -> Iterator[Face]:
        yield wanted
        if _within(code, _HANGUL):
            yield Face.HANGUL
        elif _within(code, _HAN):
            yield Face.HAN
        if wanted is not Face.SANS:
            yield Face.SANS
        yield from _ORDER

    def advance(self, character: str, face: Face) -> float:
        """Width of an unshaped character at a size of 1 point, in points."""
        widths = self.font(face).face
        return float(widths.charWidths.get(ord(character), widths.defaultWidth)) / 1000
