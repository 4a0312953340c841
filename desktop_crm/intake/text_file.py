"""Reads the bytes of a text file once: its digest, its encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path

from desktop_crm.intake import problems
from desktop_crm.words import M

CHUNK = 1 << 20
LONGEST_LINE = 8 << 20
"""Bytes of one line, and characters of one row: no list has so many, and more would fill the memory."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", M("a PDF document")),
    (b"\x89PNG", M("a picture")),
    (b"\xff\xd8\xff", M("a picture")),
    (b"GIF8", M("a picture")),
    (b"\x1f\x8b", M("a packed archive")),
    (b"7z\xbc\xaf", M("a packed archive")),
    (b"Rar!", M("a packed archive")),
    (b"SQLite format 3", M("a database")),
    (b"{\\rtf", M("a text document")),
)
_TEXT_MARKS = (
    (re.compile(rb"<(?:!doctype|html|table|meta|head|body|\?xml|style|div)", re.IGNORECASE), M("a web page")),
    (re.compile(rb"begin:vcalendar", re.IGNORECASE), M("a calendar")),
    (re.compile(rb"\{|\[\s*[\[{\"]"), M("a JSON file")),
)
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# What German, Polish and Russian letters of other encodings become when read as Windows-1252.
_IMPLAUSIBLE = re.compile(r"[A-Za-zß-ÿ][¹³¿¼½¾„”“‚ƒ…†‡‰§¶®©¥¤±¬Ÿ][a-zß-ÿ]|[À-ÖØ-öø-ÿ]{5}")
_UTF8_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that was read to its end once."""

    path: Path
    encoding: str
    size: int
    digest: bytes

    def lines(self) -> Iterator[str]:
        """Its lines with their ends; raises a Problem if the file is no longer what it was."""
        try:
            ahead = _Ahead(FileIO(self.path), CHUNK)
            with TextIOWrapper(ahead, self.encoding, self._errors, newline="") as file:
                yield from file
        except UnicodeError:
            raise problems.changed() from None
        except OSError:
            raise problems.unreadable() from None

    @property
    def _errors(self) -> str:
        return "surrogatepass" if self.encoding.startswith("utf") else "strict"


class _Ahead(BufferedReader):
    """Gives text out of what was read ahead; Python asks the disk anew for every 8 KiB.

    Each visit to the disk lets Python's lock go, too briefly for a window that waits for it to wake up.
    """

    def read1(self, size: int = -1, /) -> bytes:
        return self.read(size)


def first_bytes(path: Path, count: int = 1 << 16) -> bytes:
    """The beginning of a file that exists, can be read and is not empty."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise problems.is_folder()
        with path.open("rb") as file:
            head = file.read(count)
    except FileNotFoundError:
        raise problems.not_there() from None
    except (OSError, ValueError):
        raise problems.unreadable() from None
    if not head:
        raise problems.empty()
    return head


def survey(path: Path, head: bytes, encoding: str | None = None) -> TextFile:
    """Reads a text file to its end: digest, size and encoding. Raises a Problem for what is no text."""
    _refuse_other_formats(head)
    guess = encoding or _marked_encoding(head)
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as file:
            reading = _Decoding(guess or "utf-8")
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                reading.feed(chunk)
            reading.finish()
    except OSError:
        raise problems.unreadable() from None
    if reading.failed and guess:
        raise problems.mixed_encoding(_first_bad_line(path, guess))
    if not reading.any_text:
        raise problems.empty()
    chosen = _eight_bit(path) if reading.failed else guess or "utf-8"
    return TextFile(path, chosen, size, digest.digest())


class _Decoding:
    """Follows the chunks of a file: whether they decode, are text, and break into lines."""

    def __init__(self, encoding: str) -> None:
        try:
            decoder = codecs.getincrementaldecoder(encoding)
        except LookupError:
            raise problems.unknown_encoding() from None
        self._decoder = decoder("surrogatepass" if encoding.startswith("utf") else "strict")
        self._wide = "16" in encoding or "32" in encoding
        self._line_bytes = 0
        self._lines = 0
        self.failed = False
        self.any_text = False

    def feed(self, chunk: bytes) -> None:
        if not self._wide and chunk.count(0) > len(chunk) // 20:
            raise problems.not_a_list()
        self._measure(chunk)
        self.any_text = self.any_text or not chunk.isspace()
        if not self.failed:
            try:
                self._decoder.decode(chunk)
            except UnicodeError:
                self.failed = True

    def finish(self) -> None:
        if not self.failed:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeError:
                self.failed = True

    def _measure(self, chunk: bytes) -> None:
        """Lines are only measured as coarsely as chunks: enough to keep one from filling the memory."""
        last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        self._line_bytes = len(chunk) - last - 1 if last >= 0 else self._line_bytes + len(chunk)
        self._lines += chunk.count(b"\n") or chunk.count(b"\r")
        if self._line_bytes > LONGEST_LINE:
            raise problems.too_long(self._lines + 1)


def _refuse_other_formats(head: bytes) -> None:
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise problems.other_format(name)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, name in _TEXT_MARKS:
        if mark.match(start):
            raise problems.other_format(name)


def _marked_encoding(head: bytes) -> str | None:
    """Told by a byte order mark, or by where the zeros of UTF-16 stand."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and max(even, odd) > 0.3 * half and min(even, odd) < 0.05 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _first_bad_line(path: Path, encoding: str) -> int:
    """The line in which the chosen encoding first fails."""
    good = 0
    with suppress(UnicodeError), path.open(encoding=encoding, newline="") as file:
        for _ in file:
            good += 1
    return good + 1


def _eight_bit(path: Path) -> str:
    """Windows-1252, or a Problem where the bytes are no such text: half UTF-8, or of another encoding."""
    pairs = alone = first = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            good = _UTF8_PAIR.findall(line)
            bad = len(_HIGH.findall(line)) - sum(map(len, good))
            if bad and _is_odd(line):
                raise problems.mixed_encoding(number)
            first = first or (number if bad else 0)
            pairs += len(good)
            alone += bad
    if pairs > _UTF8_SHARE * alone:
        raise problems.mixed_encoding(first)
    return "cp1252"


def _is_odd(line: bytes) -> bool:
    try:
        return _IMPLAUSIBLE.search(line.decode("cp1252")) is not None
    except UnicodeDecodeError:
        return True
