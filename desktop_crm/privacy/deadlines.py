"""Until when a privacy request is answered.

Under the GDPR: one month from receipt, three with an extension (Art. 12(3)); the day of receipt is not counted, a day
the month does not have becomes its last day, and a last day on a Saturday, Sunday or public holiday runs to the end of
the next working day (Regulation (EEC, Euratom) 1182/71, Art. 3). The lengths are data: `presets.Answer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, reduce

from desktop_crm.privacy.presets import Preset, load_preset
from desktop_crm.privacy.terms import Unit, later
from desktop_crm.words import M, Problem

GRACE_MARGIN_DAYS = 3
"""A grace time before an erasure on request ends at least so many days before the answer is due."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which we really doubted who is asking: from our question to the answer.

    While the answer is still out, pass today as `answered`: the deadline is then the one if it came today.
    """

    asked: date
    answered: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for an answer (`due`), the day it would be without weekends and holidays, and why, in words."""

    unmoved: date
    due: date
    reason: M


def answer_due(received: date, country: str, region: str = "", pauses: Sequence[Pause] = ()) -> Deadline:
    """The last day to answer, refuse, or tell an extension.

    Args:
        received: the day anyone in the shop received the request, by whatever channel.
        country: of the shop, ISO 3166-1 code.
        region: of the shop, by code or name; without one only the holidays of the whole country move a day, so the
            deadline is the same or earlier, never later.
        pauses: times of real doubt about who is asking.

    Raises:
        Problem: country or region are none.
        ValueError: a pause that ends before it starts, or starts before the request came.
    """
    preset = load_preset(country, region)
    return _deadline(received, preset, preset.answer.length, preset.answer.unit, pauses)


def extended_due(received: date, country: str, region: str = "", pauses: Sequence[Pause] = ()) -> Deadline:
    """The last day with an extension, counted from receipt anew and never stacked on a moved date.

    An extension needs a reason the law knows and must be told until `answer_due`. Arguments and errors as there.

    Raises:
        Problem: also where the country's law knows no fixed longer term.
    """
    preset = load_preset(country, region)
    if not preset.answer.extended_length:
        raise Problem(
            M("The law of this country knows no fixed longer time."),
            safe=M("The time for the answer stays as it is."),
            todo=M("Tell the person in time until which day you will answer."),
        )
    return _deadline(received, preset, preset.answer.extended_length, preset.answer.extended_unit, pauses)


def latest_grace_end(deadline: Deadline) -> date:
    """The last day until which an erasure asked for by the person may wait."""
    return deadline.due - timedelta(days=GRACE_MARGIN_DAYS)


def grace_end(asked: date, days: int, deadline: Deadline) -> date:
    """The day on which an erasure that was confirmed on `asked` is carried out.

    The owner's grace of `days`, cut where it would come too near to the answer date; never before `asked`. Meanwhile
    the person is locked.
    """
    return max(asked, min(asked + timedelta(days=days), latest_grace_end(deadline)))


def _deadline(received: date, preset: Preset, length: int, unit: Unit, pauses: Sequence[Pause]) -> Deadline:
    """The end of the term, its pauses added once, then moved to a working day where the law moves it."""
    bare = later(received, length, unit)
    unmoved = _paused(received, bare, pauses)
    said = [_counted(received, length, unit)]
    if unit is not Unit.DAYS and bare.day != received.day:
        said.append(M("That month has no day {day}, so its last day counts.", day=received.day))
    if waited := (unmoved - bare).days:
        said.append(
            M(
                "{n} day of waiting for proof of who is asking is added.",
                "{n} days of waiting for proof of who is asking are added.",
                n=waited,
            )
        )
    if not preset.answer.moves:
        return Deadline(unmoved, unmoved, _joined(said))
    due, why = _working_day(unmoved, preset)
    return Deadline(unmoved, due, _joined([*said, *why]))


def _counted(received: date, length: int, unit: Unit) -> M:
    if unit is Unit.DAYS:
        return M(
            "{n} day from {received}, when it came in.",
            "{n} days from {received}, when it came in.",
            n=length,
            received=received,
        )
    if unit is Unit.MONTHS:
        return M(
            "{n} month from {received}, when it came in.",
            "{n} months from {received}, when it came in.",
            n=length,
            received=received,
        )
    return M(
        "{n} year from {received}, when it came in.",
        "{n} years from {received}, when it came in.",
        n=length,
        received=received,
    )


def _paused(received: date, end: date, pauses: Sequence[Pause]) -> date:
    """The end moved by the days in doubt: overlapping pauses count once, and none revives a term that is over."""
    if any(pause.answered < pause.asked or pause.asked < received for pause in pauses):
        raise ValueError("a pause ends before it starts, or starts before the request came")
    counted_to = received
    for pause in sorted(pauses, key=lambda pause: (pause.asked, pause.answered)):
        if pause.asked > end:
            break
        end += max(timedelta(0), pause.answered - max(pause.asked, counted_to))
        counted_to = max(counted_to, pause.answered)
    return end


def _working_day(day: date, preset: Preset) -> tuple[date, list[M]]:
    """The first working day from `day` on, and what to say about it."""
    moved = day
    while moved.weekday() >= 5 or _is_holiday(moved, preset):
        moved += _DAY
    said = [] if moved == day else [M("{day} is no working day, so the next one counts.", day=_named(day, preset))]
    return moved, [*said, *_doubts(day, preset)]


def _named(day: date, preset: Preset) -> M:
    """What kind of day the term would end on."""
    if _is_holiday(day, preset):
        return M("{day}, a public holiday,", day=day)
    return M("{day}, a Saturday,", day=day) if day.weekday() == 5 else M("{day}, a Sunday,", day=day)


def _joined(sentences: Iterable[M]) -> M:
    return reduce(lambda first, second: M("{first} {second}", first=first, second=second), sentences)


def _doubts(day: date, preset: Preset) -> list[M]:
    """What has to be said about how well we know the holidays around `day`."""
    if _public_holidays(preset.country, _subdivision(preset), day.year) is None:
        return [M("We know no public holidays of this country: only weekends are counted. Please check the date.")]
    if preset.regions and not preset.region:
        return [M("Only the public holidays of the whole country are counted, as no region is known.")]
    return []


def _subdivision(preset: Preset) -> str:
    """The region whose holidays count: none where our own file lists no regions, as local feasts move no term."""
    return preset.region if preset.regions or preset.generic else ""


def _is_holiday(day: date, preset: Preset) -> bool:
    return day in (_public_holidays(preset.country, _subdivision(preset), day.year) or ())


@cache
def _public_holidays(country: str, region: str, year: int) -> frozenset[date] | None:
    """The public holidays of a place in a year; None if they are not known.

    A finished set, because the library's own object fills itself while it is asked, which two threads must not share.
    The import is here, because the library is large and nothing at start needs it.
    """
    import holidays

    try:
        known = holidays.country_holidays(country, years=year, expand=False)
        if region in known.subdivisions:
            known = holidays.country_holidays(country, subdiv=region, years=year, expand=False)
    except NotImplementedError:
        return None
    return frozenset(known) if known.start_year <= year <= known.end_year else None
