"""Prints the recovery sheet straight to a printer. Nothing is written to a file on the way, and no file is offered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from desktop_crm.documents.recovery_words import SheetWords, Span
from desktop_crm.resource_files import resource
from desktop_crm.words import M, Problem

WIDE, HIGH = 595.0, 842.0
"""A4 in points."""
_LEFT, _RIGHT = 70.9, 538.3
_INK, _SOFT, _TEAL, _AMBER, _LINE = "#161A20", "#464E5B", "#0E6577", "#FCF0D6", "#E1E4E9"
"""Ink on paper: always dark on white, whatever the look of the window."""


def can_print() -> bool:
    """Whether this computer knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def no_printer() -> Problem:
    """What to tell where there is none."""
    return Problem(
        M("This computer knows no printer."),
        todo=M("Write the groups down by hand, or save the sheet on a stick and print it elsewhere."),
    )


def print_sheet(window: QWidget, words: SheetWords) -> bool:
    """Let a person choose a printer and print. Returns whether it was sent to one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(words.title)
    dialog = QPrintDialog(printer, window)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    if dialog.exec() != QDialog.DialogCode.Accepted or printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return False
    paint_sheet(printer, words)
    return True


def paint_sheet(device: QPagedPaintDevice, words: SheetWords) -> None:
    """Draw the sheet on one page of a printer, centred, as large as the page allows."""
    _load_serif()
    printer = device if isinstance(device, QPrinter) else None
    if printer is not None:
        printer.setFullPage(True)
    painter = QPainter(device)
    page = painter.viewport()
    scale = min(page.width() / WIDE, page.height() / HIGH)
    painter.translate((page.width() - WIDE * scale) / 2, (page.height() - HIGH * scale) / 2)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Page(painter, words).draw()
    painter.end()


@cache
def _load_serif() -> None:
    for name in ("NotoSerif-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def _font(size: float, family: str = "Noto Sans", *, bold: bool = False) -> QFont:
    made = QFont([family, "Noto Sans", "Noto Sans Arabic", "Droid Sans Fallback", "NanumGothic"])
    # Painted on a grid of points, where a pixel is a point.
    made.setPixelSize(round(size))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setBold(bold)
    return made


class _Page:
    """The sheet from top to bottom."""

    def __init__(self, painter: QPainter, words: SheetWords) -> None:
        self._painter = painter
        self._words = words

    def draw(self) -> None:
        painter, words = self._painter, self._words
        painter.fillRect(QRectF(0, 0, WIDE, 8.5), QColor(_TEAL))
        self._line(words.shop, _font(11, bold=True), _LEFT, 66)
        self._line(words.begun, _font(9), _LEFT, 80, _SOFT)
        self._line(words.title, _font(32, "Noto Serif"), _LEFT, 148)
        top = max(self._flow(words.lead, 11, 160, _LEFT, _RIGHT - _LEFT) + 22, 223)
        self._groups(top)
        self._advice(top + 227 + 34)
        self._warning(top + 227 + 150)
        self._fields(705)
        painter.fillRect(QRectF(_LEFT, 790, _RIGHT - _LEFT, 0.5), QColor(_LINE))
        self._line(words.foot, _font(8), _LEFT, 802, _SOFT)

    def _groups(self, top: float) -> None:
        painter, words = self._painter, self._words
        painter.setPen(QPen(QColor(_INK), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(_LEFT, top, _RIGHT - _LEFT, 227), 8, 8)
        pad = 25.5
        wide = (_RIGHT - _LEFT - 2 * pad) / 4
        for at, group in enumerate(words.groups):
            x, y = _LEFT + pad + wide * (at % 4), top + 25 + 71 * (at // 4)
            self._line(str(at + 1), _font(9), x, y, _SOFT)
            self._line(group, _font(28, "Noto Sans Mono"), x, y + 33)
        under = top + 167.5
        painter.fillRect(QRectF(_LEFT + pad, under, _RIGHT - _LEFT - 2 * pad, 0.5), QColor(_SOFT))
        self._line(words.check_name, _font(9), _LEFT + pad, under + 17, _SOFT)
        self._line(words.check, _font(20, "Noto Sans Mono"), _LEFT + pad, under + 41, _TEAL)
        note = (Span(words.note),)
        self._flow(note, 9, under + 7, _LEFT + pad + wide, _RIGHT - _LEFT - 2 * pad - wide, _SOFT)

    def _advice(self, top: float) -> None:
        wide = (_RIGHT - _LEFT - 34) / 3
        for at, (title, text) in enumerate(self._words.advice):
            left = _LEFT + (wide + 17) * at
            self._painter.fillRect(QRectF(left, top, wide, 0.9), QColor(_TEAL))
            self._line(str(at + 1), _font(15, "Noto Serif"), left, top + 23, _TEAL)
            self._line(title, _font(10, bold=True), left + 17, top + 21.5)
            self._flow((Span(text),), 9, top + 31, left, wide, _SOFT)

    def _warning(self, top: float) -> None:
        wide = _RIGHT - _LEFT
        document = _document(self._words.warning, 10, wide - 23)
        box = QRectF(_LEFT, top, wide, document.size().height() + 20)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(_AMBER))
        self._painter.drawRoundedRect(box, 6, 6)
        self._draw(document, QPointF(_LEFT + 11.5, top + 10), _INK)

    def _fields(self, top: float) -> None:
        wide = (_RIGHT - _LEFT - 3 * 13.5) / 4
        for at, name in enumerate(self._words.fields):
            left = _LEFT + (wide + 13.5) * at
            self._painter.fillRect(QRectF(left, top, wide, 0.5), QColor(_SOFT))
            self._line(name, _font(8), left, top + 11, _SOFT)

    def _line(self, text: str, font: QFont, x: float, y: float, ink: str = _INK) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink))
        self._painter.drawText(QPointF(x, y), text)

    def _flow(self, spans: Sequence[Span], size: float, top: float, x: float, wide: float, ink: str = _INK) -> float:
        """Write lines from `top` on; where they end."""
        document = _document(spans, size, wide)
        self._draw(document, QPointF(x, top), ink)
        return top + document.size().height()

    def _draw(self, document: QTextDocument, at: QPointF, ink: str) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(ink))
        self._painter.save()
        self._painter.translate(at)
        document.documentLayout().draw(self._painter, context)
        self._painter.restore()


def _document(spans: Sequence[Span], size: float, wide: float) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(size))
    document.setHtml(" ".join(f"<b>{escape(span.text)}</b>" if span.strong else escape(span.text) for span in spans))
    document.setPageSize(QSizeF(wide, 10_000))
    document.setTextWidth(wide)
    return document
