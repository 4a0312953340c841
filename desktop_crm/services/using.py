"""The gate at work: of whom what we have may be used for something, who is left out, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop_crm.privacy.presets import load_preset
from desktop_crm.privacy.use import IntendedUse, PersonFacts, Reason, Verdict, Wished, may_use
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeKind
from desktop_crm.records.use import Objection, Outcome, Restriction, Wish
from desktop_crm.services.acts import act
from desktop_crm.services.consents import last_answer, purpose_by_code
from desktop_crm.services.guardians import born_after
from desktop_crm.services.listing import asked_now
from desktop_crm.services.office import Office
from desktop_crm.storage.rows import instant_text
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.usable import VALUES, Stored, set_back, stored
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M

Verdicts = Mapping[bytes, Verdict]


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """What the gate says of one use: of whom, who not and why; `barred` are values that a person wants left alone."""

    use: IntendedUse
    verdicts: Verdicts
    barred: frozenset[bytes] = field(default=frozenset())

    @property
    def usable(self) -> list[bytes]:
        """Who may be used."""
        return [person for person, verdict in self.verdicts.items() if verdict.allowed]

    @property
    def left_out(self) -> dict[Reason, list[bytes]]:
        """Who may not, by reason, the most frequent first."""
        found: dict[Reason, list[bytes]] = defaultdict(list)
        for person, verdict in self.verdicts.items():
            if not verdict.allowed:
                found[verdict.reason].append(person)
        return dict(sorted(found.items(), key=lambda one: (-len(one[1]), list(Reason).index(one[0]))))


@act(Verb.LIST, ConsentEvent)
def check(
    office: Office,
    purpose: str,
    channel: Channel,
    recipient: str | None = None,
    people: Collection[bytes] | None = None,
) -> Checked:
    """Who may be used for a purpose, by a channel, for a recipient (None: the shop itself); of everybody or of these.

    Raises Problem if there is no such purpose.
    """

    def work(reading: Reading) -> Checked:
        use = intended(office, purpose_by_code(reading, purpose), channel, recipient)
        return verdicts(office, reading, use, people)

    return office.read(work)


def intended(
    office: Office, purpose: Purpose, channel: Channel, recipient: str | None = None, *, now: bool = False
) -> IntendedUse:
    """A use as the shop's country rules over it; `now`: it happens at this moment, so that its hours count."""
    rule = load_preset(office.shop.country, office.shop.region).channels.get(channel)
    at = office.clock.now().astimezone(ZoneInfo(office.shop.zone)) if now else None
    return IntendedUse(purpose, channel, rule, office.today(), (recipient or "").strip() or None, at)


def verdicts(office: Office, reading: Reading, use: IntendedUse, people: Collection[bytes] | None = None) -> Checked:
    """The same, inside another act. What stands against a use counts whether or not whoever acts may see it."""
    whom = None if people is None else list(people)
    facts = _Facts(reading.whole(), use, office.clock.now(), whom, born_after(office))
    found = dict(facts.verdicts())
    return Checked(use, found, facts.barred)


def may_be_thought_of(office: Office, reading: Reading, purpose: Purpose, people: Collection[bytes]) -> set[bytes]:
    """Of whom the shop may be reminded: a card can be handed over where there is no address to send it to."""
    use = intended(office, purpose, Channel(purpose.channel))
    found = verdicts(office, reading, use, people).verdicts
    return {key for key, verdict in found.items() if verdict.allowed or verdict.reason is Reason.NO_WAY}


class _Facts:
    """Collects what stands for and against a use. What few people have is read whole, and looked up."""

    def __init__(
        self, reading: Reading, use: IntendedUse, now: datetime, people: Sequence[bytes] | None, young: date
    ) -> None:
        self._reading = reading
        self._use = use
        self._now = now
        self._people = people
        self._young = young
        self._restricted: dict[bytes, datetime] = {}
        for row in reading.find(Restriction, eq("lifted_at", None), order=("since",)):
            self._restricted[row.contact_id] = row.since
        self._advertising: set[bytes] = set()
        self._this: dict[bytes, Outcome] = {}
        for one in reading.find(Objection, one_of("outcome", (Outcome.UPHELD, Outcome.OPEN))):
            self._object(one)
        self._wishes: dict[bytes, list[Wish]] = defaultdict(list)
        for wish in reading.find(Wish, eq("channel", use.channel)):
            self._wishes[wish.contact_id].append(wish)
        self._apart = {*self._restricted, *self._advertising, *self._this, *self._wishes}
        self.barred = frozenset(
            wish.value_id
            for wishes in self._wishes.values()
            for wish in wishes
            if wish.value_id is not None and (not wish.only_service or use.kind is not PurposeKind.SERVICE)
        )

    def _object(self, one: Objection) -> None:
        if one.purpose_id is None:
            self._advertising.add(one.contact_id)
        elif one.purpose_id == self._use.purpose.id and self._this.get(one.contact_id) is not Outcome.UPHELD:
            self._this[one.contact_id] = one.outcome

    def verdicts(self) -> Iterator[tuple[bytes, Verdict]]:
        """Everybody with the answer of the gate. Most people have the same facts, which are judged once."""
        reading, use = self._reading, self._use
        (asked,) = asked_now([use.purpose], self._now)
        by_chain = set_back(reading, self._people)
        judged: dict[Stored, Verdict] = {}
        for person, answer, said_at, told in stored(reading, asked, use.channel, self._people, self._young):
            if person in self._apart or person in by_chain:
                yield person, self._judge_apart(person, answer, said_at, told, exact=person in by_chain)
                continue
            verdict = judged.get(told)
            if verdict is None:
                verdict = judged[told] = may_use(_plain(told), use)
            by_yes = verdict.allowed and verdict.reason is Reason.YES
            yield person, Verdict(True, Reason.YES, answer) if by_yes else verdict

    def _judge_apart(
        self, person: bytes, answer: bytes | None, said_at: str | None, told: Stored, *, exact: bool
    ) -> Verdict:
        """Somebody against whose use something stands, or whose answers only their own chain can put in order."""
        facts = replace(_plain(told), consent_id=answer)
        if exact:
            last, stands = last_answer(self._reading, person, self._use.purpose, self._now)
            said_at = instant_text(last.happened_at) if last else None
            facts = replace(
                facts,
                state=stands.state,
                consent_id=last.id if last else None,
                explicit=bool(last and last.explicit),
                guardian=bool(last and last.guardian),
            )
        since = self._restricted.get(person)
        facts = replace(
            facts,
            restricted=since is not None,
            agreed_since=bool(
                since and said_at and said_at >= instant_text(since) and facts.state is ConsentState.GIVEN
            ),
            against_advertising=person in self._advertising,
            against_this=self._this.get(person),
            wished=self._wished(person),
        )
        return may_use(facts, self._use)

    def _wished(self, person: bytes) -> Wished:
        """What is left of a channel after what was said of the whole of it and of each value."""
        mine = self._wishes.get(person, ())
        whole = [_wish(wish) for wish in mine if wish.value_id is None]
        record = VALUES.get(self._use.channel)
        each = []
        if record is not None and len(whole) < len(mine):
            for row in self._reading.find(record, eq("contact_id", person)):
                of_it = [_wish(wish) for wish in mine if wish.value_id == row.id]
                each.append(max(of_it, key=_STRICTNESS.index, default=Wished.NOTHING))
        best = min(each, key=_STRICTNESS.index, default=Wished.NOTHING)
        return max((*whole, best), key=_STRICTNESS.index)


_STRICTNESS = list(Wished)


def _wish(wish: Wish) -> Wished:
    return Wished.SERVICE_ONLY if wish.only_service else Wished.NEVER


def _plain(told: Stored) -> PersonFacts:
    return PersonFacts(
        state=told.state,
        explicit=told.explicit,
        guardian=told.guardian,
        deceased=told.deceased,
        under_age=told.under_age,
        unsorted=told.unsorted,
        told=told.told,
        reachable=told.reachable,
        customer=told.customer,
    )


REASONS: dict[Reason, M] = {
    Reason.YES: M("said yes"),
    Reason.ASKED_FOR: M("needed for what they asked for"),
    Reason.OWN_CUSTOMER: M("our own customer, told how to object"),
    Reason.NOT_OBJECTED: M("did not object"),
    Reason.NOT_IN_USE: M("the shop does not use data for this at present"),
    Reason.OTHER_CHANNEL: M("the permission is for another way of reaching people"),
    Reason.RECIPIENT_NOT_NAMED: M("people were not told of this recipient"),
    Reason.OUTSIDE_HOURS: M("not at this time of day"),
    Reason.DECEASED: M("deceased"),
    Reason.RESTRICTED: M("locked: kept, not used"),
    Reason.OBJECTED: M("objected to all advertising"),
    Reason.OBJECTED_TO_THIS: M("objected to this"),
    Reason.BEING_WEIGHED: M("objected to this, not decided yet"),
    Reason.REFUSED: M("said no"),
    Reason.WITHDRAWN: M("took the yes back"),
    Reason.EXPIRED: M("the yes is too old"),
    Reason.INVALIDATED: M("the yes was to other words"),
    Reason.CLAIMED: M("a yes without proof"),
    Reason.NOT_ASKED: M("not asked yet"),
    Reason.NOT_EXPLICIT: M("no explicit yes to what is very private"),
    Reason.UNDER_AGE: M("under age, and no parent has agreed"),
    Reason.UNSORTED: M("not sorted yet why we have them"),
    Reason.NEEDS_YES: M("this way needs a yes"),
    Reason.NO_CUSTOMER: M("has not bought here, so this needs a yes"),
    Reason.NOT_TOLD: M("was not told how to object"),
    Reason.WISH: M("does not want to be reached this way"),
    Reason.NO_WAY: M("nothing to reach them by"),
}
"""Each reason as it stands beside a name or a number of people."""
