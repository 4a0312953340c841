"""Whom an erasure is about, as the erase sheet shows it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.services.erasure_plan import Preview
from desktop_crm.services.requests import RequestRow


@dataclass(frozen=True, slots=True, repr=False)
class Facing:
    """A person and what would happen; `asked` is the open request to be erased, if one was entered."""

    person: bytes
    name: str
    shown: Preview
    asked: RequestRow | None
