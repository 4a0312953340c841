"""A field to type into, with its label above and what is wrong below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look.spoken import announce, say
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Glyph, Label, restyle
from desktop_crm.words import M

_LINES = 84
"""Pixels of a field for several lines."""


class Field(QWidget):
    """One answer in words.

    `check` returns what is wrong with a text, or None. It is asked on leaving the field, not while typing; what it says
    stands below, and goes as soon as somebody types.
    """

    edited = Signal()

    def __init__(
        self,
        text: str,
        *,
        hint: str = "",
        optional: bool = False,
        check: Callable[[str], str | None] | None = None,
        password: bool = False,
        mono: bool = False,
        multiline: bool = False,
        large: bool = False,
    ) -> None:
        super().__init__()
        self._check = check
        self._optional = optional
        self._password = password
        self._hint = hint
        self._touched = False
        self.edit: QLineEdit | QPlainTextEdit = _Lines() if multiline else QLineEdit()
        self._dress(text, mono=mono, large=large)
        if password and isinstance(self.edit, QLineEdit):
            _hide_what_is_typed(self.edit)
        self._sign = Glyph("alert", "danger", 16)
        self._below = Label(hint, Type.HINT, "text3", wrap=True)
        self._build(text)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)

    def text(self) -> str:
        """What stands in the field, without space around it; a password exactly as typed."""
        if isinstance(self.edit, QPlainTextEdit):
            return self.edit.toPlainText().strip()
        return self.edit.text() if self._password else self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Fill it in, without a check."""
        if isinstance(self.edit, QPlainTextEdit):
            self.edit.setPlainText(text)
        else:
            self.edit.setText(text)
            if not self.edit.hasFocus():
                self.edit.setCursorPosition(0)  # a long text is read from its beginning
        self._touched = False

    def keep_room(self) -> None:
        """Keep a line free for what is said below, so that nothing on the page moves when it comes."""
        policy = self._below.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._below.setSizePolicy(policy)
        self._below.setMinimumHeight(max(self._sign.minimumHeight(), self._below.fontMetrics().height()))

    def explain(self, hint: str) -> None:
        """Another hint below the field."""
        self._hint = hint
        self.error(None)

    def error(self, message: str | None) -> None:
        """Say what is wrong, or nothing any more."""
        self._say(message or self._hint, "wrong" if message else "")
        if message:
            announce(self.edit, message)

    def doubt(self, message: str) -> None:
        """Say what looks odd; it may still be meant, so it keeps nobody from going on."""
        self._say(message, "odd")
        announce(self.edit, message)

    def right(self, message: str = "") -> None:
        """Say that it is right, such as a group of the recovery sheet."""
        self._say(message or self._hint, "right")

    def is_right(self) -> bool:
        """Ask the check now and show what it says."""
        wrong = self._fault()
        self.error(wrong)
        return wrong is None

    def take_focus(self) -> None:
        """Put the keyboard here, at the first fault of a page."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Under the menu of cut and paste the focus is gone for a moment, but nobody has left.
        left = event.type() is QEvent.Type.FocusOut and QApplication.activePopupWidget() is None
        if left and self._touched and self.edit.property("state") != "right":
            self.left()
        return super().eventFilter(watched, event)

    def left(self) -> None:
        """What happens when somebody who typed here goes on to the next field."""
        self.is_right()

    def _fault(self) -> str | None:
        text = self.text()
        if self._check is None or (self._optional and not text):
            return None
        return self._check(text)

    def _typed(self) -> None:
        self._touched = True
        if self.edit.property("state"):
            self.error(None)
        self.edited.emit()

    def _say(self, message: str, state: str) -> None:
        ink = {"wrong": "danger", "odd": "warning", "right": "success"}.get(state, "text3")
        self._sign.setVisible(bool(state) and bool(message))
        if state:
            self._sign.show_glyph("check" if state == "right" else "alert", ink)
        self._below.setText(message)
        self._below.set_ink(ink)
        self._below.setVisible(bool(message))
        self.edit.setAccessibleDescription(message)
        if self.edit.property("state") != state:
            self.edit.setProperty("state", state)
            restyle(self.edit)

    def _dress(self, text: str, *, mono: bool, large: bool) -> None:
        self.edit.setAccessibleName(text)
        self.edit.setFont(font(Type.MONO if mono else Type.BODY))
        if large:
            self.edit.setProperty("kind", "large")

    def _build(self, text: str) -> None:
        name = Label(text, Type.BUTTON)
        name.setBuddy(self.edit)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(name)
        if self._optional:
            head.addWidget(Label(say(M("optional")), Type.HINT, "text3"))
        head.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        if text:
            layout.addLayout(head)
        layout.addWidget(self.edit)
        layout.addLayout(below)
        if isinstance(self.edit, QLineEdit):
            # Beside a higher field the label stays above its field.
            layout.addStretch(1)
        self.setFocusProxy(self.edit)
        # May shrink: what a wrapped hint would like is more than it needs at its width.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._say(self._hint, "")


def put_inside(edit: QLineEdit, button: Button) -> None:
    """Place a small button at the end of a field, where reading ends."""
    button.setCursor(Qt.CursorShape.ArrowCursor)
    inside = QHBoxLayout(edit)
    inside.setContentsMargins(4, 0, 4, 0)
    inside.addStretch(1)
    inside.addWidget(button)
    _keep_clear(edit)
    edit.installEventFilter(_Direction(edit))


class _Direction(QObject):
    """Keeps the text of a field clear of the button inside when the reading direction turns."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutDirectionChange and isinstance(watched, QLineEdit):
            _keep_clear(watched)
        return False


def _keep_clear(edit: QLineEdit) -> None:
    mirrored = edit.layoutDirection() is Qt.LayoutDirection.RightToLeft
    edit.setTextMargins(*((30, 0, 0, 0) if mirrored else (0, 0, 30, 0)))


class _Lines(QPlainTextEdit):
    """Three lines high, and more where there is room; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setMinimumHeight(_LINES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(240, _LINES)


def _hide_what_is_typed(edit: QLineEdit) -> None:
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    eye = Button(icon="eye", kind=Kind.ICON, name=say(M("Show what is typed")))
    eye.setCheckable(True)

    def show(shown: bool) -> None:
        edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        eye.set_icon("eye-off" if shown else "eye")

    eye.toggled.connect(show)
    put_inside(edit, eye)
