"""Everything that comes out of an act: each text and number in what it returns, and in every paper it wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from desktop_crm.words import M, Problem
from tests.privacy.papers import pdf_text

_UNREADABLE = {".dcmcopy", ".db", ".keys"}
"""Endings of encrypted files, out of which nobody reads anything."""


def leaves(value: Any) -> Iterator[str]:
    """Every text and number in a value, however deep."""
    if isinstance(value, (str, int, float)):
        yield str(value)
    elif isinstance(value, (bytes, bytearray)):
        yield bytes(value).decode("utf-8", "replace")
    elif isinstance(value, M):
        yield value.text
        yield from leaves(value.values)
    elif isinstance(value, Problem):
        yield from leaves((value.what, value.safe, value.todo))
    elif isinstance(value, Mapping):
        yield from leaves([*value.keys(), *value.values()])
    elif is_dataclass(value):
        yield from leaves([getattr(value, one.name) for one in fields(value)])
    elif isinstance(value, Iterable):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield str(value)


def written(folder: Path) -> Iterator[str]:
    """What can be read in the files of a folder."""
    for path in folder.rglob("*"):
        if path.suffix == ".pdf":
            yield pdf_text(path)
        elif path.is_file() and path.suffix not in _UNREADABLE:
            yield path.read_bytes().decode("utf-8", "replace")
