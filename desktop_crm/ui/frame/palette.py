"""The palette on Ctrl+K: people, what can be done, and where one can go, found while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop_crm.ui.actions import Bindings
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.frame.palette_list import ROW, RowModel, row_list
from desktop_crm.ui.frame.palette_rows import Hit, Kind, Listing, Source, rows
from desktop_crm.ui.look.drawn import icon
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import line
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Words

WIDTH = 640
_TOP = 110
_FIELD = 52
_ABOVE, _BETWEEN, _BELOW = 4, 4, 10
_MOST_HEIGHT = 520
_PAGE = 6
_START = Qt.AlignmentFlag.AlignLeft


class Palette(Overlay):
    """Lies over the window while it is open; made anew each time, so nothing of what was found stays."""

    person_chosen = Signal(object)
    """The id of a person was chosen."""
    action_chosen = Signal(str, object)
    """The key of an action, and the person it is for or None."""
    newcomer_named = Signal(str)
    """Somebody new is to be added under this name."""

    def __init__(
        self,
        window: QWidget,
        words: Words,
        courier: Courier,
        bindings: Bindings,
        *,
        find: Source,
        recent: Source,
        notes: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`find` looks for people on a worker thread, `recent` names those opened last.

        `notes` gives the few words beside screens, by their keys.
        """
        super().__init__(window, words.say(M("Search and do")))
        self._words = words
        self._courier = courier
        self._bindings = bindings
        self._sources = (find, recent)
        self._notes = notes
        self._listing = Listing()
        self._pending = False
        self._enter_pressed = False
        self.edit = self._made_edit()
        self.model = RowModel(self)
        self.list = row_list(self.panel, self.model, words.say(M("Results")), words.say(M("Enter")))
        self.list.entered.connect(lambda index: self._choose(index.row()))
        self.list.clicked.connect(lambda _index: self._do())
        self._lay_out()

    def _made_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setFrame(False)
        edit.setProperty("kind", "bare")
        edit.setFont(font(Type.BODY, larger=2))
        edit.setFixedHeight(_FIELD)
        edit.setPlaceholderText(self._words.say(M("Who or what?")))
        edit.setAccessibleName(self._words.say(M("Search and do")))
        edit.addAction(icon("search", size=20), QLineEdit.ActionPosition.LeadingPosition)
        for sign in edit.findChildren(QToolButton):
            sign.setAccessibleName(edit.accessibleName())  # Qt shows the icon as a button of its own
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute if mirrored else _START)
        edit.textChanged.connect(self._ask)
        edit.installEventFilter(self)
        return edit

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 18, 0)
        top.addWidget(self.edit, 1)
        top.addWidget(label(self._words.say(M("Esc")), Type.BADGE, "text2"))
        inside = QVBoxLayout(self.panel)
        inside.setContentsMargins(1, _ABOVE, 1, _BELOW)
        inside.setSpacing(_BETWEEN)
        inside.addLayout(top)
        inside.addWidget(line())
        below = QHBoxLayout()
        below.setContentsMargins(9, 0, 9, 0)
        below.addWidget(self.list)
        inside.addLayout(below)

    @property
    def pending(self) -> bool:
        """Whether what was typed is not answered yet."""
        return self._pending

    def open(self) -> None:
        """Come up over the window, empty, with the people opened last."""
        super().open()
        self._ask("")

    def first(self) -> QWidget | None:
        return self.edit

    def wanted(self, room: QSize) -> QSize:
        """As high as its rows, and never higher than the window."""
        most = min(_MOST_HEIGHT, room.height() - 2 * self._top() - _FIELD)
        self.list.setFixedHeight(min(max(self.model.height, ROW), max(most, ROW)))
        return QSize(min(WIDTH, room.width()), _ABOVE + _FIELD + 2 * _BETWEEN + 1 + self.list.height() + _BELOW)

    def fit(self) -> None:
        super().fit()
        self.panel.move(self.panel.x(), self._top())

    def _top(self) -> int:
        window = self.parentWidget()
        return min(_TOP, window.height() // 8) if window is not None else _TOP

    def _ask(self, text: str) -> None:
        wanted = text.strip()
        source = self._sources[0 if wanted else 1]
        self._pending = True
        self._courier.ask(self, lambda: source(wanted), partial(self._found, text), newest="palette", urgent=True)

    def _found(self, text: str, hits: Sequence[Hit]) -> None:
        self._pending = False
        self._listing = Listing(text, hits, notes=self._notes())
        self._fill()
        self._step(-1, 1)
        if self._enter_pressed:
            self._do()

    def _fill(self) -> None:
        self.model.show_rows(rows(self._listing, self._bindings, self._words))
        self.fit()

    def _step(self, start: int, step: int) -> None:
        """Highlight the next row that can be; stay where there is none."""
        at = start + step
        while 0 <= at < len(self.model.rows) and not self.model.can_choose(at):
            at += step
        self._choose(at)

    def _leap(self, rows: int) -> None:
        last = len(self.model.rows) - 1
        at = min(max(self.list.currentIndex().row() + rows, 0), last)
        self._step(at - 1, 1) if rows < 0 else self._step(at + 1, -1)

    def _choose(self, number: int) -> None:
        """Highlight a row and say it; the acts below are then for the person in it."""
        if not self.model.can_choose(number):
            return
        row = self.model.rows[number]
        if row.kind is Kind.PERSON:
            self._mean(row.person)
        index = self.model.index(number, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        announce(self.edit, row.spoken)

    def _mean(self, person: bytes | None) -> None:
        about = self._listing.about
        if about is not None and about.id != person:
            chosen = next((hit for hit in self._listing.hits if hit.id == person), None)
            self._listing = replace(self._listing, chosen=chosen)
            self._fill()

    def _do(self) -> None:
        """Do what is highlighted; typed before the answer came, Enter means the first row of the answer."""
        if self._pending:
            self._enter_pressed = True
            return
        self._enter_pressed = False
        number = self.list.currentIndex().row()
        if not self.model.can_choose(number):
            return
        row = self.model.rows[number]
        self.close()
        if row.kind is Kind.PERSON:
            self.person_chosen.emit(row.person)
        elif row.name:
            self.newcomer_named.emit(row.name)
        else:
            self.action_chosen.emit(row.key, row.person)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(event.key())
        return super().eventFilter(watched, event)

    def _pressed(self, key: int) -> bool:
        """Keys of the field that mean the list."""
        at = self.list.currentIndex().row()
        match key:
            case Qt.Key.Key_Down:
                self._step(at, 1)
            case Qt.Key.Key_Up:
                self._step(at, -1)
            case Qt.Key.Key_PageDown:
                self._leap(_PAGE)
            case Qt.Key.Key_PageUp:
                self._leap(-_PAGE)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._do()
            case Qt.Key.Key_Escape:
                self.dismiss()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                pass
            case _:
                return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it puts it away."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()
