"""What the shop uses data for: ready-made purposes, of which it takes those it needs, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop_crm.privacy.needed import NEEDABLE
from desktop_crm.privacy.wordings import PurposeTemplate
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.declare import Basis, Part
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeData, PurposeKind, Wording
from desktop_crm.records.retention import RetentionRule
from desktop_crm.services import labels, ready_made
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import covers, purpose_by_code
from desktop_crm.services.keeping_words import length, sentence
from desktop_crm.services.listing import PeopleOrder, asked_now, collect
from desktop_crm.services.office import Office
from desktop_crm.storage import listing
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem

ALWAYS = frozenset({"orders"})
"""Purposes no shop can do without."""
_CUSTOMER_RULE = "customer"
_YEAR = 365


@dataclass(frozen=True, slots=True)
class WordsOf:
    """The newest words of a purpose in one language. `current`: they say what the question means by now."""

    language: str
    name: str
    """The language as its speakers call it."""
    version: int
    since: date
    current: bool
    text: str


@dataclass(frozen=True, slots=True)
class PurposeCard:
    """One purpose as a person chooses it; texts in the shop's language."""

    code: str
    name: str
    what_for: str
    hint: str
    basis: M
    asks: bool
    """Whether people are asked first."""
    wording: str
    keep: M
    active: bool
    needed: bool
    """Whether it cannot be left out."""
    offered: bool
    """Whether it is ready-made and not in the file yet."""
    channel: M
    special: M | None
    """The condition under which very private data is used."""
    balancing: str
    recipients: str
    data: tuple[M, ...]
    words: tuple[WordsOf, ...]
    asked_anew: date | None
    """Since when a yes said before does not cover it."""
    uncovered: int
    """How many people said yes before that, and have to be asked again."""


@act(Verb.LIST, Purpose)
def cards(office: Office) -> list[PurposeCard]:
    """Every purpose of the shop, those that need no permission first; then those it could take up."""
    return office.read(lambda reading: _Cards(office, reading).every())


@act(Verb.CHANGE, Purpose, of=Part.RULES)
def use(office: Office, codes: Iterable[str]) -> None:
    """Use data for these purposes and no others. What people said about the others stays as they said it.

    Raises Problem for a code there is none of.
    """
    chosen = set(codes) | ALWAYS

    def work(writing: Writing, trace: Trace) -> None:
        taken_up = [_taken_up(office, writing, code) for code in sorted(chosen)]
        turned = [p for p in writing.find(Purpose) if p.active is not (p.code in chosen)]
        for purpose in turned:
            writing.update(Purpose, purpose.id, active=not purpose.active)
        trace.fields, trace.number = ("active",), len(turned) + sum(taken_up)

    office.write(work)


@act(Verb.CHANGE, Purpose, of=Part.RULES)
def turn(office: Office, code: str, *, on: bool) -> None:
    """Use data for this purpose, or no more; whatever else it is used for stays as it is.

    Raises Problem for a code there is none of, and for leaving out what no shop can do without.
    """
    if code in ALWAYS and not on:
        raise Problem(M("No shop can do without this."), safe=M("Nothing was changed."))

    def work(writing: Writing, trace: Trace) -> None:
        if on:
            _taken_up(office, writing, code)
        writing.update(Purpose, purpose_by_code(writing, code).id, active=on)
        trace.fields = ("active",)

    office.write(work)


def _taken_up(office: Office, writing: Writing, code: str) -> bool:
    """Whether a ready-made purpose came into the file just now. Raises Problem for a code there is none of."""
    if code in ready_made.codes() and not writing.find(Purpose, eq("code", code)):
        ready_made.add(office, writing, office.shop, code)
        return True
    purpose_by_code(writing, code)
    return False


@act(Verb.LIST, ConsentEvent)
def no_longer_covered(office: Office, code: str) -> PeopleOrder:
    """Everybody whose yes was said to words that meant something else, in the order of names: they are asked again.

    Raises Problem if there is no such purpose.
    """

    def work(reading: Reading) -> PeopleOrder:
        (asked,) = asked_now([purpose_by_code(reading, code)], office.clock.now())
        return collect(reading, listing.standing([asked], (ConsentState.INVALIDATED,)))

    return office.read(work)


@act(Verb.LIST, ConsentEvent)
def would_be_uncovered(office: Office, code: str) -> int:
    """Of how many people the yes would count no more if the question meant something else from now on.

    Raises Problem if there is no such purpose.
    """
    return office.read(lambda reading: standing_at(office, reading, purpose_by_code(reading, code), ConsentState.GIVEN))


def standing_at(office: Office, reading: Reading, purpose: Purpose, state: ConsentState) -> int:
    """How many people stand so on a purpose."""
    stands = listing.combinations(reading, asked_now([purpose], office.clock.now()))
    return sum(number for where, number in stands.items() if where[0] is state)


def newest_words(office: Office, reading: Reading, purpose: Purpose) -> tuple[WordsOf, ...]:
    """The newest words in each language, the shop's own language first."""
    from desktop_crm.documents.formats import language_itself

    newest: dict[str, Wording] = {}
    for one in reading.find(Wording, eq("purpose_id", purpose.id), order=("version",)):
        newest[one.language] = one
    ordered = sorted(newest.values(), key=lambda one: (one.language != office.shop.language, one.language))
    return tuple(
        WordsOf(
            one.language,
            language_itself(one.language),
            one.version,
            day_of(office, one.created_at),
            covers(purpose, one),
            one.text,
        )
        for one in ordered
    )


def day_of(office: Office, at: datetime) -> date:
    """The day of an instant in the shop's zone."""
    return at.astimezone(ZoneInfo(office.shop.zone)).date()


class _Cards:
    """Makes the cards in one reading."""

    def __init__(self, office: Office, reading: Reading) -> None:
        self._office, self._reading = office, reading
        named = ready_made.templates(office.shop.language).items()
        self._ready = {code: template.filled(office.shop.name) for code, template in named}

    def every(self) -> list[PurposeCard]:
        """Those in the file, then those on offer."""
        there = self._reading.find(Purpose)
        made = [self._card(one) for one in sorted(there, key=lambda p: (p.basis is Basis.CONSENT, p.name))]
        missing = self._ready.keys() - {purpose.code for purpose in there}
        on_offer = [self._ready[code] for code in missing]
        return made + [self._offer(one) for one in sorted(on_offer, key=lambda t: (t.basis is Basis.CONSENT, t.name))]

    def _card(self, purpose: Purpose) -> PurposeCard:
        told = self._ready.get(purpose.code)
        words = newest_words(self._office, self._reading, purpose)
        data = self._reading.find(PurposeData, eq("purpose_id", purpose.id))
        anew = purpose.renewed_at
        return PurposeCard(
            code=purpose.code,
            name=purpose.name,
            what_for=purpose.what_for or (told.what_for if told else ""),
            hint=told.hint if told else "",
            basis=labels.of(purpose.basis),
            asks=purpose.basis is Basis.CONSENT,
            wording=words[0].text if words else "",
            keep=self._keep(purpose.valid_days, purpose.kind),
            active=purpose.active,
            needed=purpose.code in ALWAYS,
            offered=False,
            channel=labels.of(Channel(purpose.channel)),
            special=labels.of(purpose.special) if purpose.special else None,
            balancing=purpose.balancing or "",
            recipients=purpose.recipients or "",
            data=_labels(one.field for one in data),
            words=words,
            asked_anew=day_of(self._office, anew) if anew else None,
            uncovered=standing_at(self._office, self._reading, purpose, ConsentState.INVALIDATED) if anew else 0,
        )

    def _offer(self, told: PurposeTemplate) -> PurposeCard:
        return PurposeCard(
            code=told.code,
            name=told.name,
            what_for=told.what_for,
            hint=told.hint,
            basis=labels.of(told.basis),
            asks=told.basis is Basis.CONSENT,
            wording=told.wording,
            keep=self._keep(told.validity_days, told.kind),
            active=False,
            needed=False,
            offered=True,
            channel=labels.of(told.channels[0]),
            special=labels.of(told.special) if told.special else None,
            balancing=told.balancing or "",
            recipients=told.recipients or "",
            data=_labels(told.data),
            words=(),
            asked_anew=None,
            uncovered=0,
        )

    def _keep(self, valid_days: int | None, kind: PurposeKind | None) -> M:
        """How long a yes counts, or how long people are kept for a purpose that needs none."""
        if valid_days:
            years, rest = divmod(valid_days, _YEAR)
            told = length(valid_days, "days") if rest else length(years, "years")
            return M("A yes counts for {length}, then we ask again", length=told)
        if kind is PurposeKind.RECRUITMENT:
            return M("Until six months after your answer; nothing goes by itself, so note the day")
        rules = self._reading.find(RetentionRule, eq("code", _CUSTOMER_RULE))
        return sentence(rules[0]) if rules else M("As long as it is needed")


def _labels(fields: Iterable[str]) -> tuple[M, ...]:
    """What these fields are called; one that no version of today knows is left out."""
    known: Sequence[str] = sorted(set(fields) & NEEDABLE.keys())
    return tuple(NEEDABLE[field] for field in known)
