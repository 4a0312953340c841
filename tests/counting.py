"""What is left to do in a customer file, counted for tests."""

from __future__ import annotations

from desktop_crm.records.draft import Draft
from desktop_crm.services.due import due_counts
from desktop_crm.services.office import Office


def open_requests(office: Office) -> int:
    """How many requests are open."""
    return len(due_counts(office).answers)


def waiting_entries(office: Office) -> int:
    """How many entries wait for a yes."""
    return due_counts(office).waiting


def forms_kept(office: Office) -> set[str]:
    """The forms in which something is typed and not saved."""
    return {row.place for row in office.read(lambda reading: reading.find(Draft))}
