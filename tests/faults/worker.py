"""Works on a customer file until it is killed, and tells of each commit once the program has it.

Started once as a nursery: for each line `FOLDER SEED KIND AT LAST` it starts a fresh process, so that 300 kills do not
cost 300 starts of Python. Where LAST is not 0, the process is followed (tests/faults/tracing.py), and killed before the
change of a file of that kind and number. What is told are lines of JSON on standard output.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop_crm.records.contact import Contact, ContactEmail
from desktop_crm.records.declare import Basis
from desktop_crm.services import consents, contacts, erasing, importing, journal, undoing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage import migrate
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault.slots import PHRASE
from desktop_crm.words import Problem
from tests.cheap_passwords import make_cheap
from tests.faults import shop, tracing

LETTERS = "bcdfghjklmnpqrstvwxz"
LENGTH = 14


def tell(**said: object) -> None:
    """One line, whole or not at all: it is shorter than what a pipe takes at once."""
    os.write(1, (json.dumps(said) + "\n").encode())


def ready() -> None:
    """From here on kills may come."""
    tracing.mark()
    tell(ready=True)


class Work:
    """Random acts on an open file. Each is announced before and told of when its commit has returned."""

    def __init__(self, root: Path, office: Office, chance: random.Random, kind: str) -> None:
        self._root = root
        self._office = office
        self._chance = chance
        self._people: list[bytes] = []
        self._look_again()
        self._batches: list[tuple[bytes, list[str]]] = []
        self._doing: dict[str, Any] = {}
        setattr(office.store, "write", self._watched(office.store.write))  # noqa: B010 - mypy knows it as a method
        all_acts: dict[str, tuple[tuple[int, Callable[[], None]], ...]] = {
            "edit": ((5, self._add), (4, self._note), (2, self._rename), (2, self._permit)),
            "bring_in": ((1, self._add), (4, self._bring_in), (2, self._take_back)),
            "erase": ((4, self._add), (4, self._note), (1, self._bring_in), (5, self._erase)),
        }
        self._acts = all_acts[kind]

    def for_ever(self) -> None:
        """Until killed."""
        weights = [weight for weight, _ in self._acts]
        while True:
            self._chance.choices(self._acts, weights)[0][1]()

    def _watched(self, write: Callable[[Callable[[Writing], Any]], Any]) -> Callable[[Callable[[Writing], Any]], Any]:
        def watched(work: Callable[[Writing], Any]) -> Any:
            def whole(writing: Writing) -> tuple[Any, int]:
                return work(writing), journal.head(writing).seq

            answer, line = write(whole)
            tell(line=line, **self._doing)
            self._doing = {}
            return answer

        return watched

    def _begin(self, act: str, **said: object) -> None:
        tell(begin=act, **said)
        self._doing = {"did": act, **said}

    def word(self) -> str:
        """Random from its first letter on, so that no index shares a beginning of it."""
        return "".join(self._chance.choices(LETTERS, k=LENGTH))

    def _add(self) -> None:
        word, reach = self.word(), self.word()
        self._begin("add", who=reach, name=word)
        new = contacts.NewContact(
            name=f"Anna {word}", emails=(f"{reach}@example.com",), company=self._chance.choice("AB")
        )
        self._people.append(contacts.add(self._office, new))

    def _someone(self) -> Iterator[tuple[bytes, str]]:
        """A person at random, and the word that stands for them in what is told; none in an empty file."""
        if self._people:
            person = self._chance.choice(self._people)
            mine = self._office.read(lambda reading: reading.find(ContactEmail, eq("contact_id", person)))
            yield person, mine[0].address.partition("@")[0]

    def _note(self) -> None:
        for person, who in self._someone():
            words = [self.word() for _ in range(self._chance.choice((1, 5, 400)))]
            self._begin("note", who=who, words=[words[0], words[-1]])
            contacts.note(self._office, person, " ".join(words))

    def _rename(self) -> None:
        for person, who in self._someone():
            word = self.word()
            self._begin("rename", who=who, name=word)
            contacts.change(self._office, person, {"name": f"Anna {word}"})

    def _permit(self) -> None:
        for person, who in self._someone():
            self._begin("permit", who=who)
            consents.give(self._office, person, "newsletter")

    def _bring_in(self) -> None:
        words = [self.word() for _ in range(self._chance.randint(1, 15))]
        path = self._root / "list.csv"
        path.write_text("Name,Email\n" + "".join(f"Ben {word},{word}@example.com\n" for word in words))
        self._begin("import", words=words)
        report = importing.bring_in(self._office, path, importing.ImportOrder("A list", Basis.CONTRACT))
        assert report.batch is not None
        self._batches.append((report.batch, words))
        self._look_again()

    def _take_back(self) -> None:
        if self._batches:
            batch, words = self._batches.pop()
            self._begin("undo", words=words)
            undoing.undo_import(self._office, batch)
            self._look_again()

    def _look_again(self) -> None:
        self._people = [row.id for row in self._office.read(lambda reading: reading.find(Contact))]

    def _erase(self) -> None:
        for person, who in self._someone():
            held = contacts.show(self._office, person)
            texts = [held.contact.name, *(e.address for e in held.emails), *(i.text for i in held.interactions)]
            words = [word for text in texts for word in text.replace("@", " ").split() if len(word) == LENGTH]
            self._begin("erase", who=who, words=[*words[:8], *words[-2:]])
            self._people.remove(person)
            erasing.erase(self._office, person, self._root / "papers", ErasureOrder())


def work(kind: str) -> Callable[[Path, str], None]:
    """Random work of one kind, without end."""

    def for_ever(root: Path, seed: str) -> None:
        office = shop.reopen(root)
        mine = Work(root, office, random.Random(seed), kind)
        ready()
        mine.for_ever()

    return for_ever


def init(root: Path, _: str) -> None:
    """Begins a customer file, then tells so."""
    ready()
    tell(begin="init")
    shop.begin(root)
    tell(did="init")
    wait()


def change_version(root: Path, _: str) -> None:
    """Opens the file with a program that has one migration more, which lies below `root`."""
    migrate._FOLDER = root / "migrations"
    migrate.migrations.cache_clear()
    ready()
    tell(begin="change_version")
    shop.reopen(root)
    tell(did="change_version")
    wait()


def ways_in(root: Path, seed: str) -> None:
    """Gives the file a password, another key of the computer, an invitation, and takes the password away again."""
    from desktop_crm.services import ways

    office, folder, keystore = shop.reopen(root), shop.folder_of(root), shop.keys_of(root)
    ready()
    for number in itertools.count():
        password = f"{seed} {number} plain wooden chairs"
        tell(begin="enrol", password=password)
        ways.set_password(office, folder, password)
        tell(did="enrol", password=password)
        tell(begin="enrol_computer")
        ways.keep_key_here(office, folder, keystore)
        tell(did="enrol_computer")
        tell(begin="invite")
        code = ways.invite(office, folder).code
        tell(did="invite", code=code)
        (mine,) = (way.id for way in ways.ways_in(office, folder) if way.kind == PHRASE)
        tell(begin="remove", password=password)
        ways.remove_way(office, folder, mine, None)
        tell(did="remove", password=password)


def back_up(root: Path, _: str) -> None:
    """Makes one safety copy after the other, erases in them, and lets those go whose time is over."""
    from desktop_crm.services import copies, copies_daily, settings

    office = shop.reopen(root)
    stick = root / "stick"
    stick.mkdir(exist_ok=True)
    settings.put(office, settings.COPIES_FOLDER, str(stick))
    ready()
    for number in itertools.count():
        person = contacts.add(
            office, contacts.NewContact(name="Kurz Da", emails=(f"{os.getpid()}x{number}@example.com",))
        )
        tell(begin="copy")
        copy = copies.make_copy(office, stick)
        tell(did="copy", file=copy.file_name)
        tell(begin="look_after")
        erasing.erase(office, person, root / "papers", ErasureOrder())
        copies_daily.look_after(office)
        tell(did="look_after")


def bring_back(root: Path, _: str) -> None:
    """Brings the newest copy back in place, again and again."""
    from desktop_crm.services import bringing_back, copy_box
    from desktop_crm.vault import swapping

    folder, keystore = shop.folder_of(root), shop.keys_of(root)
    file = sorted((root / "stick").glob("*.crmcopy"))[-1]
    ready()
    while True:
        office = shop.reopen(root)
        tell(begin="bring_back")
        swapping.sweep(folder)
        present = bringing_back.Present(folder, office, office.keys)
        access = copy_box.with_keys(file, folder, office.keys)
        bringing_back.make_ready(access, swapping.ready_folder(folder), present, None, clock=office.clock)
        clock = office.clock
        office.close()
        bringing_back.put_in_place(folder, clock=clock, keystore=keystore)
        tell(did="bring_back")


def relock(root: Path, seed: str) -> None:
    """Adds somebody and changes the lock, again and again."""
    from desktop_crm.services import ways

    office = shop.reopen(root)
    ready()
    for number in itertools.count():
        word = f"{seed}x{number}"
        contacts.add(office, contacts.NewContact(name=word, emails=(f"{word}@example.com",)))
        tell(did="add", word=word)
        tell(begin="relock")
        ways.change_lock(office, shop.folder_of(root))
        tell(did="relock")


def people(root: Path, seed: str) -> None:
    """Lets people in, sets their passwords anew, and lets every other one out again."""
    from desktop_crm.services import staff

    office = shop.as_owner(root)
    folder, keystore = shop.folder_of(root), shop.keys_of(root)
    ready()
    for number in itertools.count():
        name = f"{seed}x{number}"
        tell(begin="come", name=name)
        person = staff.add_person(office, folder, keystore, staff.NewPerson(name, "staff", shop.PASSWORD))
        tell(did="come", name=name)
        tell(begin="reset", name=name)
        staff.reset_password(office, folder, keystore, person, shop.OTHER)
        tell(did="reset", name=name)
        if number % 2 == 0:
            tell(begin="leave", name=name)
            staff.remove_person(office, folder, person)
            tell(did="leave", name=name)


def hold(root: Path, _: str) -> None:
    """Opens the file and keeps it open."""
    shop.reopen(root)
    ready()
    wait()


def turns(root: Path, seed: str) -> None:
    """Works a little each time the file is free."""
    chance = random.Random(seed)
    ready()
    refused = False
    for number in itertools.count():
        try:
            office = shop.reopen(root)
        except Problem as problem:
            if not refused:
                tell(refused=problem.code)
            refused = True
            continue
        refused = False
        for part in range(chance.randint(1, 4)):
            word = f"{seed}x{number}x{part}"
            contacts.add(office, contacts.NewContact(name=word, emails=(f"{word}@example.com",)))
            tell(did="add", words=[word])
        office.close()


def wait() -> None:
    """Until killed."""
    while True:
        os.read(0, 1)


KINDS: dict[str, Callable[[Path, str], None]] = {
    f.__name__: f for f in (init, change_version, ways_in, relock, people, back_up, bring_back, hold, turns)
}
KINDS |= {kind: work(kind) for kind in ("edit", "bring_in", "erase")}


def without_papers() -> None:
    """Laying out papers takes most of the time of an erasure and touches no customer file: let kills hit the rest."""
    for name in ("letter_papers", "record_papers"):
        setattr(erasing, name, lambda *_: {})


def nursery() -> None:
    """Starts a process for each order and tells its number; the next order comes when it has ended."""
    without_papers()
    make_cheap()  # nor does stretching passwords touch a file
    for order in sys.stdin:
        root, seed, kind, at, last = order.rstrip("\n").split("\t")
        begin, go = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.read(begin, 1)
                tell(started=os.getpid())
                KINDS[kind](Path(root), seed)
                status = 0
            finally:
                os._exit(status)
        follower = tracing.Follower(child, at, int(last), lambda: tell(reached=True))
        if follower.last:
            follower.seize()
        os.write(go, b"x")
        code = follower.to_the_end()
        os.close(begin)
        os.close(go)
        tell(ended=code, changes=follower.counted)


if __name__ == "__main__":
    nursery()
