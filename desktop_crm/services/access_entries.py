"""Rows of a person as entries of the access report: derived from the declarations, nothing picked by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.documents import model
from desktop_crm.host.ids import id_text
from desktop_crm.privacy.access import AccessStep
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.consent import ConsentEvidence
from desktop_crm.records.contact import ContactAddress, ContactEmail, ContactPhone
from desktop_crm.records.declare import Category, Column
from desktop_crm.records.purpose import Notice, Purpose
from desktop_crm.records.registry import inventory
from desktop_crm.records.use import Disclosure, Objection
from desktop_crm.services import labels, who
from desktop_crm.services.apart import MASK
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
_WAYS: dict[type[Any], tuple[str, ...]] = {
    ContactEmail: ("address",),
    ContactPhone: ("number",),
    ContactAddress: ("street", "postal_code", "city"),
}
TO_PROTECT = M("It concerns another person (Art. 15(4) GDPR).")
_ORIGIN = ("created_at", "source")
"""Told beside every entry as where from and since when, so not again as a line of its own."""


class EntryMaker:
    """Makes entries for one person's report."""

    def __init__(self, reading: Reading, zone: str, default_source: M | str) -> None:
        self._reading = reading
        self.opens: Callable[[Any, Column], str] = lambda _row, _column: MASK
        """Tells what a sealed value says; masked, unless the paper is for the person."""
        self._zone = ZoneInfo(zone)
        self._default_source = default_source
        self.caller = who.by_role(reading)
        self._names: dict[bytes, M | str] = {}
        self._sources: dict[bytes, str] = {}

    def of(self, step: AccessStep, person: bytes) -> list[tuple[Any, model.Entry]]:
        """The person's rows of one kind, each with its entry."""
        rows = self._reading.find(step.told.record, eq(step.subject.column, person))
        return [(row, self._entry(step, row)) for row in rows]

    def _entry(self, step: AccessStep, row: Any) -> model.Entry:
        return model.Entry(
            record=step.told.name,
            id=id_text(getattr(row, step.told.key)),
            facts=tuple(self.facts(step, row)),
            source=self._source(row),
            since=self._since(row),
            withheld=tuple(
                model.Withheld(c.label, TO_PROTECT) for c in step.withheld if getattr(row, c.name) is not None
            ),
        )

    def facts(self, step: AccessStep, row: Any, elsewhere: Collection[str] = _ORIGIN) -> Iterable[model.Fact]:
        """What is shown of a row, but for the columns that are told `elsewhere`."""
        names = {c.name for c in step.shown}
        for column in step.shown:
            value = getattr(row, column.name)
            if column.name in elsewhere:
                continue
            said = _in_words(row, column)
            if said is None and (value is None or value is False or value == ""):
                continue
            if column.name == "amount_minor" and "currency" in names:
                yield model.Fact("amount", M("Amount"), Money(value, row.currency))
            elif column.name != "currency":
                yield model.Fact(column.name, column.label, said or self._value(row, column, value), _form(row, column))

    def _value(self, row: Any, column: Column, value: Any) -> Value | model.File:
        if column.sensitive:
            return self.opens(row, column)
        if column.references is not None:
            return self._name(column.references, value)
        if column.category is Category.LOG:
            return self.caller(value)
        if column.name == "content":
            return model.File(value, row.media_type or "application/octet-stream")
        return self._name(object, value) if isinstance(value, bytes) else labels.said(value)

    def _name(self, record: type[Any], key: bytes) -> M | str:
        if key not in self._names:
            self._names[key] = called(self._reading, record, key)
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


def _form(row: Any, column: Column) -> model.Form:
    if isinstance(row, ConsentEvidence) and column.name == "strokes":
        return model.Form.STROKES
    return FORMS.get(column.name, model.Form.PLAIN)


def _in_words(row: Any, column: Column) -> M | None:
    """Acts, kinds of record and fields by their names for people; None for other columns."""
    if isinstance(row, Objection) and column.name == "purpose_id" and row.purpose_id is None:
        return M("all advertising")
    if column.name == "act":
        return labels.why(row.act)
    if column.name not in ("record", "field") or not hasattr(row, "record"):
        return None
    labelled = {(told.name, c.name): c.label for told in inventory() for c in told.columns}
    if column.name == "field":
        return labelled.get((row.record, row.field))
    return next((told.label for told in inventory() if told.name == row.record), None)


def called(reading: Reading, record: type[Any], key: bytes) -> M | str:
    """What a row is called that another one refers to; `object` for a way to reach somebody, whichever it is."""
    if record is object:
        return _way(reading, key)
    row = reading.get(record, key)
    if isinstance(row, Notice):
        return M("version {n}", n=row.version)
    if isinstance(row, Disclosure):
        return _left(reading, row)
    return str(getattr(row, "name", "")) if row is not None else ""


def _way(reading: Reading, key: bytes) -> M | str:
    """An email address, a telephone number or an address by its number."""
    for record, columns in _WAYS.items():
        row = reading.get(record, key)
        if row is not None:
            return ", ".join(part for name in columns if (part := getattr(row, name)))
    return M("no longer here")


def _left(reading: Reading, row: Disclosure) -> M:
    purpose = reading.get(Purpose, row.purpose_id) if row.purpose_id else None
    said = M("{form}, {day}", form=labels.of(row.form), day=row.left_at)
    if purpose is not None:
        said = M("{what}, for: {purpose}", what=said, purpose=purpose.name)
    return M("{what}, to: {recipient}", what=said, recipient=row.recipient) if row.recipient else said


def headline_columns(step: AccessStep) -> tuple[str, ...]:
    """The facts that stand as columns of a table; every other one stands below its row."""
    chosen = {
        "interaction": ("happened_at", "text", "actor"),
        "purchase": ("invoice_no", "bought_on", "description", "amount"),
        "delivery_recipient": ("deliver_on", "card_text"),
        "privacy_request": ("number", "kind", "received_on"),
        "retention_item": ("due_on", "rule", "answer"),
        "import_fill": ("field",),
        "consent_screen": ("shown_at", "how", "text"),
        "consent_evidence": ("kind", "note", "content"),
        "paper_form": ("printed_at", "code", "filed_at"),
        "informing": ("told_on", "how", "notice_id"),
        "restriction": ("since", "reason", "lifted_at"),
        "objection": ("since", "purpose_id", "outcome"),
        "wish": ("channel", "value_id", "note"),
        "disclosed_person": ("used_at", "disclosure_id"),
        "mending": ("opened_at", "disclosure_id", "cause"),
        "task": ("due_on", "text", "done_at"),
        "draft": ("saved_at", "text", "place"),
        "change": ("happened_at", "act", "actor"),
        "change_value": ("record", "field", "old"),
    }
    return chosen.get(step.told.name, tuple(c.name for c in step.shown)[:3])
