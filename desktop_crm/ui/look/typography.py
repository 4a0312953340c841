"""Type: Inter, shipped with the program, in the sizes of UX.md section 5."""

from __future__ import annotations

from enum import Enum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop_crm.resource_files import resource

FAMILY = "Inter"
_FALLBACK = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Droid Sans Fallback",
    "NanumGothic",
)
"""Names of people come in every script; the fonts of papers draw them where the computer has none."""

_SHIPPED = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "Inter-Bold.otf",
    "NotoSansMono-Regular.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "DroidSansFallbackFull.ttf",
    "NanumGothic.ttf",
)


class Type(Enum):
    """A kind of text: pixels, weight, letter spacing in pixels."""

    HERO = (28, 600, -0.5)
    PAGE = (24, 600, -0.4)
    PANE = (20, 600, -0.2)
    SECTION = (16, 600, 0.0)
    CARD = (14, 600, 0.0)
    BODY = (14, 400, 0.0)
    STRONG = (14, 500, 0.0)
    SMALL = (13, 400, 0.0)
    BUTTON = (13, 500, 0.0)
    HINT = (12, 400, 0.0)
    BADGE = (12, 500, 0.0)
    GROUP = (11, 600, 0.6)
    MONO = (16, 400, 1.0)


@cache
def load_fonts() -> None:
    """Make the shipped fonts known to Qt, once. Needs a QApplication."""
    for name in _SHIPPED:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def font(kind: Type, *, larger: int = 0) -> QFont:
    """The font of a kind of text; `larger` adds pixels, on the customer's screen 2 to 4."""
    return QFont(_made(kind, larger))


def digits(kind: Type, *, larger: int = 0) -> QFont:
    """The same with figures of one width, for counters and tables only: in running text they gape."""
    made = font(kind, larger=larger)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def _made(kind: Type, larger: int) -> QFont:
    pixels, weight, spacing = kind.value
    made = QFont(["Noto Sans Mono", FAMILY] if kind is Type.MONO else [FAMILY, *_FALLBACK])
    made.setPixelSize(pixels + larger)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    if kind is Type.GROUP:
        made.setCapitalization(QFont.Capitalization.AllUppercase)
    return made
