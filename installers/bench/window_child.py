"""The window in a process of its own: one work is named, the rest comes on the input.

Each work prints what it reached and when, by the clock that all processes of a computer share, or what it measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_crm.app.first import First
    from installers.bench.window_driving import Driving


def reached(step: str) -> None:
    """Tell that a step is reached."""
    print(step, time.monotonic(), flush=True)


def bare() -> None:
    """The least window with a table in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QTableView())
    window.resize(1366, 800)
    window.show()
    app.processEvents()
    reached("painted")


def bare_rows(database: str, key: str) -> None:
    """The same with the first 50 people of a customer file in the table."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
    from sqlcipher3 import dbapi2

    app = QApplication([])
    window, table, model = QMainWindow(), QTableView(), QStandardItemModel()
    window.setCentralWidget(table)
    window.resize(1366, 800)
    window.show()
    connection = dbapi2.connect(database)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for row in connection.execute("SELECT name, sort_name FROM contact ORDER BY sort_name, id LIMIT 50").fetchall():
        model.appendRow([QStandardItem(cell) for cell in row])
    table.setModel(model)
    app.processEvents()
    reached("usable")


def ours(folder: str, keys: dict[str, str], typed: str) -> None:
    """The program as it starts, with the contacts as its first page and the place for keys in memory."""
    from pathlib import Path

    first = _painted(Path(folder))
    reached("painted")
    from installers.bench.window_driving import begin

    driving = begin(first, Path(folder), keys)
    driving.wait_for_rows(50)
    reached("usable")
    driving.type(typed)
    reached("searched")
    driving.end()


def typing(folder: str, keys: dict[str, str], words: list[str]) -> None:
    """Milliseconds from each key press to the rows painted, and of the same query without a program."""
    driving = _in_use(folder, keys)
    print(json.dumps(driving.time_typing(words)))
    driving.end()


def stalls(folder: str, keys: dict[str, str], path: str, person: str, out: str, words: list[str]) -> None:
    """The longest milliseconds in which the window could do nothing, during each kind of work."""
    from pathlib import Path

    driving = _in_use(folder, keys)
    from installers.bench.window_stalls import measure

    print(json.dumps(measure(driving, Path(path), bytes.fromhex(person), Path(out), words)))
    driving.end()


def _painted(folder: Path) -> First:
    from desktop_crm.app.main import load_qt, prepare

    prepare()
    load_qt()
    from desktop_crm.app.first import First
    from desktop_crm.ui.instance import Claim

    first = First()
    if not Claim(folder).take():
        raise RuntimeError("a window is open there already")
    first.paint()
    return first


def _in_use(folder: str, keys: dict[str, str]) -> Driving:
    """The open window, once all is ready that it gets ready by itself."""
    from pathlib import Path

    first = _painted(Path(folder))
    from desktop_crm.app.first import settle
    from installers.bench.window_driving import begin

    driving = begin(first, Path(folder), keys)
    driving.wait_for_rows(1)
    driving.get_ready()
    settle()
    return driving


WORKS: dict[str, Callable[..., None]] = {
    "bare": bare,
    "bare-rows": bare_rows,
    "ours": ours,
    "typing": typing,
    "stalls": stalls,
}

if __name__ == "__main__":
    WORKS[sys.argv[1]](**json.load(sys.stdin))
