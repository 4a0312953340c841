"""Lists of rows in a card: title and second line, something before, something at the end, groups with a head."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type, digits
from desktop_crm.ui.widgets import card
from desktop_crm.ui.widgets.band import Band
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel, phrase
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import clear, gap

ROW_HIGH = 64
ROW_TWO_LINES = 56
ROW_PEOPLE = 52
ROW_LOG = 46
ROW = 40
_START, _END, _END_CHEVRON = 18, 14, 17
_CHECK_ROOM = 6
"""A box to tick has this much room around it."""
_BAND, _BAND_WITH_CHECK, _BAND_CAPITALS = 32, 36, 30
_LARGE_MARK = 36
_WORDS = 120
"""Words get so much room, if they need it; else what stands at the end goes below them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A short text in a column of its own, between title and end. Figures stand at the end of their column."""

    text: str
    figures: bool = False
    ink: str = "text3"


@dataclass(frozen=True, slots=True, eq=False)
class RowLook:
    """What stands in a row beside its words.

    `lead` is a picture before the title: an Avatar, a Mark, or the name of an icon. `time` stands before that, "" keeps
    its column free. `cells` are columns after the title and align over all rows. `strong` are words of the title set
    strong; such a title wraps. `check` gives the row a box to tick. `chevron` says that a click leads on.
    """

    lead: QWidget | str | None = None
    time: str | None = None
    cells: Sequence[Cell] = ()
    strong: Sequence[str] = ()
    check: bool = False
    chevron: bool = False
    kind: Type = Type.STRONG
    height: int = ROW_TWO_LINES
    trailing: Sequence[QWidget] = field(default=())


class Row(Band):
    """One row. With `on_click` it is a button: click, Enter, and Up and Down to its neighbours."""

    def __init__(
        self, title: str, sub: str = "", look: RowLook | None = None, on_click: Callable[[], None] | None = None
    ) -> None:
        look = look or RowLook()
        super().__init__(look.height)
        self.title, self.sub = title, sub
        self.opens = on_click is not None
        self.setAccessibleName(", ".join(filter(None, (look.time, title, sub, *(cell.text for cell in look.cells)))))
        self.columns: list[QWidget] = []
        self._second: Elided | None = None
        self._words_and_end = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words_and_end.setSpacing(0)
        self.check = self._check(title) if look.check else None
        if self.check is not None:
            self.put(_START - _CHECK_ROOM, self.check, SPACE_3 - _CHECK_ROOM)
        else:
            self.put(_START)
        self._lead(look)
        self._words(look)
        self._trail(look)
        if on_click is not None:
            self.clicked.connect(lambda _on: on_click())
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.opens else Qt.CursorShape.ArrowCursor)
        self.chosen = False
        if self.reachable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def reachable(self) -> bool:
        """Whether the keyboard stops here."""
        return self.isEnabled() and (self.opens or self.check is not None)

    def choose(self, chosen: bool) -> None:
        """Show the row as the one that is open beside the list, or as ticked."""
        self.chosen = chosen
        if self._second is not None:
            self._second.set_ink("text2" if chosen else "text3")
        self._paint_ground()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.check is not None:
            self.check.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self._paint_ground()
        return super().event(event)

    def nextCheckState(self) -> None:
        """A click on a row with nothing to open ticks its box."""
        if not self.opens and self.check is not None:
            self.check.click()

    def _paint_ground(self) -> None:
        hovered = self.underMouse() and self.reachable
        self.ground = "accent_soft" if self.chosen else "hover" if hovered else ""
        self.update()

    def _check(self, title: str) -> CheckBox:
        made = CheckBox("", name=title)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.toggled.connect(self.choose)
        made.toggled.connect(self.setChecked)
        self.setCheckable(True)
        return made

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is with its end below its words."""
        least = super().minimumSizeHint()
        parts = (self._words_and_end.itemAt(at) for at in range(self._words_and_end.count()))
        widest = max((part.minimumSize().width() for part in parts if part is not None), default=0)
        return QSize(self._around() + widest, least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words, end = self._words_and_end.itemAt(0), self._words_and_end.itemAt(1)
        if words is None or end is None:
            return
        wanted = max(words.minimumSize().width(), min(words.sizeHint().width(), _WORDS))
        fits = self.width() >= self._around() + wanted + end.minimumSize().width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._words_and_end.direction() is not way:
            self._words_and_end.setDirection(way)
            self._words_and_end.setContentsMargins(0, 0, 0, 0 if fits else SPACE_2)

    def _around(self) -> int:
        """The room that is neither words nor end."""
        return self.line.minimumSize().width() - self._words_and_end.minimumSize().width()

    def _lead(self, look: RowLook) -> None:
        if look.time is not None:
            time = label(look.time, Type.STRONG, "text2")
            time.setFont(digits(Type.STRONG))
            self.columns.append(time)
            self.put(time)
        lead = Mark(look.lead, size=18) if isinstance(look.lead, str) else look.lead
        if lead is None:
            return
        large = isinstance(lead, Mark) and lead.sizeHint().width() >= _LARGE_MARK
        if look.time is not None:
            self.put(15 if large else 11)
        self.put(lead, 14 if large else SPACE_3)

    def _words(self, look: RowLook) -> None:
        title = phrase(self.title, look.strong) if look.strong else Elided(self.title, look.kind)
        self.line.addLayout(self._words_and_end, 1)
        if look.cells:
            self.columns.append(title)
            self._words_and_end.addLayout(self._cells(title, look.cells), 1)
            return
        words = QVBoxLayout()
        words.setSpacing(4 if look.height >= ROW_HIGH else 1 if look.height >= ROW_TWO_LINES else 0)
        words.setContentsMargins(0, 6, 0, 6)
        words.addStretch(1)
        words.addWidget(title)
        if self.sub:
            self._second = Elided(self.sub, Type.SMALL, "text3")
            words.addWidget(self._second)
        words.addStretch(1)
        self._words_and_end.addLayout(words, 1)

    def _cells(self, title: QWidget, cells: Sequence[Cell]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(title)
        for cell in cells:
            made = Elided(cell.text, Type.SMALL, "text2" if cell.figures else cell.ink)
            if cell.figures:
                made.setFont(digits(Type.STRONG))
                made.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(made, int(cell is cells[-1]))
            if cell is not cells[-1]:
                self.columns.append(made)
        return line

    def _trail(self, look: RowLook) -> None:
        if look.trailing:
            self._words_and_end.addLayout(_end(look.trailing))
        if look.chevron:
            self.put(SPACE_3, Mark("chevron-right", size=16, ink="text3"), _END_CHEVRON)
        else:
            self.put(_END - 5 if look.trailing and _is_quiet(look.trailing[-1]) else _END)


def _end(trailing: Sequence[QWidget]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(0)
    before: QWidget | None = None
    for widget in trailing:
        line.addWidget(gap(4 if _is_quiet(widget) and _is_quiet(before) else SPACE_3))
        line.addWidget(widget)
        before = widget
    return line


def _is_quiet(widget: QWidget | None) -> bool:
    """Such a button has no ground, so its room is a gap already."""
    return isinstance(widget, Button) and widget.kind is Kind.QUIET


class GroupHead(Band):
    """The sunken band over some rows. With `check` it ticks them all; one that folds hides them.

    `beyond`: so many rows belong to it that are not shown. Only its own box ticks them.
    """

    toggled_all = Signal(bool)
    folds = Signal(bool)

    def __init__(
        self,
        text: str,
        *,
        check: bool = False,
        capitals: bool = False,
        trailing: Sequence[QWidget] = (),
        folded: bool | None = None,
        beyond: int = 0,
    ) -> None:
        super().__init__(_BAND_WITH_CHECK if check or folded is not None else _BAND_CAPITALS if capitals else _BAND)
        self.setAccessibleName(text)
        self.ground = "sunken"
        self.folded = folded
        self.beyond, self.beyond_ticked = beyond, False
        self.check = CheckBox("", name=text) if check else None
        if self.check is not None:
            self.put(_START - _CHECK_ROOM, self.check, 4)
            self.check.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.check.clicked.connect(self._ticked)
        else:
            self.put(_START)
        kind = Type.BUTTON if check or folded is not None else Type.BADGE
        self.line.addWidget(card.capitals(text) if capitals else _strong(text, kind), 1)
        self.put(*(part for widget in trailing for part in (SPACE_2, widget)))
        self._fold_sign()
        self.put(_END)

    @property
    def reachable(self) -> bool:
        """Whether the keyboard stops here."""
        return self.folded is not None or self.check is not None

    def show_ticked(self, ticked: int, total: int) -> None:
        """Tick the box fully, half or not at all."""
        if self.check is None:
            return
        ticked, total = ticked + self.beyond * self.beyond_ticked, total + self.beyond
        state = Qt.CheckState.Checked if ticked and ticked == total else Qt.CheckState.PartiallyChecked
        self.check.setCheckState(state if ticked else Qt.CheckState.Unchecked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.check is not None:
            self.check.click()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """A click on a head that does not fold ticks its box."""
        if self.folded is None and self.check is not None:
            self.check.click()

    def _ticked(self) -> None:
        if self.check is not None:
            self.beyond_ticked = self.check.checkState() is not Qt.CheckState.Unchecked
            self.toggled_all.emit(self.beyond_ticked)

    def _fold_sign(self) -> None:
        if self.folded is None:
            return
        self.sign = Mark(self._sign(), size=16)
        self.put(SPACE_2, self.sign)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._fold)

    def _sign(self) -> str:
        return "chevron-down" if self.folded else "chevron-up"

    def _fold(self) -> None:
        self.folded = not self.folded
        self.sign.show_icon(self._sign())
        self.folds.emit(self.folded)


def _strong(text: str, kind: Type) -> Elided:
    made = Elided(text, kind, "text2" if kind is Type.BUTTON else "text3")
    heavier = made.font()
    heavier.setWeight(heavier.Weight.DemiBold)
    made.setFont(heavier)
    return made


class RowList(Panel):
    """A card of rows with hairlines between them. Columns align over all rows."""

    picked = Signal()
    """A box was ticked or cleared: ask `ticked`."""

    def __init__(
        self, title: str = "", *, action: QWidget | None = None, name: str = "", kind: Type = Type.CARD
    ) -> None:
        super().__init__()
        self.setAccessibleName(name or title)
        self._bands: list[Row | GroupHead] = []
        self._headed = bool(title)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(1, 1, 1, 1)
        self._all.setSpacing(0)
        if title:
            self._all.addWidget(_ListHead(title, action, kind))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(1)
        self._all.addLayout(self._rows)
        self._all.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def rows(self) -> list[Row]:
        """All rows, in order, without the heads of groups."""
        return [band for band in self._bands if isinstance(band, Row)]

    @property
    def ticked(self) -> list[Row]:
        """The rows whose box is ticked."""
        return [row for row in self.rows if row.check is not None and row.check.isChecked()]

    def show_rows(self, bands: Sequence[Row | GroupHead]) -> None:
        """Show these instead of what was there."""
        clear(self._rows)
        self._bands = list(bands)
        for band in self._bands:
            self._rows.addWidget(band)
            band.moved.connect(lambda steps, band=band: self._move(band, steps))
            band.came.connect(lambda band=band: self._stop_at(band))
        for row in self.rows:
            if row.check is not None:
                row.check.toggled.connect(lambda _on: self.picked.emit())
        for head, rows in self._groups():
            self._bind(head, rows)
        self._align()
        self._round()
        self._stop_at(next((band for band in self._bands if band.reachable), None))

    def choose(self, chosen: Row | None) -> None:
        """Show one row as the one that is open."""
        for row in self.rows:
            row.choose(row is chosen)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        for band in self._visible()[:-1]:
            painter.fillRect(QRect(1, band.geometry().bottom() + 1, self.width() - 2, 1), paint.color("line"))

    def _visible(self) -> list[Row | GroupHead]:
        return [band for band in self._bands if not band.isHidden()]

    def _groups(self) -> Iterator[tuple[GroupHead, list[Row]]]:
        head: GroupHead | None = None
        rows: list[Row] = []
        for band in [*self._bands, None]:
            if isinstance(band, Row):
                rows.append(band)
                continue
            if head is not None:
                yield head, rows
            head, rows = band, []

    def _bind(self, head: GroupHead, rows: list[Row]) -> None:
        boxes = [row.check for row in rows if row.check is not None]

        def tick(on: bool) -> None:
            for box in boxes:
                box.setChecked(on)

        def fold(folded: bool) -> None:
            for row in rows:
                row.setVisible(not folded)
            self._round()

        def count() -> None:
            head.show_ticked(sum(box.isChecked() for box in boxes), len(boxes))

        head.toggled_all.connect(tick)
        head.folds.connect(fold)
        for box in boxes:
            box.toggled.connect(lambda _on: count())
        count()
        if head.folded:
            fold(True)

    def _align(self) -> None:
        """Give each column the width of its widest text."""
        for column in zip_longest(*(row.columns for row in self.rows)):
            widest = max(part.sizeHint().width() for part in column if part is not None)
            for part in column:
                if part is not None:
                    part.setMinimumWidth(widest)

    def _round(self) -> None:
        shown = self._visible()
        for band in shown:
            band.first = band is shown[0] and not self._headed
            band.last = band is shown[-1]
            band.update()
        self.update()

    def _move(self, band: Row | GroupHead, steps: int) -> None:
        stops = [other for other in self._visible() if other.reachable]
        if stops:
            at = stops.index(band) if band in stops else 0
            wanted = stops[max(0, min(len(stops) - 1, at + steps))]
            wanted.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, stop: Row | GroupHead | None) -> None:
        """Tab reaches one row; Up and Down go to the others."""
        for band in self._bands:
            if band.reachable:
                band.setFocusPolicy(Qt.FocusPolicy.StrongFocus if band is stop else Qt.FocusPolicy.ClickFocus)


class _ListHead(QWidget):
    """The title over the rows."""

    def __init__(self, title: str, action: QWidget | None, kind: Type) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(_START, 0, _START, 1)
        line.setSpacing(SPACE_2)
        line.addWidget(label(title, kind, wrap=True), 1)
        if action is not None:
            line.addWidget(action)
        self.setMinimumHeight(43 if kind is Type.SECTION else 41)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, paint.color(tokens().line))
