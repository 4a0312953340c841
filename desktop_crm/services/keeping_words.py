"""Says a keeping time in a plain sentence, with the day it ends where that is known."""

from __future__ import annotations

from datetime import date

from desktop_crm.privacy.presets import Action
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

_KINDS = {
    "lead": M("Interested, never ordered"),
    "contact-without-purchase": M("Contact without a purchase"),
    "customer": M("Customer"),
    "unsorted": M("Brought in, not sorted yet"),
    "service-note": M("Notes and events"),
    "delivery-recipient": M("People an order was delivered to"),
    "kept-invoice": M("Locked invoices"),
    "ledger": M("Do-not-bring-back marks"),
}
WHAT_THEN: dict[str, M] = {
    Action.ASK: M("Then we ask you."),
    Action.ANONYMISE: M("Then, after your yes, the name is removed for good."),
    Action.ERASE: M("Then, after your yes, it is deleted."),
}
"""What happens when a keeping time is over. Nothing goes without a yes."""


def kind_of_rule(rule: RetentionRule) -> M:
    """What a rule is about; a rule of the shop's own goes by its code."""
    return _KINDS.get(rule.code, M("{code}", code=rule.code))


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
