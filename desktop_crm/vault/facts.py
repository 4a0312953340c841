"""What lies in the folder of a customer file, what for, and who can open it."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.host.files import told_apart
from desktop_crm.vault import swapping
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import HeaderDamaged, HeaderNewer
from desktop_crm.vault.slots import KEYSTORE, PHRASE, RECOVERY, STAFF
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file or folder: what it is for, whether its content is encrypted, and with what it can be opened."""

    path: Path
    purpose: M
    encrypted: bool
    opened_by: M

    @property
    def size(self) -> int:
        """Bytes it takes now, of a folder what lies in it; 0 where it has gone since."""
        try:
            if self.path.is_dir():
                return sum(one.stat().st_size for one in self.path.iterdir())
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def rights(self) -> M:
        """Whom the computer lets at it."""
        if sys.platform == "win32":
            return M("As Windows has set it for the folder.")
        try:
            mode = self.path.stat().st_mode
        except OSError:
            return M("Unknown.")
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            return M("Other accounts of this computer are let at it too.")
        return M("Your computer account alone.")


@told_apart()
def describe(folder: VaultFolder) -> list[FileFact]:
    """The files in the folder, ours first, then strangers. Needs no key; an empty list if the folder does not exist."""
    if not folder.path.is_dir():
        return []
    ours = [fact for fact in _ours(folder) if fact.path.exists()]
    known = {fact.path for fact in ours}
    strangers = sorted(path for path in folder.path.iterdir() if path.is_file() and path not in known)
    return [*ours, *map(_stranger, strangers)]


def _ours(folder: VaultFolder) -> Iterator[FileFact]:
    keys = _who(folder)
    yield FileFact(folder.database, M("The customer file: everything about your customers."), True, keys)
    readable = M("Anyone with access to the folder can read it; no customer in it.")
    for path in folder.side_files():
        if path == folder.page_numbers:
            yield FileFact(path, M("Numbers of the pages that changed last; made anew each time."), False, readable)
        else:
            yield FileFact(path, M("Latest changes on their way into the customer file."), True, keys)
    nobody = M("Anyone with access to the folder can read it; it opens nothing by itself.")
    yield FileFact(folder.header, M("The keys of the customer file, each locked with one way in."), True, nobody)
    yield FileFact(folder.header_copy, M("Second copy of the keys, should the first be damaged."), True, nobody)
    safety = M("Keys of the safety copies, and numbers of those who were erased; a copy never holds it.")
    yield FileFact(folder.copy_keys, safety, True, keys)
    holder = M("Anyone with access to the folder can read it; it names the account and computer, no customer.")
    yield FileFact(folder.lock, M("Tells other programs who has the customer file open."), False, holder)
    tried = M("Counts wrong passwords while the customer file is locked, without a name.")
    yield FileFact(folder.tries, tried, False, M("Anyone with access to the folder can read it; no customer in it."))
    room = M("Keeps room free on the disk, so that erasing works even when it is full. It is empty of any content.")
    yield FileFact(folder.reserve, room, False, M("There is nothing in it to read."))
    yield FileFact(folder.unfinished_copy, M("A copy under a new lock that was interrupted."), True, M("Nobody."))
    for path in swapping.set_asides(folder):
        before = M("The customer file as it was before a safety copy was brought back.")
        yield FileFact(path, before, True, _who(VaultFolder(path)))
    for path in folder.set_aside():
        yield FileFact(path, M("Left over from a set-up that was interrupted; no customer in it."), True, M("Nobody."))


def _stranger(path: Path) -> FileFact:
    return FileFact(path, M("Not made by this program."), False, M("Unknown."))


def _who(folder: VaultFolder) -> M:
    try:
        kinds = {slot.kind for slot in folder.headers()[0].slots}
    except (HeaderDamaged, HeaderNewer):
        return M("Nobody at present: the key file is missing, damaged or of a later version.")
    ways = {
        KEYSTORE: M("your computer account"),
        PHRASE: M("the password"),
        STAFF: M("a password of one's own"),
        RECOVERY: M("the recovery sheet"),
    }
    said = [way for kind, way in ways.items() if kind in kinds]
    return _listed(said)


def _listed(ways: list[M]) -> M:
    match ways:
        case [one]:
            return M("Opens with {one}.", one=one)
        case [one, two]:
            return M("Opens with {one} or {two}.", one=one, two=two)
        case [one, two, three]:
            return M("Opens with {one}, {two} or {three}.", one=one, two=two, three=three)
        case [one, two, three, four]:
            return M("Opens with {one}, {two}, {three} or {four}.", one=one, two=two, three=three, four=four)
        case _:
            return M("Unknown.")
