"""The references: plain SQL and plain loops, without the program, that do no more than the task asks for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

Connection = Any
Row = tuple[Any, ...]

CACHE_KIB = 65_536
"""As much as the program has, so that the comparison is one of the work done."""


def connect(path: Path, key: bytes | None) -> Connection:
    """A connection with the program's settings, with or without a key, and nothing else of the program's."""
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def export(database: Path, key: bytes, plain: Path) -> None:
    """The same database without a key: made-up people only."""
    connection = connect(database, key)
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.execute("DETACH DATABASE plain")
    connection.close()


# Search

_SHORT = (
    "SELECT e.kind, e.owner, e.subject FROM "
    "(SELECT rowid AS rid FROM search_text WHERE search_text MATCH ? LIMIT 50) f JOIN search_entry e ON e.rid = f.rid"
)
_LAST = "SELECT max(rid) FROM (SELECT rowid AS rid FROM search_text WHERE search_text MATCH ? LIMIT 1000)"
_LONG = (
    "SELECT e.kind, e.owner, e.subject FROM (SELECT rowid AS rid, bm25(search_text, 10.0, 5.0, 5.0, 3.0, 1.0) AS score "
    "FROM search_text WHERE search_text MATCH ? AND rowid <= ? ORDER BY score LIMIT 50) f "
    "JOIN search_entry e ON e.rid = f.rid ORDER BY f.score"
)
_LISTED = (
    "SELECT c.id, c.name, k.name, (SELECT address FROM contact_email WHERE contact_id = c.id LIMIT 1), "
    "(SELECT number FROM contact_phone WHERE contact_id = c.id LIMIT 1) "
    "FROM contact c LEFT JOIN company k ON k.id = c.company_id WHERE c.id IN ({marks})"
)


def type_ahead(connection: Connection, beginning: str) -> list[Row]:
    """The best 50 of the first 1,000 entries with a word that begins so; up to two letters, the first 50."""
    match = f'"{beginning}"*'
    if len(beginning) < 3:
        return list(connection.execute(_SHORT, (match,)).fetchall())
    last = connection.execute(_LAST, (match,)).fetchone()[0]
    return list(connection.execute(_LONG, (match, last)).fetchall())


def type_ahead_list(connection: Connection, beginning: str) -> list[Row]:
    """The same, with the words of the list: name, company, email, phone."""
    people = list({row[2] for row in type_ahead(connection, beginning)})
    return list(connection.execute(_LISTED.format(marks=", ".join("?" * len(people))), people).fetchall())


# Erasing

_OF_A_PERSON = (
    ("search_entry", "subject"),
    ("interaction", "contact_id"),
    ("purchase", "contact_id"),
    ("contact_phone", "contact_id"),
    ("contact_email", "contact_id"),
    ("contact", "id"),
)


def delete_person(connection: Connection, person: bytes) -> None:
    """Deletes the rows of a person in one transaction; the full-text index keeps their words."""
    connection.execute("BEGIN IMMEDIATE")
    for table, column in _OF_A_PERSON:
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (person,))  # noqa: S608 - fixed names
    connection.execute("COMMIT")


def delete_and_read_all(connection: Connection, person: bytes) -> None:
    """The same, then a checkpoint, and every page read and its seal checked once."""
    delete_person(connection, person)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("PRAGMA cipher_integrity_check").fetchall()


# Bringing in


def parse(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def validate(rows: Iterable[Sequence[str]], email_at: int, phone_at: int, country: str) -> None:
    """Each email address and phone number through the two libraries."""
    import phonenumbers
    from email_validator import validate_email

    for row in rows:
        if row[email_at]:
            _ = validate_email(row[email_at], check_deliverability=False, test_environment=True).normalized
        if row[phone_at]:
            number = phonenumbers.parse(row[phone_at], country)
            if phonenumbers.is_valid_number(number):
                phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def insert(connection: Connection, tables: Iterable[tuple[str, Sequence[Row]]]) -> None:
    """Finished rows into their tables, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in tables:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - fixed names
    connection.execute("COMMIT")


def rebuild(connection: Connection) -> None:
    """The full-text index anew."""
    connection.execute("INSERT INTO search_text (search_text) VALUES ('rebuild')")


# Papers

_LINES = 60


def as_json(rows: Sequence[dict[str, str]]) -> bytes:
    """Rows as JSON to read."""
    return json.dumps(rows, indent=2, ensure_ascii=False).encode()


def as_paper(rows: Sequence[dict[str, str]]) -> bytes:
    """Rows drawn line by line in a built-in font."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    for start in range(0, len(rows), _LINES):
        canvas.setFont("Helvetica", 8)
        for line, row in enumerate(rows[start : start + _LINES]):
            for at, value in zip((40, 150, 220, 290), row.values(), strict=False):
                canvas.drawString(at, 800 - 12 * line, value[:80])
        canvas.showPage()
    canvas.save()
    return target.getvalue()
