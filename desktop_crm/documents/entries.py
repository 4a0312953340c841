"""The entries of an access report as tables: nothing that an entry holds is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from desktop_crm.documents.formats import fact_text
from desktop_crm.documents.model import Entry, Fact, File, Form, Layout, Section
from desktop_crm.documents.page import Align, Sheet
from desktop_crm.documents.strokes import drawn, strokes_of
from desktop_crm.documents.styles import COVERED, LEFT, SMALL, TABLE, TABLE_LABEL, VIOLET, WIDTH, Style
from desktop_crm.documents.table import Cell, Column, Row, Table, shared_widths
from desktop_crm.words import M, Money, Value, Words

_T = TypeVar("_T")
_FIELD_WIDE, _FIELD_TALL = 190.0, 62.0
"""Room for a signature."""
SAMPLED = 300
"""Entries that are measured for the widths of the columns."""
_FINE = Style(COVERED.face, COVERED.size, COVERED.leading, SMALL.colour)
_KEPT = TABLE.coloured(VIOLET)


class EntryTable:
    """A section's entries, ready to be set: its columns, its rows, and what all entries share."""

    def __init__(self, sheet: Sheet, words: Words, section: Section) -> None:
        self._sheet = sheet
        self._words = words
        self._section = section
        self._shared_source = _shared(section.entries, lambda entry: entry.source)
        self._shared_until = _shared(section.entries, lambda entry: (entry.until, entry.kept_by))
        as_facts = section.layout is Layout.FACTS
        self._shared_facts = {} if as_facts else self._facts_of_all()
        self.rows = list(self._fact_rows() if as_facts else self._entry_rows())
        self.table = Table(
            sheet, self._fact_columns() if as_facts else self._entry_columns(), pad=4.9 if as_facts else 3.6
        )

    def shared(self) -> list[str]:
        """What is true of every entry and is therefore said once, above the table."""
        said = []
        if self._shared_source and self._section.layout is not Layout.FACTS:
            said.append(self._words.say(M("where from: {source}", source=self._shared_source)))
        said.extend(f"{label}: {text}" for (_, text), label in self._shared_facts.items())
        if self._shared_until and self._shared_until[0]:
            said.append(self._words.say(M("kept until {day}", day=self._shared_until[0])))
        return said

    def laws(self) -> list[str]:
        """The laws that keep entries, each once, in the order of the entries."""
        return list(dict.fromkeys(self._words.say(entry.kept_by) for entry in self._section.entries if entry.kept_by))

    def _facts_of_all(self) -> dict[tuple[str, str], str]:
        """Facts outside the columns that say the same in each of several entries: name and text, with their label."""
        first, *others = self._section.entries or (None,)
        if first is None or not others:
            return {}
        common = {
            (fact.name, text): self._words.say(fact.label)
            for fact in first.facts
            if fact.name not in self._section.columns and (text := fact_text(self._words, fact))
        }
        for entry in others:
            if not common:
                break
            held = {(fact.name, fact_text(self._words, fact)) for fact in entry.facts}
            common = {key: label for key, label in common.items() if key in held}
        return common

    # One row per fact

    def _fact_columns(self) -> tuple[Column, ...]:
        say = self._words.say
        return (
            Column(say(M("Detail")), 103),
            Column(say(M("What it says")), 187),
            Column(say(M("Where from")), 112),
            Column(say(M("Since")), WIDTH - 402, "right"),
        )

    def _fact_rows(self) -> Iterator[Row]:
        words = self._words
        for entry in self._section.entries:
            facts = [(fact, text) for fact in entry.facts if (text := fact_text(words, fact))]
            source, since = words.value(entry.source), words.value(entry.since)
            for at, (fact, text) in enumerate(facts or [(None, "")]):
                last = at == max(len(facts), 1) - 1
                yield Row(
                    (
                        ((words.say(fact.label) if fact else "", TABLE_LABEL),),
                        ((text, TABLE),),
                        ((source, TABLE),),
                        ((since, TABLE),),
                    ),
                    self._remarks(entry) if last else (),
                )

    # One row per entry

    def _columns_used(self) -> list[str]:
        """The named columns in which any entry has something."""
        present = {fact.name for entry in self._section.entries for fact in entry.facts if fact.value not in (None, "")}
        return [name for name in self._section.columns if name in present]

    def _entry_columns(self) -> tuple[Column, ...]:
        sample = self._section.entries[:SAMPLED]
        columns = [self._measured(name, sample) for name in self._columns_used()]
        if self._shared_until is None:
            title = self._words.say(M("Until"))
            columns.append((title, self._sheet.type.width(self._words.value(date(2000, 12, 30)), TABLE), "right", True))
        if not columns:
            return (Column(self._words.say(M("Entry")), WIDTH),)
        widths = shared_widths([column[1] for column in columns], [column[3] for column in columns], WIDTH)
        return tuple(Column(column[0], width, column[2]) for column, width in zip(columns, widths, strict=True))

    def _measured(self, name: str, sample: Sequence[Entry]) -> tuple[str, float, Align, bool]:
        """Heading, natural width, side, and whether the width is fixed."""
        facts = [fact for entry in sample for fact in entry.facts if fact.name == name]
        title = self._words.say(facts[0].label) if facts else name
        texts = [fact_text(self._words, fact)[:60] for fact in facts]
        widths = [self._sheet.type.width(text, TABLE) for text in texts]
        kinds = [fact.value for fact in facts if fact.value is not None]
        numeric = bool(kinds) and all(_counted(value) for value in kinds)
        fixed = bool(kinds) and all(_counted(value) or isinstance(value, date) for value in kinds)
        return title, max([self._sheet.type.width(title, TABLE) * 0.9, *widths]), "right" if numeric else "left", fixed

    def _entry_rows(self) -> Iterator[Row]:
        columns = self._columns_used()
        named = frozenset(columns)
        for entry in self._section.entries:
            shown: dict[str, str] = {}
            rest: list[Fact] = []
            for fact in entry.facts:
                if fact.name in named and fact.name not in shown:
                    shown[fact.name] = fact_text(self._words, fact)
                elif (fact.name, fact_text(self._words, fact)) not in self._shared_facts:
                    rest.append(fact)
            cells: list[Cell] = [((shown.get(name, ""), TABLE),) for name in columns]
            if self._shared_until is None:
                cells.append(((self._words.value(entry.until), _KEPT if entry.kept_by else TABLE),))
            yield Row(tuple(cells) or ((("", TABLE),),), (*self._rest(entry, rest), *self._remarks(entry)))

    def _rest(self, entry: Entry, rest: list[Fact]) -> Cell:
        words = self._words
        parts = [f"{words.say(fact.label)}: {text}" for fact in rest if (text := fact_text(words, fact))]
        if entry.source and not self._shared_source:
            parts.append(words.say(M("where from: {source}", source=entry.source)))
        if entry.since and not any(fact.value == entry.since for fact in entry.facts):
            parts.append(words.say(M("since {day}", day=entry.since)))
        return ((" · ".join(parts), _FINE),) if parts else ()

    def _remarks(self, entry: Entry) -> Cell:
        """What is covered and why; for single facts also until when they stay, if that differs between entries."""
        words = self._words
        remarks: list[tuple[str, Style]] = []
        if self._section.layout is Layout.FACTS and self._shared_until is None and entry.until:
            until = words.say(M("kept until {day}", day=entry.until))
            remarks.append((until, _FINE.coloured(VIOLET) if entry.kept_by else _FINE))
        remarks.extend(
            (words.say(M("Covered: {label}. {reason}", label=one.label, reason=one.reason)), COVERED)
            for one in entry.withheld
        )
        return tuple(remarks)


def signature_of(sheet: Sheet, entry: Entry) -> None:
    """Draws the signatures of an entry, below the table."""
    for fact in entry.facts:
        strokes = strokes_of(str(fact.value)) if fact.form is Form.STROKES else ()
        if strokes:
            sheet.need(_FIELD_TALL + 12)
            drawn(sheet, strokes, LEFT, sheet.y + 8, _FIELD_WIDE, _FIELD_TALL)
            sheet.y += _FIELD_TALL + 12


def _counted(value: Value | File) -> bool:
    return isinstance(value, Money | int | float) and not isinstance(value, bool)


def _shared(entries: Sequence[Entry], part: Callable[[Entry], _T]) -> _T | None:
    """What all entries have in common, if they do."""
    values = {part(entry) for entry in entries}
    return values.pop() if len(values) == 1 else None
