"""What the shop uses data for: ready-made purposes, of which it takes those it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_crm.privacy.wordings import load_wordings
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Basis, Part
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.retention import RetentionRule
from desktop_crm.services import labels
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import latest_wording, purpose_by_code
from desktop_crm.services.keeping_words import length, sentence
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem

ALWAYS = frozenset({"orders"})
"""Purposes no shop can do without."""
_CUSTOMER_RULE = "customer"
_YEAR = 365


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


@act(Verb.LIST, Purpose)
def cards(office: Office) -> list[PurposeCard]:
    """Every purpose of the shop, those that need no permission first."""
    return office.read(lambda reading: _cards(office, reading))


@act(Verb.CHANGE, Purpose, of=Part.RULES)
def use(office: Office, codes: Iterable[str]) -> None:
    """Use data for these purposes and no others. What people said about the others stays as they said it.

    Raises Problem for a code there is none of.
    """
    chosen = set(codes) | ALWAYS

    def work(writing: Writing, trace: Trace) -> None:
        for code in sorted(chosen):
            purpose_by_code(writing, code)
        turned = [p for p in writing.find(Purpose) if p.active is not (p.code in chosen)]
        for purpose in turned:
            writing.update(Purpose, purpose.id, active=not purpose.active)
        trace.fields, trace.number = ("active",), len(turned)

    office.write(work)


@act(Verb.CHANGE, Purpose, of=Part.RULES)
def turn(office: Office, code: str, *, on: bool) -> None:
    """Use data for this purpose, or no more; whatever else it is used for stays as it is.

    Raises Problem for a code there is none of, and for leaving out what no shop can do without.
    """
    if code in ALWAYS and not on:
        raise Problem(M("No shop can do without this."), safe=M("Nothing was changed."))

    def work(writing: Writing, trace: Trace) -> None:
        writing.update(Purpose, purpose_by_code(writing, code).id, active=on)
        trace.fields = ("active",)

    office.write(work)


def _cards(office: Office, reading: Reading) -> list[PurposeCard]:
    language, shop = office.shop.language, office.shop.name
    templates = {template.code: template.filled(shop) for template in load_wordings(language)}
    made = []
    for purpose in sorted(reading.find(Purpose), key=lambda p: (p.basis is Basis.CONSENT, p.name)):
        told = templates.get(purpose.code)
        wording = latest_wording(reading, purpose, language)
        made.append(
            PurposeCard(
                code=purpose.code,
                name=told.name if told else purpose.name,
                what_for=told.what_for if told else "",
                hint=told.hint if told else "",
                basis=labels.of(purpose.basis),
                asks=purpose.basis is Basis.CONSENT,
                wording=wording.text if wording else "",
                keep=_keep(reading, purpose),
                active=purpose.active,
                needed=purpose.code in ALWAYS,
            )
        )
    return made


def _keep(reading: Reading, purpose: Purpose) -> M:
    """How long a yes counts, or how long people are kept for a purpose that needs none."""
    if purpose.valid_days:
        years, rest = divmod(purpose.valid_days, _YEAR)
        told = length(purpose.valid_days, "days") if rest else length(years, "years")
        return M("A yes counts for {length}, then we ask again", length=told)
    rules = reading.find(RetentionRule, eq("code", _CUSTOMER_RULE))
    return sentence(rules[0]) if rules else M("As long as it is needed")
