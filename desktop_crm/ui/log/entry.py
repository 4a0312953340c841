"""Beside the log: the line that is chosen, and how it fits into the chain."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_crm.privacy.log_chain import Fault
from desktop_crm.services.inspection import LogCheck
from desktop_crm.services.log_page import LogLine
from desktop_crm.services.signs import dotted
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.log.lines import LogRow
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, clear, row
from desktop_crm.ui.widgets.nav import TextLink
from desktop_crm.words import M

_LABELS = 56


class EntryRail(QWidget):
    """Two cards and a note."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._check: LogCheck | None = None
        self._row: LogRow | None = None
        self._cards = QVBoxLayout()
        self._cards.setSpacing(14)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(14)
        whole.addLayout(self._cards)
        note = M("Looking at a person is logged too. The log answers for the data. It is not for judging work.")
        whole.addWidget(Banner(desk.say(note), Tone.INFO))
        whole.addStretch(1)

    def show_row(self, row: LogRow | None) -> None:
        """Show another line."""
        self._row = row
        clear(self._cards)
        if row is not None:
            self._cards.addWidget(self._facts(row))
            self._cards.addWidget(self._chain(row.line))

    def show_check(self, check: LogCheck) -> None:
        """Say of the line that is shown whether it fits."""
        self._check = check
        self.show_row(self._row)

    def _facts(self, row: LogRow) -> Card:
        say, words, line = self._desk.say, self._desk.words, row.line
        card = Card(say(M("Entry {number}", number=line.seq)))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_2)
        grid.setVerticalSpacing(SPACE_2 - 1)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        at = M("{day}, {time}", day=words.day_at(line.at), time=words.minute(line.at, seconds=True))
        rows: list[tuple[M, str | QWidget]] = [(M("When"), say(at)), (M("Who"), say(line.who))]
        rows += self._about(line)
        if line.fields:
            rows.append((M("Fields"), say(dotted(line.fields) or M(""))))
        for at_row, (name, value) in enumerate(rows):
            _put(grid, at_row, say(name), value)
        card.add(grid)
        return card

    def _about(self, line: LogLine) -> list[tuple[M, str | QWidget]]:
        rows: list[tuple[M, str | QWidget]] = []
        if line.person is not None:
            link = TextLink(line.name, Type.SMALL)
            link.clicked.connect(lambda _on: self._desk.go("contacts", person=line.person))
            rows.append((M("About"), link))
        if line.record is not None:
            rows.append((M("What"), self._desk.say(line.record)))
        if line.number > 1:
            rows.append((M("How many"), self._desk.words.number(line.number)))
        return rows

    def _chain(self, line: LogLine) -> Card:
        say = self._desk.say
        card = Card(say(M("Fits into the chain")))
        for name, code in ((M("Before"), line.code_before), (M("This entry"), line.code)):
            shown = label(code)
            mono = font(Type.MONO, larger=-3)
            shown.setFont(mono)
            across = row(label(say(name), Type.SMALL, "text2"), shown, space=SPACE_3)
            across.insertStretch(1)
            card.add(boxed(across))
        if self._check is not None:
            card.add(self._fits(self._check, line))
        return card

    def _fits(self, check: LogCheck, line: LogLine) -> QWidget:
        """Whether this line is as it was written; where the end of the log is missing, nobody can say *nothing*."""
        told, icon, ink = M("Nothing removed, nothing slipped in"), "check", "success"
        if any(one.first <= line.seq <= one.last for one in check.breaks if one.fault is not Fault.CUT):
            told, icon, ink = M("Does not fit: changed outside this program"), "alert", "danger"
        elif check.cut:
            told, icon, ink = M("This entry fits, but the end of the log is missing"), "alert", "danger"
        words = label(self._desk.say(told), Type.SMALL, "text2" if icon == "check" else ink, wrap=True)
        across = row(Mark(icon, size=16, ink=ink), words, space=SPACE_2)
        across.setStretch(1, 1)
        return boxed(across)


def _put(grid: QGridLayout, at: int, name: str, value: str | QWidget) -> None:
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(label(name, Type.SMALL, "text3"), at, 0, top)
    grid.addWidget(label(value, Type.SMALL, wrap=True) if isinstance(value, str) else value, at, 1)
