"""Every colour and measure of the window by name. UX.md section 5 tells where each belongs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says. It never says it alone: a word or an icon stands beside it."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"
    VIOLET = "violet"
    ACCENT = "accent"


@dataclass(frozen=True)
class Tokens:
    """One look: each colour as `#RRGGBB`."""

    canvas: str
    sidebar: str
    surface: str
    raised: str
    hover: str
    sunken: str
    border: str
    line: str
    field: str
    edge: str
    scrim: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    warning_mark: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str
    violet: str
    violet_soft: str
    neutral_soft: str
    toast: str
    on_toast: str
    toast_act: str
    dark: bool = False
    plain: bool = False
    """High contrast: grounds carry no meaning, so edges are drawn instead."""

    def ink(self, tone: Tone) -> str:
        """The colour of words and icons of a tone, on a ground of its own or on `surface`."""
        if tone is Tone.NEUTRAL:
            return self.text2
        return self.on_accent_soft if tone is Tone.ACCENT else self.color(tone.value)

    def soft(self, tone: Tone) -> str:
        """The quiet ground of a tone."""
        return self.color(f"{tone.value}_soft")

    def mark(self, tone: Tone) -> str:
        """The strong colour of rings and bars of a tone, never of words."""
        if tone in {Tone.ACCENT, Tone.WARNING}:
            return self.accent if tone is Tone.ACCENT else self.warning_mark
        return self.ink(tone)

    def color(self, name: str) -> str:
        """A colour by the name of its token; `#RRGGBB` stands for itself."""
        return name if name.startswith("#") else str(getattr(self, name))


LIGHT = Tokens(
    canvas="#F5F6F8",
    sidebar="#ECEEF1",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#EFF1F4",
    sunken="#F0F2F5",
    border="#E1E4E9",
    line="#EBEDF1",
    field="#858D9B",
    edge="#E1E4E9",
    scrim="#0C0F14",
    text="#161A20",
    text2="#464E5B",
    text3="#5D6572",
    accent="#0E6577",
    accent_hover="#0B5363",
    on_accent="#FFFFFF",
    accent_soft="#DFF0F3",
    on_accent_soft="#0A4F5E",
    success="#176B3A",
    success_soft="#E1F3E8",
    warning="#855200",
    warning_soft="#FCF0D6",
    warning_mark="#C77800",
    danger="#B0251D",
    danger_soft="#FCE7E5",
    info="#2957A4",
    info_soft="#E5EDFA",
    violet="#6540A0",
    violet_soft="#EFE9F9",
    neutral_soft="#E9ECF0",
    toast="#20262D",
    on_toast="#F4F6F8",
    toast_act="#7FD3E0",
)

DARK = Tokens(
    canvas="#111418",
    sidebar="#0C0E11",
    surface="#191D22",
    raised="#20252B",
    hover="#22272E",
    sunken="#14171B",
    border="#2C323A",
    line="#242A31",
    field="#6D7786",
    edge="#3E4650",
    scrim="#000000",
    text="#EBEEF2",
    text2="#B7BFCA",
    text3="#969FAD",
    accent="#56BBCB",
    accent_hover="#74CBD9",
    on_accent="#04222A",
    accent_soft="#12343C",
    on_accent_soft="#A5E1EB",
    success="#66CC91",
    success_soft="#13301F",
    warning="#E6B458",
    warning_soft="#352910",
    warning_mark="#E6A93C",
    danger="#F58D84",
    danger_soft="#3C1C1A",
    info="#8AB1F3",
    info_soft="#182842",
    violet="#BDA4F2",
    violet_soft="#2A2040",
    neutral_soft="#272D35",
    toast="#E9ECF0",
    on_toast="#14181D",
    toast_act="#0A5A6B",
    dark=True,
)

CONTRAST = Tokens(
    canvas="#FFFFFF",
    sidebar="#FFFFFF",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#E8E8E8",
    sunken="#FFFFFF",
    border="#000000",
    line="#5A5A5A",
    field="#000000",
    edge="#000000",
    scrim="#000000",
    text="#000000",
    text2="#141414",
    text3="#2E2E2E",
    accent="#00404D",
    accent_hover="#002A33",
    on_accent="#FFFFFF",
    accent_soft="#D9F1F5",
    on_accent_soft="#00333D",
    success="#00401C",
    success_soft="#FFFFFF",
    warning="#4F2F00",
    warning_soft="#FFFFFF",
    warning_mark="#6B4000",
    danger="#7A0000",
    danger_soft="#FFFFFF",
    info="#00307A",
    info_soft="#FFFFFF",
    violet="#3F1D78",
    violet_soft="#FFFFFF",
    neutral_soft="#FFFFFF",
    toast="#000000",
    on_toast="#FFFFFF",
    toast_act="#8FE6F2",
    plain=True,
)

CONTRAST_DARK = Tokens(
    canvas="#000000",
    sidebar="#000000",
    surface="#000000",
    raised="#000000",
    hover="#2B2B2B",
    sunken="#000000",
    border="#FFFFFF",
    line="#A6A6A6",
    field="#FFFFFF",
    edge="#FFFFFF",
    scrim="#000000",
    text="#FFFFFF",
    text2="#F2F2F2",
    text3="#DADADA",
    accent="#7FE6F5",
    accent_hover="#B3F1FA",
    on_accent="#000000",
    accent_soft="#00343F",
    on_accent_soft="#D2F8FF",
    success="#8FF0B5",
    success_soft="#000000",
    warning="#FFD37A",
    warning_soft="#000000",
    warning_mark="#FFC24D",
    danger="#FFB3AB",
    danger_soft="#000000",
    info="#B5D0FF",
    info_soft="#000000",
    violet="#DCC9FF",
    violet_soft="#000000",
    neutral_soft="#000000",
    toast="#FFFFFF",
    on_toast="#000000",
    toast_act="#003B47",
    dark=True,
    plain=True,
)

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6, SPACE_7, SPACE_8, SPACE_10 = 4, 8, 12, 16, 20, 24, 28, 32, 40

PAGE_EDGE = 32
CARD_EDGE = 18
CARD_GAP = 16

RADIUS = 8
"""Buttons and fields."""
RADIUS_ROW = 10
RADIUS_CARD = 12
RADIUS_SHEET = 16

SIDEBAR = 244
SIDEBAR_FOLDED = 64
LIST = 312
RAIL = 300

BUTTON = 36
BUTTON_LARGE = 44
FIELD = 36
FIELD_LARGE = 42
TARGET = 32
"""The least a finger or a shaking hand can hit."""
