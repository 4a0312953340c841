"""What was typed and not saved yet, kept in the encrypted file: a lock or a power cut loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from desktop_crm.records.audit import Verb
from desktop_crm.records.draft import Draft
from desktop_crm.services.acts import act
from desktop_crm.services.contacts import known_person
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of


@act(Verb.LIST, Draft)
def keep(office: Office, place: str, person: bytes | None, fields: Mapping[str, str]) -> None:
    """Keep the fields of a form in place of what was kept of it before; empty ones are left out."""
    typed = {name: text for name, text in fields.items() if _holdable(text)}

    def work(writing: Writing) -> None:
        if person is not None:
            known_person(writing, person)
        before = {row.field: row for row in _rows(office, writing, place, person)}
        writing.delete_rows(Draft, [row for name, row in before.items() if name not in typed])
        now, draft = office.clock.now(), partial(Draft, contact_id=person, author=office.who.name, place=place)
        for name, text in typed.items():
            if name not in before:
                key = office.new_id()
                writing.insert(draft(id=key, field=name, text=text, saved_at=now))
            elif before[name].text != text:
                writing.update(Draft, before[name].id, text=text, saved_at=now)

    office.jot(work)


@act(Verb.LIST, Draft)
def take(office: Office, place: str, person: bytes | None) -> dict[str, str]:
    """The fields whoever acts typed into a form; they stay until they are dropped."""
    return office.read(lambda reading: {row.field: row.text for row in _rows(office, reading, place, person)})


@act(Verb.LIST, Draft)
def drop(office: Office, place: str, person: bytes | None) -> None:
    """Forget what was kept of a form: it was saved, or is not wanted."""
    office.jot(lambda writing: _forget(office, writing, place, person))


def _rows(office: Office, reading: Reading, place: str, person: bytes | None) -> list[Draft]:
    mine = eq("author", office.who.name)
    return reading.find(Draft, mine, eq("place", place), eq("contact_id", person))


def _forget(office: Office, writing: Writing, place: str, person: bytes | None) -> None:
    writing.delete(Draft, one_of("id", [row.id for row in _rows(office, writing, place, person)]))


def _holdable(text: str) -> bool:
    """Whether a file can hold the text as it is; half-typed signs of a script come a moment later."""
    try:
        return bool(text.encode()) and "\0" not in text
    except UnicodeEncodeError:
        return False
