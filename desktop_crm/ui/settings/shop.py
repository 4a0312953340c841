"""The shop: what stands on the papers of customers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from desktop_crm.documents.formats import country
from desktop_crm.services.setup import change_shop
from desktop_crm.services.shop import Shop
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import FIELD, SPACE_3, SPACE_5, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.shop_fields import said_by, wrong_email, wrong_name, wrong_phone
from desktop_crm.ui.welcome.shop import Rules, rules_of
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, row
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M, Problem

_FIELDS: tuple[tuple[str, M, tuple[int, int, int]], ...] = (
    ("name", M("Name of the shop"), (0, 0, 4)),
    ("strapline", M("Line below the name"), (0, 4, 4)),
    ("responsible", M("Who is responsible"), (1, 0, 4)),
    ("street", M("Street and number"), (1, 4, 4)),
    ("postal_code", M("Postcode"), (2, 0, 2)),
    ("city", M("Town"), (2, 2, 6)),
    ("phone", M("Phone"), (3, 0, 4)),
    ("email", M("Email"), (3, 4, 4)),
)


class Kept(Field):
    """A field that is kept on leaving it, where it is right and something was typed."""

    kept = Signal(str)

    def __init__(self, text: str, check: object = None) -> None:
        super().__init__(text, check=check if callable(check) else None)
        self._stored = ""
        self._asked: str | None = None
        """What is on its way to be kept, so that *Enter* and leaving the field ask for it once."""
        if isinstance(self.edit, QLineEdit):
            self.edit.returnPressed.connect(self.left)

    @property
    def unsaved(self) -> str | None:
        """What was typed and does not hold yet."""
        return self.text() if self.text() != self._stored else None

    def show_stored(self, text: str) -> None:
        """What holds now; what is being typed stays."""
        if self.unsaved is None:
            self.set_text(text)
        self._stored = text
        if self.text() == text:
            self._asked = None

    def left(self) -> None:
        """Keep what was typed."""
        if self.is_right() and self.unsaved not in (None, self._asked):
            self._asked = self.text()
            self.kept.emit(self._asked)

    def not_kept(self, desk: Desk, problem: Problem) -> bool:
        """It could not be kept: it stays in the field, which says so, and goes into the clipboard on request."""
        self._asked = None
        typed = self.text()
        desk.problem(problem, self.left, typed=typed)
        self.error(desk.say(M("This is not saved yet.")))
        return True


class ShopPane(Pane):
    """Each field is kept when the keyboard leaves it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("Shop"), M("This stands on the papers your customers get."))
        wrong = {"name": wrong_name, "email": wrong_email, "phone": wrong_phone}
        checks = {name: said_by(self.say, each) for name, each in wrong.items()}
        self.fields = {name: Kept(self.say(text), checks.get(name)) for name, text, _ in _FIELDS}
        for name, field in self.fields.items():
            field.kept.connect(partial(self._keep, name))
        self.region = Select([], name=self.say(M("Region")))
        self.region.picked.connect(partial(self._keep, "region"))
        self._region_name = label(self.say(M("Region")), Type.BUTTON)
        self._country = label("", Type.BODY)
        self._country.setMinimumHeight(FIELD)
        self._law = Banner("", Tone.NEUTRAL, "calendar")
        self._shop: Shop | None = None
        self.add(self._address_card())
        self.add(self._law_card())
        self.end()

    def come(self) -> None:
        office, words = self.desk.office, self.desk.words

        def work() -> tuple[Shop, str, Rules]:
            shop = office.shop
            return shop, country(words, shop.country), rules_of(shop.country, shop.region)

        self.ask(work, self._show)

    def _show(self, answer: tuple[Shop, str, Rules]) -> None:
        self._shop, named, rules = answer
        for name, field in self.fields.items():
            field.show_stored(getattr(self._shop, name))
        self._country.setText(named)
        self.region.set_options([("", self.say(M("Please choose"))), *rules.regions], chosen=self._shop.region)
        for part in (self.region, self._region_name):
            part.setVisible(bool(rules.regions))
        self._law.words.setText(self.say(rules.told))

    def _keep(self, name: str, text: str) -> None:
        office, before, field = self.desk.office, getattr(self._shop, name, ""), self.fields.get(name)
        self.change(
            lambda: change_shop(office, {name: text}),
            lambda: change_shop(office, {name: before}),
            M("The shop was changed."),
            failed=partial(field.not_kept, self.desk) if field is not None else None,
        )

    def _address_card(self) -> Card:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_5)
        grid.setVerticalSpacing(SPACE_3)
        for name, _, (line, at, wide) in _FIELDS:
            grid.addWidget(self.fields[name], line, at, 1, wide)
        for at in range(8):
            grid.setColumnStretch(at, 1)
        card.add(grid)
        return card

    def _law_card(self) -> Card:
        card = Card(self.say(M("Where the shop is")))
        self._region_name.setBuddy(self.region)
        where = column(label(self.say(M("Country")), Type.BUTTON), self._country, STRETCH, space=5)
        region = column(self._region_name, self.region, STRETCH, space=5)
        line = row(boxed(where), boxed(region), space=SPACE_5)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        card.add(line)
        card.add(self._law)
        stays = M("Deadlines and keeping times follow from the country, so it stays once there are people in the file.")
        card.add(label(self.say(stays), Type.SMALL, "text2", wrap=True))
        return card
