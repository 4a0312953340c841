"""What was answered in the first run. Nothing of it is written before the customer file is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QLocale

from desktop_crm.host.clock import Clock, today
from desktop_crm.host.zone import usual_zone
from desktop_crm.services.settings import Who
from desktop_crm.services.shop import Shop

_COUNTRY_OF = {"de": "DE"}
_OTHERWISE = "GB"

TYPED = ("name", "responsible", "street", "postal_code", "city", "phone", "email")
"""The answers that are typed."""


@dataclass(slots=True)
class Answers:
    """The answers so far; they outlast going back and forth and a change of the language."""

    folder: Path
    country: str
    region: str = ""
    name: str = ""
    responsible: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    who: Who | None = None
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, shop: Shop, folder: Path, who: Who) -> Answers:
        """The answers that a customer file was made from."""
        return cls(
            folder,
            shop.country,
            shop.region,
            shop.name,
            shop.responsible,
            shop.street,
            shop.postal_code,
            shop.city,
            shop.phone,
            shop.email,
            who,
        )

    @property
    def tell_of_shop(self) -> bool:
        """Whether anything was typed that no program could know."""
        return any(getattr(self, name) for name in TYPED)

    def shop(self, language: str, clock: Clock) -> Shop:
        """The shop as answered, begun today."""
        zone = usual_zone(clock, self.country)
        return Shop(
            name=self.name,
            country=self.country,
            region=self.region,
            language=language,
            zone=zone,
            begun_on=today(clock, zone),
            street=self.street,
            postal_code=self.postal_code,
            city=self.city,
            phone=self.phone,
            email=self.email,
            responsible=self.responsible,
        )


def likely_country(language: str) -> str:
    """The country this computer is set to; where it does not tell, the one where most speak the language.

    Qt is asked for this alone: it knows the settings of every system. Dates and numbers are never its business.
    """
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 and code.isalpha() else _COUNTRY_OF.get(language, _OTHERWISE)
