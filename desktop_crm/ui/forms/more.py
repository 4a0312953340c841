"""Everything about a person that is not needed to begin with: each only where the work asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_crm.documents import formats
from desktop_crm.privacy.basis import missing
from desktop_crm.records.contact import Stage, Told
from desktop_crm.records.declare import Basis
from desktop_crm.services import editing
from desktop_crm.services.editing import ContactForm
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.choices import PLACE_CODES, Lists, Option, kinds, options
from desktop_crm.ui.forms.inputs import Answers, beside, input_of, named
from desktop_crm.ui.forms.lines import AddressList, LineList, ListWords
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_6
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, line, row
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

_SITES = ListWords(M("Website"), M("Another website"), M("Take this website out"))
_PLAIN = {
    "company": M("Company"),
    "job_title": M("What they do there"),
    "department": M("Department"),
    "prefix": M("Title"),
    "given": M("First name"),
    "middle": M("Middle name"),
    "family": M("Last name"),
    "suffix": M("After the name"),
    "nickname": M("Called"),
    "source": M("Where from do we know them?"),
}
_RARE = frozenset({"department", "prefix", "middle", "suffix", "nickname"})
"""Shown where they are filled in or asked for: lists bring them, hardly anybody types them."""
_STREET = "contact_address.street"
_COLUMNS = {"company": "contact.company_id", "websites": "contact_website.url", "tags": "tag.name"}
"""What the form calls otherwise than the records do."""


class More(QWidget):
    """The part of the form that is folded away."""

    def __init__(self, desk: Desk, lists: Lists) -> None:
        super().__init__()
        self._desk = desk
        self._lists = lists
        self._made = QVBoxLayout(self)
        self._made.setContentsMargins(0, 0, 0, 0)
        self._made.setSpacing(SPACE_3)
        self._plain = {name: Field(desk.say(text)) for name, text in _PLAIN.items()}
        self.addresses = AddressList(desk, kinds(desk.words, PLACE_CODES), lists.countries)
        self.websites = LineList(desk, _SITES, (), editing.check_website)
        self.websites.show_in_full(True)
        self._make_personal()
        self._make_reasons()
        self._lay_out()
        self._tell_who_asks()

    @property
    def parts(self) -> Mapping[str, Field | Select | CheckBox | Answers]:
        """Everything in it by the names of the form."""
        return {
            "addresses": self.addresses,
            **self._plain,
            "birthday": self.birthday,
            "language": self.language,
            "tags": self.tags,
            "websites": self.websites,
            "stage": self.stage,
            "basis": self.basis,
            "basis_note": self.basis_note,
            "informed_on": self.informed_on,
            "informed_how": self.informed_how,
            "deceased": self.deceased,
            "under_age": self.under_age,
        }

    @property
    def named(self) -> frozenset[str]:
        """The names of what is in it."""
        return frozenset(self.parts)

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is checked."""
        return (self.birthday, self.informed_on)

    def fill(self, before: ContactForm) -> None:
        """Show what was there before."""
        for name, field in self._plain.items():
            field.set_text(getattr(before, name))
        self.addresses.put(before.addresses)
        self.websites.put(before.websites)
        self._born = before.birthday
        self._shown_birthday = formats.birthday(self._desk.words, before.birthday) if before.birthday else ""
        self.birthday.set_text(self._shown_birthday)
        self.tags.set_text(", ".join(before.tags))
        _choose(self.language, before.language)
        self.stage.choose(before.stage)
        _choose(self.basis, before.basis)
        self.informed_on.set_date(before.informed_on)
        self.informed_how.choose(before.informed_how or "")
        self.deceased.setChecked(before.deceased)
        self.under_age.setChecked(before.under_age)
        self.basis_note.set_text(before.basis_note)
        if before.basis in {Basis.UNSORTED, Basis.CONSENT}:
            self._ask_what_shows_it()
        self.show_all(False)

    def show_all(self, every: bool) -> None:
        """Everything that can be told of a person, or only what a purpose asks for, and what is there already."""
        for name, part in self._optional.items():
            filled = bool(input_of(self.parts[name]).value())
            part.setVisible(filled or name in self._asked or (every and name not in _RARE))
        for each, parts in self._rows.items():
            each.setVisible(not all(part.isHidden() for part in parts))
        self.addresses.show_whole(every or "addresses" in self._asked)
        self.all_button.setVisible(not every and any(part.isHidden() for part in self._optional.values()))

    def typed(self, form: ContactForm) -> ContactForm:
        """The form with what is typed here."""
        how = self.informed_how.key()
        plain: dict[str, Any] = {name: field.text() for name, field in self._plain.items()}
        return replace(
            form,
            **plain,
            addresses=self.addresses.lines(),
            websites=self.websites.lines(),
            birthday=self._typed_birthday(),
            language=self.language.key(),
            tags=tuple(text.strip() for text in self.tags.text().split(",")),
            stage=Stage(self.stage.key()),
            basis=Basis(self.basis.key()),
            informed_on=self.informed_on.date(),
            informed_how=Told(how) if how else None,
            deceased=self.deceased.isChecked(),
            under_age=self.under_age.isChecked(),
            basis_note=self.basis_note.text(),
        )

    def _typed_birthday(self) -> str:
        """As it is stored where nobody touched it: a long form with the month's name is for reading only."""
        text = self.birthday.text()
        return self._born if text == self._shown_birthday else text

    def _make_personal(self) -> None:
        say = self._desk.say
        self.birthday = Field(say(M("Birthday")), check=self._is_day, hint=say(M("Day and month are enough.")))
        self.language = Select(self._lists.languages, name=say(M("Language")))
        self.tags = Field(say(M("Labels")), hint=say(M("With commas between them.")))
        self.deceased = CheckBox(say(M("Has died")))
        self.under_age = CheckBox(say(M("Younger than {n}", n=self._lists.age)))

    def _make_reasons(self) -> None:
        say, words = self._desk.say, self._desk.words
        self.stage = Select(options(words, tuple(Stage)), name=say(M("Standing")))
        usual = (Basis.CONTRACT, Basis.LEGITIMATE_INTEREST, Basis.CONSENT, Basis.LEGAL_OBLIGATION, Basis.UNSORTED)
        self._bases = options(words, usual)
        self.basis = Select(self._bases, name=say(M("Why we may keep this")))
        self.basis_note = Field(say(M("What shows it")), hint=say(M("Which order, deal or good reason it is.")))
        for chosen in (self.stage, self.basis):
            chosen.picked.connect(lambda _: self._ask_what_shows_it())
        today = self._lists.today
        self.informed_on = DayField(say(M("Told how we use data, on")), optional=True, now=today, latest=today)
        how: tuple[Option, ...] = (("", say(M("Not told yet"))), *options(words, tuple(Told)))
        self.informed_how = Select(how, name=say(M("How they were told")))
        self.informed_how.picked.connect(self._told_how)

    def _lay_out(self) -> None:
        say, get = self._desk.say, self._plain.__getitem__
        self._group(M("Address"))
        self._made.addWidget(self.addresses)
        self._group(M("About them"))
        names = ("prefix", "given", "middle", "family", "suffix", "nickname")
        language = named(say(M("Language")), self.language)
        work = [get(name) for name in ("company", "department", "job_title")]
        self._rows: dict[QWidget, Sequence[QWidget]] = {
            beside(*parts): parts
            for parts in ([get(name) for name in names], work, [self.birthday, language], [self.tags, self.websites])
        }
        for each in self._rows:
            self._made.addWidget(each)
        self._made.addLayout(row(self.under_age, SPACE_6, self.deceased, STRETCH))
        self.all_button = Button(say(M("What no purpose asks for")), icon="plus", kind=Kind.LINK)
        self.all_button.clicked.connect(self._ask_for_all)
        self._made.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        others = {name: get(name) for name in (*names, "company", "department", "job_title")}
        mine = {"birthday": self.birthday, "tags": self.tags, "websites": self.websites}
        self._optional: dict[str, QWidget] = {**others, "language": language, **mine}
        self._group(M("Why we have this"))
        standing = named(say(M("Standing")), self.stage)
        self._made.addWidget(beside(standing, named(say(M("Why we may keep this")), self.basis)))
        self._made.addWidget(self.basis_note)
        self._made.addWidget(get("source"))
        self._made.addWidget(beside(named(say(M("How they were told")), self.informed_how), self.informed_on))

    def _group(self, text: M) -> None:
        self._made.addWidget(line())
        self._made.addWidget(label(self._desk.say(text), Type.CARD))

    def _tell_who_asks(self) -> None:
        """What a purpose asks for says which; the address does so by being asked for in full."""
        asked = self._lists.asked
        every = {name: _COLUMNS.get(name, f"contact.{name}") for name in self._optional} | {"addresses": _STREET}
        self._asked = {name: asked[field] for name, field in every.items() if field in asked}
        for name, purposes in self._asked.items():
            part = self.parts[name]
            if isinstance(part, Field):
                asks = M("For: {purposes}", purposes=", ".join(purposes))
                coarse = M("{asks} · Day and month are enough.", asks=asks)
                part.explain(self._desk.say(coarse if part is self.birthday else asks))

    def _ask_for_all(self) -> None:
        hidden = [part for part in self._optional.values() if part.isHidden()]
        self.show_all(True)
        edits = (edit for part in hidden if not part.isHidden() for edit in part.findChildren(QLineEdit))
        if first := next(edits, None):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_what_shows_it(self) -> None:
        """Somebody changed the standing or the reason: ask for what is missing then. It keeps nobody from saving."""
        shown = replace(self._lists.shown, told=self.basis_note.text())
        asked = missing(Stage(self.stage.key()), Basis(self.basis.key()), shown)
        if asked is None:
            self.basis_note.error(None)
        else:
            self.basis_note.doubt(self._desk.say(asked))

    def _told_how(self, how: str) -> None:
        if how and not self.informed_on.text():
            self.informed_on.set_date(self._lists.today)

    def _is_day(self, text: str) -> str | None:
        if text == self._shown_birthday:
            return None
        wrong = editing.check_birthday(text, self._lists.country, self._lists.today)
        return self._desk.say(wrong) if wrong is not None else None


def _choose(select: Select, key: str) -> None:
    """Choose what was there before, also where nobody would choose it now."""
    if select.findData(key) < 0:
        select.addItem(key, key)
    select.choose(key)
