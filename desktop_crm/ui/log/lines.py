"""The lines of the activity log as they are shown, day by day; more come as somebody scrolls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_crm.services.log_page import LogLine
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.words import M, Words

Index = QModelIndex | QPersistentModelIndex
BAND = Qt.ItemDataRole.UserRole + 1
"""The LogRow or the DayHead of a row."""


@dataclass(frozen=True, slots=True)
class DayHead:
    """The band over the lines of one day."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class LogRow:
    """A line in the words in which it is shown. `strong` are words of the sentence set strong."""

    line: LogLine
    day: date
    head: str
    time: str
    sentence: str
    strong: tuple[str, ...]

    @property
    def tone(self) -> Tone:
        """The tone of its icon."""
        return Tone(self.line.tone.value)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.head}, {self.time}, {self.sentence}"


def in_words(words: Words, lines: Sequence[LogLine], today: date) -> list[LogRow]:
    """Lines as they are shown. Runs on a worker thread."""
    heads: dict[date, str] = {}
    return [_row(words, line, today, heads) for line in lines]


def _row(words: Words, line: LogLine, today: date, heads: dict[date, str]) -> LogRow:
    day = words.day_at(line.at)
    if day not in heads:
        heads[day] = _head(words, day, today)
    who = words.say(line.who)
    sentence = words.say(M("{who} {did}", who=who, did=line.sentence))
    return LogRow(line, day, heads[day], words.minute(line.at), sentence, tuple(filter(None, (who, line.name))))


def _head(words: Words, day: date, today: date) -> str:
    told = words.day_of_year(day, weekday=True, long=True)
    if day == today:
        return words.say(M("Today, {day}", day=told))
    return told if day.year == today.year else f"{told} {day.year}"


class LogModel(QAbstractListModel):
    """The lines that were fetched, with a head over each day. A head cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bands: list[LogRow | DayHead] = []

    @property
    def last(self) -> LogRow | None:
        """The oldest line that is here."""
        band = self.bands[-1] if self.bands else None
        return band if isinstance(band, LogRow) else None

    def show_rows(self, rows: Sequence[LogRow]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.bands = list(_headed(rows, None))
        self.endResetModel()

    def extend(self, rows: Sequence[LogRow]) -> None:
        """Go on with these older ones."""
        more = list(_headed(rows, self.last.day if self.last else None))
        if more:
            here = len(self.bands)
            self.beginInsertRows(QModelIndex(), here, here + len(more) - 1)
            self.bands += more
            self.endInsertRows()

    def place_of(self, seq: int) -> int | None:
        """Where a line stands, by its number."""
        places = (at for at, band in enumerate(self.bands) if isinstance(band, LogRow) and band.line.seq == seq)
        return next(places, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.bands)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.bands[index.row()], LogRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        band = self.bands[index.row()]
        if role == BAND:
            return band
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return band.spoken if isinstance(band, LogRow) else band.text
        return None


def _headed(rows: Sequence[LogRow], day: date | None) -> Iterator[LogRow | DayHead]:
    """The rows, with a head wherever another day begins; `day` is the one before them."""
    for row in rows:
        if row.day != day:
            day = row.day
            yield DayHead(row.head)
        yield row
