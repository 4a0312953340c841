"""Pictures of paper that is filed: recognised by what is in them, and kept as they came. Nothing here opens one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_crm.words import M, Problem

ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")
LARGEST = 8 * 1024 * 1024
"""Bytes; forty pages of a scanner for offices."""
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper as it came, and what it is by its first bytes."""

    content: bytes = field(repr=False)
    media_type: str


def read_scan(path: Path) -> Scan:
    """The file as it is. Raises Problem for what is no PDF, JPEG or PNG, or larger than a scan has to be."""
    try:
        if path.stat().st_size > LARGEST:
            raise Problem(
                M("This file is larger than {n} megabyte.", "This file is larger than {n} megabytes.", n=LARGEST >> 20),
                safe=M("It has not been touched, and nothing was filed."),
                todo=M("Scan it in black and white, or with fewer dots per inch."),
            )
        content = path.read_bytes()
    except OSError:
        raise Problem(M("This file cannot be read."), safe=M("Nothing was filed.")) from None
    for beginning, media_type in _BEGINNINGS:
        if content.startswith(beginning):
            return Scan(content, media_type)
    raise Problem(
        M("This file is no scan: neither PDF nor JPEG nor PNG."),
        safe=M("It has not been touched, and nothing was filed."),
    )
