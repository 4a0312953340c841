"""Opens the customer file: by this computer's key with one click, or by a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_crm.services import setup
from desktop_crm.services.office import Office
from desktop_crm.services.passwords import WrongPassword, pausing
from desktop_crm.services.starting import OpeningState
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.sidebar import ShopMark
from desktop_crm.ui.frame.window import TITLE
from desktop_crm.ui.locked.ground import DoorCard
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, column, line, row
from desktop_crm.words import Exit, M, Problem

WIDE = 604
TICK_MS = 250


def head(door: Doorstep, told: M) -> QHBoxLayout:
    """The mark, the shop where it is known, and what is the matter."""
    words = column(Elided(door.shop or TITLE, Type.PANE), label(door.say(told), Type.BODY, "text2", wrap=True), space=0)
    both = row(ShopMark(44), words, space=14)
    both.setStretch(1, 1)
    return both


class KeyCard(DoorCard):
    """This computer has the key: one button. Without a state it waits until the file is closed."""

    def __init__(self, door: Doorstep, state: OpeningState | None) -> None:
        super().__init__(WIDE)
        self._door = door
        self._state = state
        told = M("Locked. This computer keeps the key.") if state is not None else M("Locked.")
        self.open = Button(door.say(M("Open")), icon="unlock", kind=Kind.PRIMARY, large=True)
        self.open.setEnabled(state is not None)
        self.open.clicked.connect(self._open)
        self.body.addLayout(head(door, told))
        self.body.addSpacing(SPACE_4 + 8)
        self.body.addWidget(self.open)

    def take_focus(self) -> None:
        """Where the keyboard starts."""
        self.open.setFocus()

    def _open(self) -> None:
        state, door = self._state, self._door
        if state is None:
            return
        self.open.setEnabled(False)
        folder, clock = door.folder, door.clock
        door.enter(lambda: setup.open_office(folder, clock=clock, keystore=state.store, passphrase=None), self._failed)

    def _failed(self, problem: Problem) -> bool:
        """The key was there a moment ago: look what is the matter now."""
        self.open.setEnabled(True)
        self._door.problem(problem, self._door.look_again)
        return True


class PasswordCard(DoorCard):
    """A password, with a pause after five wrong ones, and the way to the recovery sheet."""

    sheet_wanted = Signal()
    others_wanted = Signal()
    """It is somebody else: back to the tiles of the people."""
    damaged = Signal(object)
    """The password was right, but the customer file cannot be read: why."""

    def __init__(self, door: Doorstep, state: OpeningState) -> None:
        super().__init__(WIDE)
        self._door = door
        self._state = state
        self.password = Field(door.say(M("Password")), password=True, large=True)
        self.open = Button(door.say(M("Open")), kind=Kind.PRIMARY, large=True)
        self.open.clicked.connect(self._open)
        self.sheet = Button(door.say(M("Use the recovery sheet")), kind=Kind.LINK)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.others = Button(door.say(M("Somebody else")), kind=Kind.LINK)
        self.others.clicked.connect(self.others_wanted)
        if len(state.tiles) < 2 and not (state.tiles and state.shared):
            self.others.hide()
        self.capitals = label("", Type.HINT, "warning")
        self._caps: bool | None = None
        self.pause = QTimer(self)
        self.pause.setInterval(TICK_MS)
        self.pause.timeout.connect(self.show_pause)
        self._lay_out()
        self.password.edit.installEventFilter(self)
        if state.pause > door.pause.left():
            door.pause.begin(state.pause)
        if door.pause.left():
            self._begin_pause()

    def take_focus(self) -> None:
        """Where the keyboard starts."""
        self.password.edit.setFocus()

    def show_pause(self) -> None:
        """How long the pause still is; over, the next try may be made."""
        left = self._door.pause.left()
        if left:
            self.password.error(self._door.say(pausing(left)))
            return
        self.pause.stop()
        self._set_open_to_type(True)
        self.password.error(None)
        self.take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._notice_capitals(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Escape and not self.others.isHidden():
            self.others_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _made_head(self) -> QHBoxLayout:
        return head(self._door, M("Locked."))

    def _lay_out(self) -> None:
        self.body.addLayout(self._made_head())
        self.body.addSpacing(SPACE_4 + 8)
        self.body.addWidget(self.password)
        put_beside(self.password, self.open)
        self.body.addSpacing(SPACE_4)
        self.body.addWidget(line())
        self.body.addSpacing(SPACE_3 - 4)
        self.body.addLayout(row(self.others, self.sheet, STRETCH, self.capitals, space=SPACE_4))

    def _open(self) -> None:
        typed = self.password.text()
        if not self.open.isEnabled():
            return
        if not typed:
            self.password.error(self._door.say(M("Please type the password.")))
            self.take_focus()
            return
        self._set_open_to_type(False)
        self._door.enter(self._opening(typed), self._failed)

    def _opening(self, typed: str) -> Callable[[], Office]:
        """What opens the file with this password, on a worker thread."""
        folder, clock, store = self._door.folder, self._door.clock, self._state.store
        return lambda: setup.open_office(folder, clock=clock, keystore=store, passphrase=typed)

    def _failed(self, problem: Problem) -> bool:
        self._set_open_to_type(True)
        if problem.code is Exit.DAMAGED:
            self.damaged.emit(problem)
            return True
        if not isinstance(problem, WrongPassword):
            return False
        self.password.error(self._door.say(problem.what))
        self.password.edit.selectAll()
        self.take_focus()
        if problem.pause:
            self._door.pause.begin(problem.pause)
            self._begin_pause()
        return True

    def _begin_pause(self) -> None:
        self.password.set_text("")
        self._set_open_to_type(False)
        self.show_pause()
        self.pause.start()

    def _set_open_to_type(self, free: bool) -> None:
        self.password.setEnabled(free)
        self.open.setEnabled(free)

    def _notice_capitals(self, event: QKeyEvent) -> None:
        """No system tells Qt whether Caps Lock is on, but a letter that comes without Shift does."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps = None if self._caps is None else not self._caps
        elif len(text) == 1 and text.upper() != text.lower():
            self._caps = text.isupper() is not bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.capitals.setText(self._door.say(M("Caps Lock is on")) if self._caps else "")


def put_beside(field: Field, button: Button) -> None:
    """Set a button at the end of a field's line, above what is said below it."""
    layout = cast("QVBoxLayout", field.layout())
    at = layout.indexOf(field.edit)
    layout.removeWidget(field.edit)
    both = row(field.edit, button, space=10)
    both.setStretch(0, 1)
    layout.insertLayout(at, both)
