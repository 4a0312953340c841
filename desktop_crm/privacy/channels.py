"""Which ways advertising may take in a country, on what condition, and when it may ring. Data, never code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum

from desktop_crm.cheap import fixed
from desktop_crm.privacy.strict_toml import Table
from desktop_crm.records.interaction import Channel

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(rf"({'|'.join(_DAYS)})-({'|'.join(_DAYS)}) (\d\d):(\d\d)-(\d\d):(\d\d)")


class Need(StrEnum):
    """What advertising needs to take a way."""

    CONSENT = "consent"
    CONSENT_OR_OWN_CUSTOMER = "consent-or-own-customer"
    """A yes; or our own customer, for similar goods, told at the sale and each time how to object."""
    NO_OBJECTION = "no-objection"


@fixed
class Hours:
    """Times at which it may ring, on the days from `first` to `last` (0: Monday)."""

    first: int
    last: int
    begin: time
    end: time

    def hold(self, at: datetime) -> bool:
        """Whether they hold at that time of the shop."""
        return self.first <= at.weekday() <= self.last and self.begin <= at.time() < self.end


@fixed
class ChannelRule:
    """What advertising by one way needs. `checked` is False where no source for this country was at hand.

    `express`: said in so many words; `proof_years`: how long the proof is kept, from the yes and from each use.
    `since`: from which day on it holds; `before`: what was needed until then.
    """

    channel: Channel
    need: Need
    habit: bool
    law: str
    source: str
    as_of: date
    checked: bool
    express: bool = False
    proof_years: int = 0
    hours: tuple[Hours, ...] = ()
    conditions: tuple[str, ...] = ()
    since: date | None = None
    before: Need | None = None

    def needed_on(self, day: date) -> Need:
        """What is needed on a day."""
        early = self.since is not None and day < self.since
        return self.before if early and self.before is not None else self.need

    def rings_at(self, at: datetime) -> bool:
        """Whether it may ring at that time of the shop."""
        return not self.hours or any(one.hold(at) for one in self.hours)


RULED = (Channel.EMAIL, Channel.MESSENGER, Channel.PHONE, Channel.POST)
"""The ways a country rules over; at the counter and on a website nobody is disturbed."""
Rules = Mapping[Channel, ChannelRule]


def channel_rule(code: str, table: Table) -> ChannelRule:
    """One table `[channels.<way>]` of a country's file. ValueError where it is wrong."""
    try:
        channel = Channel(code)
    except ValueError:
        raise table.fault("", f"is no way: {code}") from None
    if channel not in RULED:
        raise table.fault("", "needs no rule")
    habit = table.flag("habit")
    since = table.day("since") if table.has("since") else None
    rule = ChannelRule(
        channel,
        table.choice("need", Need),
        habit,
        table.text("law", empty=habit),
        table.text("source"),
        table.day("as_of"),
        table.flag("checked"),
        table.flag("express") if table.has("express") else False,
        table.whole("proof_years", 1, 30) if table.has("proof_years") else 0,
        tuple(_hours(table, text) for text in table.texts("hours")) if table.has("hours") else (),
        table.texts("conditions") if table.has("conditions") else (),
        since,
        table.choice("before", Need) if since is not None else None,
    )
    if rule.need is Need.CONSENT_OR_OWN_CUSTOMER and not rule.conditions:
        raise table.fault("conditions", "is missing: own customers are written to on conditions alone")
    table.done()
    return rule


def _hours(table: Table, text: str) -> Hours:
    """`mon-fri 10:00-13:00`."""
    found = _HOURS.fullmatch(text)
    if found is None:
        raise table.fault("hours", f"is not like “mon-fri 10:00-13:00”: {text}")
    first, last = (_DAYS.index(found[at]) for at in (1, 2))
    try:
        begin, end = time(int(found[3]), int(found[4])), time(int(found[5]), int(found[6]))
    except ValueError:
        raise table.fault("hours", f"tells no time: {text}") from None
    if last < first or end <= begin:
        raise table.fault("hours", f"ends before it begins: {text}")
    return Hours(first, last, begin, end)
