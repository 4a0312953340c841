"""Pictures of paper that is filed: recognised by what is in them, and kept as they came. Nothing here opens one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_crm.words import M, Problem

ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")
LARGEST = 8 * 1024 * 1024
"""Bytes; forty pages of a scanner for offices."""
_SIGNS = (
    (b"%PDF-", b"%%EOF", "application/pdf"),
    (b"\xff\xd8\xff", b"\xff\xd9", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", b"IEND", "image/png"),
)
"""What each kind begins with, and what stands at the end of one that is whole."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper as it came, and what it is by its first bytes."""

    content: bytes = field(repr=False)
    media_type: str


def read_scan(path: Path) -> Scan:
    """The file as it is. Raises Problem for what is no PDF, JPEG or PNG, cut off, or larger than a scan has to be."""
    content = _content(path)
    for beginning, end, media_type in _SIGNS:
        if content.startswith(beginning):
            if end not in content:
                raise Problem(
                    M("This scan is not whole: its end is missing."), safe=_UNTOUCHED, todo=M("Please scan it again.")
                )
            return Scan(content, media_type)
    raise Problem(M("This file is no scan: neither PDF nor JPEG nor PNG."), safe=_UNTOUCHED)


def _content(path: Path) -> bytes:
    """What the file holds. A device or a pipe is none: it could go on for ever."""
    try:
        if not path.is_file():
            raise _unreadable()
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise _unreadable() from None
    if len(content) > LARGEST:
        raise Problem(
            M("This file is larger than {n} megabyte.", "This file is larger than {n} megabytes.", n=LARGEST >> 20),
            safe=_UNTOUCHED,
            todo=M("Scan it in black and white, or with fewer dots per inch."),
        )
    return content


def _unreadable() -> Problem:
    return Problem(M("This file cannot be read."), safe=M("Nothing was filed."))


_UNTOUCHED = M("It has not been touched, and nothing was filed.")
