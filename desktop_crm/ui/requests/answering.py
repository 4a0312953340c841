"""Makes what is handed out: the answer, the same for machines, the data to take along. One click each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.records.request import RequestKind
from desktop_crm.services import access, portability, protecting, requests
from desktop_crm.services.access import PaperForm, Wish
from desktop_crm.services.office import Office
from desktop_crm.services.requests import RequestRow
from desktop_crm.services.saving import Saved
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.folder import PapersFolder, choose_folder, papers_folder, with_folder
from desktop_crm.ui.made.sheet import Made, open_made
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import Abreast
from desktop_crm.words import M

_CARD = 190


class Paper(StrEnum):
    """What can be made."""

    ANSWER = "answer"
    MACHINE = "machine"
    TAKE_ALONG = "take-along"


@dataclass(frozen=True, slots=True)
class _Told:
    """How a paper is offered, and what is said once it is made."""

    icon: str
    title: M
    text: M
    button: M
    made: M


_PAPERS = {
    Paper.ANSWER: _Told(
        "file",
        M("Answer (PDF)"),
        M("In plain words, to hand over. Machine copy inside."),
        M("Make the PDF"),
        M("The answer is made"),
    ),
    Paper.MACHINE: _Told(
        "robot",
        M("Same answer for machines (JSON)"),
        M("For a program to read"),
        M("Make JSON"),
        M("The answer for machines is made"),
    ),
    Paper.TAKE_ALONG: _Told(
        "download",
        M("Data to take along"),
        M("What they gave us, to use in another shop"),
        M("Make the files"),
        M("The data to take along is made"),
    ),
}
_INSIDE = M("Lies inside the locked PDF")


@dataclass(frozen=True, slots=True)
class _Order:
    """One paper to be made for a request."""

    paper: Paper
    row: RequestRow
    password: str | None = field(repr=False)

    def make(self, office: Office, folder: Path) -> tuple[Saved, ...]:
        """Make it. Runs on a worker thread."""
        if self.paper is Paper.TAKE_ALONG:
            return portability.take_along(
                office, self.row.person, folder, number=self.row.number, password=self.password, closing=False
            ).papers
        form = PaperForm.JSON if self.paper is Paper.MACHINE else PaperForm.PDF
        wish = Wish(frozenset({form}), self.password)
        return access.answer(office, self.row.number, folder, wish, closing=False).papers

    @property
    def closing(self) -> bool:
        """Whether the request is answered once this is handed over: a copy is not, by data to take along."""
        return self.row.kind is RequestKind.PORTABILITY or self.paper is not Paper.TAKE_ALONG


class PaperCard(Panel):
    """One thing that can be made, with its button at the foot."""

    def __init__(self, desk: Desk, told: _Told, *, primary: bool, make: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._text = told.text
        title = desk.say(told.title)
        self.setAccessibleName(title)
        self.says = label(desk.say(told.text), Type.SMALL, "text2", wrap=True)
        self.button = Button(desk.say(told.button), kind=Kind.PRIMARY if primary else Kind.SECONDARY)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda _on: make())
        head = QHBoxLayout()
        head.setSpacing(10)
        mark = QVBoxLayout()
        mark.setSpacing(0)
        mark.addWidget(Mark(told.icon, size=18, ink="accent"))
        mark.addStretch(1)
        head.addLayout(mark)
        head.addWidget(label(title, Type.BUTTON, wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 13, 16, 15)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.says)
        column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self.button)

    def put_inside(self, inside: bool) -> None:
        """Made with a password, the machine copy lies inside the PDF and is not made apart."""
        self.says.setText(self._desk.say(_INSIDE if inside else self._text))
        self.button.setEnabled(not inside)


class Answering(QWidget):
    """The papers of a request, a password for them, and the folder they go to."""

    def __init__(self, desk: Desk, row: RequestRow) -> None:
        super().__init__()
        self._desk = desk
        self._row = row
        self._at = Path()
        wanted = list(Paper) if row.kind is RequestKind.ACCESS else [Paper.TAKE_ALONG]
        self.cards = {
            paper: PaperCard(desk, _PAPERS[paper], primary=paper is wanted[0], make=partial(self.make, paper))
            for paper in wanted
        }
        self.lock = CheckBox(desk.say(M("Lock it with a password (AES-256)")), kind=Type.SMALL)
        self.lock.toggled.connect(self._lock)
        self._folder = Elided("", Type.SMALL, "text3")
        self.other_folder = Button(desk.say(M("Change it")), kind=Kind.LINK, name=desk.say(M("Change the folder")))
        self.other_folder.clicked.connect(self._choose_folder)
        self.other_folder.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Abreast(*self.cards.values(), least=_CARD, space=14))
        column.addLayout(self._options())
        self._ask_folder()

    @property
    def first(self) -> Button:
        """The button most people want."""
        return next(iter(self.cards.values())).button

    def make(self, paper: Paper) -> None:
        """Make a paper and show it.

        No button is shut while it is made: the keyboard would jump, and a second click land elsewhere.
        """
        password = protecting.new_password() if self.lock.isChecked() else None
        with_folder(self._desk, self, partial(self._make, _Order(paper, self._row, password)), once=self)

    def _options(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.lock)
        line.addStretch(1)
        line.addWidget(Mark("folder", size=16, ink="text3"))
        line.addWidget(self._folder)
        line.addWidget(self.other_folder)
        return line

    def _make(self, order: _Order, folder: Path) -> None:
        title = self._desk.say(_PAPERS[order.paper].button)
        self._desk.courier.run(
            self,
            title,
            lambda _: (order.make(self._desk.office, folder), self._is_sure()),
            partial(self._made, order),
            cancel=False,
            once=self,
        )

    def _is_sure(self) -> bool:
        """Whether somebody noted by now how they know who asks. Runs on a worker thread."""
        return requests.request(self._desk.office, self._row.number).identity is not None

    def _made(self, order: _Order, made_and_sure: tuple[tuple[Saved, ...], bool]) -> None:
        papers, sure = made_and_sure
        self.cards[order.paper].button.setFocus()
        text = M(
            "For {who}, as no. {number}.", who=self._row.who.name if self._row.who else "", number=order.row.number
        )
        made = Made(_PAPERS[order.paper].made, text, order.row.number, papers, order.password, order.closing, sure)
        open_made(self._desk, made)

    def _lock(self, locked: bool) -> None:
        machine = self.cards.get(Paper.MACHINE)
        if machine is not None:
            machine.put_inside(locked)

    def _ask_folder(self) -> None:
        self._desk.courier.ask(self, lambda: papers_folder(self._desk.office), self._show_folder, newest="folder")

    def _show_folder(self, folder: PapersFolder) -> None:
        self._folder.setText(self._desk.say(M("Goes to {folder}", folder=folder.short)))
        self._folder.setToolTip(str(folder.path))
        self._at = folder.path
        self.other_folder.show()

    def _choose_folder(self) -> None:
        choose_folder(self._desk, self, self._at, lambda _: self._ask_folder())
