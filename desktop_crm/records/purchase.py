"""What people bought, what of it stays nameless after an erasure, and what tax law keeps whole."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, SearchColumn, Section, Stages, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, LINEAGE, SALES_FIGURES, SEALED_INVOICE, TRADE
from desktop_crm.words import M


class Original(StrEnum):
    """Where the original voucher lies: the legal duty to keep binds the original, not our row."""

    ELSEWHERE = "elsewhere"
    HERE = "here"


class OpenMatter(StrEnum):
    """What of a purchase is not settled yet."""

    INVOICE = "invoice"
    VOUCHER = "voucher"


@record(M("Sale without a name"), M("Sales without a name"), subjects=(), section=None, part=Part.PURCHASES)
class Sale:
    """What is left of a purchase for the sales figures: a day and an amount, tied to nobody."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    bought_on: date = held(M("Date"), Category.NONE, BOOKKEEPING)
    amount_minor: int = held(M("Amount in cents"), Category.NONE, BOOKKEEPING)
    currency: str = held(M("Currency"), Category.NONE, BOOKKEEPING)


@record(
    M("Kept invoice"),
    M("Kept invoices"),
    subjects=(),
    section=None,
    part=Part.PURCHASES,
    indexes=(("kept_until",),),
    unlinked="an invoice kept for tax law is locked away and must not be joined to log or ledger",
)
class KeptInvoice:
    """An original invoice that tax law demands: whole, locked, with its legal end."""

    id: bytes = held(M("Number"), Category.NONE, SEALED_INVOICE)
    buyer_name: str = held(M("Buyer"), Category.IDENTITY, SEALED_INVOICE)
    buyer_address: str = held(M("Buyer's address"), Category.REACH, SEALED_INVOICE)
    bought_on: date = held(M("Date"), Category.TRADE, SEALED_INVOICE)
    amount_minor: int = held(M("Amount in cents"), Category.TRADE, SEALED_INVOICE)
    currency: str = held(M("Currency"), Category.TRADE, SEALED_INVOICE)
    invoice_no: str | None = held(M("Invoice number"), Category.TRADE, SEALED_INVOICE, default=None)
    description: str | None = held(M("What was bought"), Category.TRADE, SEALED_INVOICE, default=None)
    law: str = held(M("Law"), Category.NONE, SEALED_INVOICE)
    kept_until: date = held(M("Keep until"), Category.NONE, SEALED_INVOICE)


def _original_here(row: Any) -> bool:
    return bool(row.original is Original.HERE)


@record(
    M("Purchase"),
    M("Purchases"),
    subjects=(Subject("contact_id"),),
    section=Section.ORDERS,
    part=Part.PURCHASES,
    indexes=(("contact_id", "bought_on"), ("batch_id",), ("still_open",)),
    stages=Stages(nameless=Sale, sealed=KeptInvoice, sealed_if=_original_here),
)
class Purchase:
    """Something a person bought, in exact money."""

    id: bytes = held(M("Number"), Category.NONE, TRADE)
    contact_id: bytes = held(M("Contact"), Category.NONE, TRADE, references=Contact)
    bought_on: date = held(M("Date"), Category.TRADE, SALES_FIGURES)
    amount_minor: int = held(M("Amount in cents"), Category.TRADE, SALES_FIGURES)
    currency: str = held(M("Currency"), Category.TRADE, SALES_FIGURES)
    invoice_no: str | None = held(
        M("Invoice number"), Category.TRADE, TRADE, searchable=SearchColumn.NOTE, default=None
    )
    description: str | None = held(
        M("What was bought"), Category.TRADE, TRADE, searchable=SearchColumn.NOTE, mentions=True, default=None
    )
    original: Original = held(M("Where the original lies"), Category.TRADE, TRADE, default=Original.ELSEWHERE)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, TRADE)
    still_open: OpenMatter | None = held(M("Still open"), Category.TRADE, TRADE, default=None)
