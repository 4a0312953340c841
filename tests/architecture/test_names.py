"""Names that may not occur, or only in one place. What is banned and why stands in pyproject.toml, for ruff too."""

import ast
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import PurePosixPath

import pytest

from tests.architecture.source import Source, settings, source, sources

BANNED: dict[str, dict[str, str]] = settings()["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]

CLOCK = "desktop_crm/host/clock.py"
DOOR = "desktop_crm/storage/connection.py"
PLACES = {
    "sqlcipher3": DOOR,
    "datetime.datetime.now": CLOCK,
    "importlib.import_module": "desktop_crm/host/keystore.py",
    "PySide6.QtNetwork": "desktop_crm/ui/instance.py",
}
"""The one file in which a banned name is at home."""

PRINTING_ROOMS = {"cli", "app"}
DRAWER_FILES = {"common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}
DRAWER_NAMES = re.compile(r"Manager|Helper|Utils?(?![a-z])")


def known_as(tree: ast.Module) -> dict[str, str]:
    """What each imported name of a file stands for: `{"dt": "datetime.datetime"}`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def dotted(node: ast.AST, names: dict[str, str]) -> str | None:
    """The full name of `a.b.c`, as far as it starts with something imported."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and (front := dotted(node.value, names)):
        return f"{front}.{node.attr}"
    return None


def used(tree: ast.Module) -> Iterator[str]:
    """The full name of everything imported in a file, and of every use of it."""
    names = known_as(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute | ast.Name) and (name := dotted(node, names)):
            yield name


def banned_in(file: Source) -> set[str]:
    """Banned names that a file uses and is not the place for."""
    within = BANNED.keys() & {name for full in used(file.tree) for name in accumulate(full.split("."), "{}.{}".format)}
    return {name for name in within if PLACES.get(name) != file.path}


def connects(file: Source) -> bool:
    """Whether a file opens a connection; where Qt is used `connect` is how a signal meets its answer."""
    if file.room in {"ui", "app"}:
        return False
    calls = (node.func for node in ast.walk(file.tree) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr == "connect" for call in calls)


def prints(file: Source) -> bool:
    calls = (node.func for node in ast.walk(file.tree) if isinstance(node, ast.Call))
    return file.room not in PRINTING_ROOMS and any(isinstance(call, ast.Name) and call.id == "print" for call in calls)


def drawers(file: Source) -> set[str]:
    """Names of things that would hold whatever found no better place."""
    named = {item.name for item in (*file.classes(), *file.functions())}
    found = {name for name in named if DRAWER_NAMES.search(name) or name in DRAWER_FILES}
    return found | (DRAWER_FILES & set(PurePosixPath(file.path).with_suffix("").parts))


def test_banned_names_stay_out() -> None:
    assert {file.path: found for file in sources() if (found := banned_in(file))} == {}


def test_the_database_has_one_door() -> None:
    assert {file.path for file in sources() if "sqlcipher3" in file.text} <= {DOOR}
    assert {file.path for file in sources() if connects(file)} <= {DOOR}


def test_only_the_command_line_and_the_demo_print() -> None:
    assert [file.path for file in sources() if prints(file)] == []


@pytest.mark.parametrize("folder", ["desktop_crm", "installers", "tests"])
def test_nothing_is_called_a_drawer(folder: str) -> None:
    assert {file.path: found for file in sources(folder) if (found := drawers(file))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import sqlite3",
        "import sqlcipher3.dbapi2 as sqlcipher",
        "from datetime import datetime\nnow = datetime.now()",
        "import datetime as dt\nnow = dt.datetime.utcnow()",
        "from datetime import date as day\nnow = day.today",
        "import time\nmark = time.time()",
        "from time import time",
        "def late() -> None:\n    import urllib.request",
        "from http import client",
        "from PySide6.QtWidgets import QLabel, QMessageBox",
        "from PySide6 import QtNetwork",
        "from importlib import import_module",
    ],
)
def test_a_banned_name_is_found(text: str) -> None:
    assert banned_in(source("desktop_crm/services/find.py", text))


def test_what_only_looks_like_a_banned_name_is_not_found() -> None:
    text = (
        "import time\nfrom datetime import datetime\nfrom x import clock\nclock.now(), time.monotonic(), datetime.min"
    )
    assert not banned_in(source("desktop_crm/services/find.py", text))


def test_other_things_out_of_place_are_found() -> None:
    assert connects(source("desktop_crm/services/find.py", "import a\na.connect()"))
    assert prints(source("desktop_crm/services/find.py", "print(1)"))
    assert drawers(source("desktop_crm/services/find.py", "class KeyManager: pass"))
    assert drawers(source("desktop_crm/services/utils.py", ""))
