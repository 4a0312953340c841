"""Brings in a whole list, all of it or nothing: duplicates and erased people are known before anything is written."""

from __future__ import annotations

import contextlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.intake.person import LeftOut, PersonDraft
from desktop_crm.intake.reading import ListFile, Progress, open_list
from desktop_crm.intake.reasons import OTHER_PROGRAM
from desktop_crm.privacy.terms import later
from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.retention import RetentionRule
from desktop_crm.services import people
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.bounds import refuse_changes
from desktop_crm.services.drafting import DraftWriter, Origin
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem, WayOut

CHUNK = 2000


class Duplicates(StrEnum):
    """What to do with people who are here already."""

    SKIP = "skip"
    UPDATE = "update"
    ADD = "add"


class Outcome(StrEnum):
    """What became of one row of the list."""

    ADDED = "added"
    UPDATED = "updated"
    COMPLETE = "complete"
    """Here already, and the list knows nothing that is missing."""
    DUPLICATE = "duplicate"
    ERASED = "erased"
    REFUSED = "refused"


class OrderReason(StrEnum):
    """Why a shop has the people of a list: what it was asked, and must answer."""

    BUY = "buy"
    SIGNED_UP = "signed-up"
    SUPPLIERS = "suppliers"
    MIXED = "mixed"
    """Or not known. They can be served at once; advertising waits until somebody has sorted them."""

    @property
    def basis(self) -> Basis:
        """On what the people are kept."""
        return _BASES[self]

    @property
    def stage(self) -> Stage:
        """Where they stand with the shop, unless the list says it of each."""
        return _STAGES[self]


_BASES = {
    OrderReason.BUY: Basis.CONTRACT,
    OrderReason.SIGNED_UP: Basis.CONSENT,
    OrderReason.SUPPLIERS: Basis.LEGITIMATE_INTEREST,
    OrderReason.MIXED: Basis.UNSORTED,
}
_STAGES = {
    OrderReason.BUY: Stage.CUSTOMER,
    OrderReason.SIGNED_UP: Stage.LEAD,
    OrderReason.SUPPLIERS: Stage.SUPPLIER,
    OrderReason.MIXED: Stage.LEAD,
}


@dataclass(frozen=True, slots=True)
class Twin:
    """Who is here already under the name and address of a row: a person of the file, or an earlier row of the list."""

    person: bytes | None
    row: int | None


@dataclass(frozen=True, slots=True)
class RowReport:
    """What is to be said about one row; rows that went in without a word are only counted.

    `name` is what the person of the row is called, `twin` who is the same person, `erased_on` when somebody with
    these details was erased.
    """

    row: int
    outcome: Outcome
    reasons: tuple[M, ...]
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    name: str = field(default="", repr=False)
    twin: Twin | None = None
    erased_on: date | None = None

    @property
    def skipped(self) -> bool:
        """Whether nothing of this row is in the file, but perhaps a no."""
        return self.outcome in _SKIPPED


_SKIPPED = frozenset({Outcome.DUPLICATE, Outcome.ERASED, Outcome.REFUSED})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a list brought, or would bring. `batch` is None for a dry run."""

    batch: bytes | None
    program: M | None
    read: int
    outcomes: Mapping[Outcome, int]
    rows: tuple[RowReport, ...]
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    """What stands in the file but in no person's row."""
    same_file_at: datetime | None = None
    """When this very file was brought in before."""

    @property
    def looks_needed(self) -> int:
        """Rows at which a person should look."""
        return sum(1 for row in self.rows if row.reasons)


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """How a list is to be brought in.

    `decisions` are what to do with single rows of people who are here already, `allow_erased` rows of people who came
    back of their own accord. `stage` is where people stand of whom the list does not say it; `proof` is where it can
    be seen that those with a yes to the newsletter gave it, `signed_up_by` the day by which all of them had: a yes
    that cannot be shown with how and when is no permission, so without both it is only claimed. `all_signed_up`: the
    list says of nobody whether they want the newsletter, because all who stand on it signed up; it counts with both
    alone.
    """

    source: str
    basis: Basis
    duplicates: Duplicates = Duplicates.SKIP
    mapping: Mapping[str, str] = field(default_factory=dict)
    allow_erased: frozenset[int] = frozenset()
    decisions: Mapping[int, Duplicates] = field(default_factory=dict)
    stage: Stage | None = None
    proof: str = ""
    signed_up_by: date | None = None
    all_signed_up: bool = False


def order_for(reason: OrderReason, source: str, **rest: Any) -> ImportOrder:
    """The order that follows from the answer to "why do you have these people?"."""
    return ImportOrder(source, reason.basis, stage=reason.stage, **rest)


class _DryRun(Exception):
    """Rolls the transaction of a dry run back."""


@act(Verb.ADD, ImportBatch)
def bring_in(office: Office, path: Path, order: ImportOrder, *, progress: Progress | None = None) -> ImportReport:
    """Read a list into the customer file. Raises Problem for a file that cannot be read; then nothing was written."""
    listed = open_list(path, country=office.shop.country, mapping=order.mapping, progress=progress)
    return office.write(lambda writing, trace: _whole(office, writing, trace, listed, order))


@act(Verb.LIST, ImportBatch)
def try_out(office: Office, path: Path, order: ImportOrder, *, progress: Progress | None = None) -> ImportReport:
    """The report `bring_in` would give; nothing is written."""
    listed = open_list(path, country=office.shop.country, mapping=order.mapping, progress=progress)
    told, reports = performing().act, list[ImportReport]()

    def work(writing: Writing) -> None:
        reports.append(_whole(office, writing, Trace(), listed, order))
        refuse_changes(office.who, told, writing.changes)
        raise _DryRun

    with contextlib.suppress(_DryRun):
        office.store.write(work)
    return replace(reports[0], batch=None)


@act(Verb.LIST, ImportBatch)
def batches(office: Office) -> list[ImportBatch]:
    """The lists that were brought in, the newest first."""
    return office.read(lambda reading: reading.find(ImportBatch, order=("-created_at",)))


@act(Verb.LIST, RetentionRule)
def sort_by(office: Office) -> date | None:
    """Until when a list brought in today without a reason is to be sorted; None where no rule of the shop says it."""
    rules = office.read(lambda reading: reading.find(RetentionRule, eq("code", Basis.UNSORTED.value)))
    return later(office.today(), rules[0].length, rules[0].unit) if rules else None


def _chunks(drafts: Iterator[PersonDraft]) -> Iterator[list[PersonDraft]]:
    while chunk := list(islice(drafts, CHUNK)):
        yield chunk


def _whole(
    office: Office,
    writing: Writing,
    trace: Trace,
    listed: ListFile,
    order: ImportOrder,
) -> ImportReport:
    batch = office.new_id()
    order = replace(order, source=storable(order.source), proof=storable(order.proof))
    if not order.source:
        raise Problem(M("Please say where the list is from."), safe=M("Nothing of the list was brought in."))
    if order.signed_up_by is not None and order.signed_up_by > office.today():
        raise Problem(M("Nobody can have signed up on a day to come."), safe=M("Nothing of the list was brought in."))
    mark = hmac.digest(office.fingerprint("file", "import"), listed.digest, "sha256")
    before = writing.find(ImportBatch, eq("file_mark", mark), order=("-created_at",), limit=1)
    run = _Run(office, writing, order, batch)
    for chunk in _chunks(listed.people()):
        run.take(chunk)
    if run.read and run.outcomes[Outcome.REFUSED] == run.read:
        raise Problem(
            M("No row has a name and a way to reach somebody that this program recognises."),
            safe=M("Nothing of the list was brought in."),
            todo=M("Please say which column is which."),
            way_out=WayOut.SAY_COLUMNS,
        )
    writing.insert(
        ImportBatch(
            id=batch,
            source=order.source,
            basis=order.basis,
            file_mark=mark,
            rows_read=run.read,
            added=run.outcomes[Outcome.ADDED],
            updated=run.outcomes[Outcome.UPDATED],
            skipped=sum(run.outcomes[outcome] for outcome in _SKIPPED),
            actor=office.who.name,
            created_at=office.clock.now(),
        )
    )
    trace.row, trace.number = batch, run.outcomes[Outcome.ADDED] + run.outcomes[Outcome.UPDATED]
    return ImportReport(
        batch=batch,
        program=listed.layout.program,
        read=run.read,
        outcomes=dict(run.outcomes),
        rows=tuple(run.reports),
        left_out=listed.left_out,
        same_file_at=before[0].created_at if before else None,
    )


@dataclass(frozen=True, slots=True)
class _Forms:
    """A row in the forms in which people are compared."""

    name: str
    sort_name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    places: tuple[str, ...]
    """Postal addresses; compared only where there is no other way to reach the person."""

    @property
    def reach(self) -> tuple[str, ...]:
        """Everything by which two rows may be one person."""
        return (*self.emails, *self.phones, *self.places)


class _Known:
    """Who can be reached under the addresses and numbers of one chunk, in the file and further up in the list."""

    def __init__(self, reading: Reading, forms: Iterable[_Forms]) -> None:
        rows = list(forms)
        self._names: dict[bytes, str] = {}
        self._by_reach: dict[str, set[bytes]] = {}
        emails = {form for row in rows for form in row.emails}
        phones = {form for row in rows for form in row.phones}
        for email in reading.find(ContactEmail, one_of("match", emails)) if emails else ():
            self._by_reach.setdefault(email.match, set()).add(email.contact_id)
        for phone in reading.find(ContactPhone, one_of("match", phones)) if phones else ():
            self._by_reach.setdefault(phone.match, set()).add(phone.contact_id)
        self._add_places(reading, rows)
        found = set().union(*self._by_reach.values()) if self._by_reach else set()
        for contact in reading.find(Contact, one_of("id", found)) if found else ():
            self._names[contact.id] = contact.sort_name

    def add(self, key: bytes, forms: _Forms) -> None:
        self._names[key] = forms.sort_name
        for form in forms.reach:
            self._by_reach.setdefault(form, set()).add(key)

    def _add_places(self, reading: Reading, rows: Iterable[_Forms]) -> None:
        names = {row.sort_name for row in rows if row.places}
        named = [contact.id for contact in reading.find(Contact, one_of("sort_name", names))] if names else []
        for address in reading.find(ContactAddress, one_of("contact_id", named)) if named else ():
            self._by_reach.setdefault(people.place_match(address), set()).add(address.contact_id)

    def same(self, forms: _Forms) -> bytes | None:
        """The person of the same name with the same address or number; two names are never taken for one person."""
        for form in forms.reach:
            for key in self._by_reach.get(form, ()):
                if self._names.get(key) == forms.sort_name:
                    return key
        return None

    def shares_reach(self, forms: _Forms) -> bool:
        """Whether somebody of another name has one of these addresses or numbers."""
        return any(self._by_reach.get(form) for form in forms.reach)


class _Run:
    """One list on its way in."""

    def __init__(self, office: Office, writing: Writing, order: ImportOrder, batch: bytes) -> None:
        self._office = office
        self._writing = writing
        self._order = order
        self._country = office.shop.country
        self._today = office.today()
        self._zone = ZoneInfo(office.shop.zone)
        self._words = office.words
        self._marked = people.any_erased(writing)
        origin = Origin(order.source, order.basis, order.stage, order.proof, order.signed_up_by, order.all_signed_up)
        self.drafts = DraftWriter(office, writing, batch, origin)
        self.read = 0
        self._new: dict[bytes, int] = {}
        self.outcomes: Counter[Outcome] = Counter()
        self.reports: list[RowReport] = []

    def take(self, chunk: list[PersonDraft]) -> None:
        """Decide about every row of a chunk and write what is to be written."""
        forms = [self._forms(draft) for draft in chunk]
        known = _Known(self._writing, forms)
        for draft, form in zip(chunk, forms, strict=True):
            self._one(draft, form, known)
        self.drafts.flush()

    def _forms(self, draft: PersonDraft) -> _Forms:
        only_by_post = not (draft.emails or draft.phones)
        return _Forms(
            people.draft_name(draft),
            people.sort_form(people.draft_name(draft)),
            tuple(map(people.email_match, draft.emails)),
            tuple(map(people.phone_match, draft.phones)),
            tuple(map(people.place_match, draft.addresses)) if only_by_post else (),
        )

    def _one(self, draft: PersonDraft, forms: _Forms, known: _Known) -> None:
        self.read += 1
        if not forms.name or not draft.reachable:
            self._report(draft, Outcome.REFUSED)
            return
        erased_on = self._erased_on(draft, forms)
        if erased_on is not None and draft.row not in self._order.allow_erased:
            self._report(draft, Outcome.ERASED, people.erased_warning(erased_on), erased_on=erased_on)
            return
        same = known.same(forms)
        decided = self._order.decisions.get(draft.row, self._order.duplicates)
        if same is None or decided is Duplicates.ADD:
            self._add(draft, forms, known, same)
        elif decided is Duplicates.SKIP:
            said_no = draft.newsletter is False and self.drafts.say_no(same)
            said = [M("This person is here already."), *([_SAID_NO] if said_no else [])]
            self._report(draft, Outcome.DUPLICATE, *said, twin=self._twin(same))
        else:
            lacked, left = self.drafts.complete(same, draft, forms.emails)
            outcome = Outcome.UPDATED if lacked else Outcome.COMPLETE
            self._report(draft, outcome, left=left, twin=self._twin(same))

    def _add(self, draft: PersonDraft, forms: _Forms, known: _Known, same: bytes | None) -> None:
        shared = same is None and known.shares_reach(forms)
        key = self.drafts.add(draft, forms.name, forms.emails, same)
        known.add(key, forms)
        self._new[key] = draft.row
        self._report(draft, Outcome.ADDED, *([_SHARED] if shared else []), twin=self._twin(same))

    def _twin(self, same: bytes | None) -> Twin | None:
        if same is None:
            return None
        row = self._new.get(same)
        return Twin(same if row is None else None, row)

    def _erased_on(self, draft: PersonDraft, forms: _Forms) -> date | None:
        if not self._marked:
            return None
        made = people.marks(
            self._office.fingerprint,
            name=forms.name,
            birthday=draft.birthday,
            emails=forms.emails,
            phones=forms.phones,
        )
        at: datetime | None = people.erased_before(self._writing, made, self._today)
        return at.astimezone(self._zone).date() if at else None

    def _report(
        self,
        draft: PersonDraft,
        outcome: Outcome,
        *reasons: M,
        left: Iterable[LeftOut] = (),
        twin: Twin | None = None,
        erased_on: date | None = None,
    ) -> None:
        self.outcomes[outcome] += 1
        said = (*draft.faults, *reasons)
        left_out = (*draft.left_out, *self._not_carried(draft), *left)
        if said or left_out or twin is not None:
            name = people.draft_name(draft)
            self.reports.append(RowReport(draft.row, outcome, said, left_out, name, twin, erased_on))

    def _not_carried(self, draft: PersonDraft) -> Iterator[LeftOut]:
        """What a reader understands and no field here is for."""
        if draft.uid:
            yield LeftOut(self._words.say(_THEIR_NUMBER), draft.uid, OTHER_PROGRAM)
        if draft.basis_hint:
            yield LeftOut(self._words.say(_THEIR_BASIS), draft.basis_hint, _ASKED_HERE)


_THEIR_NUMBER = M("Number in the other program")
_THEIR_BASIS = M("Why the other program may keep this")
_ASKED_HERE = M("asked for the whole list when it is brought in")
_SAID_NO = M("The no to the newsletter was taken over all the same.")
_SHARED = M("Somebody of another name has the same email or phone. Both are here now; please look.")
