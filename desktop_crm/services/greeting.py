"""How whoever works here is greeted."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desktop_crm.records.staff import Staff
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import M


def greeting(office: Office, reading: Reading) -> M:
    """By the first name of whoever signed in, or of whoever is responsible where nobody does so by name."""
    me = reading.get(Staff, office.who.staff) if office.who.staff is not None else None
    whole = (me.name or "") if me is not None else office.shop.responsible
    name = next((word for word in whole.split() if not word.endswith(".")), "")
    hour = office.clock.now().astimezone(ZoneInfo(office.shop.zone)).hour
    if 4 <= hour < 12:
        return M("Good morning, {name}", name=name) if name else M("Good morning")
    if 12 <= hour < 18:
        return M("Good afternoon, {name}", name=name) if name else M("Good afternoon")
    return M("Good evening, {name}", name=name) if name else M("Good evening")
