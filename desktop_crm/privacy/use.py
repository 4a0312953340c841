"""The one answer to: may we use what we have of this person, for this, by this way, for this recipient? Pure.

Three locks, each of its own kind: a yes taken back closes one purpose; an objection closes all advertising, or one
purpose until it is weighed; a restriction closes everything that is not asked for by the person. Whatever is not known
to be allowed is not allowed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum

from desktop_crm.cheap import fixed
from desktop_crm.privacy.channels import RULED, ChannelRule, Need
from desktop_crm.records.consent import ConsentState
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeKind
from desktop_crm.records.use import Outcome


class Reason(StrEnum):
    """Why something may be used, or why not; in the order in which it is looked for."""

    YES = "yes"
    """The person's own yes."""
    ASKED_FOR = "asked-for"
    """An order, a law: what the person or the state asked for."""
    OWN_CUSTOMER = "own-customer"
    NOT_OBJECTED = "not-objected"

    NOT_IN_USE = "not-in-use"
    OTHER_CHANNEL = "other-channel"
    RECIPIENT_NOT_NAMED = "recipient-not-named"
    OUTSIDE_HOURS = "outside-hours"
    DECEASED = "deceased"
    RESTRICTED = "restricted"
    OBJECTED = "objected"
    OBJECTED_TO_THIS = "objected-to-this"
    BEING_WEIGHED = "being-weighed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    CLAIMED = "claimed"
    NOT_ASKED = "not-asked"
    NOT_EXPLICIT = "not-explicit"
    UNDER_AGE = "under-age"
    UNSORTED = "unsorted"
    NEEDS_YES = "needs-yes"
    NO_CUSTOMER = "no-customer"
    NOT_TOLD = "not-told"
    WISH = "wish"
    NO_WAY = "no-way"
    """No email address, number or address for this channel."""


@fixed
class Verdict:
    """Whether, why, and by which yes."""

    allowed: bool
    reason: Reason
    consent_id: bytes | None = None


class Wished(StrEnum):
    """What the person wants of a channel, by what they said of it and of each value for it."""

    NOTHING = "nothing"
    SERVICE_ONLY = "service-only"
    NEVER = "never"


@fixed
class PersonFacts:
    """What stands for or against using somebody's data for one purpose, by one way."""

    state: ConsentState | None = None
    consent_id: bytes | None = None
    explicit: bool = False
    guardian: bool = False
    """Whether a parent or guardian said yes too."""
    restricted: bool = False
    agreed_since: bool = False
    """Whether the yes was said after the restriction began, so that it covers it (Art. 18(2) GDPR)."""
    against_advertising: bool = False
    against_this: Outcome | None = None
    """The worst there is of objections to this purpose."""
    wished: Wished = Wished.NOTHING
    deceased: bool = False
    under_age: bool = False
    unsorted: bool = False
    customer: bool = False
    told: bool = False
    """Whether the person was told how data is used, and so how to object."""
    reachable: bool = True
    """Whether there is anything to reach them by on this channel."""


@fixed
class IntendedUse:
    """What somebody is about to do: for which purpose, by which way, for whom, when.

    `rule` is the country's for this way, None where it has none; `at` is the time at the shop where it matters.
    `for_claims`: for legal claims, which a restriction does not stop.
    """

    purpose: Purpose
    channel: Channel
    rule: ChannelRule | None
    day: date
    recipient: str | None = None
    at: datetime | None = None
    for_claims: bool = False

    @property
    def kind(self) -> PurposeKind:
        """The kind of use."""
        return kind_of(self.purpose)

    @property
    def advertises(self) -> bool:
        """Whether an objection to advertising closes it, and the country rules over its way."""
        return advertises(self.purpose)


def kind_of(purpose: Purpose) -> PurposeKind:
    """The kind of use; of a purpose that does not tell it, the stricter one of those its basis allows."""
    if purpose.kind is not None:
        return purpose.kind
    return PurposeKind.SERVICE if purpose.basis in IN_DEMAND else PurposeKind.ADVERTISING


def advertises(purpose: Purpose) -> bool:
    """Whether an objection to all advertising is one to this purpose."""
    return kind_of(purpose) in _ADVERTISING


IN_DEMAND = frozenset({Basis.CONTRACT, Basis.LEGAL_OBLIGATION, Basis.VITAL_INTERESTS})
"""Bases to which nobody can object (Art. 21(1) GDPR)."""
_ADVERTISING = frozenset({PurposeKind.ADVERTISING, PurposeKind.LOYALTY})
_NO_YES = {
    None: Reason.NOT_ASKED,
    ConsentState.REQUESTED: Reason.NOT_ASKED,
    ConsentState.REFUSED: Reason.REFUSED,
    ConsentState.WITHDRAWN: Reason.WITHDRAWN,
    ConsentState.EXPIRED: Reason.EXPIRED,
    ConsentState.INVALIDATED: Reason.INVALIDATED,
    ConsentState.CLAIMED: Reason.CLAIMED,
}


def may_use(facts: PersonFacts, use: IntendedUse) -> Verdict:
    """Whether this may be done with what we have of this person, and why."""
    against = closed(use) or _locked(facts, use) or _objected(facts, use) or _by_basis(facts, use) or _way(facts, use)
    if against is not None:
        return Verdict(False, against)
    if use.purpose.basis is Basis.CONSENT:
        return Verdict(True, Reason.YES, facts.consent_id)
    if not use.advertises:
        return Verdict(True, Reason.ASKED_FOR if use.purpose.basis in IN_DEMAND else Reason.NOT_OBJECTED)
    return Verdict(True, Reason.OWN_CUSTOMER if _needed(use) is Need.CONSENT_OR_OWN_CUSTOMER else Reason.NOT_OBJECTED)


def closed(use: IntendedUse) -> Reason | None:
    """Why it may be done with nobody's data, if that is so."""
    purpose = use.purpose
    if not purpose.active:
        return Reason.NOT_IN_USE
    if purpose.basis is Basis.CONSENT and purpose.channel != use.channel:
        return Reason.OTHER_CHANNEL
    if use.recipient is not None and use.recipient.strip().casefold() not in named(purpose.recipients):
        return Reason.RECIPIENT_NOT_NAMED
    if use.advertises and use.at is not None and use.rule is not None and not use.rule.rings_at(use.at):
        return Reason.OUTSIDE_HOURS
    return None


def named(recipients: str | None) -> frozenset[str]:
    """The recipients people were told of: a line or between commas each, however they are written."""
    return frozenset(one.strip().casefold() for one in re.split(r"[,;\n]", recipients or "")) - {""}


def _locked(facts: PersonFacts, use: IntendedUse) -> Reason | None:
    """The dead are served no more; what is restricted lies still, but for a newer yes and for claims."""
    if facts.deceased:
        return Reason.DECEASED
    covered = use.for_claims or (use.purpose.basis is Basis.CONSENT and facts.agreed_since)
    return Reason.RESTRICTED if facts.restricted and not covered else None


def _objected(facts: PersonFacts, use: IntendedUse) -> Reason | None:
    if use.advertises and facts.against_advertising:
        return Reason.OBJECTED
    if use.purpose.basis in IN_DEMAND and not use.advertises:
        return None
    if facts.against_this is Outcome.UPHELD:
        return Reason.OBJECTED_TO_THIS
    return Reason.BEING_WEIGHED if facts.against_this is Outcome.OPEN else None


def _by_basis(facts: PersonFacts, use: IntendedUse) -> Reason | None:
    if use.purpose.basis is Basis.CONSENT:
        return _without_yes(facts, use)
    if use.purpose.basis is Basis.UNSORTED:
        return Reason.UNSORTED
    return _by_channel(facts, use) if use.advertises else None


def _without_yes(facts: PersonFacts, use: IntendedUse) -> Reason | None:
    """Only a yes that was proved and has not run out is one."""
    if facts.state is not ConsentState.GIVEN:
        return _NO_YES[facts.state]
    if use.purpose.special and not facts.explicit:
        return Reason.NOT_EXPLICIT
    return Reason.UNDER_AGE if facts.under_age and not facts.guardian else None


def _by_channel(facts: PersonFacts, use: IntendedUse) -> Reason | None:
    """Advertising without a yes: what the country asks for on this way."""
    if facts.unsorted:
        return Reason.UNSORTED
    if facts.under_age:
        return Reason.UNDER_AGE
    need = _needed(use)
    if need is Need.CONSENT:
        return Reason.NEEDS_YES
    if need is Need.CONSENT_OR_OWN_CUSTOMER and not facts.customer:
        return Reason.NO_CUSTOMER
    return None if facts.told or need is Need.NO_OBJECTION else Reason.NOT_TOLD


def _needed(use: IntendedUse) -> Need:
    if use.channel not in RULED:
        return Need.NO_OBJECTION
    return use.rule.needed_on(use.day) if use.rule is not None else Need.CONSENT


def _way(facts: PersonFacts, use: IntendedUse) -> Reason | None:
    if facts.wished is Wished.NEVER or (facts.wished is Wished.SERVICE_ONLY and use.kind is not PurposeKind.SERVICE):
        return Reason.WISH
    return None if facts.reachable else Reason.NO_WAY
