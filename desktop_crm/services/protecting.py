"""A password for a paper: made here and shown once, or the person's own; never kept."""

from __future__ import annotations

import secrets

from desktop_crm.words import M, Problem

SHORTEST = 8
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What cannot be mistaken for each other when it is read out or copied by hand."""
_GROUPS, _LONG = 4, 4


def new_password() -> str:
    """A password of four groups of four letters and digits (79 bits), to be told by another way than the paper."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LONG)) for _ in range(_GROUPS))
    return "-".join(groups)


def check_password(password: str | None) -> None:
    """Raises Problem for a password that is too short; None is no password."""
    if password is not None and len(password) < SHORTEST:
        raise Problem(
            M("The password for the paper needs {n} letters at least.", n=SHORTEST), safe=M("Nothing was written.")
        )


def protected(paper: bytes, password: str) -> bytes:
    """The paper, which nothing opens without the password."""
    from desktop_crm.documents.locked import locked

    return locked(paper, password)
