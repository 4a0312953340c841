"""What codes are called in plain words, on papers and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from desktop_crm.privacy.terms import OUR_HABIT
from desktop_crm.records.change import ChangeVerb
from desktop_crm.records.consent import ConsentHow, ConsentState, EvidenceKind
from desktop_crm.records.contact import Stage, Told
from desktop_crm.records.declare import Basis, Section
from desktop_crm.records.erasure import Ground, MarkKind
from desktop_crm.records.interaction import Channel, InteractionKind
from desktop_crm.records.purchase import OpenMatter, Original
from desktop_crm.records.purpose import PurposeKind, SpecialGround
from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.records.sensitive import ApartKind
from desktop_crm.records.use import Leaving, MendingCause, Outcome, RestrictionGround
from desktop_crm.words import M, Value

_PAIRS: tuple[tuple[StrEnum, M], ...] = (
    (Stage.LEAD, M("interested")),
    (Stage.CUSTOMER, M("customer")),
    (Stage.FORMER, M("former customer")),
    (Stage.SUPPLIER, M("supplier")),
    (Told.COUNTER, M("notice on the counter")),
    (Told.PAPER, M("on paper")),
    (Told.EMAIL, M("by email")),
    (Told.SPOKEN, M("told in person")),
    (Basis.CONTRACT, M("orders and offers")),
    (Basis.CONSENT, M("permission")),
    (Basis.LEGITIMATE_INTEREST, M("our good reason")),
    (Basis.LEGAL_OBLIGATION, M("the law demands it")),
    (Basis.VITAL_INTERESTS, M("vital interests")),
    (Basis.PUBLIC_TASK, M("public task")),
    (Basis.UNSORTED, M("not sorted yet")),
    (PurposeKind.SERVICE, M("what people asked for")),
    (PurposeKind.ADVERTISING, M("advertising")),
    (PurposeKind.PUBLICATION, M("publication")),
    (PurposeKind.LOYALTY, M("loyalty card")),
    (PurposeKind.RECRUITMENT, M("applications")),
    (PurposeKind.OTHER, M("something else")),
    (SpecialGround.EXPLICIT, M("the person's explicit yes")),
    (SpecialGround.EMPLOYMENT, M("the law on work and social security")),
    (SpecialGround.VITAL, M("saving a life")),
    (SpecialGround.MEMBERS, M("members of an association, a foundation or a faith")),
    (SpecialGround.MADE_PUBLIC, M("the person made it public")),
    (SpecialGround.CLAIMS, M("making or defending claims")),
    (SpecialGround.PUBLIC_INTEREST, M("an important public interest that a law names")),
    (SpecialGround.HEALTH_CARE, M("medical care")),
    (SpecialGround.PUBLIC_HEALTH, M("public health")),
    (SpecialGround.RESEARCH, M("archives, research or statistics by law")),
    (InteractionKind.NOTE, M("note")),
    (InteractionKind.CALL, M("call")),
    (InteractionKind.EMAIL, M("email")),
    (InteractionKind.MEETING, M("meeting")),
    (InteractionKind.VISIT, M("visit")),
    (Channel.COUNTER, M("at the counter")),
    (Channel.PHONE, M("by phone")),
    (Channel.POST, M("by post")),
    (Channel.EMAIL, M("by email")),
    (Channel.MESSENGER, M("by messenger")),
    (Channel.WEBSITE, M("on the website")),
    (Original.ELSEWHERE, M("elsewhere (till, tax adviser, binder)")),
    (Original.HERE, M("here")),
    (OpenMatter.INVOICE, M("invoice not paid yet")),
    (OpenMatter.VOUCHER, M("voucher not used yet")),
    (ConsentState.REQUESTED, M("asked")),
    (ConsentState.GIVEN, M("yes")),
    (ConsentState.REFUSED, M("said no")),
    (ConsentState.WITHDRAWN, M("taken back")),
    (ConsentState.EXPIRED, M("too old, ask again")),
    (ConsentState.INVALIDATED, M("old words, ask again")),
    (ConsentState.CLAIMED, M("claimed by a list, proof missing")),
    (ConsentHow.SCREEN, M("on the screen in the shop")),
    (ConsentHow.PAPER, M("on paper")),
    (ConsentHow.PHONE, M("by phone")),
    (ConsentHow.EMAIL, M("by email")),
    (ConsentHow.POST, M("by post")),
    (ConsentHow.IMPORT, M("from a list brought in")),
    (ConsentHow.NOT_NOTED, M("how is not noted")),
    (EvidenceKind.SIGNATURE, M("signature")),
    (EvidenceKind.SCAN, M("scanned paper")),
    (EvidenceKind.SCRIPT, M("read out on the phone")),
    (RestrictionGround.DISPUTED, M("the person says that it is wrong")),
    (RestrictionGround.UNLAWFUL, M("it should not be here, and the person wants it kept")),
    (RestrictionGround.CLAIMS, M("the person needs it for claims of their own")),
    (RestrictionGround.OBJECTED, M("the objection is still being weighed")),
    (Outcome.OPEN, M("to be weighed")),
    (Outcome.UPHELD, M("counts")),
    (Outcome.REJECTED, M("our reasons weigh more")),
    (Outcome.TAKEN_BACK, M("taken back")),
    (Leaving.FILE, M("list as a file")),
    (Leaving.LABELS, M("address labels")),
    (Leaving.LETTER, M("letter")),
    (Leaving.EMAIL, M("email")),
    (Leaving.CALL, M("call")),
    (Leaving.PRINT, M("printed list")),
    (Leaving.COPIED, M("copied list")),
    (MendingCause.WITHDRAWN, M("a permission was taken back")),
    (MendingCause.OBJECTED, M("the person objected")),
    (MendingCause.CORRECTED, M("something was corrected")),
    (RequestKind.ACCESS, M("copy of the data")),
    (RequestKind.PORTABILITY, M("data to take along")),
    (RequestKind.RECTIFICATION, M("correction")),
    (RequestKind.ERASURE, M("erasure")),
    (RequestKind.RESTRICTION, M("lock: keep, don't use")),
    (RequestKind.OBJECTION, M("stop using this")),
    (RequestKind.WITHDRAWAL, M("permission taken back")),
    (IdentityCheck.KNOWN, M("known in the shop")),
    (IdentityCheck.LAST_ORDER, M("knew their last order")),
    (IdentityCheck.CALL_BACK, M("called back on the number we have")),
    (IdentityCheck.DOCUMENT, M("showed a document, not copied")),
    (IdentityCheck.KNOWN_ADDRESS, M("the answer goes to the address we have")),
    (ChangeVerb.ADD, M("added")),
    (ChangeVerb.CHANGE, M("changed")),
    (ChangeVerb.FOLLOW, M("changed along")),
    (ChangeVerb.REMOVE, M("taken out")),
    (ApartKind.BANK, M("bank account")),
    (ApartKind.HEALTH, M("health or allergy")),
    (ApartKind.IDENTITY, M("number of an identity card")),
    (ApartKind.OTHER, M("something else")),
    (RetentionAnswer.WAITING, M("waits for a yes")),
    (RetentionAnswer.KEEP, M("kept")),
    (RetentionAnswer.HOLD, M("not to be deleted")),
    (RetentionAnswer.ERASE, M("erase")),
    (RetentionAnswer.ANONYMISE, M("name removed for good")),
    (Ground.NO_LONGER_NEEDED, M("No longer needed")),
    (Ground.WITHDREW, M("Permission was taken back")),
    (Ground.OBJECTS, M("Objection")),
    (Ground.UNLAWFUL, M("Was held without a right to")),
    (Ground.LEGAL_DUTY, M("A law demands the erasure")),
    (Ground.KEEPING_TIME, M("The keeping time is over")),
)
_WORDS = {(type(code), code.value): words for code, words in _PAIRS}

ARTICLES: dict[StrEnum, M] = {
    Ground.NO_LONGER_NEEDED: M("Art. 17(1)(a) GDPR"),
    Ground.WITHDREW: M("Art. 17(1)(b) GDPR"),
    Ground.OBJECTS: M("Art. 17(1)(c) GDPR"),
    Ground.UNLAWFUL: M("Art. 17(1)(d) GDPR"),
    Ground.LEGAL_DUTY: M("Art. 17(1)(e) GDPR"),
    Ground.KEEPING_TIME: M("Art. 5(1)(e) GDPR"),
    Basis.CONTRACT: M("Art. 6(1)(b) GDPR"),
    Basis.CONSENT: M("Art. 6(1)(a) GDPR"),
    Basis.LEGITIMATE_INTEREST: M("Art. 6(1)(f) GDPR"),
    Basis.LEGAL_OBLIGATION: M("Art. 6(1)(c) GDPR"),
    Basis.VITAL_INTERESTS: M("Art. 6(1)(d) GDPR"),
    Basis.PUBLIC_TASK: M("Art. 6(1)(e) GDPR"),
    Basis.UNSORTED: M("being sorted"),
}
"""The articles that stand on papers."""

REQUESTS_BY = {
    Channel.COUNTER: M("Visit"),
    Channel.PHONE: M("Call"),
    Channel.POST: M("Letter"),
    Channel.EMAIL: M("Email"),
    Channel.MESSENGER: M("Message"),
    Channel.WEBSITE: M("Message on the website"),
}
"""How a request came, as a letter refers to it."""

ROLES = {"owner": M("Owner"), "program": M("The program by itself"), "unknown": M("Somebody unknown")}
"""Who acted, by role: staff are people too, so papers do not name them."""

MADE_OF = {
    MarkKind.EMAIL: M("email address"),
    MarkKind.PHONE: M("telephone number"),
    MarkKind.NAME_AND_BIRTHDAY: M("name with birthday"),
}
"""What a do-not-bring-back mark was made of."""

SECTIONS = {
    Section.DETAILS: M("Contact details"),
    Section.ORDERS: M("Orders and invoices"),
    Section.NOTES: M("Notes and events"),
    Section.CONSENTS: M("Permissions"),
    Section.RIGHTS: M("Privacy requests and reviews"),
    Section.SHORT: M("Drafts and earlier values"),
    Section.LOOKS: M("Who looked at it"),
}

ACTS = {
    "show": M("Opened the entry"),
    "open_record": M("Opened the entry"),
    "what_we_hold": M("Looked at all that is held"),
    "questions": M("Looked at the permissions"),
    "history": M("Looked at the permissions"),
    "take_answers": M("Recorded answers to questions"),
    "print_form": M("Printed a form to be signed"),
    "find_form": M("Filed a form that was signed"),
    "file_form": M("Filed a form that was signed"),
    "tell": M("Noted that you were told how data is used"),
    "print_notices": M("Printed the privacy notice for you"),
    "notice_mail": M("Wrote the privacy notice to you"),
    "add": M("Added the entry"),
    "change": M("Corrected the entry"),
    "new_contact": M("Added the entry"),
    "form_of": M("Opened the entry to correct it"),
    "edit": M("Corrected the entry"),
    "undo": M("Took a change back"),
    "tag": M("Put a label on"),
    "untag": M("Took a label off"),
    "note": M("Wrote down a note or an event"),
    "change_note": M("Corrected a note or an event"),
    "remove_note": M("Took out a note or an event"),
    "remove_purchase": M("Took out a purchase"),
    "remove_delivery": M("Took out a delivery"),
    "settle": M("Noted that a purchase is settled"),
    "add_detail": M("Entered a detail that is kept apart"),
    "reveal": M("Opened a detail that is kept apart"),
    "remove_detail": M("Took out a detail that is kept apart"),
    "add_task": M("Noted something to be done"),
    "change_task": M("Changed something to be done"),
    "finish": M("Ticked off something to be done"),
    "remove_task": M("Dropped something to be done"),
    "purchase": M("Entered a purchase"),
    "deliver": M("Entered a delivery"),
    "order": M("Entered a purchase and its delivery to somebody else"),
    "give": M("Recorded a permission"),
    "withdraw": M("Recorded a permission taken back"),
    "receipt": M("Made the receipt of your answers"),
    "of_person": M("Looked at the permissions"),
    "access_report": M("Made a copy of the data"),
    "preview": M("Looked at what an erasure would take"),
    "register": M("Entered a privacy request"),
    "found": M("Looked through the data for a copy"),
    "part_entries": M("Looked through the data for a copy"),
    "answer": M("Made a copy of the data"),
    "take_along": M("Made the data to take along"),
    "tick": M("Looked through a place outside this program"),
}
"""Why somebody looked, by the act that stands in the log."""


def of(code: StrEnum) -> M:
    """The plain words of a code."""
    return _WORDS[type(code), code.value]


def said(value: Value) -> Value:
    """A stored value for people: codes in words, everything else as it is."""
    return _WORDS.get((type(value), value.value), value.value) if isinstance(value, StrEnum) else value


def why(act: str) -> M:
    """Why somebody looked, for the report; acts without a phrase of their own are daily work."""
    return ACTS.get(act, M("Daily work"))


def role(actor: str) -> M:
    """Who acted, by role: staff are people too, so nothing names them."""
    return ROLES.get(actor, M("Staff"))


def nameless(number: int) -> M:
    """Purchases that lost the name, as they stand beside their number."""
    return M("purchase (only day and amount)", "purchases (only day and amount)", n=number)


def joined(parts: Sequence[M]) -> M:
    """Several things in a row; there is at least one."""
    whole = parts[0]
    for part in parts[1:]:
        whole = M("{first}, {second}", first=whole, second=part)
    return whole


def law(text: str | None) -> M:
    """The law that keeps something, as people quote it; where the preset knows none, it is our habit."""
    return M("{law}", law=text) if text else OUR_HABIT
