"""Permissions over time: bars for each month of two years, and the same figures as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.permission_months import WORDS, Month, Months, What, by_month
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.chart import Chart, Column, Key, Series
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, flow, row
from desktop_crm.ui.widgets.page import Page
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.table import ROW, Table
from desktop_crm.words import M

_LOOKS = {
    What.GIVEN: (Tone.SUCCESS, Qt.BrushStyle.SolidPattern),
    What.WITHDRAWN: (Tone.NEUTRAL, Qt.BrushStyle.NoBrush),
    What.EXPIRED: (Tone.WARNING, Qt.BrushStyle.BDiagPattern),
}
_HEAD = 36
_FRAME = 14
"""What a table needs besides its rows."""
Index = QModelIndex | QPersistentModelIndex


class MonthsPane(QWidget):
    """Asks anew when it is shown and when another purpose is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        every = say(M("All we ask for"))
        self.purpose = Select([("", every)], name=say(M("What it is for")))
        self.purpose.picked.connect(lambda _key: self.refresh())
        series = [Series(say(WORDS[what]), *_LOOKS[what]) for what in What]
        self.chart = Chart(series, name=say(M("Permissions over two years")))
        self.model = MonthsModel(desk)
        self.table = Table(name=say(M("The same as a table")))
        self.table.show_model(self.model, (0, 150, 190, 120))
        page = Page()
        page.add(self._card(series))
        page.add(self.table)
        page.end()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def refresh(self) -> None:
        """Ask for the figures."""
        office, purpose = self._desk.office, self.purpose.key() or None
        self._desk.courier.ask(self, lambda: by_month(office, purpose), self._show, newest="months")

    def _card(self, series: list[Series]) -> Card:
        card = Card()
        title = label(self._desk.say(M("Permissions over two years")), Type.CARD)
        card.add(row(title, STRETCH, self.purpose))
        keys = [self._key(one) for one in series]
        card.add(flow(*keys, space=SPACE_4))
        card.add(self.chart)
        return card

    def _key(self, series: Series) -> QWidget:
        made = QWidget()
        made.setLayout(row(Key(series), label(series.name, Type.SMALL, "text2")))
        return made

    def _show(self, found: Months) -> None:
        options = [("", self._desk.say(M("All we ask for"))), *found.purposes]
        self.purpose.set_options(options, chosen=self.purpose.key())
        self.chart.show_columns([self._column(month) for month in found.months], self._described(found))
        self.model.show_months(found.months)
        self.table.setFixedHeight(_HEAD + _FRAME + len(found.months) * (ROW + 1))

    def _column(self, month: Month) -> Column:
        words = self._desk.words
        numbers = tuple(month.of(what) for what in What)
        name = words.part(month.first, "LLLL y")
        return Column(name, words.part(month.first, "LLL"), words.part(month.first, "y"), numbers)

    def _described(self, found: Months) -> str:
        """What is to be seen, for those who do not see it."""
        if found.empty:
            return self._desk.say(M("Nothing was said in these two years."))
        sums = {what: sum(month.of(what) for month in found.months) for what in What}
        most = max(found.months, key=lambda month: month.of(What.GIVEN))
        told = M(
            "In two years {yes} times yes, {no} times no or taken back, {old} ran out. Most said yes in {month}.",
            yes=sums[What.GIVEN],
            no=sums[What.WITHDRAWN],
            old=sums[What.EXPIRED],
            month=self._desk.words.part(most.first, "LLLL y"),
        )
        return self._desk.say(told)


class MonthsModel(QAbstractTableModel):
    """The figures, the newest month first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._months: tuple[Month, ...] = ()

    def show_months(self, months: tuple[Month, ...]) -> None:
        """Show these months, given the oldest first."""
        self.beginResetModel()
        self._months = months[::-1]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._months)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else 1 + len(What)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._desk.say(WORDS[tuple(What)[section - 1]] if section else M("Month"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        month = self._months[index.row()]
        if index.column() == 0:
            return self._desk.words.part(month.first, "LLLL y")
        return self._desk.words.number(month.of(tuple(What)[index.column() - 1]))


def _side(column: int) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
