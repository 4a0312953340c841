"""The activity log as a file, for somebody who examines it: numbers and names of fields, never a customer's name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from desktop_crm.documents.spreadsheet import table_csv
from desktop_crm.host.ids import id_text
from desktop_crm.records.audit import AuditEntry, LogCheckpoint, Verb
from desktop_crm.services.acts import act
from desktop_crm.services.log_page import LogFilter
from desktop_crm.services.log_words import describe
from desktop_crm.services.office import Office
from desktop_crm.services.who import Caller, by_name
from desktop_crm.storage.rows import codec, instant_text
from desktop_crm.words import M


class LogFormat(StrEnum):
    """What kind of file."""

    CSV = "csv"
    JSON = "json"


@act(Verb.EXPORT, AuditEntry)
def export_log(office: Office, chosen: LogFilter, form: LogFormat) -> bytes:
    """The lines that meet the filter, oldest first. Where they are saved is said by whoever asked for them."""
    conditions = chosen.conditions(office.shop.zone)
    lines, notes, caller = office.read(
        lambda reading: (
            reading.find(AuditEntry, *conditions, order=("seq",)),
            reading.find(LogCheckpoint, order=("first",)),
            by_name(office, reading),
        )
    )
    office.looked(chosen.person, number=len(lines), fields=(form.value,))
    return _table(office, lines, caller) if form is LogFormat.CSV else _document(office, lines, notes)


def _table(office: Office, lines: Sequence[AuditEntry], caller: Caller) -> bytes:
    say = office.words.say
    heads = (M("Line"), M("When"), M("Who"), M("What was done"), M("Act"), M("Person"), M("Entry"), M("Fields"))
    rows = [
        (
            str(line.seq),
            instant_text(line.at),
            say(caller(line.actor)),
            say(describe(line, id_text(line.person_id) if line.person_id else None)),
            line.act,
            id_text(line.person_id) if line.person_id else "",
            id_text(line.row_id) if line.row_id else "",
            line.fields,
            str(line.number),
            line.seal.hex(),
        )
        for line in lines
    ]
    return table_csv([(*map(say, heads), say(M("How many")), say(M("Seal"))), *rows])


def _document(office: Office, lines: Sequence[AuditEntry], notes: Sequence[LogCheckpoint]) -> bytes:
    told = {
        "format": "desktop-crm activity log 1",
        "made_at": instant_text(office.clock.now()),
        "lines": [_as_stored(line) for line in lines],
        "tidied": [_as_stored(note) for note in notes],
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _as_stored(row: AuditEntry | LogCheckpoint) -> dict[str, object]:
    made = codec(type(row))
    names = (column.name for column in made.told.columns)
    return {name: _plain(name, value) for name, value in zip(names, made.encode(row), strict=True)}


def _plain(name: str, value: object) -> object:
    if not isinstance(value, bytes):
        return value
    return id_text(value) if name.endswith("_id") else value.hex()
