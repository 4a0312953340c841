"""The gate: what may be done with somebody's data, and that what stands against it never lets more through."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.channels import RULED, Need
from desktop_crm.privacy.presets import countries, load_preset
from desktop_crm.privacy.use import IntendedUse, PersonFacts, Reason, Wished, may_use
from desktop_crm.records.consent import ConsentState
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeKind, SpecialGround
from desktop_crm.records.use import Outcome

DAY = date(2026, 11, 21)
YES = b"y" * 16


def purpose(basis: Basis, kind: PurposeKind | None = None, channel: Channel = Channel.EMAIL, **rest: object) -> Purpose:
    made = Purpose(
        id=b"p" * 16, code="p", name="P", basis=basis, channel=channel, created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return replace(made, kind=kind, **rest)  # type: ignore[arg-type]


def use(
    basis: Basis, kind: PurposeKind | None = None, channel: Channel = Channel.EMAIL, country: str = "DE", **rest: object
) -> IntendedUse:
    rule = load_preset(country).channels.get(channel)
    return replace(IntendedUse(purpose(basis, kind, channel), channel, rule, DAY), **rest)  # type: ignore[arg-type]


def reason(facts: PersonFacts, intended: IntendedUse) -> Reason:
    verdict = may_use(facts, intended)
    assert verdict.allowed is (verdict.reason in ALLOWING)
    return verdict.reason


ALLOWING = (Reason.YES, Reason.ASKED_FOR, Reason.OWN_CUSTOMER, Reason.NOT_OBJECTED)
GIVEN = PersonFacts(state=ConsentState.GIVEN, consent_id=YES)
CUSTOMER = PersonFacts(customer=True, told=True)
NEWS = use(Basis.CONSENT, PurposeKind.ADVERTISING)
ORDERS = use(Basis.CONTRACT, PurposeKind.SERVICE)
OFFERS = use(Basis.LEGITIMATE_INTEREST, PurposeKind.ADVERTISING)


def test_a_yes_is_used_with_its_number() -> None:
    verdict = may_use(GIVEN, NEWS)
    assert (verdict.allowed, verdict.reason, verdict.consent_id) == (True, Reason.YES, YES)


@pytest.mark.parametrize("state", [None, *(one for one in ConsentState if one is not ConsentState.GIVEN)])
def test_nothing_else_is_a_yes(state: ConsentState | None) -> None:
    assert not may_use(PersonFacts(state=state, consent_id=YES), NEWS).allowed


def test_three_locks_close_different_things() -> None:
    withdrawn = replace(GIVEN, state=ConsentState.WITHDRAWN)
    assert reason(withdrawn, NEWS) is Reason.WITHDRAWN
    assert reason(withdrawn, ORDERS) is Reason.ASKED_FOR
    objected = replace(GIVEN, against_advertising=True, customer=True, told=True)
    assert [reason(objected, one) for one in (NEWS, OFFERS, ORDERS)] == [
        Reason.OBJECTED,
        Reason.OBJECTED,
        Reason.ASKED_FOR,
    ]
    restricted = replace(GIVEN, restricted=True, customer=True, told=True)
    assert {reason(restricted, one) for one in (NEWS, OFFERS, ORDERS)} == {Reason.RESTRICTED}
    assert reason(replace(restricted, agreed_since=True), NEWS) is Reason.YES
    assert reason(replace(restricted, agreed_since=True), ORDERS) is Reason.RESTRICTED
    assert reason(restricted, replace(ORDERS, for_claims=True)) is Reason.ASKED_FOR


def test_an_objection_to_one_purpose_closes_it_until_it_is_weighed() -> None:
    survey = use(Basis.LEGITIMATE_INTEREST, PurposeKind.OTHER)
    assert reason(PersonFacts(against_this=Outcome.OPEN), survey) is Reason.BEING_WEIGHED
    assert reason(PersonFacts(against_this=Outcome.UPHELD), survey) is Reason.OBJECTED_TO_THIS
    assert reason(PersonFacts(), survey) is Reason.NOT_OBJECTED
    assert reason(PersonFacts(against_this=Outcome.UPHELD), ORDERS) is Reason.ASKED_FOR


def test_own_customers_are_written_to_on_all_conditions_alone() -> None:
    assert reason(CUSTOMER, OFFERS) is Reason.OWN_CUSTOMER
    assert reason(replace(CUSTOMER, customer=False), OFFERS) is Reason.NO_CUSTOMER
    assert reason(replace(CUSTOMER, told=False), OFFERS) is Reason.NOT_TOLD
    assert reason(replace(CUSTOMER, unsorted=True), OFFERS) is Reason.UNSORTED
    assert reason(replace(CUSTOMER, under_age=True), OFFERS) is Reason.UNDER_AGE


@pytest.mark.parametrize("country", [*countries(), "NO"])
def test_each_country_rules_over_each_way(country: str) -> None:
    rules = load_preset(country).channels
    assert set(rules) == set(RULED)
    assert rules[Channel.PHONE].needed_on(DAY) is Need.CONSENT
    assert rules[Channel.POST].need is Need.NO_OBJECTION
    phone = use(Basis.LEGITIMATE_INTEREST, PurposeKind.ADVERTISING, Channel.PHONE, country)
    post = use(Basis.LEGITIMATE_INTEREST, PurposeKind.ADVERTISING, Channel.POST, country)
    assert reason(CUSTOMER, phone) is Reason.NEEDS_YES
    assert reason(PersonFacts(), post) is Reason.NOT_OBJECTED
    assert all(rule.checked or "check" in rule.source or "at hand" in rule.source for rule in rules.values())


def test_germany_keeps_the_proof_of_a_yes_to_calls_and_france_has_hours() -> None:
    german, french = (load_preset(code).channels[Channel.PHONE] for code in ("DE", "FR"))
    assert (german.express, german.proof_years) == (True, 5)
    assert french.needed_on(date(2026, 8, 10)) is Need.NO_OBJECTION
    assert french.needed_on(date(2026, 8, 11)) is Need.CONSENT
    friday = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    assert [french.rings_at(friday + timedelta(hours=hours)) for hours in (0, 3, 4, 9.5, 24)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    ring = use(Basis.CONSENT, PurposeKind.ADVERTISING, Channel.PHONE, "FR", at=friday + timedelta(days=1))
    assert reason(GIVEN, ring) is Reason.OUTSIDE_HOURS
    assert reason(GIVEN, replace(ring, at=friday)) is Reason.YES


def test_a_wish_about_a_way_is_obeyed_also_by_what_was_asked_for() -> None:
    assert reason(replace(GIVEN, wished=Wished.SERVICE_ONLY), NEWS) is Reason.WISH
    assert reason(replace(GIVEN, wished=Wished.SERVICE_ONLY), ORDERS) is Reason.ASKED_FOR
    assert reason(replace(GIVEN, wished=Wished.NEVER), ORDERS) is Reason.WISH


def test_only_those_get_data_of_whom_people_were_told() -> None:
    named = replace(NEWS, purpose=replace(NEWS.purpose, recipients="Print Shop Leipzig, Post AG"))
    assert reason(GIVEN, replace(named, recipient="post ag ")) is Reason.YES
    assert reason(GIVEN, replace(named, recipient="Post")) is Reason.RECIPIENT_NOT_NAMED
    assert reason(GIVEN, replace(NEWS, recipient="Post AG")) is Reason.RECIPIENT_NOT_NAMED


def test_what_is_very_private_needs_an_explicit_yes_and_a_child_a_parent() -> None:
    health = replace(NEWS, purpose=replace(NEWS.purpose, special=SpecialGround.EXPLICIT))
    assert reason(GIVEN, health) is Reason.NOT_EXPLICIT
    assert reason(replace(GIVEN, explicit=True), health) is Reason.YES
    assert reason(replace(GIVEN, under_age=True), NEWS) is Reason.UNDER_AGE
    assert reason(replace(GIVEN, under_age=True, guardian=True), NEWS) is Reason.YES


def test_a_yes_to_one_way_is_none_to_another_and_an_idle_purpose_is_closed() -> None:
    assert reason(GIVEN, replace(NEWS, channel=Channel.PHONE)) is Reason.OTHER_CHANNEL
    assert reason(GIVEN, replace(NEWS, purpose=replace(NEWS.purpose, active=False))) is Reason.NOT_IN_USE
    assert reason(replace(GIVEN, reachable=False), NEWS) is Reason.NO_WAY
    assert reason(replace(GIVEN, deceased=True), ORDERS) is Reason.DECEASED


FACTS = st.builds(
    PersonFacts,
    state=st.sampled_from([None, *ConsentState]),
    consent_id=st.just(YES),
    explicit=st.booleans(),
    guardian=st.booleans(),
    restricted=st.booleans(),
    agreed_since=st.booleans(),
    against_advertising=st.booleans(),
    against_this=st.sampled_from([None, *Outcome]),
    wished=st.sampled_from(Wished),
    deceased=st.booleans(),
    under_age=st.booleans(),
    unsorted=st.booleans(),
    customer=st.booleans(),
    told=st.booleans(),
    reachable=st.booleans(),
)
USES = st.builds(
    use,
    st.sampled_from(Basis),
    st.sampled_from([None, *PurposeKind]),
    st.sampled_from(Channel),
    st.sampled_from(["DE", "FR", "US"]),
    for_claims=st.booleans(),
)
AGAINST: tuple[dict[str, Any], ...] = (
    *({"state": state, "agreed_since": False} for state in ConsentState if state is not ConsentState.GIVEN),
    {"against_advertising": True},
    {"against_this": Outcome.OPEN},
    {"against_this": Outcome.UPHELD},
    {"restricted": True, "agreed_since": False},
    {"wished": Wished.NEVER},
    {"deceased": True},
    {"under_age": True, "guardian": False},
    {"unsorted": True},
    {"reachable": False},
)


@given(FACTS, USES)
def test_nothing_said_against_a_use_ever_lets_more_through(facts: PersonFacts, intended: IntendedUse) -> None:
    before = may_use(facts, intended)
    for one in AGAINST:
        after = may_use(replace(facts, **one), intended)
        assert before.allowed or not after.allowed, one


@given(FACTS, USES)
def test_no_use_that_needs_a_yes_passes_without_one(facts: PersonFacts, intended: IntendedUse) -> None:
    verdict = may_use(facts, intended)
    if verdict.allowed and intended.purpose.basis is Basis.CONSENT:
        assert (facts.state, verdict.consent_id) == (ConsentState.GIVEN, YES)
    if verdict.allowed:
        assert not facts.deceased
        assert not (facts.against_advertising and intended.advertises)
