"""What a password must be to guard a customer file by itself."""

from __future__ import annotations

import unicodedata

from desktop_crm.cheap import fixed
from desktop_crm.words import M, Problem

SHORTEST = 12
_ENOUGH = 2
_GOOD = 16
_VERY_GOOD = 22
_FEWEST_DIFFERENT = 5
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm")
_COMMON = frozenset(
    {
        "admin",
        "administrator",
        "autumn",
        "baseball",
        "batman",
        "changeme",
        "computer",
        "correcthorsebatterystaple",
        "customer",
        "default",
        "desktopcrm",
        "dragon",
        "firma",
        "football",
        "fruehling",
        "geheim",
        "hallo",
        "herbst",
        "ichliebedich",
        "iloveyou",
        "internet",
        "kennwort",
        "kunden",
        "letmein",
        "login",
        "master",
        "monkey",
        "password",
        "passwort",
        "princess",
        "schatz",
        "secret",
        "shadow",
        "sommer",
        "spring",
        "start",
        "starwars",
        "summer",
        "sunshine",
        "superman",
        "test",
        "trustno",
        "welcome",
        "willkommen",
        "winter",
    }
)


def plain(passphrase: str) -> str:
    """The same text whatever keyboard or system it was typed on (NFKC)."""
    return unicodedata.normalize("NFKC", passphrase)


@fixed
class Strength:
    """How well a password guards the file: from 0 (no guard at all) to 4; from 2 on it is taken."""

    level: int
    said: M

    @property
    def is_enough(self) -> bool:
        """Whether `check_new` takes it."""
        return self.level >= _ENOUGH


def strength(passphrase: str) -> Strength:
    """What to say of a password while it is typed. Length counts; signs of many kinds do not."""
    text = plain(passphrase)
    missing = SHORTEST - len(text)
    if missing > 0:
        told = M("It needs {n} more sign.", "It needs {n} more signs.", n=missing)
        return Strength(1 if text else 0, told)
    if _is_common(text):
        return Strength(0, M("This password is among the first that anybody would try."))
    if len(text) < _GOOD:
        return Strength(_ENOUGH, M("Enough. Longer is better: another word."))
    return Strength(3, M("Good.")) if len(text) < _VERY_GOOD else Strength(4, M("Very good."))


def check_new(passphrase: str) -> None:
    """Raises Problem unless `passphrase` is long enough and not among the first that anybody would try."""
    text = plain(passphrase)
    if len(text) < SHORTEST:
        raise _refused(M("The password is too short: it needs at least {number} signs.", number=SHORTEST))
    if _is_common(text):
        raise _refused(M("This password is among the first that anybody would try."))


def _is_common(text: str) -> bool:
    letters = "".join(sign for sign in text.casefold() if sign.isalnum())
    if len(set(letters)) < _FEWEST_DIFFERENT and len(set(text)) < _FEWEST_DIFFERENT + 1:
        return True
    word = letters.strip("0123456789")
    return not word or _in_a_row(word) or _repeated(word) in _COMMON


def _in_a_row(word: str) -> bool:
    return any(word in row * 2 or word[::-1] in row * 2 for row in _ROWS)


def _repeated(word: str) -> str:
    """`summersummer` is `summer` typed twice."""
    for size in range(1, len(word) // 2 + 1):
        if len(word) % size == 0 and word == word[:size] * (len(word) // size):
            return word[:size]
    return word


def _refused(what: M) -> Problem:
    return Problem(
        what,
        safe=M("Nothing has been changed."),
        todo=M("Take four or five words that have nothing to do with each other, and write them down once."),
    )
