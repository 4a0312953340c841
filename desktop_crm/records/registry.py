"""The one list of all records: a table that is not here does not exist, and a stranger stops the program."""

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.batch import ImportBatch, ImportFill
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite
from desktop_crm.records.declare import Declaration, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import ErasingNow, Erasure, ErasureCount, ErasureMark, ErasureProof
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import KeptInvoice, Purchase, Sale
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.retention import RetentionItem, RetentionRule
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.technical import JobRun, SearchEntry, Setting

RECORDS: tuple[type, ...] = (
    Company,
    Contact,
    ContactEmail,
    ContactPhone,
    ContactAddress,
    ContactWebsite,
    Tag,
    ContactTag,
    Interaction,
    Purchase,
    Sale,
    KeptInvoice,
    DeliveryRecipient,
    Purpose,
    Wording,
    Notice,
    ConsentEvent,
    PrivacyRequest,
    RetentionRule,
    RetentionItem,
    Erasure,
    ErasureCount,
    ErasureMark,
    ErasureProof,
    ErasingNow,
    AuditEntry,
    ImportBatch,
    ImportFill,
    Setting,
    JobRun,
    SearchEntry,
)


def inventory() -> tuple[Declaration, ...]:
    """The declarations of all records, in the order of RECORDS."""
    return tuple(declaration(r) for r in RECORDS)
