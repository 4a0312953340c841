"""Spare codes: for the day on which the telephone is lost. Shown once, printed or copied; no file is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget
from shiboken6 import isValid

from desktop_crm.ui.clipboard import copy_secret
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_4, SPACE_6
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome import printing
from desktop_crm.ui.welcome.stick import Around
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.words import M

_COLUMNS = 2


class SpareCodes(QWidget):
    """Ten codes, and two ways to bring them away from this screen."""

    taken = Signal()
    """They were printed or copied."""

    def __init__(self, around: Around, codes: Sequence[str]) -> None:
        super().__init__()
        self._around = around
        self._codes = tuple(codes)
        say = around.say
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_6)
        grid.setVerticalSpacing(SPACE_3)
        for at, code in enumerate(self._codes):
            grid.addWidget(label(code, Type.MONO, selectable=True), at // _COLUMNS, at % _COLUMNS)
        panel = Panel("sunken", "line")
        panel.setLayout(row(STRETCH, column(grid, margins=SPACE_4), STRETCH))
        panel.setAccessibleName(say(M("Spare codes")))
        self.print = Button(say(M("Print")), icon="printer")
        self.print.clicked.connect(lambda _on: self._print())
        self.copy = Button(say(M("Copy")), icon="copy")
        self.copy.clicked.connect(lambda _on: self._copy())
        told = M("Each opens once, in place of a code from the telephone. Keep them on paper, not on the telephone.")
        self.setLayout(
            column(
                label(say(told), Type.BODY, "text2", wrap=True),
                panel,
                row(self.print, self.copy, STRETCH, space=SPACE_3),
                space=SPACE_4,
            )
        )

    def _copy(self) -> None:
        copy_secret("\n".join(self._codes))
        self.taken.emit()

    def _print(self) -> None:
        if not printing.can_print():
            self._around.problem(printing.no_printer())
        elif _print_codes(self._around, self._codes) and isValid(self):
            self.taken.emit()


def _print_codes(around: Around, codes: Sequence[str]) -> bool:
    """Straight to a printer, and into no file. Returns whether it was sent to one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    title = around.say(M("Spare codes"))
    printer.setDocName(title)
    dialog = QPrintDialog(printer, around.window)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    if dialog.exec() != QDialog.DialogCode.Accepted or printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return False
    page(title, around.say(M("Each opens once.")), codes).print_(printer)
    return True


def page(title: str, told: str, codes: Sequence[str]) -> QTextDocument:
    """The codes on paper."""
    made = QTextDocument()
    lines = "".join(f"<p><tt>{escape(code)}</tt></p>" for code in codes)
    made.setHtml(f"<h2>{escape(title)}</h2><p>{escape(told)}</p>{lines}")
    return made
