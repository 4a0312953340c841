"""Permission given, refused, taken back: a ledger to which lines are only added."""

from datetime import date, datetime
from enum import StrEnum

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, LINEAGE, PERMISSION, SIGNED_TOGETHER
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.words import M


class ConsentState(StrEnum):
    """States of ISO/IEC TS 27560 (requested … invalidated), and `claimed`: a list says yes, the proof is missing."""

    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    CLAIMED = "claimed"


class ConsentHow(StrEnum):
    """How the person said it."""

    SCREEN = "screen"
    PAPER = "paper"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    IMPORT = "import"
    NOT_NOTED = "not-noted"
    """Taken back, and nobody entered how."""


class EvidenceKind(StrEnum):
    """What proves an answer."""

    SIGNATURE = "signature"
    SCAN = "scan"
    SCRIPT = "script"
    """What was read out on the phone, and by whom."""


@record(
    M("Question as it was shown"),
    M("Questions as they were shown"),
    subjects=(Subject("contact_id"),),
    section=Section.CONSENTS,
    part=Part.CONSENTS,
    append_only=True,
    indexes=(("contact_id",),),
)
class ConsentScreen:
    """All that was put before a person at once, word for word and in its order: greeting, questions, answers, asker."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    how: ConsentHow = held(M("How it was shown"), Category.CONSENT, PERMISSION)
    language: str = held(M("Language"), Category.CONSENT, PERMISSION)
    text: str = held(M("What was shown"), Category.CONSENT, PERMISSION)
    text_sha256: bytes = held(M("Check sum of the text"), Category.NONE, PERMISSION)
    notice_id: bytes | None = held(M("Privacy notice"), Category.CONSENT, PERMISSION, references=Notice, default=None)
    shown_at: datetime = held(M("When"), Category.CONSENT, PERMISSION)
    seal: bytes = held(M("Seal"), Category.NONE, PERMISSION)


@record(M("Sign-up list"), M("Sign-up lists"), subjects=(), section=None, part=Part.CONSENTS, indexes=(("held_on",),))
class SignUpList:
    """A list that several people signed at an event. It goes with the last of them; its scan with the first.

    The scan shows everybody who signed, and nobody can blacken one line of it: whoever is erased must not stay in it.
    For the others its check sum and the paper remain.
    """

    id: bytes = held(M("Number"), Category.NONE, SIGNED_TOGETHER)
    name: str = held(M("Occasion"), Category.NONE, SIGNED_TOGETHER)
    held_on: date = held(M("Day"), Category.NONE, BOOKKEEPING)
    wording_id: bytes = held(M("Wording"), Category.NONE, BOOKKEEPING, references=Wording)
    media_type: str = held(M("Kind of file"), Category.NONE, BOOKKEEPING)
    content: bytes | None = held(M("File"), Category.NONE, SIGNED_TOGETHER, default=None)
    content_sha256: bytes = held(M("Check sum of the file"), Category.NONE, BOOKKEEPING)
    actor: str = held(M("Recorded by"), Category.NONE, BOOKKEEPING)
    created_at: datetime = held(M("Entered on"), Category.NONE, BOOKKEEPING)


@record(
    M("Proof of an answer"),
    M("Proofs of answers"),
    subjects=(Subject("contact_id"),),
    section=Section.CONSENTS,
    part=Part.CONSENTS,
    append_only=True,
    indexes=(("contact_id",), ("list_id",)),
)
class ConsentEvidence:
    """A signature, a scanned form, or what was said on the phone."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    screen_id: bytes | None = held(
        M("What was shown"), Category.NONE, PERMISSION, references=ConsentScreen, default=None
    )
    kind: EvidenceKind = held(M("Kind of proof"), Category.CONSENT, PERMISSION)
    note: str | None = held(M("Note on the proof"), Category.CONSENT, PERMISSION, mentions=True, default=None)
    strokes: str | None = held(M("Signature"), Category.CONSENT, PERMISSION, default=None)
    """Lines of a signature: points `x,y` in thousandths of the field's width, a line each. No times, no pressure."""
    media_type: str | None = held(M("Kind of file"), Category.NONE, PERMISSION, default=None)
    content: bytes | None = held(M("File"), Category.CONSENT, PERMISSION, default=None)
    content_sha256: bytes | None = held(M("Check sum of the file"), Category.NONE, PERMISSION, default=None)
    actor: str = held(M("Recorded by"), Category.LOG, PERMISSION)
    created_at: datetime = held(M("Entered on"), Category.CONSENT, PERMISSION)
    list_id: bytes | None = held(M("Sign-up list"), Category.CONSENT, PERMISSION, references=SignUpList, default=None)
    seal: bytes = held(M("Seal"), Category.NONE, PERMISSION)


@record(
    M("Printed form"),
    M("Printed forms"),
    subjects=(Subject("contact_id"),),
    section=Section.CONSENTS,
    part=Part.CONSENTS,
    unique=(("code",),),
    indexes=(("contact_id",),),
)
class PaperForm:
    """A form that was printed for a person; its code files the scan to the right one."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    code: str = held(M("Code on the form"), Category.CONSENT, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    screen_id: bytes = held(M("What was shown"), Category.NONE, PERMISSION, references=ConsentScreen)
    printed_at: datetime = held(M("Printed on"), Category.CONSENT, PERMISSION)
    filed_at: datetime | None = held(M("Came back on"), Category.CONSENT, PERMISSION, default=None)
    actor: str = held(M("Printed by"), Category.LOG, PERMISSION)
    questions: str = held(M("Questions on it"), Category.CONSENT, PERMISSION)
    """The wordings in their order: purpose, language and version of each, as `newsletter/de/2`, with blanks between."""


@record(M("Blank form"), M("Blank forms"), subjects=(), section=None, part=Part.CONSENTS, unique=(("code",),))
class BlankForm:
    """A form or a sign-up list that was printed for nobody in particular; its code tells which words stood on it."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    code: str = held(M("Code on the form"), Category.NONE, BOOKKEEPING)
    questions: str = held(M("Questions on it"), Category.NONE, BOOKKEEPING)
    language: str = held(M("Language"), Category.NONE, BOOKKEEPING)
    text: str = held(M("What was shown"), Category.NONE, BOOKKEEPING)
    notice_id: bytes | None = held(M("Privacy notice"), Category.NONE, BOOKKEEPING, references=Notice, default=None)
    printed_at: datetime = held(M("Printed on"), Category.NONE, BOOKKEEPING)
    actor: str = held(M("Printed by"), Category.NONE, BOOKKEEPING)


@record(
    M("Permission"),
    M("Permissions"),
    subjects=(Subject("contact_id"),),
    section=Section.CONSENTS,
    part=Part.CONSENTS,
    append_only=True,
    indexes=(
        # Whatever tells where somebody stands is in the index: the figures of 100,000 people are read from it alone.
        ("contact_id", "purpose_id", "happened_at", "id", "state", "form", "ends_at"),
        ("batch_id",),
    ),
)
class ConsentEvent:
    """One thing said about one purpose. The state is derived from the last one, never stored."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    purpose_id: bytes = held(M("What it is for"), Category.CONSENT, PERMISSION, references=Purpose)
    channel: Channel = held(M("Channel"), Category.CONSENT, PERMISSION)
    state: ConsentState = held(M("Answer"), Category.CONSENT, PERMISSION)
    how: ConsentHow = held(M("How it was said"), Category.CONSENT, PERMISSION)
    wording_id: bytes | None = held(M("Wording"), Category.CONSENT, PERMISSION, references=Wording, default=None)
    notice_id: bytes | None = held(M("Privacy notice"), Category.CONSENT, PERMISSION, references=Notice, default=None)
    happened_at: datetime = held(M("When"), Category.CONSENT, PERMISSION)
    recorded_at: datetime = held(M("Entered on"), Category.CONSENT, PERMISSION)
    actor: str = held(M("Recorded by"), Category.LOG, PERMISSION)
    evidence: str | None = held(M("Where the proof lies"), Category.CONSENT, PERMISSION, mentions=True, default=None)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    previous: bytes = held(M("Seal of the line before"), Category.NONE, PERMISSION)
    seal: bytes = held(M("Seal"), Category.NONE, PERMISSION)
    explicit: bool = held(M("Asked explicitly"), Category.CONSENT, PERMISSION, earlier=False, default=False)
    ends_at: datetime | None = held(M("Counts until"), Category.CONSENT, PERMISSION, default=None)
    """When a yes runs out, settled as it is said; None: never, or (`form` 1) by the purpose's days."""
    guardian: str | None = held(
        M("Parent or guardian who agreed"), Category.CONSENT, PERMISSION, mentions=True, default=None
    )
    witness: str | None = held(M("Witness"), Category.CONSENT, PERMISSION, mentions=True, default=None)
    language: str | None = held(M("Language"), Category.CONSENT, PERMISSION, default=None)
    device: str | None = held(M("On which device"), Category.CONSENT, PERMISSION, default=None)
    screen_id: bytes | None = held(
        M("What was shown"), Category.NONE, PERMISSION, references=ConsentScreen, default=None
    )
    receipt: bytes | None = held(M("Number of the receipt"), Category.NONE, PERMISSION, default=None)
    """A random UUID (version 4); answers given together share one."""
    form: int = held(M("Form of the seal"), Category.NONE, PERMISSION, earlier=1, default=2)
    """Which fields the seal covers: 1 as of the first version, 2 all."""
    proof_id: bytes | None = held(M("Proof"), Category.NONE, PERMISSION, references=ConsentEvidence, default=None)
