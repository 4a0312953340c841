"""The recovery code: 160 bits as 8 groups of 4 signs, and a ninth group that finds slips of the pen.

Signs are Crockford's base 32 (0-9 and the letters without I, L, O, U); whoever reads O for 0, I or L for 1, or U for V
is understood. A group is a number of 20 bits, an element of GF(2^20); the check group is their sum, each group
multiplied by its own power of one factor. That finds every single wrong group. The factor is chosen such that one
wrong sign, or two signs of a group swapped, fit one place only, so such a slip is named from the paper alone. Any
other wrong group is found by `corrections`: nine places, one possible repair each, and only the right one opens the
customer file. The check group is made from the code, never from the keys.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from enum import StrEnum
from itertools import combinations

from desktop_crm.words import Exit, M, Problem

CODE_BYTES = 20
CHECK_GROUP = 9

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_GROUP_SIGNS = 4
_SIGN_BITS = 5
_GROUP_BITS = _GROUP_SIGNS * _SIGN_BITS
_DATA_GROUPS = 8
_POLYNOMIAL = (1 << 20) | (1 << 3) | 1  # primitive, so the powers of 2 run through the whole field
_FACTOR = 0x20009  # 2 to the 37th: the smallest power that keeps the places of typical slips apart

Groups = tuple[int, ...]
"""The nine groups as numbers of 20 bits, the check group last."""


def new_code() -> bytes:
    """160 random bits."""
    return secrets.token_bytes(CODE_BYTES)


def as_text(code: bytes) -> str:
    """The nine groups as they stand on the sheet, joined by hyphens."""
    return "-".join(as_groups(code))


def as_groups(code: bytes) -> tuple[str, ...]:
    """The nine groups as they stand on the sheet, the check group last."""
    data = _split(code)
    return group_texts((*data, _check(data)))


def group_texts(groups: Groups) -> tuple[str, ...]:
    """Nine groups, right or wrong, in the signs of the sheet."""
    return tuple(map(_group_text, groups))


def read_groups(text: str) -> Groups:
    """The nine groups as typed, right or wrong. Capitals, spaces and hyphens do not matter.

    Raises Problem naming the group that has too few or too many signs or one that no sheet has.
    """
    parts = re.findall(r"\w+", unicodedata.normalize("NFKC", text).upper().replace("_", " "))
    if len(parts) != CHECK_GROUP:
        whole = "".join(parts)
        if len(whole) != CHECK_GROUP * _GROUP_SIGNS:
            raise _wrong_length(len(whole))
        parts = [whole[at : at + _GROUP_SIGNS] for at in range(0, len(whole), _GROUP_SIGNS)]
    return tuple(_group_number(place, part) for place, part in enumerate(parts, 1))


class Shape(StrEnum):
    """What one typed group looks like by itself; nothing here knows the real code."""

    EMPTY = "empty"
    SHORT = "short"
    LONG = "long"
    FOREIGN = "foreign"
    """A sign that no sheet has."""
    FINE = "fine"


def shape(text: str) -> Shape:
    """How a single group was typed. Capitals, blanks and hyphens do not matter."""
    plain = signs(text)
    if any(sign not in _SIGNS for sign in plain):
        return Shape.FOREIGN
    if len(plain) == _GROUP_SIGNS:
        return Shape.FINE
    if not plain:
        return Shape.EMPTY
    return Shape.SHORT if len(plain) < _GROUP_SIGNS else Shape.LONG


def same_group(group: str, typed: str) -> bool:
    """Whether a group was typed as it stands on the sheet."""
    return shape(typed) is Shape.FINE and signs(typed) == signs(group)


def signs(typed: str) -> str:
    """The signs of one group in capitals, without what does not matter, lookalikes read as what they mean."""
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", typed)).upper().translate(_LOOKALIKES)


def read_code(text: str) -> bytes:
    """The 160 bits of a code typed without any slip. Raises Problem, naming the group where it can be told."""
    groups = read_groups(text)
    if not fits(groups):
        place = slip(groups)
        raise several_groups() if place is None else wrong_group(place)
    return code_of(groups)


def fits(groups: Groups) -> bool:
    """Whether the check group is that of the eight others."""
    return _difference(groups) == 0


def code_of(groups: Groups) -> bytes:
    """The 160 bits of the first eight groups."""
    number = 0
    for group in groups[:_DATA_GROUPS]:
        number = (number << _GROUP_BITS) | group
    return number.to_bytes(CODE_BYTES, "big")


def slip(groups: Groups) -> int | None:
    """The place (1 to 9) of one wrong sign or of two signs swapped, if such a slip explains the misfit."""
    return next((place for place, repair in _repairs(groups) if repair in _TYPICAL_SLIPS), None)


def corrections(groups: Groups) -> tuple[tuple[int, bytes], ...]:
    """For each place from 1 to 9: the code, should this group alone be wrong."""
    return tuple(
        (place, code_of((*groups[: place - 1], groups[place - 1] ^ repair, *groups[place:])))
        for place, repair in _repairs(groups)
    )


def wrong_group(place: int) -> Problem:
    """What to say when the group at `place` (1 to 9) is known to be wrong."""
    if place == CHECK_GROUP:
        what = M("The check group does not fit.")
    else:
        what = M("Group {number} does not fit.", number=place)
    return _refused(what, M("Please compare this group with your recovery sheet, sign by sign."))


def several_groups() -> Problem:
    """What to say when no single wrong group explains the misfit."""
    return _refused(
        M("More than one group does not fit, or the sheet is that of another customer file."),
        M("Please compare every group with your recovery sheet, sign by sign."),
    )


def _refused(what: M, todo: M) -> Problem:
    return Problem(what, safe=M("Nothing has been deleted, and nothing will be."), todo=todo, code=Exit.LOCKED)


def _wrong_length(n: int) -> Problem:
    return _refused(
        M(
            "The recovery sheet has 9 groups of 4 signs, 36 in all; this is {n} sign.",
            "The recovery sheet has 9 groups of 4 signs, 36 in all; these are {n} signs.",
            n=n,
        ),
        M("Please type all 8 groups and the check group."),
    )


def _group_number(place: int, text: str) -> int:
    plain = text.translate(_LOOKALIKES)
    if len(plain) != _GROUP_SIGNS or any(sign not in _SIGNS for sign in plain):
        raise wrong_group(place)
    number = 0
    for sign in plain:
        number = (number << _SIGN_BITS) | _SIGNS.index(sign)
    return number


def _group_text(group: int) -> str:
    return "".join(_SIGNS[(group >> shift) & 31] for shift in (15, 10, 5, 0))


def _split(code: bytes) -> Groups:
    number = int.from_bytes(code, "big")
    shifts = range((_DATA_GROUPS - 1) * _GROUP_BITS, -1, -_GROUP_BITS)
    return tuple((number >> shift) & ((1 << _GROUP_BITS) - 1) for shift in shifts)


def _check(data: Groups) -> int:
    total = 0
    for group in data:
        total = _times(total ^ group, _FACTOR)
    return total


def _difference(groups: Groups) -> int:
    return _check(groups[:_DATA_GROUPS]) ^ groups[_DATA_GROUPS]


def _repairs(groups: Groups) -> tuple[tuple[int, int], ...]:
    """For each place: the change of its group that would make everything fit. Empty if it fits already."""
    difference = _difference(groups)
    if difference == 0:
        return ()
    inverse = _power(_FACTOR, (1 << _GROUP_BITS) - 2)
    repairs = []
    for place in range(CHECK_GROUP, 0, -1):
        repairs.append((place, difference))
        difference = _times(difference, inverse)
    return tuple(reversed(repairs))


def _times(left: int, right: int) -> int:
    """Product in GF(2^20)."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left >> _GROUP_BITS:
            left ^= _POLYNOMIAL
        right >>= 1
    return product


def _power(base: int, exponent: int) -> int:
    result = 1
    while exponent:
        if exponent & 1:
            result = _times(result, base)
        base = _times(base, base)
        exponent >>= 1
    return result


_ONE_SIGN = frozenset(change << shift for change in range(1, 32) for shift in (0, 5, 10, 15))
_SWAPPED = frozenset(
    change << one | change << other for change in range(1, 32) for one, other in combinations((0, 5, 10, 15), 2)
)
_TYPICAL_SLIPS = _ONE_SIGN | _SWAPPED
