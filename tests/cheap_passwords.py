"""Passwords that are stretched by the same way as ever, with the least that Argon2 takes: 0.2 s less for each."""

from __future__ import annotations

import secrets

import pytest

from desktop_crm.vault.slots import Stretching

_SALT_BYTES = 16

IN_EARNEST = Stretching.new
"""As the program does it."""


def made_cheap(patched: pytest.MonkeyPatch) -> None:
    """From now on new slots ask for little; slots that were made before ask for what is written there."""
    patched.setattr(Stretching, "new", lambda: Stretching(secrets.token_bytes(_SALT_BYTES), 8, 1, 1))
