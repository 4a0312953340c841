"""People sign in by name with a real Secret Service, each command a process of its own; no name lies in any file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.secret_service import SecretService

pytestmark = pytest.mark.journey

NAME, OWNER, OTHER = "Änne Ödegård-Quist", "vier lose Worte Kaktus", "sieben grüne Türen außen"


class Shop:
    """The program with a key store, on a folder of its own."""

    def __init__(self, service: SecretService, folder: Path) -> None:
        self.service = service
        self.folder = folder

    def __call__(self, *words: str, lines: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "desktop_crm", "--data-dir", str(self.folder), "--json", *words],
            env=self.service.environment,
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            check=False,
        )

    def ask(self, *words: str, lines: tuple[str, ...] = ()) -> Any:
        done = self(*words, lines=lines)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def test_two_people_come_and_one_leaves(secret_service: SecretService, data_dir: Path, tmp_path: Path) -> None:
    shop = Shop(secret_service, data_dir)
    owner, tom = ("--as", NAME, "--password-stdin"), ("--as", "Tom", "--password-stdin")
    shop.ask("init", "--company", "Blumen", "--recovery-file", str(tmp_path / "sheet.txt"))
    shop.ask("add", "--name", "Eva Muster", "--email", "eva@muster.example")
    shop.ask("staff", "add", NAME, "--role", "owner", lines=(OWNER,))
    shop.ask("staff", "add", "Tom", "--role", "staff", "--alone-ends", lines=(OTHER,))
    assert shop("find", "eva").returncode == 3
    assert shop.ask("find", "eva", *tom, lines=(OTHER,))
    assert shop("find", "eva", *tom, lines=(OWNER,)).returncode == 3
    assert shop("staff", "list", *tom, lines=(OTHER,)).returncode == 4
    assert {one["here"] for one in shop.ask("staff", "list", *owner, lines=(OWNER,))["people"]} == {True}
    for path in (*data_dir.rglob("*"), *secret_service.folder.rglob("*")):
        if path.is_file():
            assert "Ödegård".encode() not in path.read_bytes(), path
    shop.ask("staff", "add", "Ida", "--role", "read-only", *owner, lines=(OWNER, OTHER))
    shop.ask("staff", "remove", "Tom", "--yes", *owner, lines=(OWNER,))
    assert shop("find", "eva", *tom, lines=(OTHER,)).returncode == 3
    shop.ask("rotate-key", *owner, lines=(OWNER,))
    assert shop.ask("find", "eva", "--as", "Ida", "--password-stdin", lines=(OTHER,))
    secret_service.stop()
    told = shop("find", "eva", *owner, lines=(OWNER,))
    assert told.returncode == 3
    assert "desktop" in told.stderr or "Computer" in told.stderr or "computer" in told.stderr
