"""Whether everything has the room it needs: no text is cut without telling, nothing sticks out, nothing scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from desktop_crm.ui.look import paint
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.label import Broken, Elided
from desktop_crm.ui.widgets.layout import Scroll
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.whole.played import called, shown

_WRAPS = Qt.TextFlag.TextWordWrap


class Cuts:
    """Notes every text that a control paints into too little room."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], tuple[QWidget, str]] = {}

    @contextmanager
    def watched(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cuts]:
        with monkeypatch.context() as patch:
            line, passage = paint.text, paint.passage

            def watched_line(*given: Any, **more: Any) -> None:
                self._line(*given)
                line(*given, **more)

            def watched_passage(*given: Any, **more: Any) -> None:
                self._passage(*given, **more)
                passage(*given, **more)

            patch.setattr(paint, "text", watched_line)
            patch.setattr(paint, "passage", watched_passage)
            yield self

    def told(self) -> list[str]:
        """The texts that nobody can read whole: not even as the hint of what they stand on."""
        return sorted(f"{called(one)} cuts “{text[:50]}”" for one, text in self._found.values() if _is_lost(one, text))

    def _line(self, painter: QPainter, rect: QRect, said: str, made: QFont, *_: object) -> None:
        metrics = QFontMetrics(made)
        wide = metrics.size(Qt.TextFlag.TextShowMnemonic.value, said).width()
        if wide > rect.width() + 1 or metrics.height() > rect.height() + 3:
            self._note(painter, said)

    def _passage(self, painter: QPainter, rect: QRect, said: str, made: QFont, _ink: str) -> None:
        needed = QFontMetrics(made).boundingRect(QRect(0, 0, rect.width(), 9999), _WRAPS.value, said)
        if needed.height() > rect.height() + 1 or needed.width() > rect.width() + 1:
            self._note(painter, said)

    def _note(self, painter: QPainter, said: str) -> None:
        device = painter.device()
        if isinstance(device, QWidget):
            self._found[id(device), said] = device, said


def cut_labels(top: QWidget) -> list[str]:
    """Labels that Qt paints, with less room than their text needs."""
    painted = Elided | Broken | Badge
    found = (one for one in shown(top) if isinstance(one, QLabel) and not isinstance(one, painted))
    return [called(one) for one in found if one.text() and _lacks_room(one)]


def cut_hints(top: QWidget) -> list[str]:
    """Fields whose example does not fit into them."""
    found = (one for one in shown(top) if isinstance(one, QLineEdit) and one.placeholderText() and not one.text())
    return [called(one) for one in found if _hint_width(one) > one.width() and not _hint(one)]


def sticking_out(top: QWidget) -> list[str]:
    """Parts that lie outside the part they belong to."""
    return [called(one) for one in shown(top) if not _may_stick_out(one) and not _lies_within(one)]


def scrolling_sideways(top: QWidget) -> list[str]:
    """Parts that are wider than what shows them."""
    return [called(one) for one in shown(top) if isinstance(one, QAbstractScrollArea) and _is_too_narrow(one)]


def _is_lost(one: QWidget, text: str) -> bool:
    around = one.parentWidget()
    hint = _hint(one) or (_hint(around) if isinstance(around, QWidget) else "")
    lists = isinstance(one.parentWidget(), QAbstractItemView)
    return text.replace("&", "") not in hint.replace("&", "") and not lists and one.isVisible()


def _hint(one: QWidget) -> str:
    """What the mouse is told that rests there."""
    QApplication.sendEvent(one, QHelpEvent(QEvent.Type.ToolTip, one.rect().center(), one.mapToGlobal(QPoint(0, 0))))
    return one.toolTip()


def _lacks_room(one: QLabel) -> bool:
    if not one.wordWrap():
        return one.sizeHint().width() > one.width() or one.sizeHint().height() > one.height() + 1
    metrics = QFontMetrics(one.font())
    said = one.accessibleName() if one.textFormat() is Qt.TextFormat.RichText else one.text()
    longest = max(metrics.horizontalAdvance(word) for word in [*said.split(), ""])
    return longest > one.contentsRect().width() + 1 or one.heightForWidth(one.width()) > one.height() + 1


def _hint_width(one: QLineEdit) -> int:
    margins = one.textMargins()
    return QFontMetrics(one.font()).horizontalAdvance(one.placeholderText()) + margins.left() + margins.right() + 8


def _may_stick_out(one: QWidget) -> bool:
    """What scrolls down, and what lies over the page on its own."""
    around = one.parentWidget()
    scrolls = isinstance(around.parentWidget(), QAbstractScrollArea) if around is not None else True
    return scrolls or one.isWindow() or isinstance(one, Overlay)


def _lies_within(one: QWidget) -> bool:
    around = one.parentWidget()
    return around is None or one.size().isEmpty() or around.rect().contains(one.geometry())


def _is_too_narrow(one: QAbstractScrollArea) -> bool:
    if isinstance(one, Scroll | QScrollArea):
        inside = one.widget()
        return inside is not None and inside.width() > one.viewport().width()
    return one.horizontalScrollBar().maximum() > 0
