"""Decrypts every stored page of a customer file by its own code: database, write-ahead log and rollback journal.

Layout, from the published design of SQLCipher 4 (raw key): pages of 4096 bytes, the last 80 of which are an IV (16)
and an HMAC-SHA512 (64) over content, IV and page number (little-endian). AES-256-CBC without padding. The first 16
bytes of page 1 are the salt. The HMAC key is PBKDF2-HMAC-SHA512(key, salt xor 0x3a…, 2 rounds).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from desktop_crm.cheap import fixed

PAGE = 4096
CONTENT = 4016
"""Bytes of a page that hold data; the rest is IV and HMAC."""
STRIDE = CONTENT + 16
"""Distance of pages in `Chunk.text`: 16 bytes of noise, then the content."""
CHUNK_PAGES = 256

_SALT = 16
_WAL_HEADER = 32
_FRAME_HEADER = 24
_RECORD = PAGE + 8
_SECTOR = 512
_NOTHING = bytes(PAGE)


@fixed
class Stored:
    """One stored version of a page: its number, where its bytes begin in the file, and whether its HMAC is right.

    A page that was never written is all zeros: `blank`, and neither sound nor a fault.
    """

    number: int
    offset: int
    sound: bool
    blank: bool = False


@fixed
class Chunk:
    """Neighbouring stored pages, decrypted.

    `place` is page, frame or journal; `end` the file offset up to which the source has been read. The content of
    page `i` is `text[i * STRIDE + 16 : (i + 1) * STRIDE]`; on page 1 the first 16 bytes of it are noise.
    """

    place: str
    pages: tuple[Stored, ...]
    text: bytes
    end: int


class PageCipher:
    """Checks and decrypts pages with one raw key of 32 bytes and the salt of one file."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        if len(key) != 32 or len(salt) != _SALT:
            raise ValueError("a key has 32 bytes and a salt 16")
        mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
        self._mac = hmac.new(mac_key, digestmod="sha512")
        self._key = key

    def sound(self, page: bytes, number: int) -> bool:
        """Whether the HMAC of a stored page belongs to its content and number."""
        mac = self._mac.copy()
        mac.update(memoryview(page)[_SALT if number == 1 else 0 : CONTENT + 16])
        mac.update(number.to_bytes(4, "little"))
        return hmac.compare_digest(mac.digest(), page[CONTENT + 16 :])

    def decrypt(self, pages: Sequence[tuple[int, bytes]]) -> bytes:
        """Contents of numbered stored pages, each after 16 bytes of noise (see `Chunk`).

        One CBC stream serves all pages: each IV is fed as the cipher block before its content, so the block it
        decrypts to is noise and everything after it is right.
        """
        parts: list[bytes] = []
        for number, page in pages:
            iv = page[CONTENT : CONTENT + 16]
            parts += (bytes(_SALT), iv, page[_SALT:CONTENT]) if number == 1 else (iv, page[:CONTENT])
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        stream = Cipher(algorithms.AES(self._key), modes.CBC(bytes(16))).decryptor()
        return stream.update(b"".join(parts)) + stream.finalize()


class _Collector:
    """Gathers stored pages of one file and hands them out decrypted, a chunk at a time."""

    def __init__(self, place: str, cipher: PageCipher) -> None:
        self._place = place
        self._cipher = cipher
        self._stored: list[Stored] = []
        self._raw: list[tuple[int, bytes]] = []

    def add(self, number: int, offset: int, page: bytes, sound: bool | None = None) -> None:
        blank = page == _NOTHING
        if sound is None:
            sound = not blank and self._cipher.sound(page, number)
        self._stored.append(Stored(number, offset, sound, blank))
        self._raw.append((number, page))

    @property
    def full(self) -> bool:
        return len(self._raw) >= CHUNK_PAGES

    def take(self, end: int) -> Chunk:
        chunk = Chunk(self._place, tuple(self._stored), self._cipher.decrypt(self._raw), end)
        self._stored, self._raw = [], []
        return chunk


def read_database(file: BinaryIO, cipher: PageCipher) -> Iterator[Chunk]:
    """Every page of the main file; a last page that is cut off counts as not sound and is read as far as it goes."""
    collector = _Collector("page", cipher)
    number = 0
    file.seek(0)
    while block := file.read(PAGE * CHUNK_PAGES):
        for start in range(0, len(block), PAGE):
            number += 1
            page = block[start : start + PAGE].ljust(PAGE, b"\0")
            collector.add(number, (number - 1) * PAGE, page)
        yield collector.take(file.tell())


def read_log(file: BinaryIO, cipher: PageCipher) -> Iterator[Chunk]:
    """Every frame of a write-ahead log, also those left from before it was last restarted."""
    collector = _Collector("frame", cipher)
    size = _FRAME_HEADER + PAGE
    at = _WAL_HEADER
    file.seek(at)
    while block := file.read(size * CHUNK_PAGES):
        for start in range(0, len(block) - _FRAME_HEADER, size):
            number = int.from_bytes(block[start : start + 4], "big")
            page = block[start + _FRAME_HEADER : start + size].ljust(PAGE, b"\0")
            collector.add(number, at + start + _FRAME_HEADER, page)
        at += len(block)
        yield collector.take(at)


def read_journal(file: BinaryIO, cipher: PageCipher) -> Iterator[Chunk]:
    """Every page of a rollback journal, also when its header was blanked.

    Records (number, page, checksum) follow each other after a header that begins at a multiple of the sector size. So
    wherever no record is found the search moves on to where the next one or one after another header would begin.
    """
    file.seek(0)
    data = file.read()
    collector = _Collector("journal", cipher)
    at = done = 0
    while at + 4 + PAGE <= len(data):
        number = int.from_bytes(data[at : at + 4], "big")
        page = data[at + 4 : at + 4 + PAGE]
        if not (number and cipher.sound(page, number)):
            at = min((at // _SECTOR + 1) * _SECTOR, at + _RECORD - (at - done) % _RECORD)
            continue
        _add_unsound(collector, data, done, at)
        collector.add(number, at + 4, page, True)
        at = done = at + _RECORD
        if collector.full:
            yield collector.take(at)
    _add_unsound(collector, data, done, len(data))
    yield collector.take(len(data))


def _add_unsound(collector: _Collector, data: bytes, start: int, end: int) -> None:
    """Adds what could be records between two offsets, though their HMAC is wrong; blank stretches are none."""
    for at in range(start, end - _RECORD + 1, _RECORD):
        if any(data[at : at + _RECORD]):
            collector.add(0, at + 4, data[at + 4 : at + 4 + PAGE], False)


class PageReader:
    """Fetches single stored pages again, to follow chains of pages."""

    def __init__(self, file: BinaryIO, cipher: PageCipher) -> None:
        self._file = file
        self._cipher = cipher
        self._known = range(0)
        self._text = b""

    def remember(self, chunk: Chunk) -> None:
        """Answers from this chunk of the main file while it is the newest: most chains stay in the neighbourhood."""
        self._known = range(chunk.pages[0].offset, chunk.pages[-1].offset + PAGE)
        self._text = chunk.text

    def content(self, number: int, offset: int) -> bytes:
        """The content of the page stored at `offset`, whatever its HMAC; shorter files read as zeros."""
        if offset in self._known:
            at = (offset - self._known.start) // PAGE * STRIDE + 16
            return self._text[at : at + CONTENT]
        self._file.seek(offset)
        page = self._file.read(PAGE).ljust(PAGE, b"\0")
        return self._cipher.decrypt([(number, page)])[16:]


def page_content(database: Path, key: bytes, number: int) -> bytes:
    """The decrypted content of one page of the main file, whatever its HMAC. Raises OSError."""
    with database.open("rb") as file:
        reader = PageReader(file, PageCipher(key, salt_of(database)))
        return reader.content(number, (number - 1) * PAGE)


def salt_of(database: Path) -> bytes:
    """The salt in the first 16 bytes of the main file; fewer if the file is shorter. Raises OSError."""
    with database.open("rb") as file:
        return file.read(_SALT)
