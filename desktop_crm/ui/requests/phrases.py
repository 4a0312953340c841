"""What privacy requests are called on the screen: as a sentence, as a choice, step by step."""

from __future__ import annotations

from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.services.requests import RequestRow, Step
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.words import M

COPIES = (RequestKind.ACCESS, RequestKind.PORTABILITY)
"""Kinds that are answered with a paper."""
SOON = 14
"""So many days before an answer is due its colour asks for it."""


def title(kind: RequestKind, who: str) -> M:
    """The request as a sentence."""
    match kind:
        case RequestKind.ACCESS:
            return M("{who} wants a copy of their data", who=who)
        case RequestKind.PORTABILITY:
            return M("{who} wants to take their data along", who=who)
        case RequestKind.RECTIFICATION:
            return M("{who} wants something corrected", who=who)
        case RequestKind.ERASURE:
            return M("{who} wants to be erased", who=who)
        case RequestKind.RESTRICTION:
            return M("{who} wants their data locked", who=who)
        case RequestKind.OBJECTION:
            return M("{who} says: please stop using this", who=who)
        case RequestKind.WITHDRAWAL:
            return M("{who} takes a permission back", who=who)


KINDS: dict[RequestKind, M] = {
    RequestKind.ACCESS: M("Copy of their data"),
    RequestKind.PORTABILITY: M("Data to take along"),
    RequestKind.RECTIFICATION: M("Correction"),
    RequestKind.ERASURE: M("Erase"),
    RequestKind.OBJECTION: M("Stop using this"),
    RequestKind.RESTRICTION: M("Lock: keep, don't use"),
    RequestKind.WITHDRAWAL: M("Permission taken back"),
}
"""What can be asked for, the usual first."""

IN_LAW: dict[RequestKind, M] = {
    RequestKind.ACCESS: M("Right of access, Art. 15 GDPR"),
    RequestKind.PORTABILITY: M("Right to data portability, Art. 20 GDPR"),
    RequestKind.RECTIFICATION: M("Right to rectification, Art. 16 GDPR"),
    RequestKind.ERASURE: M("Right to erasure, Art. 17 GDPR"),
    RequestKind.RESTRICTION: M("Right to restriction of processing, Art. 18 GDPR"),
    RequestKind.OBJECTION: M("Right to object, Art. 21 GDPR"),
    RequestKind.WITHDRAWAL: M("Withdrawal of consent, Art. 7(3) GDPR"),
}
"""The legal word, which stands behind the (i) alone."""

IDENTITY = {
    IdentityCheck.KNOWN: M("Known in the shop"),
    IdentityCheck.LAST_ORDER: M("Knew their last order"),
    IdentityCheck.CALL_BACK: M("Called back"),
    IdentityCheck.DOCUMENT: M("Showed a document"),
    IdentityCheck.KNOWN_ADDRESS: M("Goes to the address we have"),
}
"""How it was made sure who asks, in a few words."""

_ORDER = {Step.RECEIVED: 0, Step.IDENTITY: 1, Step.LOOK_THROUGH: 2, Step.HAND_OVER: 3, Step.CLOSED: 5}


def step_names(kind: RequestKind, *, identity_noted: bool = True) -> tuple[M, ...]:
    """The steps of a request of this kind; none says of itself that it was taken when it was passed over."""
    middle = {
        RequestKind.ACCESS: (M("Look through"), M("Hand over")),
        RequestKind.PORTABILITY: (M("Look through"), M("Hand over")),
        RequestKind.ERASURE: (M("Erase"),),
    }.get(kind, (M("Do it"),))
    identity = M("Identity checked") if identity_noted else M("Identity open")
    return (M("Received"), identity, *middle, M("Closed"))


def step_at(row: RequestRow) -> int:
    """The number of the step that is next, from 0; past the end when all are done."""
    return min(_ORDER[row.step], len(step_names(row.kind)))


def step_now(row: RequestRow) -> M:
    """What is to be done next, in a word or two."""
    if row.step is Step.IDENTITY:
        return M("Check who is asking")
    names = step_names(row.kind)
    return names[min(step_at(row), len(names) - 1)]


def has_entry(row: RequestRow) -> bool:
    """Whether there is a contact's page to open: somebody an order only went to has none."""
    return row.who is not None and row.who.kind == "contact"


def days_tone(days: int) -> Tone:
    """How much so many days left ask for attention."""
    return Tone.DANGER if days < 0 else Tone.WARNING if days <= SOON else Tone.ACCENT


def days_said(days: int) -> M:
    """How many days are left, in words."""
    if days < 0:
        return M("{n} day late", "{n} days late", n=-days)
    return M("due today") if days == 0 else M("{n} day left", "{n} days left", n=days)


def days_caption(days: int) -> M:
    """What stands under the number of days."""
    return M("day late", "days late", n=-days) if days < 0 else M("day left", "days left", n=days)
