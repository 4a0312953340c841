"""What killed programs told of their work, and whether it is all there: nothing more, nothing less."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from desktop_crm.privacy.folding import fold
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.contact import Contact, ContactEmail
from desktop_crm.records.interaction import Interaction
from desktop_crm.services import contacts
from desktop_crm.services.office import Office
from desktop_crm.storage.residue.scan import scan
from desktop_crm.storage.transaction import Reading
from tests.faults.nursery import Said
from tests.privacy import pages


@dataclass
class Known:
    """What must be there of one person."""

    name: str
    notes: set[str] = field(default_factory=set)


@dataclass
class Memory:
    """What the killed programs told of their commits, and so what must be there and what not."""

    people: dict[str, Known] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    line: int = 1
    """The last line of the activity log; setting up writes the first."""
    commits: int = 0
    erasures: int = 0
    open: dict[str, Any] | None = None
    """What was begun last and not told as done: it is there wholly or not at all."""

    def hear(self, said: Said) -> None:
        for line in said:
            if "line" in line:
                self.line = line["line"]
                self.commits += 1
            match line:
                case {"begin": "undo", "words": words}:
                    for who in words:
                        self.people.pop(who, None)
                    self.open = None
                case {"begin": _}:
                    self.open = line
                case {"did": act}:
                    self.take(act, line)
                    self.open = None

    def take(self, act: str, said: dict[str, Any]) -> None:
        """Remember something as done."""
        match act:
            case "add":
                self.people[said["who"]] = Known(said["name"])
            case "import":
                self.people |= {who: Known(who) for who in said["words"]}
            case "note" if said["who"] in self.people:
                self.people[said["who"]].notes |= set(said["words"])
            case "rename" if said["who"] in self.people:
                self.people[said["who"]].name = said["name"]
            case "erase":
                self.people.pop(said["who"], None)
                self.gone += said["words"]
                self.erasures += 1


@dataclass
class Found:
    """Who is really there."""

    names: dict[str, str]
    notes: dict[str, str]

    @classmethod
    def read(cls, reading: Reading) -> Found:
        names = {c.id: c.name for c in reading.find(Contact)}
        notes: dict[bytes, str] = {}
        for row in reading.find(Interaction):
            notes[row.contact_id] = f"{notes.get(row.contact_id, '')} {row.text}"
        who = {e.contact_id: e.address.partition("@")[0] for e in reading.find(ContactEmail)}
        assert who.keys() == names.keys()
        return cls({who[k]: n for k, n in names.items()}, {who[k]: n for k, n in notes.items()})

    def happened(self, begun: dict[str, Any]) -> bool:
        """Whether what was begun last is there; all of it or nothing."""
        match begun:
            case {"begin": "add", "who": who}:
                return who in self.names
            case {"begin": "import", "words": words}:
                there = {word for word in words if word in self.names}
                assert there in (set(), set(words))
                return bool(there)
            case {"begin": "note", "who": who, "words": words}:
                return words[0] in self.notes.get(who, "")
            case {"begin": "rename", "who": who, "name": name}:
                return name in self.names[who]
            case {"begin": "erase", "who": who}:
                return who not in self.names
        return False


def sound(office: Office) -> None:
    """Every page, table, reference, index and line of the log is in order, without any repair."""
    assert office.store.damage() == 0
    for check, answer in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
        assert office.read(lambda r, c=check: r.connection.execute(f"PRAGMA {c}").fetchall()) == answer  # type: ignore[misc]
    office.store.write(
        lambda w: w.connection.execute("INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)")
    )
    assert office.read(office.log_breaks)[1] == []
    assert not office.read(office.log_was_cut)


def as_told(office: Office, memory: Memory, chance: random.Random) -> None:
    """Nothing that was told as done is missing."""
    found = office.read(Found.read)
    # One line more for what was under way, two for what the next start makes up for (keeping times, and who is to be
    # asked again), and one for each of two openings.
    assert 0 <= office.read(lambda reading: reading.greatest(AuditEntry, "seq")) - memory.line <= 5
    if memory.open is not None and found.happened(memory.open):
        memory.take(memory.open["begin"], memory.open)
    memory.open = None
    for who, known in memory.people.items():
        assert found.names[who] in (f"Anna {known.name}", f"Ben {known.name}")
        assert {word for word in known.notes if word not in found.notes[who]} == set()
    for who in chance.sample(sorted(memory.people), min(5, len(memory.people))):
        assert [row.name for row in contacts.find(office, who)] == [found.names[who]]


def nothing_left(office: Office, words: list[str]) -> None:
    """Neither the program's own scanner nor a search written apart finds any of these words in any stored page."""
    database, key = office.store.database, bytes(office.keys.database_key)
    assert pages.in_pages(database, key, words) == {}
    assert scan(database, key, words, fold=fold).clean
