"""Each way in which a file can be spoiled gets its own plain sentence, and finding it out changes nothing."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.storage.diagnose import bad_pages
from desktop_crm.storage.store import Store
from desktop_crm.words import Exit, Problem, Words
from tests.storage.people import contact

PAGE = 4096
Spoil = Callable[[bytes], bytes]


def _flip(at: int) -> Spoil:
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _nothing(data: bytes) -> bytes:
    return data


MISSING = "is missing"
EMPTY = "is empty (0 bytes)"
CUT = "has been cut off"
PLAIN = "is not encrypted"
FOREIGN = "do not belong together"
ONE_PAGE = "is damaged: 1 of"

AT_OPENING: dict[str, tuple[Spoil, str]] = {
    "0 bytes": (lambda _: b"", EMPTY),
    "cut in the middle of a page": (lambda data: data[: 5 * PAGE + 1000], CUT),
    "cut between pages": (lambda data: data[: 5 * PAGE], CUT),
    "only its first page": (lambda data: data[:PAGE], CUT),
    "only its first bytes": (lambda data: data[:100], CUT),
    "page 1 damaged": (_flip(900), ONE_PAGE),
    "seal of page 1 damaged": (_flip(PAGE - 1), ONE_PAGE),
    "salt damaged": (_flip(7), FOREIGN),
    "noise": (lambda data: secrets.token_bytes(len(data)), FOREIGN),
    "noise of odd length": (lambda _: secrets.token_bytes(10_001), CUT),
    "text": (lambda _: b"Dear customer! " * 5000, CUT),
    "zeros": (lambda data: bytes(len(data)), FOREIGN),
    "plain SQLite": (lambda data: b"SQLite format 3\0" + data[16:], PLAIN),
}


@pytest.fixture
def closed(store: Store) -> Path:
    """A customer file of several dozen pages, closed."""
    people = [contact(f"Person {secrets.token_hex(20)}") for _ in range(400)]
    store.write(lambda writing: writing.insert_many(Contact, people))
    store.close()
    assert [path.name for path in store.database.parent.iterdir()] == [store.database.name]
    return store.database


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _refused(database: Path, key: bytes, sentence: str) -> Problem:
    before = _contents(database.parent)
    with pytest.raises(Problem) as told:
        Store(database, key)
    assert _contents(database.parent) == before
    assert told.value.code is Exit.DAMAGED
    assert sentence in Words("en").say(told.value.what)
    assert told.value.safe is not None
    assert told.value.todo is not None
    return told.value


@pytest.mark.parametrize("how", AT_OPENING)
def test_a_spoiled_file_is_told_and_left_as_it_is(closed: Path, key: bytes, how: str) -> None:
    spoil, sentence = AT_OPENING[how]
    closed.write_bytes(spoil(closed.read_bytes()))
    _refused(closed, key, sentence)


def test_a_missing_file_is_told_and_not_made(database: Path, key: bytes) -> None:
    _refused(database, key, MISSING)
    assert list(database.parent.iterdir()) == []


def test_a_wrong_key_is_told(closed: Path) -> None:
    _refused(closed, secrets.token_bytes(32), FOREIGN)


def test_the_number_of_damaged_pages_is_told(closed: Path, key: bytes) -> None:
    data = closed.read_bytes()
    pages = len(data) // PAGE
    closed.write_bytes(_flip(10 * PAGE + 5)(_flip(900)(data)))
    assert bad_pages(closed, key) == 2
    assert _refused(closed, key, "is damaged: 2 of").what.values["pages"] == pages


def test_a_damaged_page_in_the_middle_is_told_when_it_is_read(closed: Path, key: bytes) -> None:
    """Reading all pages at each start would take long; this page does no harm until it is needed."""
    data = bytearray(closed.read_bytes())
    last = range(len(data) // PAGE - 40, len(data) // PAGE)
    for page in last:
        data[page * PAGE + 2000] ^= 1
    closed.write_bytes(data)
    opened = Store(closed, key)
    assert opened.damage() == len(last)
    try:
        with pytest.raises(Problem) as told:
            opened.read(lambda reading: reading.find(Contact))
        assert told.value.code is Exit.DAMAGED
        assert "is damaged: " in Words("en").say(told.value.what)
        with pytest.raises(Problem) as told:
            opened.write(lambda writing: writing.delete(Contact))
        assert told.value.code is Exit.DAMAGED
    finally:
        opened.close()
    assert closed.read_bytes() == data


def _with_log(store: Store, folder: Path) -> Path:
    """A copy of the folder as a crash leaves it: nearly everything still in the log."""
    store.write(lambda writing: writing.insert(contact("Łucja Kowalska")))
    shutil.copytree(store.database.parent, folder)
    folder.joinpath(f"{store.database.name}-shm").unlink()
    database = folder / store.database.name
    assert database.with_name(f"{database.name}-wal").stat().st_size > 20 * PAGE
    return database


@pytest.mark.parametrize("how", ["wrong key", "salt damaged", "another file"])
def test_a_log_is_never_taken_into_a_file_that_does_not_fit(store: Store, key: bytes, tmp_path: Path, how: str) -> None:
    """SQLite itself does that on closing, without asking for the key, and so spoils a file put there by mistake."""
    database = _with_log(store, tmp_path / "crashed")
    if how == "wrong key":
        key = secrets.token_bytes(32)
    elif how == "salt damaged":
        database.write_bytes(_flip(7)(database.read_bytes()))
    else:
        other = Store(tmp_path / "other.db", secrets.token_bytes(32), create=True)
        other.close()
        database.write_bytes(other.database.read_bytes())
    _refused(database, key, FOREIGN)


@pytest.mark.parametrize("spoil", [_nothing, _flip(900), lambda data: data[:-100], lambda data: data + b"half a page"])
def test_what_a_crash_leaves_is_mended_from_the_log(store: Store, key: bytes, tmp_path: Path, spoil: Spoil) -> None:
    """The log still has every page that was being written into the main file."""
    database = _with_log(store, tmp_path / "crashed")
    database.write_bytes(spoil(database.read_bytes()))
    opened = Store(database, key)
    assert opened.read(lambda reading: [c.name for c in reading.find(Contact)]) == ["Łucja Kowalska"]
    assert opened.damage() == 0
    opened.close()


def test_a_file_is_never_made_where_one_is(closed: Path, key: bytes) -> None:
    before = closed.read_bytes()
    with pytest.raises(Problem):
        Store(closed, key, create=True)
    assert closed.read_bytes() == before
