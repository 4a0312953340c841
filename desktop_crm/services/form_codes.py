"""Codes on printed forms: six random signs and a seventh that finds slips, `4KQ7-2MJ`.

Signs are Crockford's base 32, read as those of the recovery sheet. A sign is an element of GF(2^5); the last is the sum
of the others, each multiplied by a power of 2 of its own. That finds each wrong sign, and any two that were swapped.
"""

from __future__ import annotations

import re
import secrets

from desktop_crm.vault.recovery import signs
from desktop_crm.words import M, Problem

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM = 6
_POLYNOMIAL = 0b100101  # primitive, so the powers of 2 run through the whole field


def new_code() -> str:
    """A code nobody could guess from another one."""
    values = [secrets.randbelow(len(_SIGNS)) for _ in range(_RANDOM)]
    return _written([*values, _check(values)])


def read_code(typed: str) -> str:
    """The code that was typed, as it stands on the form. Capitals, blanks and hyphens do not matter.

    Raises Problem for what is no code, or has a slip in it.
    """
    plain = signs(typed)
    if not re.fullmatch(f"[{_SIGNS}]{{{_RANDOM + 1}}}", plain):
        raise Problem(M("A code has {n} sign, such as 4KQ7-2MJ.", "A code has {n} signs, such as 4KQ7-2MJ.", n=7))
    values = [_SIGNS.index(sign) for sign in plain]
    if _check(values[:-1]) != values[-1]:
        raise Problem(M("There is a slip in this code."), todo=M("Please compare it with the form, sign by sign."))
    return _written(values)


def _check(values: list[int]) -> int:
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & 0b100000 else value


def _written(values: list[int]) -> str:
    plain = "".join(_SIGNS[value] for value in values)
    return f"{plain[:4]}-{plain[4:]}"
