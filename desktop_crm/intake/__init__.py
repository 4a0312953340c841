"""Reading customer lists that other programs wrote, into plain rows: CSV, Excel, vCard. No database, no window."""

from desktop_crm.intake.checking import normal_email, phone_e164
from desktop_crm.intake.person import Address, LeftOut, PersonDraft, Phone, Reach
from desktop_crm.intake.reading import FIELDS, Column, Layout, ListFile, Progress, open_list

__all__ = [
    "FIELDS",
    "Address",
    "Column",
    "Layout",
    "LeftOut",
    "ListFile",
    "PersonDraft",
    "Phone",
    "Progress",
    "Reach",
    "normal_email",
    "open_list",
    "phone_e164",
]
