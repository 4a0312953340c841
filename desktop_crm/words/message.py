"""A message is the English sentence with its values, turned into a language only when it is shown."""

from __future__ import annotations

from datetime import date, datetime

from desktop_crm.cheap import fixed


@fixed
class Money:
    """An exact amount: `minor` units (cents) of an ISO 4217 `currency`."""

    minor: int
    currency: str


class M:
    """A sentence to be said, in English, with named values: `M("{n} people read", n=212)`.

    `plural` is the English form for `n != 1`; `n` then chooses the form. Values may be messages, dates, instants
    and money themselves and are formatted in the language of the reader. A value is never read as a template, so a
    customer called `{n}` stays called so.
    """

    __slots__ = ("plural", "text", "values")

    def __init__(self, text: str, plural: str | None = None, /, **values: Value) -> None:
        self.text = text
        self.plural = plural
        self.values = values

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, M):
            return NotImplemented
        return (self.text, self.plural, self.values) == (other.text, other.plural, other.values)

    def __hash__(self) -> int:
        return hash((self.text, self.plural, tuple(sorted(self.values))))

    def __repr__(self) -> str:
        """The template alone: a value may be a customer's, and a repr ends up in logs."""
        return f"M({self.text!r})"


Value = str | int | float | bool | date | datetime | Money | M | None
