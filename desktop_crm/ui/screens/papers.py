"""*Papers*: what can be made, and what was made, by number and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.contact import Contact
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.services import papers
from desktop_crm.services.papers import Paper, PaperKind
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.kept import KeptInvoices
from desktop_crm.ui.made.left import make_record
from desktop_crm.ui.made.pick import pick_person
from desktop_crm.ui.requests.start import give_copy, take_along
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import Abreast, clear
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.ui.widgets.rows import Cell, Row, RowList, RowLook
from desktop_crm.words import M

_CARD = 210
_KINDS = {
    PaperKind.COPY: ("file", M("Copy of their data")),
    PaperKind.TAKE_ALONG: ("download", M("Data to take along")),
    PaperKind.ERASURE: ("shield", M("Erasure record")),
}


class PaperCard(Panel):
    """One kind of paper: what it is for, and the button that begins it."""

    def __init__(self, icon: str, title: str, text: str, button: str, do: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.button = Button(button)
        self.button.clicked.connect(lambda _on: do())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 16, 18, 16)
        inside.setSpacing(6)
        inside.addWidget(Mark(icon, Tone.ACCENT, size=36, square=True))
        inside.addSpacing(4)
        inside.addWidget(label(title, Type.CARD, wrap=True))
        inside.addWidget(label(text, Type.SMALL, "text2", wrap=True))
        inside.addStretch(1)
        inside.addSpacing(6)
        inside.addWidget(self.button)


class Papers(Screen):
    """Cards above, the history of papers below."""

    watches: ClassVar[frozenset[type]] = frozenset({PrivacyRequest, Erasure, Contact})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = desk.say
        head = PageHead(say(M("Papers")), say(M("Nothing goes out by itself. Every paper made here has a number.")))
        self._page = Page(head)
        self.cards = self._cards()
        self._page.add(Abreast(*self.cards, least=_CARD, space=14))
        self._history = QVBoxLayout()
        self._page.add(self._history)
        self._page.end()
        self.history: RowList | None = None
        self.again: dict[str, Button] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def refresh(self) -> None:
        """Ask what was made."""
        self.desk.courier.ask(self, partial(papers.made, self.desk.office), self._show, newest="made")

    def _cards(self) -> list[PaperCard]:
        say, desk = self.say, self.desk
        copy, along, kept = M("Copy of their data"), M("Data to take along"), M("Invoices the law keeps")
        person = say(M("Pick the person …"))
        making = [
            PaperCard(
                "file",
                say(copy),
                say(M("Everything you hold about somebody, in plain words, with the machine copy inside.")),
                person,
                lambda: pick_person(desk, copy, partial(give_copy, desk)),
            ),
            PaperCard(
                "download",
                say(along),
                say(M("What somebody gave you, in forms that another shop can read.")),
                person,
                lambda: pick_person(desk, along, partial(take_along, desk)),
            ),
        ]
        looking = [
            PaperCard(
                "lock",
                say(kept),
                say(
                    M("Originals of people who were erased. For the tax office alone; opening them stands in the log.")
                ),
                say(M("Open the list …")),
                lambda: KeptInvoices(desk).open(),
            ),
        ]
        return [
            *(making if desk.may(*permits.MAKE_PAPERS) else ()),
            *(looking if desk.may(permits.SEE_PURCHASES, *permits.MAKE_PAPERS) else ()),
        ]

    def _show(self, made: Sequence[Paper]) -> None:
        clear(self._history)
        self.again = {}
        self.history = None
        if not made:
            text = M("Copies of data and erasure records stand here by number and day. The papers themselves do not.")
            self._history.addWidget(Empty("file", self.say(M("No papers yet")), self.say(text)))
            return
        self.history = RowList(self.say(M("Papers made so far")))
        self.history.show_rows([self._row(paper) for paper in made])
        self._history.addWidget(self.history)

    def _row(self, paper: Paper) -> Row:
        icon, kind = _KINDS[paper.kind]
        whose = paper.whose.name if paper.whose else ""
        cells = [
            Cell(paper.number),
            Cell(whose or self.say(M("names nobody") if paper.kind is PaperKind.ERASURE else M("no longer here"))),
            Cell(self.desk.words.instant(paper.at)),
            Cell(self.say(M("check sum {sum}", sum=paper.check))),
        ]
        return Row(self.say(kind), "", RowLook(lead=icon, cells=cells, trailing=self._acts(paper)))

    def _acts(self, paper: Paper) -> list[QWidget]:
        if not paper.again or not self.desk.may(*permits.MAKE_PAPERS):
            return []
        button = Button(self.say(M("Make again")), icon="refresh")
        button.setAccessibleDescription(paper.number)
        button.clicked.connect(lambda: make_record(self.desk, self, paper.number))
        self.again[paper.number] = button
        return [button]
