"""What shows that a person may be kept: each standing with the shop names the grounds and the evidence it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_crm.records.contact import Stage
from desktop_crm.records.declare import Basis
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file shows of a person: an order, a yes that counts, and what somebody wrote down about it."""

    order: bool = False
    yes: bool = False
    told: str = ""


_DEAL: Mapping[Stage, M] = {
    Stage.LEAD: M("Somebody interested is kept by an enquiry or an offer: which one?"),
    Stage.CUSTOMER: M("A customer is kept by an order or an offer: which one?"),
    Stage.FORMER: M("A former customer is kept by the last order: which one?"),
    Stage.SUPPLIER: M("A supplier is kept by what you buy or arrange with them: which deal is it?"),
}
NO_YES = M("No yes of this person counts: ask them, or choose another reason.")
_NOBODY_SAID = M("Nobody has said yet why this person may be kept.")
_INTEREST = M("Which good reason is it, and why does it weigh more than theirs?")
_DUTY = M("Which law or duty is it?")


def missing(stage: Stage, basis: Basis, shown: Evidence) -> M | None:
    """What should be asked about a person of this standing who is kept on this ground, or None."""
    match basis:
        case Basis.UNSORTED:
            return _NOBODY_SAID
        case Basis.CONSENT:
            return None if shown.yes else NO_YES
        case _ if shown.told.strip():
            return None
        case Basis.CONTRACT:
            return None if shown.order else _DEAL[stage]
        case Basis.LEGITIMATE_INTEREST:
            return _INTEREST
        case _:
            return _DUTY
