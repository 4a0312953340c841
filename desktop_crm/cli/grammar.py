"""What a command is made of. Help, docs/CLI.md and the reading of a typed line all follow from one declaration."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from keyword import iskeyword
from pathlib import Path
from typing import Any

from desktop_crm.words import Exit, M, Problem

TEXT = M("TEXT")
FILE = M("FILE")
FOLDER = M("DIR")
DAY = M("DAY")
NAME = M("NAME")
COUNT = M("COUNT")

_MORE_THAN_ALL = 2**31
Reader = Callable[[str], Any]
"""Turns what was typed into a value; ValueError if it cannot."""


def usage(what: M, todo: M | None = None) -> Problem:
    """A command that was typed wrongly (exit 2)."""
    return Problem(what, todo=todo, code=Exit.USAGE)


def text(typed: str) -> str:
    """Anything, without the blanks around it."""
    return typed.strip()


def day(typed: str) -> date:
    """A day, written 2026-11-21 or 21.11.2026."""
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", typed.strip())
    if german:
        return date(int(german[3]), int(german[2]), int(german[1]))
    return date.fromisoformat(typed.strip())


def birthday(typed: str) -> str:
    """A day, or `--05-01` and `1.5.` where the year is not known, in the form in which it is stored."""
    bare = re.fullmatch(r"--(\d\d)-(\d\d)|(\d{1,2})\.(\d{1,2})\.", typed.strip())
    if bare is None:
        return day(typed).isoformat()
    month, number = (bare[1], bare[2]) if bare[1] else (bare[4], bare[3])
    leap_year = date(2000, int(month), int(number))
    return f"--{leap_year:%m-%d}"


def count(typed: str) -> int:
    """A number from 1 up; more than there is of anything is as good as that."""
    number = int(typed)
    if number < 1:
        raise ValueError
    return min(number, _MORE_THAN_ALL)


def folder(typed: str) -> Path:
    """A file or folder; `~` is the home folder."""
    return Path(typed).expanduser()


def assignment(typed: str) -> tuple[str, str]:
    """`COLUMN=FIELD`."""
    left, sign, right = typed.rpartition("=")
    if not sign or not left.strip() or not right.strip():
        raise ValueError
    return left.strip(), right.strip()


EXPECTED: dict[Reader, M] = {
    text: M("a text"),
    day: M("a day, written as 2026-11-21"),
    birthday: M("a day, written as 1980-05-01, or --05-01 without the year"),
    count: M("a number from 1 up"),
    folder: M("a file or folder"),
    assignment: M("COLUMN=FIELD, such as Handy=phone"),
}
"""What each reader needs, for the sentence said when it gets something else."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that stands by its place. `many`: all words that are left, one or more."""

    key: str
    place: M
    about: M
    read: Reader = text
    many: bool = False


CONTACT = Argument("contact", M("CONTACT"), M("The person: a number as the search shows it, or an email address."))


@dataclass(frozen=True, slots=True)
class Option:
    """A word with two hyphens. Without `place` it is a switch; `repeat` collects every time it is given."""

    name: str
    about: M
    place: M | None = None
    read: Reader = text
    choices: tuple[str, ...] = ()
    default: Any = None
    required: bool = False
    repeat: bool = False

    @property
    def key(self) -> str:
        """Under which its value is found."""
        return self.name.lstrip("-").replace("-", "_")

    @property
    def takes_value(self) -> bool:
        """Whether a value follows."""
        return self.place is not None or bool(self.choices)

    def absent(self) -> Any:
        """The value where it is not given."""
        if self.repeat:
            return ()
        return self.default if self.takes_value else False


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `name` as typed (`consent give`), the module of this room that does it, what it takes."""

    name: str
    module: str
    about: M
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    more: M | None = None

    @property
    def action(self) -> str:
        """Name of the function that does it."""
        name = re.sub(r"\W", "_", self.name)
        return f"{name}_" if iskeyword(name) or hasattr(builtins, name) else name
