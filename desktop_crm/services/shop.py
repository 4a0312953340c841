"""The shop's own settings, kept inside the customer file."""

from __future__ import annotations

import dataclasses
from datetime import date

from desktop_crm.cheap import fixed
from desktop_crm.records.technical import Setting
from desktop_crm.storage.transaction import Reading, Writing

_PREFIX = "shop."


@fixed
class Shop:
    """Who runs this customer file. `country` and `region` are ISO 3166 codes, `zone` an IANA time zone."""

    name: str
    country: str
    region: str
    language: str
    zone: str
    begun_on: date
    strapline: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    responsible: str = ""


def load_shop(reading: Reading) -> Shop:
    """The shop as it is stored."""
    stored = {s.name.removeprefix(_PREFIX): s.value for s in reading.find(Setting) if s.name.startswith(_PREFIX)}
    begun_on = date.fromisoformat(stored.pop("begun_on"))
    return Shop(begun_on=begun_on, **stored)


def save_shop(writing: Writing, shop: Shop) -> None:
    """Store every setting of the shop."""
    for field in dataclasses.fields(shop):
        writing.put(Setting(name=_PREFIX + field.name, value=str(getattr(shop, field.name))))
