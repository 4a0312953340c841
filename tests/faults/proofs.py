"""What is killed, and how it is known that nothing was lost: one proof for each kind of work.

Both `from_source.py kills` and test_kill.py run them. A new kind of work is a worker (tests/faults/worker.py), a proof
here, and its name in PROOFS.
"""

from __future__ import annotations

import random
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from desktop_crm.host.clock import SystemClock
from desktop_crm.records.contact import Contact
from desktop_crm.records.staff import Staff
from desktop_crm.services import contacts, copies, copies_daily, copies_page, setup, staff
from desktop_crm.services.office import Office
from desktop_crm.storage import migrate
from desktop_crm.vault import opening, swapping
from desktop_crm.vault import staff as staff_ways
from desktop_crm.vault.folder import State
from desktop_crm.vault.slots import INVITATION, RECOVERY
from desktop_crm.words import Problem
from tests.faults import shop
from tests.faults.looking import Memory, as_told, nothing_left, sound
from tests.faults.nursery import Said

PASSWORD = "four plain wooden chairs"


def people(office: Office) -> set[str]:
    """The names of everybody in the file."""
    return office.read(lambda reading: {one.name for one in reading.find(Contact)})


@contextmanager
def reopened(root: Path) -> Iterator[Office]:
    """The customer file as the next start finds it; it is sound at the end."""
    office = shop.reopen(root)
    try:
        yield office
        sound(office)
    finally:
        office.close()


class Proof(ABC):
    """One kind of work, killed again and again.

    `longest`: so many seconds it may work before it is killed; 0 where it comes to an end by itself. `acknowledged`
    counts what the killed programs had told as done and what was looked for and found.
    """

    kind = ""
    longest = 0.6

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.acknowledged = 0
        self._made = 0

    @abstractmethod
    def root(self) -> Path:
        """The customer file for the next kill."""

    @abstractmethod
    def look(self, root: Path, said: Said) -> None:
        """Opens it and compares it with what was told. AssertionError or Problem where anything is wrong."""

    def fresh(self) -> Path:
        """A folder that was not there."""
        self._made += 1
        made = self.folder / f"{self.kind}-{self._made}"
        made.mkdir(parents=True)
        return made


class Working(Proof):
    """Daily work: notes, lists, erasures."""

    per_file = 15
    """So many kills one and the same file has to survive before a new one is begun: searching all pages takes time."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder, chance)
        self._left = 0
        self._root = folder
        self._memory = Memory()

    def root(self) -> Path:
        if not self._left:
            self._root, self._memory, self._left = self.fresh(), Memory(), self.per_file
            shop.begin(self._root).close()
        self._left -= 1
        return self._root

    def look(self, root: Path, said: Said) -> None:
        memory = self._memory
        before, told = len(memory.gone), memory.commits
        memory.hear(said)
        with reopened(root) as office:
            as_told(office, memory, self.chance)
            nothing_left(office, memory.gone[before:] if self._left else memory.gone)
        self.acknowledged += memory.commits - told


class Editing(Working):
    """Adding, noting, renaming, asking."""

    kind = "edit"


class Importing(Working):
    """Lists brought in and taken back."""

    kind = "bring_in"


class Erasing(Working):
    """Erasures, with the search of every page."""

    kind = "erase"
    longest = 0.9


class OneFile(Proof):
    """One and the same file has to survive every kill."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder, chance)
        self._root = self.fresh()
        self.begin(self._root)

    def begin(self, root: Path) -> None:
        """What the file is before the first kill."""
        shop.begin(root).close()

    def root(self) -> Path:
        return self._root


class BackingUp(OneFile):
    """Safety copies made, thinned, and written anew without somebody erased."""

    kind = "back_up"
    longest = 1.5

    def look(self, root: Path, said: Said) -> None:
        # Without the ending: the second of one moment has a number behind it.
        told = [Path(line["file"]).stem for line in said if line.get("did") == "copy"]
        with reopened(root) as office:
            copies_daily.look_after(office)
            there = [one for one in copies_page.copies_page(office).copies if one.row.kind == "copy"]
            # Thinning keeps one of a day; the newest that was told is always there.
            assert not told or max(Path(one.row.file_name).stem for one in there) >= told[-1]
            for one in there:
                assert not (one.here and one.has_key) or copies.check_copy(office, one.row.id).problem is None
        self.acknowledged += len(told)


class BringingBack(OneFile):
    """A safety copy put in the place of the customer file: afterwards it is the one or the other."""

    kind = "bring_back"
    longest = 1.5

    def begin(self, root: Path) -> None:
        office = shop.begin(root)
        (root / "stick").mkdir()
        contacts.add(office, contacts.NewContact(name="Von Damals", emails=("d@example.com",)))
        copies.make_copy(office, root / "stick")
        office.close()

    def root(self) -> Path:
        self._made += 1
        office = shop.reopen(self._root)
        contacts.add(office, contacts.NewContact(name=f"Neu {self._made}", emails=(f"n{self._made}@example.com",)))
        self._before = people(office)
        office.close()
        return self._root

    def look(self, root: Path, said: Said) -> None:
        back = sum(line.get("did") == "bring_back" for line in said)
        with reopened(root) as office:
            assert people(office) == {"Von Damals"} or (not back and people(office) == self._before)
            assert not swapping.under_way(shop.folder_of(root))
            assert {path.name for path in (root / "stick").iterdir()} == {self._copy(root).name}
        for aside in swapping.set_asides(shop.folder_of(root)):
            shutil.rmtree(aside)
        self.acknowledged += back

    def _copy(self, root: Path) -> Path:
        return sorted((root / "stick").glob("*.crmcopy"))[-1]


class Relocking(OneFile):
    """The lock changed: the sheet, the password and the key store open it, with one key."""

    kind = "relock"

    def begin(self, root: Path) -> None:
        begun = setup.begin(
            shop.folder_of(root), shop.SHOP, clock=SystemClock(), keystore=shop.keys_of(root), passphrase=PASSWORD
        )
        contacts.add(begun.office, contacts.NewContact(name="x" * 2000, emails=("x@example.com",)))
        begun.office.close()
        self._code, self._told = begun.recovery_code, {"x" * 2000}

    def look(self, root: Path, said: Said) -> None:
        self._told |= {line["word"] for line in said if line.get("did") == "add"}
        folder = shop.folder_of(root)
        with reopened(root) as office:
            assert self._told <= people(office)
            key = bytes(office.keys.database_key)
        assert not folder.unfinished_copy.exists()
        assert folder.header.read_bytes() == folder.header_copy.read_bytes()
        by_sheet = opening.open_with_recovery(folder, self._code)
        assert (bytes(by_sheet.database_key), bytes(by_sheet.next_key)) == (key, b"")
        assert bytes(opening.open_with_passphrase(folder, PASSWORD).database_key) == key
        self.acknowledged += sum("did" in line for line in said)


class WaysIn(OneFile):
    """Passwords, keys of the computer and invitations given and taken away."""

    kind = "ways_in"

    def begin(self, root: Path) -> None:
        begun = setup.begin(
            shop.folder_of(root), shop.SHOP, clock=SystemClock(), keystore=shop.keys_of(root), passphrase=None
        )
        begun.office.close()
        self._code, self._password, self._invited = begun.recovery_code, "", ""
        self._opens: bool | None = None
        """Whether the newest password opens; None where that was not told."""

    def look(self, root: Path, said: Said) -> None:
        for line in said:
            self._hear(line)
        with reopened(root):
            folder = shop.folder_of(root)
            assert folder.header.read_bytes() == folder.header_copy.read_bytes()
            opening.open_with_recovery(folder, self._code).drop()
            if self._invited:
                opening.open_with_recovery(folder, self._invited, kinds=(RECOVERY, INVITATION)).drop()
            if self._opens is not None:
                assert self._by_password(root) is self._opens
        self.acknowledged += sum("did" in line for line in said)

    def _hear(self, line: dict[str, str]) -> None:
        match line:
            case {"begin": "enrol" | "remove", "password": password}:
                self._password, self._opens = password, None
            case {"did": "enrol"}:
                self._opens = True
            case {"did": "remove"}:
                self._opens = False
            case {"begin": "invite"}:
                self._invited = ""
            case {"did": "invite", "code": code}:
                self._invited = code

    def _by_password(self, root: Path) -> bool:
        try:
            opening.open_with_passphrase(shop.folder_of(root), self._password).drop()
        except Problem:
            return False
        return True


class LettingIn(OneFile):
    """People let in, given another password, let out again."""

    kind = "people"

    def begin(self, root: Path) -> None:
        office = shop.begin(root)
        for name, role in ((shop.OWNER, "owner"), ("Tom", "staff")):
            new = staff.NewPerson(name, role, shop.PASSWORD, alone_ends=True)
            staff.add_person(office, shop.folder_of(root), shop.keys_of(root), new)
        office.close()

    def look(self, root: Path, said: Said) -> None:
        office = shop.as_owner(root)
        try:
            sound(office)
            rows = _working(office)
            assert set(rows) == staff_ways.people(shop.folder_of(root), office.keys)
        finally:
            office.close()
        _check(root, said, rows)
        self.acknowledged += sum("did" in line for line in said)


def _working(office: Office) -> dict[str, str | None]:
    """The names of those who work here, by number."""
    found = office.read(lambda reading: reading.find(Staff))
    return {one.number: one.name for one in found if one.left_on is None}


def _check(root: Path, said: Said, rows: dict[str, str | None]) -> None:
    """What was confirmed holds, and everybody with a row comes in as themselves."""
    mine = {str(line["name"]) for line in said if "name" in line}
    told = {word: {line["name"] for line in said if line.get("did") == word} for word in ("come", "reset", "leave")}
    begun = {line["name"] for line in said if line.get("begin") == "leave"}
    here = {tile.name: tile.number for tile in staff_ways.tiles(shop.folder_of(root), shop.keys_of(root))}
    assert {name for name in here if name in mine} == {name for name in rows.values() if name in mine}
    assert told["come"] - begun <= set(here)
    assert not told["leave"] & set(here)
    for name in mine & set(here):
        office = _enter(root, here[name], {shop.OTHER} if name in told["reset"] else {shop.PASSWORD, shop.OTHER})
        assert rows[office.who.name] == name
        office.close()


def _enter(root: Path, number: str, passwords: set[str]) -> Office:
    """With one of these passwords; Problem where none is right."""
    for password in sorted(passwords)[:-1]:
        try:
            return shop.as_person(root, number, password)
        except Problem:
            continue
    return shop.as_person(root, number, sorted(passwords)[-1])


class SettingUp(Proof):
    """A customer file begun: afterwards it is complete, or is begun again."""

    kind = "init"
    longest = 0

    def root(self) -> Path:
        return self.fresh()

    def look(self, root: Path, said: Said) -> None:
        state, done = shop.folder_of(root).state(), any("did" in line for line in said)
        assert state is State.COMPLETE or not done
        if state is State.COMPLETE:
            office = shop.reopen(root)
        else:
            assert state in (State.NOTHING, State.INTERRUPTED)
            office = self._begun_again(root)
        contacts.add(office, contacts.NewContact(name="Łucja", emails=("lucja@example.com",)))
        office.close()
        with reopened(root) as again:
            assert [row.name for row in contacts.find(again, "lucja")] == ["Łucja"]
        self.acknowledged += done
        shutil.rmtree(root)

    def _begun_again(self, root: Path) -> Office:
        with pytest.raises(Problem) as told:
            shop.reopen(root)
        assert told.value.todo is not None
        return shop.begin(root)


CHANGE = (
    "CREATE TABLE passing (name TEXT);\n"
    "INSERT INTO passing SELECT name || hex(randomblob(4)) FROM contact;\n"
    "UPDATE contact SET nickname = 'changed';\n"
    "DROP TABLE passing;\n"
)


class ChangingVersion(Proof):
    """A migration: the old or the new program opens the file, and the new one finishes it."""

    kind = "change_version"
    longest = 0
    people = 30

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder, chance)
        self._before = self.fresh()
        office = shop.begin(self._before)
        for number in range(self.people):
            contacts.add(office, contacts.NewContact(name=f"Person {number}", emails=(f"p{number}@example.com",)))
        office.close()
        shutil.copytree(migrate.migrations()[0].parent, self._before / "migrations")
        following = self._before / "migrations" / f"{len(migrate.migrations()) + 1:04}_next.sql"
        following.write_text(CHANGE * 40, encoding="utf-8")

    def root(self) -> Path:
        root = self.fresh()
        shutil.copytree(self._before, root, dirs_exist_ok=True)
        return root

    def look(self, root: Path, said: Said) -> None:
        done = any("did" in line for line in said)
        if not self._is_newer(root):
            assert not done
            assert self._nicknames(root) == [None] * self.people
        with mock.patch.object(migrate, "_FOLDER", root / "migrations"):
            migrate.migrations.cache_clear()
            try:
                assert self._nicknames(root) == ["changed"] * self.people
            finally:
                migrate.migrations.cache_clear()
        migrate.migrations.cache_clear()
        assert list((root / "data").glob("*.version-*")) == []
        self.acknowledged += done
        shutil.rmtree(root)

    def _nicknames(self, root: Path) -> list[str | None]:
        with reopened(root) as office:
            return office.read(lambda reading: [one.nickname for one in reading.find(Contact)])

    def _is_newer(self, root: Path) -> bool:
        try:
            shop.reopen(root).close()
        except Problem as problem:
            return "newer version" in problem.what.text
        return False


PROOFS: dict[str, type[Proof]] = {
    "setting up": SettingUp,
    "edit": Editing,
    "import": Importing,
    "erase": Erasing,
    "backup": BackingUp,
    "restore": BringingBack,
    "change of the lock": Relocking,
    "ways in": WaysIn,
    "people": LettingIn,
    "migration": ChangingVersion,
}
"""Every kind of work, in the order of the table."""
