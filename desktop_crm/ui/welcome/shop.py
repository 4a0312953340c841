"""Second step: whose shop it is and where, because deadlines, holidays and keeping times follow from the country."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_crm.documents.formats import country
from desktop_crm.privacy.presets import countries, load_preset
from desktop_crm.privacy.terms import Unit
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_4, SPACE_5, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.shop_fields import said_by, wrong_email, wrong_name, wrong_phone
from desktop_crm.ui.welcome.course import Course
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, column
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M, Words


@dataclass(frozen=True, slots=True)
class Rules:
    """What follows from a country and region."""

    regions: tuple[tuple[str, str], ...]
    told: M


def rules_of(code: str, region: str) -> Rules:
    """Regions of a country, and what holds in it, in one sentence. Reads files: call it on a worker thread."""
    every = load_preset(code).regions
    preset = load_preset(code, region if region in every else "")
    months = preset.answer.unit is Unit.MONTHS
    n = preset.answer.length
    answer = M("{n} month", "{n} months", n=n) if months else M("{n} day", "{n} days", n=n)
    years = M("{n} year", "{n} years", n=preset.keeping("invoice").length)
    if preset.authority is None:
        told = M("Requests are answered within {answer}, invoices are kept for {years}.", answer=answer, years=years)
    else:
        told = M(
            "Requests are answered within {answer}, invoices are kept for {years}. Complaints go to: {authority}.",
            answer=answer,
            years=years,
            authority=preset.authority.name,
        )
    return Rules(tuple(sorted(every.items(), key=lambda item: item[1])), told)


def country_names(words: Words) -> list[tuple[str, str]]:
    """Every country with rules of its own, by its name in the reader's language."""
    return sorted(((code, country(words, code)) for code in countries()), key=lambda named: named[1].casefold())


class YourShop(Step):
    """Name, person, address, and the country. Only the name must be."""

    def __init__(self, course: Course) -> None:
        super().__init__(
            course,
            M("Your shop"),
            M("This stands on the papers your customers get. Only the name must be given."),
        )
        self.fields = self._made_fields()
        self.country = Select([], name=self.say(M("Country")))
        self.region = Select([], name=self.say(M("Region")))
        self._region_box = _labelled(self.say(M("Region")), self.region)
        self._told = Banner("", Tone.NEUTRAL, "calendar")
        self.country.picked.connect(self._other_country)
        self.region.picked.connect(lambda _: self._ask())
        self.add(self._address(), SPACE_4)
        self.add(self._law(), SPACE_4)
        self.body.addStretch(1)

    def come(self) -> None:
        words = self.door.words
        self.door.courier.ask(self, lambda: country_names(words), self._show_countries)
        self._ask()

    def keep(self) -> None:
        answers = self.course.answers
        for name, field in self.fields.items():
            setattr(answers, name, field.text())
        if self.country.key():
            answers.country = self.country.key()
            answers.region = self.region.key()

    def go_on(self) -> None:
        self.keep()
        wrong = [field for field in self.fields.values() if not field.is_right()]
        if wrong:
            wrong[0].take_focus()
        else:
            self.done.emit()

    def first(self) -> QWidget:
        return self.fields["name"]

    def _made_fields(self) -> dict[str, Field]:
        made = {
            "name": Field(self.say(M("Name of the shop")), check=said_by(self.say, wrong_name)),
            "responsible": Field(self.say(M("Who is responsible"))),
            "street": Field(self.say(M("Street and number"))),
            "postal_code": Field(self.say(M("Postcode"))),
            "city": Field(self.say(M("Town"))),
            "phone": Field(self.say(M("Phone")), check=said_by(self.say, wrong_phone)),
            "email": Field(self.say(M("Email")), check=said_by(self.say, wrong_email)),
        }
        for name, field in made.items():
            field.set_text(getattr(self.course.answers, name))
        return made

    def _address(self) -> Card:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_5)
        grid.setVerticalSpacing(SPACE_3)
        places = {"name": (0, 0, 4), "responsible": (0, 4, 4), "street": (1, 0, 4), "postal_code": (1, 4, 1)}
        places |= {"city": (1, 5, 3), "phone": (2, 0, 4), "email": (2, 4, 4)}
        for name, (line, at, wide) in places.items():
            grid.addWidget(self.fields[name], line, at, 1, wide)
        for at in range(8):
            grid.setColumnStretch(at, 1)
        card.add(grid)
        return card

    def _law(self) -> Card:
        card = Card(self.say(M("Where the shop is")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_5)
        grid.addWidget(_labelled(self.say(M("Country")), self.country), 0, 0)
        grid.addWidget(self._region_box, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.add(grid)
        card.add(self._told)
        return card

    def _show_countries(self, named: list[tuple[str, str]]) -> None:
        now = self.course.answers.country
        if now not in dict(named):
            named = [*named, (now, country(self.door.words, now))]
        self.country.set_options(named, chosen=now)

    def _other_country(self, _: str) -> None:
        self.region.set_options([])
        self._ask()

    def _ask(self) -> None:
        answers = self.course.answers
        code = self.country.key() or answers.country
        region = self.region.key() if self.country.key() else answers.region
        self.door.courier.ask(
            self, lambda: rules_of(code, region), lambda rules: self._show(rules, region), newest="rules"
        )

    def _show(self, rules: Rules, region: str) -> None:
        self._region_box.setVisible(bool(rules.regions))
        self.region.set_options([("", self.say(M("Please choose"))), *rules.regions] if rules.regions else [])
        self.region.choose(region if region in dict(rules.regions) else "")
        self._told.words.setText(self.say(rules.told))


def _labelled(text: str, select: Select) -> QWidget:
    named = label(text, Type.BUTTON)
    named.setBuddy(select)
    return boxed(column(named, select, space=5))
