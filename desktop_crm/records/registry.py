"""The one list of all records: a table that is not here does not exist, and a stranger stops the program."""

from functools import cache

from desktop_crm.records.audit import AuditEntry, LogCheckpoint, LogNotice
from desktop_crm.records.batch import ImportBatch, ImportFill
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.company import Company
from desktop_crm.records.consent import (
    BlankForm,
    ConsentEvent,
    ConsentEvidence,
    ConsentScreen,
    PaperForm,
    SignUpList,
)
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite
from desktop_crm.records.declare import Declaration, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.draft import Draft
from desktop_crm.records.erasure import ErasingNow, Erasure, ErasureCount, ErasureMark, ErasurePlace, ErasureProof
from desktop_crm.records.informing import Informing
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.place import Place, PlaceCheck
from desktop_crm.records.purchase import KeptInvoice, Purchase, Sale
from desktop_crm.records.purpose import Notice, Purpose, PurposeData, Wording
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.retention import RetentionItem, RetentionRule, RetentionRun
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.records.sensitive import SensitiveDetail
from desktop_crm.records.staff import OpenCase, Role, RoleRight, SpareCode, Staff
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.task import Task
from desktop_crm.records.technical import JobRun, SearchEntry, Setting
from desktop_crm.records.use import DisclosedPerson, Disclosure, Mending, Objection, Restriction, Wish

RECORDS: tuple[type, ...] = (
    Company,
    Contact,
    ContactEmail,
    ContactPhone,
    ContactAddress,
    ContactWebsite,
    Tag,
    ContactTag,
    SensitiveDetail,
    Interaction,
    Task,
    Draft,
    Purchase,
    Sale,
    KeptInvoice,
    DeliveryRecipient,
    Purpose,
    PurposeData,
    Wording,
    Notice,
    BlankForm,
    ConsentScreen,
    SignUpList,
    ConsentEvidence,
    PaperForm,
    ConsentEvent,
    Informing,
    Restriction,
    Objection,
    Wish,
    Disclosure,
    DisclosedPerson,
    Mending,
    PrivacyRequest,
    Place,
    PlaceCheck,
    RetentionRule,
    RetentionItem,
    RetentionRun,
    Erasure,
    ErasureCount,
    ErasureMark,
    ErasureProof,
    ErasurePlace,
    ErasingNow,
    AuditEntry,
    LogCheckpoint,
    LogNotice,
    ImportBatch,
    ImportFill,
    Change,
    ChangeValue,
    SafetyCopy,
    Role,
    RoleRight,
    Staff,
    SpareCode,
    OpenCase,
    Setting,
    JobRun,
    SearchEntry,
)


@cache
def inventory() -> tuple[Declaration, ...]:
    """The declarations of all records, in the order of RECORDS."""
    return tuple(declaration(r) for r in RECORDS)
