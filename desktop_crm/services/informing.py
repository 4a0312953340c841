"""Who was told how their data is used, and who was not yet (Art. 13 and 14 GDPR); telling them, on paper or by mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop_crm.privacy.gate import AboutOnePerson, Released, names_nobody, to_the_person
from desktop_crm.privacy.terms import Unit, later
from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, Told
from desktop_crm.records.informing import Informing
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import latest_notice
from desktop_crm.services.contacts import known_person
from desktop_crm.services.letterheads import address_lines, language_of, on_envelope, shop_on_paper
from desktop_crm.services.locks import not_left_alone
from desktop_crm.services.office import Office
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.storage import listing
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import LANGUAGES, M, Problem, Words

if TYPE_CHECKING:
    from desktop_crm.documents.notice_letter import NoticeLetter

_MONTHS_FROM_OTHERS = 1
"""So long after somebody else gave their details people are told at the latest (Art. 14(3)(a) GDPR)."""


@dataclass(frozen=True, slots=True, repr=False)
class Untold:
    """Somebody who was not told yet, or of an earlier notice. `told_on` is that earlier day.

    `due_on`: whoever gave their details themselves is told at once, of a list brought in within a month.
    """

    id: bytes
    name: str
    from_list: bool
    due_on: date
    told_on: date | None
    email: str
    has_address: bool


@dataclass(frozen=True, slots=True)
class UntoldCounts:
    """How many people were never told, and how many of a notice that was changed since."""

    never: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Mail:
    """The notice as a mail to one person."""

    address: str = field(repr=False)
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letters:
    """Notices that were printed: for how many people, and where the file lies."""

    number: int
    paper: Saved


def group(office: Office, reading: Reading, *, earlier: bool = False) -> listing.Group:
    """The living who were never told; or those who were told of a notice that was changed since."""
    if not earlier:
        return listing.NEVER_TOLD
    newest = latest_notice(reading, office.shop.language)
    if newest is None or newest.version == 1:
        return listing.NOBODY
    return listing.told_before(newest.created_at.astimezone(ZoneInfo(office.shop.zone)).date())


@act(Verb.LIST, Informing)
def not_told(office: Office, *, earlier: bool = False, limit: int = 200) -> list[Untold]:
    """Those who are to be told, whoever has waited longest first."""

    def work(reading: Reading) -> list[Untold]:
        packed = b"".join(listing.ids(reading, group(office, reading, earlier=earlier)))
        people = [packed[at : at + 16] for at in range(0, len(packed), 16)]
        found = [_untold(office, one) for one in reading.find(Contact, one_of("id", people))]
        chosen = sorted(found, key=lambda one: (one.due_on, one.name, one.id))[:limit]
        return list(_with_reach(reading, chosen))

    return office.read(work)


def _untold(office: Office, contact: Contact) -> Untold:
    since = contact.created_at.astimezone(ZoneInfo(office.shop.zone)).date()
    listed = contact.batch_id is not None
    due = later(since, _MONTHS_FROM_OTHERS, Unit.MONTHS) if listed else since
    return Untold(contact.id, contact.name, listed, due, contact.informed_on, "", has_address=False)


def _with_reach(reading: Reading, people: Sequence[Untold]) -> Iterator[Untold]:
    keys = [one.id for one in people]
    emails = {row.contact_id: row.address for row in reading.find(ContactEmail, one_of("contact_id", keys))}
    placed = {row.contact_id for row in reading.find(ContactAddress, one_of("contact_id", keys))}
    for one in people:
        yield replace(one, email=emails.get(one.id, ""), has_address=one.id in placed)


@act(Verb.LIST, Informing)
def counts(office: Office) -> UntoldCounts:
    """How many people are to be told."""
    return office.read(lambda reading: waiting(office, reading))


def waiting(office: Office, reading: Reading) -> UntoldCounts:
    """The same, inside another act."""
    never, earlier = (listing.count(reading, group(office, reading, earlier=which)) for which in (False, True))
    return UntoldCounts(never, earlier)


def duty(office: Office, reading: Reading) -> tuple[M, M] | None:
    """What there is to do, for the first page of the day, and by when; None where everybody was told."""
    never = listing.count(reading, group(office, reading))
    if not never:
        return None
    title = M(
        "{n} person was not told yet how you use their data",
        "{n} people were not told yet how you use their data",
        n=never,
    )
    return title, M("At once where they told you themselves, within a month where a list did")


@act(Verb.ADD, Informing)
def tell(office: Office, people: Sequence[bytes], how: Told, *, on: date | None = None) -> int:
    """Note that these people were told of the notice of today, and how. Raises Problem for a day to come."""
    day = on or office.today()
    if day > office.today():
        raise Problem(M("This day has not come yet."), safe=M("Nothing was noted."))

    def work(writing: Writing, trace: Trace) -> int:
        for person in people:
            _note(office, writing, person, how, day)
        trace.number = len(people)
        trace.person = people[0] if len(people) == 1 else None
        return len(people)

    return office.write(work)


def _note(office: Office, writing: Writing, person: bytes, how: Told, day: date) -> None:
    contact = known_person(writing, person)
    notice = _in_force(office, writing, person, day)
    row = Informing(
        id=office.new_id(),
        contact_id=person,
        told_on=day,
        how=how,
        notice_id=notice.id if notice else None,
        actor=office.who.name,
        created_at=office.clock.now(),
    )
    writing.insert(row)
    if contact.informed_on is None or contact.informed_on <= day:
        writing.update(Contact, person, informed_on=day, informed_how=how)


def _in_force(office: Office, reading: Reading, person: bytes, day: date) -> Notice | None:
    """The notice as it was on that day; None where there was none yet."""
    newest = _notice_for(office, reading, person)
    if newest is None:
        return None
    zone = ZoneInfo(office.shop.zone)
    known = reading.find(Notice, eq("language", newest.language), order=("-version",))
    return next((one for one in known if one.created_at.astimezone(zone).date() <= day), None)


def _notice_for(office: Office, reading: Reading, person: bytes) -> Notice | None:
    language = language_of(reading, person, office.shop.language)
    return latest_notice(reading, language) or latest_notice(reading, office.shop.language)


@act(Verb.ADD, Informing)
def print_notices(office: Office, people: Sequence[bytes], folder: Path) -> Letters:
    """Write the notice to each of these people, all in one file, and note that they were told on paper today."""
    if not people:
        raise Problem(M("There is nobody to tell."), safe=M("Nothing was printed."))
    check_folder(folder)

    def work(writing: Writing, trace: Trace) -> list[Released[NoticeLetter]]:
        letters = [_letter(office, writing, person) for person in people]
        for person in people:
            _note(office, writing, person, Told.PAPER, office.today())
        trace.number = len(people)
        trace.person = people[0] if len(people) == 1 else None
        return letters

    letters = office.write(work)
    return Letters(len(people), _saved(office, letters, folder))


@act(Verb.LIST, Notice)
def print_notice(office: Office, folder: Path, *, language: str | None = None) -> Saved:
    """The notice alone, for the counter and the wall. It names no customer, so nothing stands in the log."""
    check_folder(folder)
    words = Words(language if language in LANGUAGES else office.shop.language, office.shop.zone)
    notice = office.read(lambda reading: latest_notice(reading, words.language))
    return _saved(office, [names_nobody(_content(office, words, notice, ()))], folder)


@act(Verb.VIEW, Informing)
def notice_mail(office: Office, person: bytes) -> Mail:
    """The notice as a mail. Raises Problem where there is no e-mail address. Being sent is noted by `tell`."""
    from desktop_crm.documents.notice_letter import where_from

    def work(reading: Reading) -> Mail:
        known_person(reading, person)
        found = not_left_alone(reading, person, Channel.EMAIL)
        if not found:
            raise Problem(M("There is no e-mail address here that may be used."), todo=M("Print the notice instead."))
        letter = _letter(office, reading, person).content
        source = letter.words.say(where_from(letter.source)) if letter.source else ""
        subject, _, text = letter.text.partition("\n\n")
        return Mail(found[0].address, subject, "\n\n".join(part for part in (source, text) if part))

    mail = office.read(work)
    office.looked(person)
    return mail


def _letter(office: Office, reading: Reading, person: bytes) -> Released[NoticeLetter]:
    contact = known_person(reading, person)
    words = Words(language_of(reading, person, office.shop.language), office.shop.zone)
    batch = reading.get(ImportBatch, contact.batch_id) if contact.batch_id else None
    # Whoever wants no post there gets a letter without an address, to be handed over.
    place = next((address_lines(one) for one in not_left_alone(reading, person, Channel.POST)), ())
    content = _content(
        office,
        words,
        _notice_for(office, reading, person),
        on_envelope((contact.name, *place), office.shop, words),
        (contact.source or batch.source) if batch else "",
    )
    return to_the_person(AboutOnePerson(person, content), asked_by=person)


def _content(
    office: Office, words: Words, notice: Notice | None, lines: tuple[str, ...], source: str = ""
) -> NoticeLetter:
    from desktop_crm.documents.notice_letter import NoticeLetter

    if notice is None:
        raise Problem(M("There is no privacy notice in this language."), safe=M("Nothing was printed."))
    now = office.clock.now()
    return NoticeLetter(shop_on_paper(office.shop), lines, words, now, notice.version, notice.text, source)


def _saved(office: Office, letters: Sequence[Released[NoticeLetter]], folder: Path) -> Saved:
    from desktop_crm.documents.notice_letter import notice_letters_pdf

    words = office.words
    name = f"notice-{office.clock.now().astimezone(ZoneInfo(office.shop.zone)):%Y%m%d-%H%M%S}.pdf"
    (saved,) = save(folder, {name: notice_letters_pdf(letters, words.say(M("Privacy notice")), words.language)})
    return saved
