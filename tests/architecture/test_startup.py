"""The command line starts without what it does not need: heavy libraries are imported where they are used."""

import subprocess
import sys
from pathlib import Path

HEAVY = {"PIL", "PySide6", "apscheduler", "babel.dates", "holidays", "openpyxl", "pikepdf", "reportlab", "uharfbuzz"}
PASSWORD = "a password made up for this test\n"


def desktop_crm(folder: Path, *arguments: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *options, "-m", "desktop_crm", "--data-dir", str(folder / "data"), *arguments]
    return subprocess.run(
        [*command, "--passphrase-stdin"], cwd=folder, input=PASSWORD, capture_output=True, text=True, check=False
    )


def test_finding_a_person_leaves_the_heavy_libraries_alone(tmp_path: Path) -> None:
    made = desktop_crm(tmp_path, "init", "--recovery-file", str(tmp_path / "recovery.pdf"), "--company", "Blumen")
    assert made.returncode == 0, made.stderr
    found = desktop_crm(tmp_path, "find", "Anna", options=("-X", "importtime"))
    modules = {line.rpartition("|")[2].strip() for line in found.stderr.splitlines() if line.startswith("import time:")}
    assert "desktop_crm.storage.connection" in modules, found.stderr
    assert modules & HEAVY == set()
