"""Who is too young to say yes alone. Nobody is asked for a birth date only for this."""

from __future__ import annotations

from calendar import isleap
from datetime import date

from desktop_crm.privacy.presets import load_preset
from desktop_crm.records.contact import Contact
from desktop_crm.services.office import Office
from desktop_crm.words import M, Problem


def age_of_own_consent(office: Office) -> int:
    """From what age people say yes on their own, in the shop's country."""
    return load_preset(office.shop.country, office.shop.region).age.years


def born_after(office: Office) -> date:
    """Whoever was born after this day is too young to say yes alone."""
    today = office.today()
    year = today.year - age_of_own_consent(office)
    leaps = (today.month, today.day) == (2, 29) and not isleap(year)
    return date(year, today.month, 28 if leaps else today.day)


def needs_guardian(office: Office, contact: Contact) -> bool:
    """Whether a parent or guardian has to agree: it is noted, or their birthday says so, if the year is known.

    The same for many at once: `storage.usable`.
    """
    try:
        born = date.fromisoformat(contact.birthday or "")
    except ValueError:
        return contact.under_age
    return born > born_after(office)


def require_guardian(office: Office, contact: Contact | None, guardian: str | None) -> None:
    """Raises Problem where nobody agrees for a person who is too young."""
    if contact is not None and not (guardian or "").strip() and needs_guardian(office, contact):
        raise Problem(
            M("Whoever is under {age} needs a parent or guardian who agrees as well.", age=age_of_own_consent(office)),
            safe=M("Nothing was saved."),
            todo=M("Please name who agrees. A no needs nobody."),
        )
