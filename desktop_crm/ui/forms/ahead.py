"""What somebody types between asking for a form and seeing it goes into the form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop_crm.ui.widgets.sheet import Overlay


class TypedAhead(QWidget):
    """Has the keyboard while a form is looked up; nobody sees it. Esc means that the form is not wanted any more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.resize(0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.given_up = False
        self._keys: list[QKeyEvent] = []
        self._back = QApplication.focusWidget()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def on(cls, window: QWidget) -> TypedAhead:
        """The one of a window: asked for twice, a form gets what was typed since it was asked for first."""
        waiting = (child for child in window.children() if isinstance(child, cls) and not child.isHidden())
        return next(waiting, None) or cls(window)

    def hand_over(self, form: Overlay) -> None:
        """Open the form and type into it."""
        self.leave()
        form.open()
        for key in self._keys:
            at = QApplication.focusWidget()
            if at is not None and form.isAncestorOf(at):
                QApplication.sendEvent(at, key)

    def leave(self) -> None:
        """The keyboard is where it was before, unless somebody took it elsewhere."""
        if self.hasFocus() and self._back is not None and isValid(self._back):
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._note(0, event.commitString())
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.given_up = True
                self.leave()
            else:
                self._note(event.key(), event.text(), event.modifiers())
            return True
        return super().event(event)

    def _note(self, key: int, text: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        if key or text:
            self._keys.append(QKeyEvent(QEvent.Type.KeyPress, key, held, text))
