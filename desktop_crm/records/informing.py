"""Who was told how their data is used, when, and in which words (Art. 13 and 14 GDPR)."""

from datetime import date, datetime

from desktop_crm.records.contact import Contact, Told
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import PERMISSION
from desktop_crm.records.purpose import Notice
from desktop_crm.words import M


@record(
    M("Privacy notice given"),
    M("Privacy notices given"),
    subjects=(Subject("contact_id"),),
    section=Section.CONSENTS,
    part=Part.CONSENTS,
    append_only=True,
    indexes=(("contact_id", "told_on"),),
)
class Informing:
    """One telling. The contact bears day and way of the last one, so that lists need not look here."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    told_on: date = held(M("Told on"), Category.RIGHTS, PERMISSION)
    how: Told = held(M("Told how"), Category.RIGHTS, PERMISSION)
    notice_id: bytes | None = held(M("Privacy notice"), Category.RIGHTS, PERMISSION, references=Notice, default=None)
    actor: str = held(M("Recorded by"), Category.LOG, PERMISSION)
    created_at: datetime = held(M("Entered on"), Category.RIGHTS, PERMISSION)
