"""Customer files as the program makes them, with switches for each ingredient of the recipe that leaves nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desktop_crm.privacy.folding import fold
from desktop_crm.storage.residue.scan import Residue, scan

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def canary(size: int = 12) -> str:
    """Letters that are random from the first on, so that no index shares a beginning of it."""
    return "".join(secrets.choice(LETTERS) for _ in range(size))


@dataclass
class CustomerFile:
    """An open file with a table of people, an index on their names, and a full-text index over both columns."""

    path: Path
    journal: str = "wal"
    overwrite: bool = True
    overwrite_words: bool = True
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    connection: Any = None

    def __post_init__(self) -> None:
        self.connection = self.connect()
        self.run(
            f"PRAGMA journal_mode={self.journal}",
            "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, note TEXT, paper BLOB)",
            "CREATE INDEX person_name ON person (name)",
            "CREATE VIRTUAL TABLE words USING fts5 (name, note, content='person', content_rowid='id', "
            "prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 0')",
            f"INSERT INTO words (words, rank) VALUES ('secure-delete', {int(self.overwrite_words)})",
        )

    def connect(self) -> Any:
        connection = dbapi2.connect(str(self.path), isolation_level=None)
        connection.execute(f"PRAGMA key=\"x'{self.key.hex()}'\"")
        connection.execute(f"PRAGMA secure_delete={'ON' if self.overwrite else 'OFF'}")
        return connection

    def run(self, *statements: str) -> None:
        for statement in statements:
            self.connection.execute(statement).fetchall()

    def add(self, name: str, note: str = "", paper: bytes | None = None) -> int:
        put = self.connection.execute("INSERT INTO person (name, note, paper) VALUES (?, ?, ?)", (name, note, paper))
        row = int(put.lastrowid)
        self.connection.execute("INSERT INTO words (rowid, name, note) VALUES (?, ?, ?)", (row, fold(name), fold(note)))
        return row

    def fill(self, people: int = 400) -> None:
        self.run("BEGIN")
        for _ in range(people):
            self.add(canary(), " ".join(canary(7) for _ in range(20)))
        self.run("COMMIT")

    def erase(self, row: int) -> None:
        self.run("BEGIN IMMEDIATE")
        name, note = self.connection.execute("SELECT name, note FROM person WHERE id = ?", (row,)).fetchone()
        self.connection.execute(
            "INSERT INTO words (words, rowid, name, note) VALUES ('delete', ?, ?, ?)", (row, fold(name), fold(note))
        )
        self.connection.execute("DELETE FROM person WHERE id = ?", (row,))
        self.run("COMMIT")

    def checkpoint(self) -> None:
        assert self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0

    def search(self, *needles: str, **options: Any) -> Residue:
        return scan(self.path, self.key, needles, fold=fold, **options)

    def places(self, *needles: str) -> set[str]:
        return {hit.place for hit in self.search(*needles).hits}
