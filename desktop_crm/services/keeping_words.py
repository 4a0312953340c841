"""Says a keeping time in a plain sentence, with the day it ends where that is known."""

from __future__ import annotations

from datetime import date

from desktop_crm.privacy.terms import Anchor, Unit
from desktop_crm.records.retention import RetentionRule
from desktop_crm.words import M

_STARTS = {
    "created": M("day of the entry"),
    "occurred": M("day of the event"),
    "last_activity": M("last contact"),
    "last_contact_by_person": M("last contact that came from you"),
    "noticed": M("day of our notice"),
    "issued": M("day of the invoice"),
    "delivered": M("day of the delivery"),
    "given": M("day of the permission"),
    "last_used": M("last use"),
    "withdrawn": M("day the permission was taken back"),
    "closed": M("day of our answer"),
    "erased": M("day of the erasure"),
}


def length(number: int, unit: str) -> M:
    """A length of time: `3 years`."""
    match Unit(unit):
        case Unit.DAYS:
            return M("{n} day", "{n} days", n=number)
        case Unit.MONTHS:
            return M("{n} month", "{n} months", n=number)
        case Unit.YEARS:
            return M("{n} year", "{n} years", n=number)


def sentence(rule: RetentionRule, until: date | None = None) -> M:
    """How long, counted from what, and until when: `3 years from the end of the year, counted from: last contact`."""
    told = length(rule.length, rule.unit)
    start = _STARTS.get(rule.start, M("day of the entry"))
    if Anchor(rule.anchor) is Anchor.EVENT:
        whole = M("{length}, counted from: {start}", length=told, start=start)
    else:
        whole = M("{length} from the end of the year, counted from: {start}", length=told, start=start)
    return M("{rule}, so until {day}", rule=whole, day=until) if until is not None else whole
