"""Small signs beside people and entries: a word with its tone and picture, never the tone alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from desktop_crm.cheap import fixed
from desktop_crm.records.consent import ConsentState
from desktop_crm.words import M, Value


class Tone(StrEnum):
    """What a sign means: ours, information, yes, needs you, late, keeping times, or nothing of these."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"
    VIOLET = "violet"
    ACCENT = "accent"


@fixed
class Badge:
    """A short sign: its words, its tone, and the name of its icon."""

    text: M
    tone: Tone
    icon: str


def answer_badge(state: ConsentState | None) -> Badge:
    """Where a person stands on a purpose, in a word or two. A no is no alarm: it is never red."""
    return _ANSWERS[state]


_ANSWERS = {
    None: Badge(M("Not asked yet"), Tone.NEUTRAL, "minus"),
    ConsentState.REQUESTED: Badge(M("Not now"), Tone.NEUTRAL, "minus"),
    ConsentState.GIVEN: Badge(M("Yes"), Tone.SUCCESS, "check"),
    ConsentState.REFUSED: Badge(M("Said no"), Tone.NEUTRAL, "x"),
    ConsentState.WITHDRAWN: Badge(M("Taken back"), Tone.NEUTRAL, "x"),
    ConsentState.EXPIRED: Badge(M("Too old"), Tone.WARNING, "refresh"),
    ConsentState.INVALIDATED: Badge(M("Old words"), Tone.WARNING, "refresh"),
    ConsentState.CLAIMED: Badge(M("Claimed"), Tone.VIOLET, "clock"),
}


def answer_word(state: ConsentState | None) -> M:
    """The same within a line, as in *Newsletter: yes*."""
    return _WORDS[state]


_WORDS = {
    None: M("not asked yet"),
    ConsentState.REQUESTED: M("not now"),
    ConsentState.GIVEN: M("yes"),
    ConsentState.REFUSED: M("said no"),
    ConsentState.WITHDRAWN: M("taken back"),
    ConsentState.EXPIRED: M("too old"),
    ConsentState.INVALIDATED: M("old words, ask again"),
    ConsentState.CLAIMED: M("claimed"),
}


def near(day: date, today: date) -> M:
    """A day as people say it when it is close: yesterday, today, tomorrow; else the date."""
    match (day - today).days:
        case 0:
            return M("today")
        case 1:
            return M("tomorrow")
        case -1:
            return M("yesterday")
        case _:
            return M("{day}", day=day)


def in_days(days: int) -> M:
    """How far away a day is on which something has to be done."""
    if days < 0:
        return M("{n} day late", "{n} days late", n=-days)
    if days == 0:
        return M("today")
    return M("in {n} day", "in {n} days", n=days)


def dotted(parts: Iterable[Value]) -> M | None:
    """Several things in one line with dots between them; None for nothing."""
    whole: M | None = None
    for part in (part for part in parts if part is not None):
        said = part if isinstance(part, M) else M("{part}", part=part)
        whole = said if whole is None else M("{first} · {second}", first=whole, second=said)
    return whole
