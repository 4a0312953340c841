"""Rows of a person as entries of the access report: derived from the declarations, nothing picked by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.documents import model
from desktop_crm.host.ids import id_text
from desktop_crm.privacy.access import AccessStep
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.declare import Column
from desktop_crm.records.registry import inventory
from desktop_crm.services import labels, who
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Money, Value

FORMS = {
    "birthday": model.Form.BIRTHDAY,
    "country": model.Form.COUNTRY,
    "language": model.Form.LANGUAGE,
    "label": model.Form.KIND,
}
"""Columns that hold codes, and of what."""
TO_PROTECT = M("It concerns another person (Art. 15(4) GDPR).")
_ORIGIN = ("created_at", "source")
"""Told beside every entry as where from and since when, so not again as a line of its own."""


class EntryMaker:
    """Makes entries for one person's report."""

    def __init__(self, reading: Reading, zone: str, default_source: M | str) -> None:
        self._reading = reading
        self._zone = ZoneInfo(zone)
        self._default_source = default_source
        self._caller = who.by_role(reading)
        self._names: dict[bytes, str] = {}
        self._sources: dict[bytes, str] = {}

    def of(self, step: AccessStep, person: bytes) -> list[tuple[Any, model.Entry]]:
        """The person's rows of one kind, each with its entry."""
        rows = self._reading.find(step.told.record, eq(step.subject.column, person))
        return [(row, self._entry(step, row)) for row in rows]

    def _entry(self, step: AccessStep, row: Any) -> model.Entry:
        return model.Entry(
            record=step.told.name,
            id=id_text(getattr(row, step.told.key)),
            facts=tuple(self._facts(step, row)),
            source=self._source(row),
            since=self._since(row),
            withheld=tuple(
                model.Withheld(c.label, TO_PROTECT) for c in step.withheld if getattr(row, c.name) is not None
            ),
        )

    def _facts(self, step: AccessStep, row: Any) -> Iterable[model.Fact]:
        names = {c.name for c in step.shown}
        for column in step.shown:
            value = getattr(row, column.name)
            if column.name in _ORIGIN or value is None or value is False or value == "":
                continue
            if column.name == "amount_minor" and "currency" in names:
                yield model.Fact("amount", M("Amount"), Money(value, row.currency))
            elif column.name != "currency":
                form = FORMS.get(column.name, model.Form.PLAIN)
                said = _in_words(row, column) or self._said(column, value)
                yield model.Fact(column.name, column.label, said, form)

    def _said(self, column: Column, value: Any) -> Value:
        if column.references is not None:
            return self._name(column.references, value)
        if column.name == "actor":
            return self._caller(value)
        return labels.said(value)

    def _name(self, record: type[Any], key: bytes) -> str:
        if key not in self._names:
            row = self._reading.get(record, key)
            self._names[key] = str(getattr(row, "name", "")) if row is not None else ""
        return self._names[key]

    def _source(self, row: Any) -> M | str:
        batch = getattr(row, "batch_id", None)
        if batch is None:
            return getattr(row, "source", "") or self._default_source
        if batch not in self._sources:
            stored = self._reading.get(ImportBatch, batch)
            self._sources[batch] = stored.source if stored is not None else ""
        return self._sources[batch] or self._default_source

    def _since(self, row: Any) -> date | None:
        made: datetime | None = getattr(row, "created_at", None)
        return made.astimezone(self._zone).date() if made is not None else None


def _in_words(row: Any, column: Column) -> M | None:
    """Acts, kinds of record and fields by their names for people; None for other columns."""
    if column.name == "act":
        return labels.why(row.act)
    if column.name not in ("record", "field") or not hasattr(row, "record"):
        return None
    labelled = {(told.name, c.name): c.label for told in inventory() for c in told.columns}
    if column.name == "field":
        return labelled.get((row.record, row.field))
    return next((told.label for told in inventory() if told.name == row.record), None)


def headline_columns(step: AccessStep) -> tuple[str, ...]:
    """The facts that stand as columns of a table; every other one stands below its row."""
    chosen = {
        "interaction": ("happened_at", "text", "actor"),
        "purchase": ("invoice_no", "bought_on", "description", "amount"),
        "delivery_recipient": ("deliver_on", "card_text"),
        "privacy_request": ("number", "kind", "received_on"),
        "retention_item": ("due_on", "rule", "answer"),
        "import_fill": ("field",),
        "task": ("due_on", "text", "done_at"),
        "draft": ("saved_at", "text", "place"),
        "change": ("happened_at", "act", "actor"),
        "change_value": ("record", "field", "old"),
    }
    return chosen.get(step.told.name, tuple(c.name for c in step.shown)[:3])
