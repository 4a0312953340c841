"""Permissions month by month."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_crm.services import consents, contacts, permission_months
from desktop_crm.services.office import Office
from desktop_crm.services.permission_months import MONTHS, What
from tests.privacy.shop import TickingClock


def numbers(office: Office, what: What, purpose: str | None = None) -> dict[date, int]:
    found = permission_months.by_month(office, purpose)
    return {month.first: month.of(what) for month in found.months if month.of(what)}


def add(office: Office, name: str) -> bytes:
    return contacts.add(office, contacts.NewContact(name=name, emails=(f"{name}@x.example",)))


def test_each_month_tells_what_was_said_and_what_ran_out(office: Office, clock: TickingClock) -> None:
    assert permission_months.by_month(office).empty
    clock.to(date(2026, 1, 15))
    stays, back, renewed = (add(office, name) for name in ("Eva", "Otto", "Uwe"))
    for person in (stays, back, renewed):
        consents.give(office, person, "newsletter")
    clock.to(date(2026, 3, 2))
    consents.withdraw(office, back, "newsletter")
    consents.give(office, stays, "birthday-card", refused=True)
    clock.to(date(2026, 12, 1))
    consents.give(office, renewed, "newsletter")
    clock.to(date(2027, 2, 1))
    assert numbers(office, What.GIVEN) == {date(2026, 1, 1): 3, date(2026, 12, 1): 1}
    assert numbers(office, What.WITHDRAWN) == {date(2026, 3, 1): 2}
    assert numbers(office, What.WITHDRAWN, "newsletter") == {date(2026, 3, 1): 1}
    assert numbers(office, What.EXPIRED) == {date(2027, 1, 1): 1}, "neither what was taken back nor what was renewed"


def test_the_months_are_the_last_two_years(office: Office, clock: TickingClock) -> None:
    clock.to(date(2026, 2, 28))
    consents.give(office, add(office, "Eva"), "photos")
    clock.to(date(2028, 1, 31))
    months = permission_months.by_month(office).months
    assert (len(months), months[0].first, months[-1].first) == (MONTHS, date(2026, 2, 1), date(2028, 1, 1))
    assert numbers(office, What.GIVEN) == {date(2026, 2, 1): 1}
    clock.at += timedelta(days=1)
    assert numbers(office, What.GIVEN) == {}
