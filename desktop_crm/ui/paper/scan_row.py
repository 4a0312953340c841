"""Which scan it is: chosen here, or dropped on the window before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import Elided, Fault, label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.words import M


class ScanRow(QWidget):
    """The name of the file, and a button for another one."""

    chosen = Signal()

    def __init__(self, desk: Desk, path: Path | None) -> None:
        super().__init__()
        self._desk = desk
        self.path = path
        self._name = Elided("", Type.BODY, "text")
        self.choose = Button(desk.say(M("Choose a file …")), icon="folder")
        self.choose.clicked.connect(self._choose)
        self.fault = Fault(desk.say(M("Please choose the scan.")))
        self.fault.hide()
        across = row(self._name, self.choose, space=SPACE_2)
        across.setStretch(0, 1)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(5)
        every.addWidget(label(desk.say(M("Scan of the paper")), Type.BUTTON))
        every.addLayout(across)
        every.addWidget(self.fault)
        self.show_path(path)

    def show_path(self, path: Path | None) -> None:
        """Take this file, if there is one."""
        self.path = path or self.path
        none = self._desk.say(M("PDF, JPEG or PNG, as it came from the scanner"))
        self._name.setText(self.path.name if self.path is not None else none)
        self.fault.hide()

    def missing(self) -> bool:
        """Whether there is no scan yet; then it is said, and the keyboard goes there."""
        if self.path is None:
            self.fault.show()
            self.choose.setFocus()
        return self.path is None

    def _choose(self) -> None:
        path = self._desk.choose_file(self._desk.say(M("Scan of the paper")), "(*.pdf *.jpg *.jpeg *.png)")
        if path is not None:
            self.show_path(path)
            self.chosen.emit()
