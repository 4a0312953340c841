"""Reads the data files shipped with the program, strictly: a key too many, too few or of the wrong kind is refused."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """One table of a file; each key is taken once, and `done` refuses what was not taken.

    Every error is a ValueError that names the file and the key.
    """

    def __init__(self, values: Mapping[str, Any], file: str, path: str = "") -> None:
        self._left = dict(values)
        self._file = file
        self._path = path

    def fault(self, key: str, what: str) -> ValueError:
        """The error that names file and key."""
        return ValueError(f"{self._file}: {self._path}{key} {what}")

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._left

    def done(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._left:
            raise self.fault(key, "is not known here")

    def text(self, key: str, *, empty: bool = False) -> str:
        """A text, which may be empty only where `empty` says so."""
        value = self._take(key, str)
        if not (value.strip() or empty):
            raise self.fault(key, "is empty")
        return str(value)

    def flag(self, key: str) -> bool:
        """True or false."""
        return bool(self._take(key, bool))

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = int(self._take(key, int))
        if not low <= value <= high:
            raise self.fault(key, f"is not between {low} and {high}")
        return value

    def day(self, key: str) -> date:
        """A date without time."""
        value: date = self._take(key, date)
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """One of a closed set of words."""
        return self._chosen(key, self._take(key, str), choices)

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Several different ones of a closed set of words."""
        found = tuple(self._chosen(key, word, choices) for word in self._take(key, list))
        if not found or len(set(found)) < len(found):
            raise self.fault(key, "is empty or says something twice")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, list)
        if not all(isinstance(item, str) and item for item in value):
            raise self.fault(key, "is not a list of texts")
        return tuple(value)

    def names(self, key: str) -> dict[str, str]:
        """A table of texts."""
        value = self._take(key, dict)
        if not all(isinstance(item, str) and item for item in value.values()):
            raise self.fault(key, "is not a table of texts")
        return dict(value)

    def table(self, key: str) -> "Table":
        """A table inside this one."""
        return Table(self._take(key, dict), self._file, f"{self._path}{key}.")

    def tables(self, key: str) -> "dict[str, Table]":
        """Tables inside a table, by their codes."""
        inside = self.table(key)
        for code in inside._left:
            if not re.fullmatch(r"[a-z][a-z-]*", code):
                raise inside.fault(code, "is not a code")
        return {code: inside.table(code) for code in list(inside._left)}

    def rows(self, key: str) -> "list[Table]":
        """An array of tables."""
        value = self._take(key, list)
        if not all(isinstance(item, dict) for item in value):
            raise self.fault(key, "is not a list of tables")
        return [Table(item, self._file, f"{self._path}{key}[{place}].") for place, item in enumerate(value)]

    def _chosen(self, key: str, word: object, choices: type[Choice]) -> Choice:
        for choice in choices:
            if choice == word:
                return choice
        raise self.fault(key, f"is not one of {', '.join(choices)}")

    def _take(self, key: str, kind: type) -> Any:
        if key not in self._left:
            raise self.fault(key, "is missing")
        value = self._left.pop(key)
        # exactly this type: true is an int to Python, and an instant is a date
        if type(value) is not kind:
            raise self.fault(key, "is of the wrong kind")
        return value


def read_table(path: Path) -> Table:
    """The whole file as a table.

    Raises:
        ValueError: the file is no TOML; the message names it.
    """
    import tomllib

    try:
        return Table(tomllib.loads(path.read_text("utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
