"""Recovery drills with a real Secret Service: how a key gets lost in real life, and how the list opens again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_crm.cli.beginning import code_from
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.opening import open_with_recovery
from desktop_crm.vault.slots import KEYSTORE, RECOVERY
from desktop_crm.words import Exit
from tests.secret_service import SecretService, running_secret_service

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
PASSWORD = "vier lose Worte Kaktus"


@dataclass
class Counter:
    """The program on one computer: an account with a key store, and a folder."""

    service: SecretService
    data: Path
    code_file: Path

    def run(self, *words: str, stdin: str = "", code: Exit = Exit.DONE) -> str:
        """What is written to both outputs; the exit code must be `code`."""
        command = [sys.executable, "-P", "-m", "desktop_crm", "--data-dir", str(self.data), "--lang", "en", *words]
        settings = self.service.environment | {"PYTHONPATH": str(ROOT)}
        for screen in ("DISPLAY", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
            settings.pop(screen, None)
        done = subprocess.run(command, input=stdin, env=settings, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def finds_anna(self, *words: str, stdin: str = "") -> bool:
        return "Anna Holm" in self.run("find", "Anna", *words, stdin=stdin)


@pytest.fixture
def counter(secret_service: SecretService, tmp_path: Path) -> Counter:
    made = Counter(secret_service, tmp_path / "data", tmp_path / "sheet.txt")
    made.run("init", "--company", "Blumen", "--country", "DE", "--recovery-file", str(made.code_file))
    made.run("add", "--name", "Anna Holm", "--email", "anna@example.com")
    assert made.finds_anna()
    return made


def recovered(counter: Counter) -> None:
    counter.run("recover", "--code-file", str(counter.code_file))
    assert counter.finds_anna()


def test_the_key_store_was_wiped_as_by_a_reset_password(counter: Counter) -> None:
    counter.service.reset()
    said = counter.run("find", "Anna", code=Exit.LOCKED)
    assert "recovery sheet" in said
    recovered(counter)


def test_the_key_store_is_locked_with_a_password_nobody_knows(counter: Counter) -> None:
    """A reset password leaves the store locked for good; then a password of the file serves until it is made anew."""
    counter.service.lock()
    assert "is locked" in counter.run("find", "Anna", code=Exit.LOCKED)
    assert "--passphrase-stdin" in counter.run("recover", "--code-file", str(counter.code_file), code=Exit.LOCKED)
    counter.run("--passphrase-stdin", "recover", "--code-file", str(counter.code_file), stdin=f"{PASSWORD}\n")
    assert counter.finds_anna("--passphrase-stdin", stdin=f"{PASSWORD}\n")
    counter.service.reset()
    counter.run("--passphrase-stdin", "ways", "this-account", stdin=f"{PASSWORD}\n")
    assert counter.finds_anna()


def test_the_key_store_is_gone_and_comes_back(counter: Counter) -> None:
    counter.service.stop()
    said = counter.run("find", "Anna", code=Exit.LOCKED)
    assert "does not answer" in said
    counter.run("--passphrase-stdin", "recover", "--code-file", str(counter.code_file), stdin=f"{PASSWORD}\n")
    assert counter.finds_anna("--passphrase-stdin", stdin=f"{PASSWORD}\n")
    counter.service.start()
    assert counter.finds_anna()


def test_the_key_lies_in_a_store_of_another_kind(counter: Counter) -> None:
    """As after a desktop that changed from one to the other: told by name, and opened with the sheet."""
    counter.service.reset()
    folder = VaultFolder(counter.data)
    keys = open_with_recovery(folder, code_from(counter.code_file).strip())
    now = folder.headers()[0]
    elsewhere = [replace(slot, fields={**slot.fields, "store": "KWallet"}) for slot in now.of_kind(KEYSTORE)]
    folder.write_header(now.next(keys, slots=(*now.of_kind(RECOVERY), *elsewhere)))
    said = counter.run("find", "Anna", code=Exit.LOCKED)
    assert "Its key lies in “KWallet”" in said
    recovered(counter)


@pytest.fixture
def other_computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    # The socket of a session must have a short path.
    folder = tmp_path_factory.mktemp("pc")
    with running_secret_service(folder) as service:
        yield service


def test_a_copied_folder_and_the_sheet_open_on_a_new_computer(
    counter: Counter, other_computer: SecretService, tmp_path: Path
) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(counter.data, copied)
    there = Counter(other_computer, copied, counter.code_file)
    assert "recovery sheet" in there.run("find", "Anna", code=Exit.LOCKED)
    recovered(there)
    assert counter.finds_anna()


def test_the_lock_is_changed_and_all_ways_still_open(counter: Counter) -> None:
    counter.run("ways", "password", stdin=f"{PASSWORD}\n")
    before = (counter.data / "customers.db").read_bytes()[:16]
    assert "old key is gone" in counter.run("rotate-key")
    assert (counter.data / "customers.db").read_bytes()[:16] != before
    assert counter.finds_anna()
    assert counter.finds_anna("--passphrase-stdin", stdin=f"{PASSWORD}\n")
    counter.service.reset()
    recovered(counter)
    listed = json.loads(counter.run("ways", "list", "--json"))
    assert {way["kind"] for way in listed["ways"]} == {"keyring", "passphrase", "recovery"}
    counter.run("ways", "remove", "1", code=Exit.REFUSED)


def test_a_new_sheet_goes_to_a_file_only_with_a_yes(counter: Counter, tmp_path: Path) -> None:
    sheet = tmp_path / "new.txt"
    said = counter.run("recovery-sheet", "--out", str(sheet), code=Exit.REFUSED)
    assert "Whoever finds this file can open everything." in said
    assert not sheet.exists()
    counter.run("recovery-sheet", "--out", str(sheet), "--anybody-who-finds-it")
    assert os.stat(sheet).st_mode & 0o077 == 0
    counter.service.reset()
    assert "does not open this customer list" in counter.run(
        "recover", "--code-file", str(counter.code_file), code=Exit.LOCKED
    )
    counter.run("recover", "--code-file", str(sheet))
    assert counter.finds_anna()


def test_wrong_passwords_make_pauses_that_outlast_the_program(counter: Counter) -> None:
    counter.run("ways", "password", stdin=f"{PASSWORD}\n")
    for _ in range(5):
        assert "Not right" in counter.run("--passphrase-stdin", "find", "Anna", stdin="wrong\n", code=Exit.LOCKED)
    said = counter.run("--passphrase-stdin", "find", "Anna", stdin=f"{PASSWORD}\n", code=Exit.LOCKED)
    assert "seconds left" in said
    (counter.data / "customers.tries").unlink()
    said = counter.run("--passphrase-stdin", "find", "Anna", stdin=f"{PASSWORD}\n", code=Exit.LOCKED)
    assert "seconds left" in said
    assert counter.finds_anna()
