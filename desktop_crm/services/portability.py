"""Data to take along (Art. 20 GDPR): only what the person told us, in forms that another shop can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_crm import __version__
from desktop_crm.documents import model
from desktop_crm.privacy.gate import AboutOnePerson, Released, to_the_person
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Column, Declaration
from desktop_crm.records.interaction import Channel
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services.access_entries import FORMS
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.letterheads import addressee, language_of, name_of, on_envelope, shop_on_paper
from desktop_crm.services.office import Office
from desktop_crm.services.protecting import check_password, protected
from desktop_crm.services.requests import COPIES, Asked, enter, still_open
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem, Words


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """Data to take along that was made: its number, its files, how many details they hold."""

    number: str
    papers: tuple[Saved, ...]
    details: int


@act(Verb.EXPORT, PrivacyRequest, whole=True)
def take_along(
    office: Office,
    person: bytes,
    out: Path,
    *,
    number: str | None = None,
    password: str | None = None,
    channel: Channel | None = None,
    received_on: date | None = None,
    closing: bool = True,
) -> TakenAlong:
    """Write what the person told us as JSON, CSV and vCard; with a password as one locked PDF with the three inside.

    `number` is the open request it is made under. Without one, the person's open request for it, or one registered
    now, is answered; `closing`: it is handed over and the request done with it. A request for a copy stays open: that
    is answered by the copy alone.

    Raises Problem when there is nobody, nothing they told us, no such request, or no writing to the folder.
    """
    check_folder(out)
    check_password(password)
    data = office.read(lambda reading: _told(reading, person))

    def begin(writing: Writing, trace: Trace) -> PrivacyRequest:
        asked = Asked(person, RequestKind.PORTABILITY, channel, received_on)
        request = enter(office, writing, trace, asked) if number is None else _asked(writing, number, person)
        trace.person, trace.row, trace.number = person, request.id, 1
        return request

    request = office.write(begin)
    words = Words(office.read(lambda reading: language_of(reading, person, office.shop.language)), office.shop.zone)
    taken = office.read(lambda reading: _paper(office, reading, request, data, words))
    papers = save(out, _files(taken, words, password))
    if request.kind is RequestKind.PORTABILITY:
        closed_at, digest = office.clock.now() if closing else None, papers[0].sha256
        office.write(
            lambda writing, _: writing.update(PrivacyRequest, request.id, closed_at=closed_at, paper_sha256=digest)
        )
    return TakenAlong(request.number, tuple(papers), taken.content.details())


def _asked(reading: Reading, number: str, person: bytes) -> PrivacyRequest:
    request = still_open(reading, number)
    if request.person_id != person or request.kind not in COPIES:
        raise Problem(M("This privacy request does not ask for this."), safe=M("Nothing was written."))
    return request


def _told(reading: Reading, person: bytes) -> tuple[model.Taken, ...]:
    """Everything that is declared as told by the person. Raises Problem if that is nothing."""
    name_of(reading, person)
    kinds = [
        model.Taken(told.name, told.label, rows)
        for told in inventory()
        for subject in told.subjects
        if (rows := _rows(reading, told, subject.column, person))
    ]
    if not kinds:
        raise Problem(
            M("This person has told us nothing themselves, so there is nothing to take along."),
            safe=M("Nothing was written."),
        )
    return tuple(kinds)


def _rows(reading: Reading, told: Declaration, column: str, person: bytes) -> tuple[tuple[model.Fact, ...], ...]:
    provided = [one for one in told.columns if one.provided]
    rows = reading.find(told.record, eq(column, person)) if provided else []
    facts = (tuple(_facts(reading, row, provided)) for row in rows)
    return tuple(one for one in facts if one)


def _facts(reading: Reading, row: Any, columns: list[Column]) -> list[model.Fact]:
    made = []
    for column in columns:
        value = getattr(row, column.name)
        if column.references is not None and value is not None:
            shared = reading.get(column.references, value)
            value = shared.name if shared is not None else None
        if value is not None and value != "":
            form = FORMS.get(column.name, model.Form.PLAIN)
            made.append(model.Fact(column.name.removesuffix("_id"), column.label, value, form))
    return made


def _paper(
    office: Office, reading: Reading, request: PrivacyRequest, kinds: tuple[model.Taken, ...], words: Words
) -> Released[model.TakeAlong]:
    person = request.person_id
    taken = model.TakeAlong(
        number=request.number,
        made_at=office.clock.now(),
        language=words.language,
        zone=words.zone,
        shop=shop_on_paper(office.shop),
        addressee=on_envelope(addressee(reading, person), office.shop, words),
        program=f"Desktop CRM {__version__}",
        kinds=kinds,
    )
    return to_the_person(AboutOnePerson(person, taken), asked_by=person)


def _files(taken: Released[model.TakeAlong], words: Words, password: str | None) -> dict[str, bytes]:
    from desktop_crm.documents.take_along import take_along_files, take_along_paper

    files, number = take_along_files(taken), taken.content.number
    if password is None:
        return files.named(number)
    return {f"take-along-{number}.pdf": protected(take_along_paper(taken, files, words), password)}
