"""Reading a contact's page for the window. Everything here runs on worker threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_crm.services import drafts, record_page
from desktop_crm.services.looks import is_same_look
from desktop_crm.services.office import Office
from desktop_crm.services.record_page import RecordPage
from desktop_crm.services.timeline import Entry

PLACE = "quick-note"
"""The name of the note box among the drafts."""
FIELD = "text"


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A page, with what was read of its past so far, and what was being typed when it was left."""

    page: RecordPage
    past: tuple[Entry, ...]
    older: date | None
    draft: str
    today: date
    looked_at: datetime


def open_page(office: Office, person: bytes) -> Opened:
    """Look at a person's page."""
    page = record_page.open_record(office, person)
    draft = drafts.take(office, PLACE, person).get(FIELD, "")
    return Opened(page, page.history.entries, page.history.older, draft, office.today(), office.clock.now())


def read_again(office: Office, before: Opened) -> Opened:
    """The same page after something was changed, about as far back as it was read."""
    person = before.page.person
    if not is_same_look(office, before.looked_at):
        return open_page(office, person)
    page = record_page.read_again(office, person)
    past, older = page.history.entries, page.history.older
    while older is not None and len(past) < len(before.past):
        more = record_page.older(office, person, older)
        past, older = (*past, *more.entries), more.older
    return Opened(page, past, older, before.draft, office.today(), before.looked_at)


def read_older(office: Office, before: Opened) -> Opened:
    """The same page, read further back."""
    if before.older is None:
        return before
    more = record_page.older(office, before.page.person, before.older)
    past = (*before.past, *more.entries)
    return Opened(before.page, past, more.older, before.draft, before.today, before.looked_at)


def keep_draft(office: Office, person: bytes, text: str) -> None:
    """Keep what is being typed about a person; nothing typed forgets it."""
    if text:
        drafts.keep(office, PLACE, person, {FIELD: text})
    else:
        drafts.drop(office, PLACE, person)
