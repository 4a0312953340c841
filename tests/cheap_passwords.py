"""Passwords that are stretched by the same way as ever, with the least that Argon2 takes: 0.2 s less for each."""

from __future__ import annotations

import secrets

from desktop_crm.vault.slots import Stretching

_SALT_BYTES = 16
IN_EARNEST = Stretching.new
"""As the program does it."""


def make_cheap() -> None:
    """From now on new slots ask for little; slots that were made before ask for what is written there."""
    cheap = staticmethod(lambda: Stretching(secrets.token_bytes(_SALT_BYTES), memory_kib=8, passes=1, lanes=1))
    setattr(Stretching, "new", cheap)  # noqa: B010 - mypy knows it as a method
