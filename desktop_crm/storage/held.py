"""Tells whether a text still belongs to somebody else: then finding it after an erasure is no residue."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_crm.privacy.folding import fold
from desktop_crm.records.declare import Category, Column, Declaration, Section
from desktop_crm.records.registry import inventory
from desktop_crm.storage.schema import SEARCH_TABLE
from desktop_crm.storage.search_index import terms


def _living() -> list[Declaration]:
    """All records but the locked ones: what a law keeps of the erased person excuses no find elsewhere."""
    sealed = {told.stages.sealed for told in inventory() if told.stages is not None}
    return [told for told in inventory() if told.record not in sealed]


def _text_columns(told: Declaration) -> list[str]:
    """Days and instants are stored as text too: a person's 28 October stands wherever something happened that day."""
    return [c.name for c in told.columns if issubclass(c.kind, (str, date)) and not _passing(told, c)]


def _passing(told: Declaration, column: Column) -> bool:
    """What a draft or an earlier value says is no longer, or not yet, anybody's: it excuses nothing."""
    return told.section is Section.SHORT and column.kind is str and column.category is Category.HISTORY


class LivingText:
    """Answers for one state of the database, and remembers its answers."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._known: dict[str, bool] = {}

    def holds(self, text: str) -> bool:
        """Whether any living row holds the text, as written or folded. Common texts are found at once."""
        if text not in self._known:
            self._known[text] = self._indexed(text) or self._stored(text) or self._stored_folded(text)
        return self._known[text]

    def _indexed(self, text: str) -> bool:
        words = terms(text)
        if not words:
            return False
        phrase = '"' + " ".join(words) + '"'
        row = self._connection.execute(
            f"SELECT 1 FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ? LIMIT 1",
            (phrase,),
        ).fetchone()
        return row is not None

    def _stored(self, text: str) -> bool:
        return self._in_schema(text) or any(self._in_table(told, text) for told in _living())

    def _in_schema(self, text: str) -> bool:
        """Somebody may be called like a column: `Birthday` stands in every file.

        A row of the schema is stored without gaps, so `tables` stands there as well: it begins the row of `table sale`.
        """
        row = self._connection.execute(
            "SELECT 1 FROM sqlite_schema WHERE instr(lower(type || name || tbl_name), ?1) OR instr(lower(sql), ?1) "
            "LIMIT 1",
            (fold(text),),
        ).fetchone()
        return row is not None

    def _in_table(self, told: Declaration, text: str) -> bool:
        columns = _text_columns(told)
        if not columns:
            return False
        tests = " OR ".join(f"instr({name}, ?1)" for name in columns)
        row = self._connection.execute(
            f"SELECT 1 FROM {told.name} WHERE {tests} LIMIT 1",
            (text,),
        ).fetchone()
        return row is not None

    def _stored_folded(self, text: str) -> bool:
        """The last and slowest look: a living row may write the same with other capitals or accents."""
        folded = fold(text)
        if not folded:
            return False
        for told in _living():
            columns = _text_columns(told)
            if columns and self._any_folded(told, columns, folded):
                return True
        return False

    def _any_folded(self, told: Declaration, columns: list[str], folded: str) -> bool:
        cursor = self._connection.execute(f"SELECT {', '.join(columns)} FROM {told.name}")
        while rows := cursor.fetchmany(2000):
            if any(value and folded in fold(value) for row in rows for value in row):
                return True
        return False
