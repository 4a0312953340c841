"""What is held about somebody who works here, for that person: their row, their sign-ins, and what the log says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop_crm import __version__
from desktop_crm.documents.model import Done, Fact, StaffReport
from desktop_crm.privacy.gate import AboutOnePerson, to_the_person
from desktop_crm.records.audit import AuditEntry, LogNotice, Verb
from desktop_crm.records.declare import declaration
from desktop_crm.records.staff import OpenCase, SpareCode, Staff
from desktop_crm.services import labels, staff_rules
from desktop_crm.services.acts import act
from desktop_crm.services.letterheads import shop_on_paper
from desktop_crm.services.log_words import plainly
from desktop_crm.services.office import Office
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.services.staff_sign_in import require_me
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.vault import staff as ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Gone, M, Value

_KEPT = M(
    "Your entry is kept as long as you work here, then as long as the activity log tells of you: ordinary lines as the "
    "shop chose, those of safety and of what was handed out up to 3 years. Then your name goes."
)
_SIGNED_IN = "sign_in"


@act(Verb.EXPORT, Staff)
def staff_report(office: Office, person: bytes, out: Path) -> list[Saved]:
    """Write it as PDF and JSON, under names that name nobody. Raises Problem."""
    return _write(office, person, out)


@act(Verb.SIGN_IN, Staff)
def own_report(office: Office, out: Path) -> list[Saved]:
    """The same for whoever acts, whatever their role: everybody may see what is held about them. Raises Problem."""
    office.proof.require()
    return _write(office, require_me(office).id, out)


def _write(office: Office, person: bytes, out: Path) -> list[Saved]:
    from desktop_crm.documents.staff_report import staff_report_files

    check_folder(out)
    report = office.read(lambda reading: _report(office, reading, person))
    released = to_the_person(AboutOnePerson(person, report), asked_by=person)
    pdf, content = staff_report_files(released, office.words)
    saved = save(out, {_file(office, "pdf"): pdf, _file(office, "json"): content})
    office.looked(None, person)
    return saved


def _file(office: Office, ending: str) -> str:
    return f"work-{office.today():%Y-%m-%d}-{office.clock.now():%H%M%S}.{ending}"


def _report(office: Office, reading: Reading, person: bytes) -> StaffReport:
    # All of it, whatever the role of whoever writes it may see of the log: a part would not be an answer.
    reading = reading.whole()
    row = reading.get(Staff, person)
    if row is None:
        raise Gone(M("Nobody of that number works here, or did."), safe=M("Nothing was saved."))
    lines = reading.find(AuditEntry, eq("actor", row.number), order=("seq",))
    zone = ZoneInfo(office.shop.zone)
    months = Counter(line.at.astimezone(zone).date().replace(day=1) for line in lines if line.act == _SIGNED_IN)
    confirmed = reading.find(LogNotice, eq("reader", row.number), order=("read_at",))
    return StaffReport(
        shop=shop_on_paper(office.shop),
        made_at=office.clock.now(),
        language=office.words.language,
        zone=office.shop.zone,
        version=__version__,
        facts=tuple(_facts(office, reading, row)),
        sign_ins=tuple(sorted(months.items())),
        done=tuple(_done(lines, zone)),
        confirmed=tuple(one.read_at.astimezone(zone).date() for one in confirmed),
        kept=_KEPT,
    )


def _facts(office: Office, reading: Reading, row: Staff) -> Iterable[Fact]:
    """Everything in the row, and what belongs to it; of secrets that they are there, not what they are."""
    told = {column.name: column.label for column in declaration(Staff).columns}
    role = staff_rules.role_of(reading, row.role)
    values: dict[str, Value] = {
        "number": row.number,
        "name": row.name,
        "role": role.title if role is not None else row.role,
        "outside": _yes(row.outside),
        "added_at": row.added_at,
        "until": row.until,
        "left_on": row.left_on,
        "second_factor": _yes(row.second_factor is not None),
    }
    for name, value in values.items():
        yield Fact(name, told[name], value)
    yield Fact("spare_codes", M("Spare codes"), reading.count(SpareCode, eq("staff_id", row.id)))
    yield Fact("cases", M("Cases that were opened to you"), reading.count(OpenCase, eq("staff_id", row.id)))
    folder = VaultFolder(office.store.database.parent)
    yield Fact("way_in", M("Way in with a password"), _yes(row.number in ways.people(folder, office.keys)))


def _yes(holds: bool) -> M:
    return M("yes") if holds else M("no")


def _done(lines: list[AuditEntry], zone: ZoneInfo) -> Iterable[Done]:
    """Each act with how often it was done. A line of many entries counts as one: it was one deed."""
    times = Counter(line.act for line in lines)
    last = {line.act: line for line in lines}
    for name, number in times.most_common():
        line = last[name]
        yield Done(name, _what(line), number, _day(line, zone))


def _what(line: AuditEntry) -> M:
    return plainly(replace(line, number=1)) or labels.why(line.act)


def _day(line: AuditEntry, zone: ZoneInfo) -> date:
    return line.at.astimezone(zone).date()
