"""Lists that are brought in by the tests, and what the file then holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.permission import as_said, event_seal
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.declare import Basis
from desktop_crm.records.registry import inventory
from desktop_crm.services import consents, importing
from desktop_crm.services.importing import ImportOrder, ImportReport
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from tests.privacy import pages

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = sorted(p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*") if p.suffix in {".csv", ".vcf"})
HEAD = "First name,Last name,Email,Phone,Street,City,Company,Job title,Nickname,Notes,Labels,Newsletter\n"
MAPPING = {"Labels": "tag"}


def order(**values: Any) -> ImportOrder:
    return ImportOrder(**{"source": "Annas Liste", "basis": Basis.CONTRACT} | values)


def write(folder: Path, *lines: str, name: str = "list.csv", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def bring(office: Office, path: Path, **values: Any) -> ImportReport:
    mapping = MAPPING if path.name.startswith("list") else {}
    return importing.bring_in(office, path, order(**{"mapping": mapping} | values))


def outcomes(report: ImportReport) -> dict[str, int]:
    return {outcome.value: number for outcome, number in report.outcomes.items() if number}


def find(office: Office, record: type[Any], **where: Any) -> list[Any]:
    return office.read(lambda r: r.find(record, *(eq(n, v) for n, v in where.items()), order=(_key(record),)))


def _key(record: type[Any]) -> str:
    return next(told.key for told in inventory() if told.record is record)


def everything(office: Office) -> dict[str, list[tuple[object, ...]]]:
    found = pages.tables(office.store.database, bytes(office.keys.database_key))
    return {name: rows for name, rows in found.items() if name != "audit_entry" and not name.startswith("search_text")}


def newsletter(office: Office, person: bytes) -> ConsentState | None:
    return next(p.standing.state for p in consents.of_person(office, person) if p.purpose.code == "newsletter")


def ledger(office: Office, person: bytes) -> list[ConsentEvent]:
    lines = as_said(find(office, ConsentEvent, contact_id=person))
    assert all(line.seal == event_seal(office.ledger_key, line) for line in lines)
    assert not lines or lines[0].previous == CHAIN_START
    assert [line.previous for line in lines[1:]] == [line.seal for line in lines[:-1]]
    return lines
