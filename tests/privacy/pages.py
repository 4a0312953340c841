"""Reads a customer file without the program: own decryption of every stored page, and the engine's own words.

Written apart from the program's scanner on purpose: a fault they shared would hide what it hides.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlcipher3 import dbapi2

PAGE = 4096
RESERVED = 80
"""At the end of each page: 16 bytes of start value, 64 bytes of HMAC-SHA512 (SQLCipher 4)."""
_HEAD = {"-wal": 32, "-journal": 512}
_BETWEEN = {"": 0, "-wal": 24, "-journal": 8}


def _decrypted(page: bytes, number: int | None, key: bytes, salt: bytes) -> bytes:
    """The content of a page; its seal is checked where its number is known."""
    first = page[:16] == salt or page[:16] == b"SQLite format 3\0"
    body, start, seal = page[:-RESERVED], page[-RESERVED : -RESERVED + 16], page[-RESERVED + 16 :]
    body = body[16:] if first else body
    if number is not None:
        seal_key = hashlib.pbkdf2_hmac("sha512", key, bytes(b ^ 0x3A for b in salt), 2, dklen=32)
        expected = hmac.digest(seal_key, body + start + number.to_bytes(4, "little"), "sha512")
        assert hmac.compare_digest(seal, expected), f"page {number} could not be decrypted"
    decryptor = Cipher(AES(key), CBC(start)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def stored_pages(database: Path, key: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Place, position and content of every page in the main file, the log and the journal."""
    salt = database.read_bytes()[:16]
    for ending in ("", "-wal", "-journal"):
        path = database.with_name(database.name + ending)
        data = path.read_bytes() if path.exists() else b""
        step = PAGE + _BETWEEN[ending]
        at = _HEAD.get(ending, 0)
        position = 1
        while at + step <= len(data):
            before = data[at : at + _BETWEEN[ending]]
            body = data[at + (4 if ending == "-journal" else _BETWEEN[ending]) :][:PAGE]
            number = int.from_bytes(before[:4], "big") if before else position
            if any(body):
                yield ending or "main", position, _decrypted(body, number, key, salt)
            at, position = at + step, position + 1


def _pieces(text: str) -> set[bytes]:
    """What must not be in any page: the text, and what a full-text leaf keeps of it after a shared beginning.

    In halves, so that a text cut by the end of a page is found too.
    """
    found: set[bytes] = set()
    tail = text[4:]
    middle = len(tail) // 2
    for piece in (text, tail, *((tail[:middle], tail[middle:]) if middle >= 7 else ())):
        for coded in (piece.encode(), piece.encode("utf-16-le"), piece.encode("utf-16-be")):
            found.add(coded.lower())
    return found


def in_pages(database: Path, key: bytes, texts: Iterable[str]) -> dict[str, set[str]]:
    """Which of the texts any stored page holds, and where."""
    wanted = {text: _pieces(text) for text in texts}
    found: dict[str, set[str]] = {}
    for place, position, content in stored_pages(database, key):
        lowered = content.lower()
        for text, pieces in wanted.items():
            if any(piece in lowered for piece in pieces):
                found.setdefault(text, set()).add(f"{place} {position}")
    return found


def _connect(database: Path, key: bytes) -> dbapi2.Connection:
    connection = dbapi2.connect(str(database), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def reading(database: Path, key: bytes) -> Iterator[None]:
    """Another program in the middle of a read: what it sees cannot be overwritten."""
    connection = _connect(database, key)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM contact").fetchone()
        yield
    finally:
        connection.close()


def tables(database: Path, key: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, the shadow tables of the full-text index and its words among them."""
    connection = _connect(database, key)
    try:
        names = [n for (n,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    finally:
        connection.close()


def full_text_words(database: Path, key: bytes) -> set[str]:
    """Every word the engine finds in the full-text index."""
    connection = _connect(database, key)
    try:
        return {word for (word,) in connection.execute("SELECT term FROM search_word")}
    finally:
        connection.close()


def in_rows(rows: Mapping[str, list[tuple[object, ...]]], texts: Iterable[str]) -> dict[str, set[str]]:
    """Which of the texts any row holds, and in which tables."""
    wanted = [(text, text.lower(), text.lower().encode()) for text in texts]
    found: dict[str, set[str]] = {}
    for name, lines in rows.items():
        for value in (value for line in lines for value in line):
            for text, lowered, coded in wanted:
                if (isinstance(value, str) and lowered in value.lower()) or (
                    isinstance(value, bytes) and coded in value.lower()
                ):
                    found.setdefault(text, set()).add(name)
    return found
