"""Entering a detail that is kept apart. What is typed here is no draft: drafts are read by others too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from desktop_crm.records.sensitive import ApartKind
from desktop_crm.services import contacts, sensitive
from desktop_crm.services.sensitive import MOST, NewDetail
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.choices import options
from desktop_crm.ui.forms.form import FormSheet, Saved, open_when_ready
from desktop_crm.ui.forms.inputs import named
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

_WIDTH = 560


def open_apart(desk: Desk, person: bytes) -> None:
    """Keep a detail of a person apart."""

    def found() -> tuple[str, date]:
        known = contacts.named(desk.office, [person])
        return known[0].name if known else "", desk.office.today()

    open_when_ready(desk, found, lambda told: ApartSheet(desk, person, *told))


class ApartSheet(FormSheet):
    """What it is, and what it says; for health the day on which the person agreed."""

    place: ClassVar[str] = "apart"

    def __init__(self, desk: Desk, person: bytes, name: str, today: date) -> None:
        super().__init__(desk, person, M("Keep a detail apart"), name, icon="lock", width=_WIDTH)
        self.keeps_drafts = False
        self.kind = Select(options(desk.words, tuple(ApartKind)), name=self.say(M("What is it?")))
        self.text = Field(self.say(M("What it says")), check=self._fault)
        self.agreed = DayField(self.say(M("Agreed to exactly this on")), now=today, latest=today)
        private = M(
            "Health is very private. Keep it only if the person agreed to exactly this, explicitly. Is it needed for "
            "one order only? Then it belongs nowhere else."
        )
        self.banner = Banner(self.say(private), Tone.WARNING, "alert", kind=Type.SMALL)
        self.hold(kind=self.kind, text=self.text, agreed=self.agreed)
        for part in (named(self.kind.accessibleName(), self.kind), self.text, self.agreed, self.banner):
            self.body.addWidget(part)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_kind())
        self._show_kind()
        self.begin({})

    def work(self) -> Callable[[], Saved]:
        office, person = self.desk.office, self.person
        kind = ApartKind(self.kind.key())
        agreed_on = self.agreed.date() if kind is ApartKind.HEALTH else None
        new = NewDetail(kind, self.text.text(), agreed_on)

        def save() -> Saved:
            if person is not None:
                sensitive.add_detail(office, person, new)
            return Saved(person, (), M("Kept apart: masked, and every look is noted."))

        return save

    def _show_kind(self) -> None:
        health = self.kind.key() == ApartKind.HEALTH
        self.agreed.setVisible(health)
        self.banner.setVisible(health)
        self.fit()

    def _fault(self, text: str) -> str | None:
        if len(text) > MOST:
            return self.say(M("A detail kept apart has {n} letters at most.", n=MOST))
        return None if text else self.say(M("There is nothing to keep apart."))
