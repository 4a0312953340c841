"""Telling people how their data is used: one of them from their record, or all who were not told yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.records.contact import Told
from desktop_crm.services import informing, labels
from desktop_crm.services.informing import Mail
from desktop_crm.ui import permits, reach
from desktop_crm.ui.clipboard import copy_value
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.paper.printing import print_notices
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.words import M

MOST_LETTERS = 500
"""So many letters go into one file: a printer takes no more at a time."""


class TellAll(QWidget):
    """Above the table of those who are to be told: letters to all of them."""

    def __init__(self, desk: Desk, people: Callable[[], Iterable[bytes]]) -> None:
        super().__init__()
        self._desk = desk
        self._people = people
        self.print_button = Button(desk.say(M("Print letters")), icon="printer")
        self.print_button.clicked.connect(lambda _on: self._print())
        said = M(
            "They get the privacy notice as a letter and are noted as told. Or open one of them, and mail it or note "
            "how they were told."
        )
        self.banner = Banner(desk.say(said), Tone.INFO, "info", [desk.only(self.print_button, permits.CHANGE_CONSENTS)])
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.banner)

    def _print(self) -> None:
        people = list(islice(self._people(), MOST_LETTERS))
        if people:
            print_notices(self._desk, self, people)


class TellOne(QWidget):
    """On a record of somebody who was not told yet: print it, mail it, or note how it was done."""

    def __init__(self, desk: Desk, person: bytes, *, mail: bool) -> None:
        super().__init__()
        say = desk.say
        self._desk = desk
        self._person = person
        self.print_button = self._link(M("Print"), lambda: print_notices(desk, self, [person]))
        self.mail_button = self._link(M("E-mail"), self._ask_mail)
        self.note_button = self._link(M("Was told …"), self._choose)
        buttons = (self.print_button, *([self.mail_button] if mail else []), self.note_button)
        acts = row(*(desk.only(one, permits.CHANGE_CONSENTS) for one in buttons), STRETCH, space=SPACE_2)
        told = label(say(M("Not told yet how we use their data")), Type.SMALL, "text2", wrap=True)
        self.setLayout(column(told, acts, space=2))

    def _link(self, text: M, then: Callable[[], None]) -> Button:
        made = Button(self._desk.say(text), kind=Kind.LINK)
        made.clicked.connect(lambda _on: then())
        return made

    def _ask_mail(self) -> None:
        work = partial(informing.notice_mail, self._desk.office, self._person)
        self._desk.courier.ask(self, work, self._write)

    def _write(self, mail: Mail) -> None:
        """Into the mail program; a text that is too long for it waits in the clipboard."""
        say = self._desk.say
        if not reach.write(mail.address, mail.subject, mail.text):
            copy_value(mail.text)
            reach.write(mail.address, mail.subject)
            said = M("The notice is in the clipboard: paste it into the e-mail. Sent it?")
        else:
            said = M("The notice is in your mail program. Sent it?")
        self._desk.toast(say(said), act=say(M("Yes, sent")), then=lambda: self._told(Told.EMAIL))

    def _choose(self) -> None:
        menu = Menu(self, name=self._desk.say(M("How they were told")))
        for how in Told:
            menu.add(self._desk.say(labels.of(how)), partial(self._told, how))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_below(self.note_button)

    def _told(self, how: Told) -> None:
        desk, person = self._desk, self._person
        said = desk.say(M("Noted: told how we use their data."))
        desk.courier.ask(
            desk.window,
            lambda: informing.tell(desk.office, [person], how),
            lambda _: desk.toast(said),
            once=(how, person),
        )
