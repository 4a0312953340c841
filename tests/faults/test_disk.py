"""A full disk and a folder that cannot be written: told in plain words, and the customer file stays whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, erasing, ways
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.words import Problem
from tests.faults import shop
from tests.faults.looking import nothing_left, sound
from tests.faults.nursery import ROOT
from tests.faults.small_disk import fill, mounted

SIZE = 3 * 1024 * 1024
SCRIPT_SECONDS = 60


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A shop whose data lie on a disk of 3 MB; only root can make one."""
    with mounted(tmp_path / "shop", SIZE) as root:
        yield root


def _people(office: Office) -> set[str]:
    return office.read(lambda reading: {c.name for c in reading.find(Contact)})


def _add(office: Office, name: str) -> None:
    contacts.add(office, contacts.NewContact(name=name, emails=(f"{name.split(maxsplit=1)[0]}@example.com",)))


def _add_until_full(office: Office) -> set[str]:
    added: set[str] = set()

    def add_all() -> None:
        for number in range(10_000):
            name = f"p{number} {'x' * 2000}"
            _add(office, name)
            added.add(name)

    with pytest.raises(Problem, match="The disk is full") as told:
        add_all()
    assert told.value.safe is not None
    return added


def test_a_full_disk_is_told_and_nothing_is_lost(small_disk: Path) -> None:
    office = shop.begin(small_disk)
    added = _add_until_full(office)
    assert len(added) > 5
    assert _people(office) == added
    filler = fill(small_disk)
    with pytest.raises(Problem, match="The disk is full"):
        _add(office, "late")
    assert _people(office) == added
    filler.unlink()
    office.close()
    again = shop.reopen(small_disk)
    assert _people(again) == added
    sound(again)
    again.close()


def _erase(office: Office, person: bytes, folder: Path) -> bool:
    """Whether it was done; what is said where it was not is looked at."""
    try:
        erasing.erase(office, person, folder / "papers", ErasureOrder())
    except Problem as problem:
        told = problem.what.text
    else:
        return True
    assert told == "The disk is full."
    return False


def test_erasing_on_a_full_disk_happens_wholly_or_not_at_all(small_disk: Path, tmp_path: Path) -> None:
    """Nothing half done, nothing claimed that is not so; with room again, it can be done and leaves nothing."""
    office = shop.begin(small_disk)
    word = "xqvbnmklrtzwpd"
    person = contacts.add(office, contacts.NewContact(name=f"Anna {word}", emails=(f"{word}@example.com",)))
    contacts.note(office, person, f"{word} " * 2000)
    office.store.checkpoint()
    filler = fill(small_disk)
    done = _erase(office, person, tmp_path)
    assert _people(office) == (set() if done else {f"Anna {word}"})
    filler.unlink()
    assert done or _erase(office, person, tmp_path)
    office.close()
    again = shop.reopen(small_disk)
    nothing_left(again, [word])
    sound(again)
    again.close()


def test_changing_the_lock_on_a_full_disk_leaves_the_old_one(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it runs out of room: told, everything there, and possible once there is room again."""
    office = shop.begin(small_disk)
    folder = shop.folder_of(small_disk)
    person = contacts.add(office, contacts.NewContact(name="Anna Holm", emails=("anna@example.com",)))
    contacts.note(office, person, "x " * 50_000)
    office.store.checkpoint()
    before = bytes(office.keys.database_key)
    told = []
    for left in (0, 8_000, 40_000, 200_000, folder.database.stat().st_size - 40_000):
        filler = fill(small_disk)
        os.truncate(filler, max(0, filler.stat().st_size - left))
        monkeypatch.setattr(ways, "_SPARE", -SIZE)
        with pytest.raises(Problem) as refused:
            ways.change_lock(office, folder)
        assert refused.value.safe is not None
        told.append(refused.value.todo)
        filler.unlink()
        assert bytes(office.keys.database_key) == before
        assert _people(office) == {"Anna Holm"}
        assert not folder.unfinished_copy.exists()
        office.close()
        office = shop.reopen(small_disk)
        sound(office)
    assert None not in told
    ways.change_lock(office, folder)
    assert bytes(office.keys.database_key) != before
    office.close()
    again = shop.reopen(small_disk)
    assert _people(again) == {"Anna Holm"}
    sound(again)
    again.close()


def _script(root: Path, body: str, *before: str) -> None:
    """Runs lines in a process of its own, where limits and rights hold that would hinder this one."""
    lines = f"from pathlib import Path\nfrom tests.faults import shop\nroot = Path({str(root)!r})\n{body}"
    subprocess.run([*before, sys.executable, "-c", lines], cwd=ROOT, check=True, timeout=SCRIPT_SECONDS)


LIMITED = """
import resource, signal
from desktop_crm.services import contacts
from desktop_crm.words import Problem
office = shop.reopen(root)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
try:
    for number in range(10_000):
        contacts.add(office, contacts.NewContact(name=f"{number} " + "x" * 5000, emails=(f"p{number}@example.com",)))
except Problem as problem:
    assert problem.what.text in ("The disk is full.", "The disk refused to read or write the customer file."), problem
    assert problem.todo is not None
else:
    raise AssertionError("no limit met")
with office.store._readers.one() as reader:
    told = reader.execute("SELECT count(*) FROM contact").fetchone()[0]
(root / "told").write_text(str(told))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_disk_that_takes_no_more_of_a_file_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    shop.begin(tmp_path).close()
    _script(tmp_path, LIMITED)
    office = shop.reopen(tmp_path)
    assert len(_people(office)) == int((tmp_path / "told").read_text()) > 0
    sound(office)
    office.close()


READ_ONLY = """
from desktop_crm.words import Problem
try:
    shop.reopen(root)
except Problem as problem:
    print(problem)
    assert problem.what.text in (
        "The folder of the customer file cannot be written to.",
        "The customer file is open in another program or account.",
        "This account may not write into the folder “{folder}”.",
        "“{path}” could not be written. {why}",
    ), problem
else:
    raise AssertionError("opened")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how to give up root's rights is known for Linux alone")
@pytest.mark.parametrize("with_lock", [True, False])
def test_a_folder_that_cannot_be_written_is_told_and_left_as_it_is(tmp_path: Path, with_lock: bool) -> None:
    shop.begin(tmp_path).close()
    data = shop.folder_of(tmp_path).path
    lock = shop.folder_of(tmp_path).lock
    if not with_lock:
        lock.unlink()
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    for path in data.iterdir():
        path.chmod(0o666 if path == lock else 0o400)
    data.chmod(0o500)
    bounds = "--bounding-set=-dac_override,-dac_read_search"
    as_anyone = ["setpriv", "--inh-caps=-dac_override,-dac_read_search", bounds] if os.geteuid() == 0 else []
    try:
        _script(tmp_path, READ_ONLY, *as_anyone)
        if with_lock:
            lock.write_bytes(before[lock.name])
        assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    finally:
        data.chmod(0o700)
        for path in data.iterdir():
            path.chmod(0o600)
    shop.reopen(tmp_path).close()
