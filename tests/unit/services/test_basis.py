"""On which ground people are kept: said with a reason, and told where there is none any more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_crm.privacy.basis import Evidence, missing
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.services import basis, changes, consents, contacts, listing, purposes, record_page
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.listing import Chip
from desktop_crm.services.office import Office
from desktop_crm.words import Money, Problem
from tests.privacy.shop import TickingClock


def somebody(office: Office, name: str, ground: Basis = Basis.CONTRACT) -> bytes:
    return contacts.add(office, NewContact(name=name, emails=(f"{name.lower()}@x.example",), basis=ground))


def held_on(office: Office, person: bytes) -> tuple[Basis, str | None]:
    row = office.read(lambda reading: reading.get(Contact, person))
    assert row is not None
    return row.basis, row.basis_note


def on_none(office: Office) -> list[str]:
    return [one.name for one in basis.on_none(office)]


def gone(office: Office) -> list[bytes]:
    return list(listing.order(office, Chip.REASON_GONE))


def first_badge(office: Office, person: bytes) -> str:
    return record_page.open_record(office, person).badges[0].text.text


def test_a_ground_is_said_with_what_shows_it_and_can_be_taken_back(office: Office) -> None:
    eva = somebody(office, "Eva", Basis.UNSORTED)
    assert on_none(office) == ["Eva"]
    change = basis.set_basis(office, eva, Basis.LEGITIMATE_INTEREST, " supplies our ribbons ")
    assert held_on(office, eva) == (Basis.LEGITIMATE_INTEREST, "supplies our ribbons")
    assert on_none(office) == []
    assert change is not None
    changes.undo(office, change)
    assert held_on(office, eva) == (Basis.UNSORTED, None)


def test_without_a_reason_nothing_changes(office: Office) -> None:
    eva = somebody(office, "Eva", Basis.UNSORTED)
    with pytest.raises(Problem):
        basis.set_basis(office, eva, Basis.CONTRACT, "  ")
    assert held_on(office, eva) == (Basis.UNSORTED, None)


def test_permission_is_no_ground_before_a_yes(office: Office) -> None:
    eva = somebody(office, "Eva")
    with pytest.raises(Problem):
        basis.set_basis(office, eva, Basis.CONSENT, "said so")
    consents.give(office, eva, "newsletter")
    basis.set_basis(office, eva, Basis.CONSENT, "said so")
    assert held_on(office, eva) == (Basis.CONSENT, "said so")


def test_whose_only_ground_was_a_yes_taken_back_or_run_out_is_told(office: Office, clock: TickingClock) -> None:
    yes, back, old, never = (somebody(office, name, Basis.CONSENT) for name in ("Ja", "Zurück", "Alt", "Nie"))
    bought = somebody(office, "Kauft")
    for person in (back, old, bought):
        consents.give(office, person, "newsletter")
    clock.at += timedelta(days=366)
    for person in (yes, back):
        consents.give(office, person, "newsletter")
    assert gone(office) == [old, never]
    consents.withdraw(office, back, "newsletter")
    consents.withdraw(office, bought, "newsletter")
    assert gone(office) == [old, never, back]
    assert on_none(office) == ["Alt", "Nie", "Zurück"]
    assert next(chip.number for chip in listing.chip_counts(office) if chip.key == Chip.REASON_GONE) == 3
    assert first_badge(office, back) == "No reason any more"
    assert first_badge(office, yes) == "Reason: {basis}"


def test_a_yes_to_what_is_not_used_any_more_is_no_ground(office: Office) -> None:
    eva = somebody(office, "Eva", Basis.CONSENT)
    consents.give(office, eva, "newsletter")
    assert gone(office) == []
    purposes.use(office, [])
    assert gone(office) == [eva]


def test_how_many_are_kept_on_which_ground(office: Office) -> None:
    for name, ground in (("Eva", Basis.UNSORTED), ("Ida", Basis.CONTRACT), ("Udo", Basis.CONTRACT)):
        somebody(office, name, ground)
    assert basis.counts(office) == {Basis.CONTRACT: 2, Basis.UNSORTED: 1}


def test_what_the_file_shows_of_somebody(office: Office) -> None:
    eva = somebody(office, "Eva")
    assert basis.evidence(office, eva) == Evidence()
    contacts.purchase(office, eva, Money(100, "EUR"), bought_on=date(2026, 11, 1))
    consents.give(office, eva, "newsletter")
    assert basis.evidence(office, eva) == Evidence(order=True, yes=True)


@pytest.mark.parametrize(
    ("stage", "ground", "shown", "asked"),
    [
        (Stage.CUSTOMER, Basis.CONTRACT, Evidence(), "an order or an offer"),
        (Stage.CUSTOMER, Basis.CONTRACT, Evidence(order=True), None),
        (Stage.LEAD, Basis.CONTRACT, Evidence(told="Offer of May"), None),
        (Stage.LEAD, Basis.CONTRACT, Evidence(told="  "), "an enquiry or an offer"),
        (Stage.SUPPLIER, Basis.CONTRACT, Evidence(), "which deal"),
        (Stage.FORMER, Basis.CONTRACT, Evidence(), "the last order"),
        (Stage.LEAD, Basis.CONSENT, Evidence(yes=True), None),
        (Stage.LEAD, Basis.CONSENT, Evidence(order=True, told="said so"), "No yes"),
        (Stage.CUSTOMER, Basis.LEGITIMATE_INTEREST, Evidence(order=True), "weigh more"),
        (Stage.FORMER, Basis.LEGAL_OBLIGATION, Evidence(), "law or duty"),
        (Stage.CUSTOMER, Basis.UNSORTED, Evidence(True, True, "x"), "Nobody has said"),
    ],
)
def test_each_standing_names_what_it_needs(stage: Stage, ground: Basis, shown: Evidence, asked: str | None) -> None:
    told = missing(stage, ground, shown)
    assert (told is None) if asked is None else (told is not None and asked in told.text)
