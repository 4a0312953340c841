"""Who is there? One tile for each person who can sign in here; pressed, it asks for the password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from desktop_crm.privacy.folding import fold
from desktop_crm.services.starting import OpeningState
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.locked.ground import DoorCard
from desktop_crm.ui.locked.open_card import WIDE, head
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_2, SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.avatar import paint_avatar
from desktop_crm.ui.widgets.button import Button, Kind, Painted
from desktop_crm.ui.widgets.layout import STRETCH, line, row
from desktop_crm.vault.staff import Tile
from desktop_crm.words import M

_HIGH, _AVATAR, _SIDE = 60, 36, 12
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class PersonTile(Painted):
    """One person: round picture and name, cut with … and a hint where there is no room."""

    def __init__(self, tile: Tile) -> None:
        super().__init__(tile.name.replace("&", "&&"), tile.name)
        self.tile = tile
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(200, _HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = QFontMetrics(font(Type.STRONG)).horizontalAdvance(self.tile.name) > self._words().width()
        self.setToolTip(self.tile.name if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint.box(painter, self.rect(), RADIUS_ROW, fill="hover" if self.lit else "surface", edge="border")
        round_picture = QRect(_SIDE, (_HIGH - _AVATAR) // 2, _AVATAR, _AVATAR)
        paint_avatar(painter, paint.visual(self, round_picture), self.tile.name)
        paint.text(painter, paint.visual(self, self._words()), self.tile.name, font(Type.STRONG), "text")
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS_ROW)

    def _words(self) -> QRect:
        start = 2 * _SIDE + _AVATAR
        return QRect(start, 0, self.width() - start - _SIDE, _HIGH)


class TilesCard(DoorCard):
    """The tiles in the order of the names, in two columns. Arrows and first letters lead through them."""

    chosen = Signal(object)
    """The Tile of the person who wants to come in."""
    shared_wanted = Signal()
    sheet_wanted = Signal()

    def __init__(self, door: Doorstep, state: OpeningState) -> None:
        super().__init__(WIDE)
        self._door = door
        self.tiles = [PersonTile(tile) for tile in state.tiles]
        self._columns = 1 if len(self.tiles) == 1 else 2
        self.sheet = self._link(M("Use the recovery sheet"), self.sheet_wanted.emit)
        self.shared = self._link(M("Use the shared password"), self.shared_wanted.emit) if state.shared else None
        self.body.addLayout(head(door, M("Locked. Who is there?")))
        self.body.addSpacing(SPACE_4 + 4)
        self.body.addLayout(self._grid())
        self.body.addSpacing(SPACE_4)
        self.body.addWidget(line())
        self.body.addSpacing(SPACE_2)
        self.body.addLayout(row(self.sheet, self.shared, STRETCH, space=SPACE_4))

    def take_focus(self) -> None:
        """Where the keyboard starts."""
        self.tiles[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        if at is None:
            super().keyPressEvent(event)
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self._go(at + step[0] * self._columns + step[1] * self._turn())
        elif event.text().strip():
            self._go_to(fold(event.text()), at)
        else:
            super().keyPressEvent(event)

    def _turn(self) -> int:
        return -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.tiles):
            self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to(self, letter: str, at: int) -> None:
        """The next one after this whose name begins so."""
        around = [*self.tiles[at + 1 :], *self.tiles[: at + 1]]
        found = next((tile for tile in around if fold(tile.tile.name).startswith(letter)), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(SPACE_3)
        for at, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _on=False, tile=tile: self.chosen.emit(tile.tile))
            grid.addWidget(tile, at // self._columns, at % self._columns)
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _link(self, text: M, wanted: Callable[[], None]) -> Button:
        made = Button(self._door.say(text), kind=Kind.LINK)
        made.clicked.connect(lambda _on: wanted())
        return made
