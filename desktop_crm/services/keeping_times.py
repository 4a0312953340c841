"""How long one person's entries are kept: by the shop's rules, and by the law for an original invoice."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.privacy.presets import Keeping, Preset, load_preset
from desktop_crm.privacy.terms import ends, kept_until
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.draft import Draft
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.retention import RetentionRule
from desktop_crm.services.shop import Shop
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq

PASSING = timedelta(days=30)
"""What is kept only to undo a mistake or not to lose what is typed goes after so many days."""


class KeepingTimes:
    """The keeping times of one person, in one state of the file."""

    def __init__(self, shop: Shop, reading: Reading, person: bytes, today: date) -> None:
        self._whole = reading.whole()
        self._person = person
        self._today = today
        self._zone = ZoneInfo(shop.zone)
        self.preset: Preset = load_preset(shop.country, shop.region)
        self.contact = reading.get(Contact, person)
        self.rules = {rule.code: rule for rule in self._whole.find(RetentionRule)}

    @cached_property
    def code(self) -> str:
        """The code of the rule by which the person is kept."""
        if self.contact is None:
            return "delivery-recipient"
        if self.contact.basis is Basis.UNSORTED:
            return "unsorted"
        if self.contact.stage is Stage.LEAD:
            return "lead"
        bought = self._whole.count(Purchase, eq("contact_id", self._person))
        return "customer" if bought or self.contact.stage is Stage.CUSTOMER else "contact-without-purchase"

    @property
    def rule(self) -> RetentionRule | None:
        """The rule by which the person is kept, where the shop has it."""
        return self.rules.get(self.code)

    @cached_property
    def contact_until(self) -> date | None:
        """The last day on which the contact, and what lies with it, is kept without a new look."""
        if self.rule is None or self.contact is None:
            return None
        if self.rule.start == "created":
            return ends(self.contact.created_at.astimezone(self._zone).date(), self.rule)
        return ends(self.contact.last_activity_on, self.rule)

    @property
    def invoice_law(self) -> Keeping:
        """The law that keeps an original invoice."""
        return self.preset.keeping("invoice")

    def invoice_until(self, row: Purchase) -> date | None:
        """The legal end of an original that is kept here; None where the original lies elsewhere."""
        if row.original is not Original.HERE:
            return None
        law = self.invoice_law
        return kept_until(row.bought_on, law.length, law.unit, law.anchor)

    def until(self, row: Any) -> date | None:
        """The last day by the row's own rule where it has one, but never longer than the contact."""
        days = [self.contact_until, self._own_end(row)]
        return min((day for day in days if day is not None), default=None)

    def _own_end(self, row: Any) -> date | None:
        match row:
            case DeliveryRecipient() if rule := self.rules.get("delivery-recipient"):
                return ends(row.deliver_on, rule)
            case Interaction() if rule := self.rules.get("service-note"):
                return ends(row.happened_at.astimezone(self._zone).date(), rule)
            case Change():
                return row.happened_at.astimezone(self._zone).date() + PASSING
            case Draft():
                return row.saved_at.astimezone(self._zone).date() + PASSING
            case ChangeValue():
                return self._today + PASSING
        return None
