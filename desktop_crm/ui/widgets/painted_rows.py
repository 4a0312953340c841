"""A table view as one column of painted rows: nothing of a table is seen but its speed with a million rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget


def as_painted_rows(view: QTableView, name: str, kind: str, *, line: int, least: int) -> None:
    """Take off heads, grid and frame. `line` is the height of a row, `least` that of the lowest one, in pixels."""
    # One that Python made: to know what Qt made itself, PySide looks through, and makes, every kind of widget there is.
    view.setViewport(QWidget())
    view.setAccessibleName(name)
    view.setProperty("kind", kind)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.verticalScrollBar().setSingleStep(line // 2)
    view.horizontalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(least)
    view.verticalHeader().setDefaultSectionSize(line)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
