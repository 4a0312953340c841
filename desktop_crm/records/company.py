"""A company that people belong to. A one-person company is a contact."""

from datetime import datetime

from desktop_crm.records.declare import Category, Part, SearchColumn, held, record
from desktop_crm.records.handling import BOOKKEEPING, SHARED
from desktop_crm.words import M


@record(M("Company"), M("Companies"), subjects=(), section=None, part=Part.CONTACTS, unique=(("match",),))
class Company:
    """A company, shared by the people who belong to it; it goes with the last of them."""

    id: bytes = held(M("Number"), Category.NONE, SHARED)
    name: str = held(M("Company"), Category.NONE, SHARED, searchable=SearchColumn.COMPANY)
    match: str = held(M("Compared form"), Category.NONE, SHARED, derived=True)
    created_at: datetime = held(M("Entered on"), Category.NONE, BOOKKEEPING)
