"""Adding and correcting a person. A name and one way to reach them are enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt

from desktop_crm.privacy.basis import Evidence
from desktop_crm.privacy.presets import load_preset
from desktop_crm.services import basis, changes, editing
from desktop_crm.services.asked_for import asked_fields
from desktop_crm.services.editing import Concerns, ContactForm
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.choices import KIND_CODES, PLACE_CODES, Lists, country_options, kinds, language_options
from desktop_crm.ui.forms.concerned import BackAgain, HereAlready
from desktop_crm.ui.forms.form import FormSheet, Opened, Saved, open_when_ready, opened
from desktop_crm.ui.forms.inputs import beside
from desktop_crm.ui.forms.lines import DoubtField, LineList, ListWords
from desktop_crm.ui.forms.more import More
from desktop_crm.ui.look.tokens import SPACE_4
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.layout import STRETCH, boxed, row
from desktop_crm.words import M

_WIDTH = 840
_PHONES = ListWords(M("Phone"), M("Another number"), M("Take this number out"))
_EMAILS = ListWords(M("E-mail"), M("Another e-mail address"), M("Take this address out"))


@dataclass(frozen=True, slots=True, repr=False)
class _Found:
    """What the form needs before it is shown."""

    opened: Opened
    before: ContactForm
    lists: Lists


def open_person_form(
    desk: Desk, person: bytes | None = None, *, name: str = "", then: Callable[[bytes], None] | None = None
) -> None:
    """Add somebody, or correct a person's details. `then` is told who, once it is saved.

    `name` is what somebody new was looked for by: a name, a number or an address.
    """

    def make(found: _Found) -> PersonForm:
        form = PersonForm(desk, person, found.opened, found.before, found.lists)
        form.begin_with(name)
        form.then = then or (partial(_show_record, desk) if person is None else None)
        return form

    open_when_ready(desk, lambda: _look_up(desk, person), make)


def _look_up(desk: Desk, person: bytes | None) -> _Found:
    before = editing.form_of(desk.office, person) if person is not None else ContactForm()
    shop = desk.office.shop
    lists = Lists(
        language_options(desk.words),
        country_options(desk.words),
        shop.country,
        desk.office.today(),
        asked_fields(desk.office),
        load_preset(shop.country).age.years,
        basis.evidence(desk.office, person) if person is not None else Evidence(),
    )
    return _Found(opened(desk, PersonForm.place, person), before, lists)


def _show_record(desk: Desk, person: bytes) -> None:
    desk.go("contacts", person=person)


class PersonForm(FormSheet):
    """Name, phone and e-mail, and everything else folded away under *More*."""

    place: ClassVar[str] = "person"

    def __init__(self, desk: Desk, person: bytes | None, found: Opened, before: ContactForm, lists: Lists) -> None:
        title = M("New contact") if person is None else M("Correct the details")
        about = found.name or desk.say(M("A name and one way to reach them are enough."))
        super().__init__(desk, person, title, about, icon="users", width=_WIDTH)
        self._before = before
        self._looked_for = ""
        self._make(lists)
        self._lay_out()
        self._fill(before)
        self.begin(found.kept)
        self.unfold(person is not None or bool(self.more.named & self.drafting.changed.keys()))

    def work(self) -> Callable[[], Saved]:
        return self._saving(allow_erased=False)

    def go_on(self) -> None:
        """Somebody new may be here already, or may have asked to be forgotten."""
        if self.person is not None:
            self.send(self.work())
            return
        form = self.form()
        self.set_busy(True)
        self.desk.courier.ask(self, lambda: editing.concerns(self.desk.office, form), self._weigh, failed=self._failed)

    def faults(self) -> Iterable[Field]:
        reachable = self.emails.lines() or self.more.addresses.lines() or self._was_nowhere
        missing = M("One way to reach them is needed: a phone number, an e-mail address or an address.")
        self.phones.missing = "" if reachable else self.say(missing)
        folded = [field for field in self.more.fields if not field.is_right()]
        if folded:
            self.unfold(True)
            self.more.show_all(any(field.isHidden() for field in folded))
        return [*(field for field in (self.name, self.phones.first) if not field.is_right()), *folded]

    def form(self) -> ContactForm:
        """Everything as it is typed."""
        typed = replace(self._before, name=self.name.text(), phones=self.phones.lines(), emails=self.emails.lines())
        return self.more.typed(typed)

    def begin_with(self, text: str) -> None:
        """Put what was looked for where it belongs; what is kept of somebody else is not mixed with it."""
        self._looked_for = text
        if not self.drafting.changed:
            self._put_looked_for()

    def _put_looked_for(self) -> None:
        text = self._looked_for
        if "@" in text:
            self.emails.first.set_text(text)
        elif text and not any(sign.isalpha() for sign in text):
            self.phones.first.set_text(text)
        elif text:
            self.name.set_text(text)

    def _start_afresh(self) -> None:
        super()._start_afresh()
        self._put_looked_for()

    def unfold(self, unfolded: bool) -> None:
        """Show everything, or what is enough."""
        self.more.setVisible(unfolded)
        self.phones.show_in_full(unfolded)
        self.emails.show_in_full(unfolded)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.more_button.set_icon("chevron-down" if unfolded else "chevron-left" if mirrored else "chevron-right")
        self.more_button.setAccessibleDescription(self.say(M("Unfolded") if unfolded else M("Folded")))

    def _make(self, lists: Lists) -> None:
        say, phone_kinds = self.say, kinds(self.desk.words, KIND_CODES)
        self.name = DoubtField(self.desk, say(M("Name")), editing.check_name, check=self._named, large=True)
        self.phones = LineList(self.desk, _PHONES, phone_kinds, lambda text: editing.check_phone(text, lists.country))
        self.emails = LineList(self.desk, _EMAILS, kinds(self.desk.words, PLACE_CODES), editing.check_email)
        self.more = More(self.desk, lists)
        self.more_button = Button(say(M("More")), icon="chevron-right", kind=Kind.LINK)
        self.more_button.clicked.connect(lambda: self.unfold(self.more.isHidden()))
        self.hold(name=self.name, phones=self.phones, emails=self.emails, **self.more.parts)

    def _lay_out(self) -> None:
        self.body.setSpacing(SPACE_4)
        self.body.addWidget(self.name)
        self.body.addWidget(beside(self.phones, self.emails))
        self.body.addWidget(boxed(row(self.more_button, STRETCH)))
        self.body.addWidget(self.more)

    def _fill(self, before: ContactForm) -> None:
        self._was_nowhere = self.person is not None and not (before.phones or before.emails or before.addresses)
        self.name.set_text(before.name)
        self.phones.put(before.phones)
        self.emails.put(before.emails)
        self.more.fill(before)

    def _named(self, text: str) -> str | None:
        return None if text else self.say(M("Please write the name."))

    def _weigh(self, found: Concerns) -> None:
        self.set_busy(False)
        if found.known is not None:
            HereAlready(self, found.known).open()
        elif found.erased_on is not None:
            BackAgain(self, found.erased_on, self._add_again).open()
        else:
            self.send(self.work())

    def _add_again(self) -> None:
        self.send(self._saving(allow_erased=True))

    def _saving(self, *, allow_erased: bool) -> Callable[[], Saved]:
        office, person, form, before = self.desk.office, self.person, self.form(), self._before

        def save() -> Saved:
            odd = editing.odd_in(form, before, office.shop.country)
            if person is None:
                added = editing.new_contact(office, form, allow_erased=allow_erased)
                undo = changes.last_of(office, added)
                return Saved(added, (undo,) if undo else (), M("Added to your contacts."), odd)
            change = editing.edit(office, person, form)
            return Saved(person, (change,) if change else (), M("Saved.") if change else M("Nothing was changed."), odd)

        return save
