"""Beside the table: what one person said about one purpose, when and how, and the words they read."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.consent import ConsentState
from desktop_crm.services.permission_table import History, HistoryLine
from desktop_crm.ui import permits
from desktop_crm.ui.asking.receipt import give_receipt
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, RADIUS_ROW, SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.permission.proof import shown_proof
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card, Panel
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, clear, column, row
from desktop_crm.ui.widgets.timeline import Entry, Timeline
from desktop_crm.words import M

_AVATAR = 36


class Side(QWidget):
    """Shows a History, or what the table is for as long as no answer is chosen."""

    take_back = Signal(bytes, str)
    """Take back the permission of a person for the purpose of that code."""
    ask = Signal(bytes)
    """Ask a person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.history: History | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(CARD_GAP - 2)
        self._read = Card()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No answer is chosen."""
        self.history = None
        clear(self._column)
        card = Card(self._desk.say(M("What was said")))
        hint = M("Choose an answer to see when and how it was given, and the exact words that were read.")
        card.add(label(self._desk.say(hint), Type.SMALL, "text2", wrap=True))
        self._column.addWidget(card)
        self._column.addStretch(1)

    def show_history(self, history: History) -> None:
        """Show what a person said about a purpose."""
        self.history = history
        clear(self._column)
        self._column.addWidget(self._stand(history))
        self._column.addWidget(self._happened(history))
        self._read = Card()
        self._column.addWidget(self._read)
        self._column.addStretch(1)
        self._show_words(next((line for line in history.lines if _tells(line)), None))

    def _stand(self, history: History) -> Card:
        card = Card()
        badge = history.cell.badge
        names = column(label(history.purpose, Type.CARD, wrap=True), Elided(history.name, Type.SMALL, "text2"), space=2)
        shown = Badge(self._desk.say(badge.text), Tone(badge.tone.value), badge.icon)
        head = row(Avatar(history.name, _AVATAR), names, shown, space=SPACE_3)
        head.setStretch(1, 1)
        card.add(head)
        card.add(4)
        may_change = self._desk.may(permits.CHANGE_CONSENTS)
        for button in self._buttons(history) if may_change else ():
            card.add(button)
        if history.can_withdraw and may_change:
            card.add(label(self._desk.say(M("One click, as easy as saying yes.")), Type.HINT, "text3", wrap=True))
        if history.lines and may_change:
            receipt = Button(self._desk.say(M("Receipt …")), icon="file")
            receipt.clicked.connect(lambda _on: give_receipt(self._desk, history.person, history.code))
            card.add(receipt)
        return card

    def _buttons(self, history: History) -> Iterator[Button]:
        if history.can_withdraw:
            back = Button(self._desk.say(M("Take back now")), icon="undo")
            back.clicked.connect(lambda _on: self.take_back.emit(history.person, history.code))
            yield back
        if history.cell.state is not ConsentState.GIVEN:
            ask = Button(self._desk.say(M("Ask …")), icon="pen")
            ask.clicked.connect(lambda _on: self.ask.emit(history.person))
            yield ask

    def _happened(self, history: History) -> Card:
        card = Card(self._desk.say(M("History")))
        card.add(Timeline([*(self._entry(line) for line in history.lines), *self._told(history)]))
        if not history.lines:
            asked = M("Nobody has asked about this yet.")
            card.add(label(self._desk.say(asked), Type.SMALL, "text2", wrap=True))
        return card

    def _entry(self, line: HistoryLine) -> Entry:
        how = M("{day} · {how}, with {who}", day=line.at, how=line.how, who=line.who)
        return Entry(
            self._desk.say(line.badge.text),
            self._desk.say(how),
            icon=line.badge.icon,
            tone=Tone(line.badge.tone.value),
            body=line.evidence,
            opens=(lambda: self._show_words(line)) if _tells(line) else None,
        )

    def _told(self, history: History) -> Iterator[Entry]:
        if history.told_on is None:
            return
        how = M("{day} · {how}", day=history.told_on, how=history.told_how or "")
        sub = self._desk.say(how) if history.told_how else self._desk.words.day(history.told_on)
        yield Entry(self._desk.say(M("Told how we use data")), sub, icon="mail", tone=Tone.INFO)

    def _show_words(self, line: HistoryLine | None) -> None:
        """The words that stood before the person, without which nothing is shown here."""
        self._read.clear()
        self._read.setVisible(line is not None)
        if line is None:
            return
        say = self._desk.say
        title = label(say(M("What was read") if line.text or line.shown else M("On record")), Type.CARD)
        version = label(say(M("Version {n}", n=line.version)), Type.BUTTON, "accent") if line.version else None
        self._read.add(row(title, STRETCH, version, space=SPACE_2))
        if line.text or line.shown:
            words = Panel("sunken", "line", RADIUS_ROW)
            shown = label(line.shown or line.text, Type.SMALL, "text2", wrap=True, selectable=True)
            words.setLayout(column(shown, margins=13))
            self._read.add(words)
        for name, value in line.facts:
            said = say(value) if isinstance(value, M) else value
            self._read.add(label(say(M("{name}: {value}", name=name, value=said)), Type.SMALL, "text2", wrap=True))
        for proof in line.proofs:
            self._read.add(shown_proof(self._desk, proof))


def _tells(line: HistoryLine) -> bool:
    """Whether there is more to an answer than stands in its line."""
    return bool(line.text or line.shown or line.facts or line.proofs)
