"""The empty page of the first moment. It speaks only if that moment gets long: then the computer asks for something."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.label import label
from desktop_crm.words import M, Words

_PATIENCE_MS = 1500


class Waiting(QFrame):
    """Shown until it is known what lies in the folder; the place for keys may want its own password first."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        told = M("The key is being fetched. If this computer asks for a password in its own window, type it there.")
        self.said = label(words.say(told), Type.BODY, "text2", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said.hide()
        QVBoxLayout(self).addWidget(self.said)
        self._clock = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._clock.timeout.connect(self.said.show)
        self._clock.start()
