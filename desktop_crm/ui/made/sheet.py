"""What is done with papers once they are made: open them, show where they are, hand them over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import requests
from desktop_crm.services.saving import Saved
from desktop_crm.ui.clipboard import copy_secret
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.files import open_in_system
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import RADIUS_ROW, Tone
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.requests.sure import Sure
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.rows import Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

COPY_DAYS = 30
"""After so many days our own copy of a paper should go."""
_WIDTH = 760
_CHECK = 12


@dataclass(frozen=True, slots=True)
class Made:
    """Papers that were just made under the number of a request.

    `closing`: handing them over ends the request. `sure`: it is noted how one knows who asks.
    """

    title: M
    text: M
    number: str
    papers: tuple[Saved, ...]
    password: str | None = field(default=None, repr=False)
    closing: bool = False
    sure: bool = True


def open_made(desk: Desk, made: Made) -> None:
    """Show papers that were just made, with what comes next."""
    MadeSheet(desk, made).open()


def open_paper(desk: Desk, path: Path) -> None:
    """Open a paper or a folder in the program the system has for it."""
    if not open_in_system(path):
        desk.toast(
            desk.say(M("This computer has no program that opens it. It lies in {folder}.", folder=path.parent.name))
        )


class PaperRows(RowList):
    """Files that were written, each with a button that opens it."""

    def __init__(self, desk: Desk, papers: Sequence[Saved], says: Sequence[M] = ()) -> None:
        """`says` tell what each paper is; without them its check sum stands below its name."""
        super().__init__(name=desk.say(M("Papers")))
        told = says or [M("Check sum {sum} …", sum=paper.sha256.hex()[:_CHECK]) for paper in papers]
        self.show_rows([self._row(desk, paper.path, said) for paper, said in zip(papers, told, strict=True)])

    def _row(self, desk: Desk, path: Path, said: M) -> Row:
        paper = path.suffix == ".pdf"
        button = Button(desk.say(M("Open to print") if paper else M("Open")), icon="printer" if paper else None)
        if paper:
            # Qt's part that draws PDFs belongs to its add-ons, which are not among the parts this program is made of.
            button.setToolTip(desk.say(M("Opens in your program for PDFs. Print it there.")))
        button.setAccessibleDescription(path.name)
        button.clicked.connect(lambda: open_paper(desk, path))
        look = RowLook(lead="file" if paper else "robot", trailing=[button])
        return Row(path.name, desk.say(said), look)


class PasswordBox(Panel):
    """The password of a paper, shown this once."""

    def __init__(self, desk: Desk, password: str) -> None:
        super().__init__("warning_soft", "", RADIUS_ROW)
        shown = label(password, Type.MONO, selectable=True)
        shown.setFont(font(Type.MONO, larger=4))
        copy = Button(desk.say(M("Copy")), icon="copy", name=desk.say(M("Copy the password")))
        copy.clicked.connect(lambda: self._copy(desk, password))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 14)
        column.setSpacing(4)
        words = M("Password, shown only now")
        column.addWidget(label(desk.say(words), Type.CARD))
        line = row(shown, copy)
        line.setStretch(0, 1)
        column.addLayout(line)
        how = M("Tell it by phone or in person, never in the same email as the paper. Nobody can look it up later.")
        column.addWidget(label(desk.say(how), Type.SMALL, "text2", wrap=True))

    def _copy(self, desk: Desk, password: str) -> None:
        copy_secret(password)
        announce(self, desk.say(M("Copied")))


class MadeSheet(Sheet):
    """Papers that were made. The reminder to delete our own copy is on, until somebody takes it out."""

    def __init__(self, desk: Desk, made: Made) -> None:
        say = desk.say
        super().__init__(desk.window, say(made.title), say(made.text), icon="check", tone=Tone.SUCCESS, width=_WIDTH)
        self._desk = desk
        self._made = made
        self.body.addWidget(PaperRows(desk, made.papers))
        if made.password is not None:
            self.body.addWidget(PasswordBox(desk, made.password))
        self.sure = None if made.sure else Sure(desk, made.number)
        if self.sure is not None:
            self.body.addWidget(self.sure)
        told = M("Remind me to delete my copy in {n} day", "Remind me to delete my copy in {n} days", n=COPY_DAYS)
        self.remind = CheckBox(say(told))
        self.remind.setChecked(True)
        self._reminds = True
        self.remind.toggled.connect(self._remember)
        self.body.addWidget(self.remind)
        self._add_foot()
        self._remember(True)

    def _add_foot(self) -> None:
        say = self._desk.say
        folder = Button(say(M("Show in folder")), icon="folder", kind=Kind.QUIET)
        folder.clicked.connect(lambda: open_paper(self._desk, self._made.papers[0].path.parent))
        close = Button(say(M("Close")))
        close.clicked.connect(self.close)
        self.footer("", close, *self._hand_over(), start=folder)

    def _hand_over(self) -> list[QWidget]:
        if not self._made.closing:
            return []
        self.done = Button(self._desk.say(M("Handed over: close the request")), icon="check", kind=Kind.PRIMARY)
        self.done.clicked.connect(self._close_request)
        return [self.done]

    def _remember(self, on: bool) -> None:
        office, number = self._desk.office, self._made.number
        self._reminds = on

        def note() -> None:
            # Two of these may overtake each other, so each writes what is wanted now.
            requests.remember_copy(
                office, number, office.today() + timedelta(days=COPY_DAYS) if self._reminds else None
            )

        self._desk.courier.ask(self, note, lambda _: None, newest="reminder")

    def _close_request(self) -> None:
        desk, number = self._desk, self._made.number
        self.done.setEnabled(False)
        desk.courier.ask(self, lambda: requests.close(desk.office, number), self._closed, failed=self._not_closed)

    def _closed(self, _: None) -> None:
        self.close()
        self._desk.toast(self._desk.say(M("Handed over, and the request is closed.")))

    def _not_closed(self, _: object) -> bool:
        self.done.setEnabled(True)
        return False


class Again(Sheet):
    """An erasure record that was written once more."""

    def __init__(self, desk: Desk, number: str, papers: Sequence[Saved]) -> None:
        say = desk.say
        super().__init__(
            desk.window,
            say(M("The erasure record is made again")),
            say(M("No. {number}. It names nobody; the letter to the customer cannot be made again.", number=number)),
            icon="check",
            tone=Tone.SUCCESS,
            width=_WIDTH,
        )
        self.body.addWidget(PaperRows(desk, papers))
        folder = Button(say(M("Show in folder")), icon="folder", kind=Kind.QUIET)
        folder.clicked.connect(lambda: open_paper(desk, papers[0].path.parent))
        done = Button(say(M("Done")), kind=Kind.PRIMARY)
        done.clicked.connect(self.close)
        self.footer("", done, start=folder)
