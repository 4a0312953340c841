"""A shop's whole way in the window: the real program, offscreen, in a home of its own with a real key store."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.secret_service import SecretService
from tests.ui.whole.hands import environment

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
WHO, ADDRESS, PLACE = "Łucja Kowalska", "customer0000@example.com", "Hauptstraße 1"
_MANY = 4_000


class Account:
    """An account of a computer: its home, its key store, and the programs that are started there."""

    def __init__(self, home: Path, service: SecretService) -> None:
        self.home = home
        self.folder = home / "data"
        self.service = service
        self.begun: list[subprocess.Popen[str]] = []

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start a program and go on."""
        pipe = subprocess.PIPE
        command = [sys.executable, "-P", *words]
        settings = environment(self.home, self.service.address) | {"PYTHONPATH": str(ROOT)}
        made = subprocess.Popen(command, env=settings, cwd=self.home, text=True, stdout=pipe, stderr=pipe)
        self.begun.append(made)
        return made

    def walk(self, way: str, *more: str) -> subprocess.Popen[str]:
        """Begin one of the ways through the window."""
        return self.begin("-m", "tests.ui.whole.at_work", way, str(self.folder), *more)

    def done(self, way: str, *more: str) -> str:
        """A way to its end. Returns what it printed."""
        walking = self.walk(way, *more)
        out, err = walking.communicate(timeout=120)
        assert walking.returncode == 0, err
        return out

    def paper(self, pattern: str) -> str:
        """The text of the one paper that is called so."""
        (found,) = self.home.rglob(pattern)
        return " ".join(" ".join(page.extract_text() for page in PdfReader(found).pages).split())


@pytest.fixture
def account(tmp_path_factory: pytest.TempPathFactory, secret_service: SecretService) -> Iterator[Account]:
    # A short name: the place at which a later start is heard lies in it, and may have no more than 107 letters.
    home = tmp_path_factory.mktemp("home")
    made = Account(home, secret_service)
    yield made
    for one in made.begun:
        if one.poll() is None:
            one.kill()
        one.communicate()


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    """A list that takes a while."""
    path = tmp_path / "long.csv"
    rows = (f"Person {number},person{number}@example.com,0341 {number:07}" for number in range(_MANY))
    path.write_text("Name,E-mail,Phone\n" + "\n".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("way", ["by_mouse", "by_keyboard"])
def test_a_person_comes_in_is_asked_answered_and_erased(account: Account, way: str) -> None:
    account.done(way)
    answer = account.paper("access-*.pdf")
    assert [text for text in (WHO, ADDRESS, PLACE, "Newsletter by e-mail") if text not in answer] == []
    record = account.paper("erasure-*.pdf")
    assert "E-2026-001" in record
    assert [text for text in ("Kowalska", ADDRESS, PLACE) if text in record] == []
    assert WHO in account.paper("letter-*.pdf")


def test_a_second_start_brings_the_window_forward(account: Account) -> None:
    first = account.walk("minimised")
    assert _line(first) == "minimised"
    second = account.begin("-m", "desktop_crm", "--data-dir", str(account.folder))
    assert second.wait(30) == 0
    assert _line(first) == "forward"


def test_quitting_during_an_import_leaves_nobody_half_in(account: Account, long_list: Path) -> None:
    account.done("quitting", str(long_list))
    account.done("looking")


def test_an_import_that_is_killed_leaves_nobody_half_in(account: Account, long_list: Path) -> None:
    walking = account.walk("importing", str(long_list))
    assert _line(walking) == "running", walking.communicate()
    walking.kill()
    assert "finished" not in walking.communicate()[0]
    account.done("looking")


def test_no_value_of_a_customer_lies_outside_their_file(account: Account) -> None:
    planted = account.done("canaries", "7").split()
    assert len(planted) > 15
    papers = account.home / "Documents"
    answer = account.paper("access-*.pdf").replace(" ", "")
    assert [word for word in planted if word in answer], "nothing was planted"
    leaks = {path for word in planted for path in found_in(word, account.home, account.service.folder, but=papers)}
    assert leaks == set()
    assert list(account.folder.glob("customers.*"))


def test_a_name_in_a_title_is_found(account: Account) -> None:
    walking = account.walk("canaries", "8", "title")
    _, err = walking.communicate(timeout=120)
    assert walking.returncode == 1
    assert re.search("a title or the name of an object holds [1-9] canaries", err)


@pytest.mark.parametrize(
    "write",
    [
        lambda word: word.encode(),
        lambda word: word.capitalize().encode("utf-16-le"),
        lambda word: f"/home/{word}".encode("utf-16-be"),
        lambda word: base64.b64encode(f"a{word}".encode()),
        lambda word: word.encode().hex().encode(),
    ],
)
def test_a_leak_is_found_however_it_is_written(tmp_path: Path, write: Callable[[str], bytes]) -> None:
    (tmp_path / "log").write_bytes(b"\0\1" + write("qwxzkvbnmqyp") + b"\n")
    assert found_in("qwxzkvbnmqyp", tmp_path) == [tmp_path / "log"]


def test_a_leak_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "of-qwxzkvbnmqyp.txt").touch()
    assert found_in("qwxzkvbnmqyp", tmp_path) == [tmp_path / "of-qwxzkvbnmqyp.txt"]


def found_in(word: str, *folders: Path, but: Path | None = None) -> list[Path]:
    """Files with this word in their bytes or in their name."""
    every = (path for folder in folders for path in folder.rglob("*") if but is None or but not in path.parents)
    return [path for path in every if word in str(path.name).lower() or _holds(path, word)]


def _holds(path: Path, word: str) -> bool:
    if not path.is_file() or path.is_symlink():
        return False
    held = path.read_bytes()
    return any(needle in held for needle in _written(word))


def _written(word: str) -> Iterator[bytes]:
    """The ways in which programs write a word. (A word of plain letters stays as it is when percent-encoded.)"""
    for said in (word, word.capitalize(), word.upper()):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            yield said.encode(code)
        yield said.encode().hex().encode()
        for before in range(3):
            # Without the signs that depend on what stands around it.
            yield base64.b64encode(b"\0" * before + said.encode()).rstrip(b"=")[4:-4]


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
