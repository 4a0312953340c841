"""What unsaved texts and earlier values of others still say of somebody who is being erased: it goes with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_crm.privacy.erasure import phone_texts
from desktop_crm.privacy.folding import digits, fold
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.declare import SearchColumn
from desktop_crm.records.draft import Draft
from desktop_crm.services.removal import Held
from desktop_crm.storage.held import LivingText
from desktop_crm.storage.search_index import phone_words, terms
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of

_NAMING = (SearchColumn.NAME, SearchColumn.EMAIL, SearchColumn.PHONE)
_LEAST_DIGITS = 6
"""A number with fewer digits could be any."""


def naming(held: Iterable[Held]) -> set[str]:
    """The names, email addresses and phone numbers in these rows that tell who is meant."""
    return {
        value
        for one in held
        for column in one.told.columns
        if column.searchable in _NAMING and (value := getattr(one.row, column.name)) and len(terms(value)) > 1
    }


def forget_traces(writing: Writing, held: Sequence[Held], details: Iterable[str]) -> None:
    """Delete every change and draft of others that holds something of these rows, which are taken out already.

    A change goes with all its values: it could bring back only a part of what was. What names the person goes in any
    case; other details only where nobody else has them, as the final search would have it.
    """
    writing.finish()
    traces = _Traces(writing, held, details)
    changes = {
        value.change_id for value in writing.stream(ChangeValue) if traces.in_any(value.old, value.shielded, value.form)
    }
    for key in changes:
        writing.delete(ChangeValue, eq("change_id", key))
        writing.delete(Change, eq("id", key))
    writing.delete(Draft, one_of("id", [row.id for row in writing.stream(Draft) if traces.in_any(row.text)]))


class _Traces:
    """Answers whether a text holds something of one person."""

    def __init__(self, reading: Reading, held: Sequence[Held], details: Iterable[str]) -> None:
        self._living = LivingText(reading.connection)
        self._phrases = [_spaced(text) for text in naming(held)]
        numbers = {
            word for one in held for text in phone_texts(one.told, one.row) for word in phone_words(text).split()
        }
        self._numbers = [number for number in numbers if len(number) >= _LEAST_DIGITS]
        self._details = [(detail, folded) for detail in details if (folded := fold(detail))]

    def in_any(self, *texts: str | None) -> bool:
        """Whether one of these texts does."""
        return any(text and (self._named(text) or self._told(text)) for text in texts)

    def _named(self, text: str) -> bool:
        plain, dialled = _spaced(text), digits(text)
        return any(phrase in plain for phrase in self._phrases) or any(one in dialled for one in self._numbers)

    def _told(self, text: str) -> bool:
        folded = fold(text)
        return any(one in folded and not self._living.holds(detail) for detail, one in self._details)


def _spaced(text: str) -> str:
    """The words of a text, each between blanks."""
    return f" {' '.join(terms(text))} "
