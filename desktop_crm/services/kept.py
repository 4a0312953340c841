"""Invoices kept by law after an erasure: locked away from daily work, opened for a tax audit alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_crm.records.audit import Verb
from desktop_crm.records.purchase import KeptInvoice
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.services.acts import act
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq


@dataclass(frozen=True, slots=True)
class Kept:
    """A locked original, and its number in the queue if its legal time is over and it waits for a yes."""

    invoice: KeptInvoice = field(repr=False)
    entry: bytes | None


@act(Verb.VIEW, KeptInvoice, whole=True)
def invoices(office: Office) -> list[Kept]:
    """Open the locked originals, the oldest first. Leaves a line in the log that says how many, and not which."""

    def work(reading: Reading) -> list[Kept]:
        waiting = reading.find(RetentionItem, eq("record", "kept_invoice"), eq("answer", RetentionAnswer.WAITING))
        entries = {item.row_id: item.id for item in waiting}
        order = ("bought_on", "invoice_no", "id")
        return [Kept(row, entries.get(row.id)) for row in reading.find(KeptInvoice, order=order)]

    opened = office.read(work)
    office.looked(None, number=len(opened))
    return opened
