"""Imports run downwards only, and each library has its room."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, Source, imported, settings, source, sources

# Which libraries a room may use; standard library and lower rooms come by the import contract.
LIBRARIES: dict[str, frozenset[str]] = {
    "app": frozenset({"apscheduler", "PySide6"}),
    "ui": frozenset({"PySide6", "shiboken6"}),  # shiboken6 comes with PySide6 and tells whether a widget still exists
    "cli": frozenset(),
    "services": frozenset(),
    "documents": frozenset(
        {
            "PIL",
            "arabic_reshaper",
            "babel",
            "bidi",
            "jsonschema_rs",
            "openpyxl",
            "pikepdf",
            "reportlab",
            "segno",
            "uharfbuzz",
        }
    ),
    "intake": frozenset({"email_validator", "openpyxl", "phonenumbers"}),
    "storage": frozenset({"cryptography", "rapidfuzz", "sqlcipher3"}),
    "vault": frozenset({"argon2", "cryptography"}),
    "host": frozenset({"jeepney", "keyring", "platformdirs"}),
    "privacy": frozenset({"holidays"}),
    "records": frozenset(),
    "words": frozenset({"babel"}),
}


def strangers(file: Source) -> set[str]:
    """Libraries that a file imports and its room may not use."""
    known = sys.stdlib_module_names | LIBRARIES.get(file.room, frozenset()) | {PACKAGE}
    return {name.split(".")[0] for name in imported(file.tree)} - known


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Checks the import contracts of the package that lies in a folder."""
    code = "import importlinter.cli as cli; cli.lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    checked = contracts(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_library_stays_in_its_room() -> None:
    assert {file.path: found for file in sources() if (found := strangers(file))} == {}


def test_records_stand_on_the_standard_library_words_and_cheap_alone() -> None:
    for file in sources(f"{PACKAGE}/records"):
        own = {name for name in imported(file.tree) if name.startswith(PACKAGE)}
        assert {name.split(".")[1] for name in own} <= {"records", "words", "cheap"}, file.path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("desktop_crm/services/find.py", "import sqlcipher3"),
        ("desktop_crm/records/contact.py", "def late() -> None:\n    from babel.dates import format_date"),
        ("desktop_crm/vault/slots.py", "import keyring.backends"),
        ("desktop_crm/nowhere.py", "import attrs"),
    ],
)
def test_a_library_in_the_wrong_room_is_found(path: str, text: str) -> None:
    assert strangers(source(path, text))


@pytest.fixture
def little_house(tmp_path: Path) -> Path:
    """A package with the same contracts and the same rooms, all empty."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (layers,) = (contract["layers"] for contract in settings()["tool"]["importlinter"]["contracts"])
    for folder in (PACKAGE, *(f"{PACKAGE}/{room}" for room in re.findall(r"\w+", " ".join(layers)))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    return tmp_path


def test_an_import_upwards_is_found(little_house: Path) -> None:
    assert contracts(little_house).returncode == 0
    (little_house / PACKAGE / "records" / "contact.py").write_text(f"import {PACKAGE}.storage\n")
    broken = contracts(little_house)
    assert broken.returncode == 1
    assert "desktop_crm.records is not allowed to import desktop_crm.storage" in broken.stdout


def test_a_room_without_a_floor_is_found(little_house: Path) -> None:
    (little_house / PACKAGE / "cellar.py").touch()
    assert contracts(little_house).returncode == 1
