"""The five everyday tasks among the people of a small shop, beside what other programs take for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from desktop_crm.documents.access_json import access_report_json
from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services import access, contacts, erasing
from desktop_crm.services.erasure_plan import ErasureOrder
from installers.bench import bare
from installers.bench.customer_file import CustomerFile, fill
from installers.bench.measure import Figure, Work, medians
from installers.bench.people import Crowd
from installers.bench.workshop import Workshop

PEERS = {
    "insert": "Tryton 12-18, django-crm 1.2-1.3, WordPress 15.6, EDS 1.9",
    "find": "Tryton 4.0-5.8, django-crm 1.2-5.8, WordPress 8.1, EDS 1.3",
    "export": "Tryton 5.2-7.5, django-crm 3.4, WordPress 1.6-6.4, EDS 0.94",
    "erase": "Tryton 12-19, django-crm 3.6-4.4, WordPress 11.3, EDS 2.0",
    "bulk": "Tryton 3.7-4.1, django-crm 0.18-0.19, WordPress 0.33, EDS 0.068",
}
"""Milliseconds among 10,000 people, measured on another computer in November 2026: Tryton 8.2.1 with party, django-crm
4a0caf5, WordPress 6.1.9 with MariaDB 10.11, Evolution Data Server 3.46. None of them encrypts; an export there is data
without a paper (WordPress: a zip file), and only Tryton and WordPress erase rather than delete. A guide, no race."""
_BULK = 1_000


def measure(shop: Workshop) -> Iterator[Figure]:
    """Each whole: with its checks, its line in the log, its papers and its proof."""
    file, runs = shop.filled(shop.smallest), max(shop.options.runs, 3)
    out = shop.folder / "papers"
    yield _figure("insert", "inserting one", file, runs, *_insert(file))
    yield _figure("find", "finding one by name", file, max(runs, 21), *_find(file))
    machine, whole, reference = _export(file, out)
    yield _figure("export", "exporting one, JSON", file, runs, machine, reference)
    yield _figure("export-paper", "exporting one, PDF, JSON, registered", file, runs, whole, reference)
    yield from _erasures(file, runs, out)
    yield _figure("bulk", "storing in bulk, each", file, runs, *_bulk(file), each=min(_BULK, file.size))


def _figure(
    name: str, what: str, file: CustomerFile, runs: int, own: Work, reference: Work, *, each: int = 1
) -> Figure:
    taken, bare_taken = medians(runs, own, reference)
    times = taken * 1e3 / each, bare_taken * 1e3 / each
    note = f"others, a guide: {PEERS[name.removesuffix('-paper')]}"
    return Figure(f"one-{name}", what, file.size, times[0], "ms", times[1], "bare SQL with a key", note=note)


def _insert(file: CustomerFile) -> tuple[Work, Work]:
    copy, crowd, numbers = file.copy(), Crowd(file.size + 1), itertools.count()
    rows = itertools.count(copy.execute("SELECT max(rid) + 1 FROM search_entry").fetchone()[0])

    def own() -> None:
        number = next(numbers)
        one = next(crowd.take(1))
        new = contacts.NewContact(name=one.name, emails=(f"neu{number}@neu.example",), company=one.company)
        contacts.add(file.office, new)

    def reference() -> None:
        one, rid = next(crowd.take(1)), next(rows)
        key = rid.to_bytes(16, "big")
        words = (one.name.lower(), one.email, one.phone, "", "")
        copy.execute("BEGIN IMMEDIATE")
        copy.execute(_NEW_CONTACT, (key, one.name, one.name.lower()))
        copy.execute(_NEW_EMAIL, (key, key, one.email, one.email))
        copy.execute(_NEW_ENTRY, (rid, key, key, *words))
        copy.execute(_NEW_WORDS, (rid, *words))
        copy.execute("COMMIT")

    return own, reference


_NEW_CONTACT = (
    "INSERT INTO contact "
    "(id, name, sort_name, stage, basis, source, deceased, under_age, last_activity_on, created_at) "
    "VALUES (?, ?, ?, 'lead', 'contract', '', 0, 0, '2026-11-21', '2026-11-21T10:00:00.000000Z')"
)
_NEW_EMAIL = (
    "INSERT INTO contact_email (id, contact_id, address, match, created_at) "
    "VALUES (?, ?, ?, ?, '2026-11-21T10:00:00.000000Z')"
)
_NEW_ENTRY = (
    "INSERT INTO search_entry (rid, kind, owner, subject, name, email, phone, company, note) "
    "VALUES (?, 'contact', ?, ?, ?, ?, ?, ?, ?)"
)
_NEW_WORDS = "INSERT INTO search_text (rowid, name, email, phone, company, note) VALUES (?, ?, ?, ?, ?, ?)"


def _find(file: CustomerFile) -> tuple[Work, Work]:
    copy = file.copy()
    return lambda: contacts.find(file.office, "schmid"), lambda: bare.type_ahead_list(copy, "schmid")


def _export(file: CustomerFile, out: Path) -> tuple[Work, Work, Work]:
    office, person, copy = file.office, file.people(1)[0], file.copy()

    def machine() -> None:
        words, today = office.words, office.today()
        request = PrivacyRequest(
            id=office.new_id(),
            number="R-0",
            person_id=person,
            kind=RequestKind.ACCESS,
            channel=Channel.COUNTER,
            received_on=today,
            due_on=today,
            created_at=office.clock.now(),
        )
        report = office.read(lambda reading: access.Collector(office, reading, person).report(request, words))
        access_report_json(report, words)

    def reference() -> None:
        row = copy.execute("SELECT * FROM contact WHERE id = ?", (person,)).fetchone()
        told = [{"value": str(value)} for value in row]
        bare.as_json(told)
        bare.as_paper(told)

    return machine, lambda: access.access_report(office, person, out), reference


def _erasures(file: CustomerFile, runs: int, out: Path) -> Iterator[Figure]:
    people = iter(file.people(2 * runs))
    transactions: list[float] = []

    def own() -> None:
        file.office.writes.clear()
        erasing.erase(file.office, next(people), out, ErasureOrder())
        started, ended = file.office.writes[0]
        transactions.append(ended - started)

    whole, deleted = medians(runs, own, lambda: bare.delete_person(file.copy(), next(people)))
    against, note = "bare SQL with a key", f"others, a guide: {PEERS['erase']}"
    for name, what, taken in (
        ("one-erase", "erasing one, the transaction", median(transactions)),
        ("one-erase-paper", "erasing one, with proof and papers", whole),
    ):
        yield Figure(name, what, file.size, taken * 1e3, "ms", deleted * 1e3, against, note=note)


def _bulk(file: CustomerFile) -> tuple[Work, Work]:
    crowd, copy, number = Crowd(file.size + 2), file.copy(), min(_BULK, file.size)
    numbers = itertools.count(copy.execute("SELECT max(rid) + 100000 FROM search_entry").fetchone()[0])

    def own() -> None:
        people = list(crowd.take(number))
        file.office.store.write(lambda writing: fill(file.office, people, writing))

    def reference() -> None:
        made = [(one, next(numbers)) for one in crowd.take(number)]
        ids = [rid.to_bytes(16, "big") for _, rid in made]
        words = [(one.name.lower(), one.email, one.phone, one.company, one.note) for one, _ in made]
        names = [(key, one.name, one.name.lower()) for key, (one, _) in zip(ids, made, strict=True)]
        emails = [(key, key, one.email, one.email) for key, (one, _) in zip(ids, made, strict=True)]
        copy.execute("BEGIN IMMEDIATE")
        copy.executemany(_NEW_CONTACT, names)
        copy.executemany(_NEW_EMAIL, emails)
        copy.executemany(
            _NEW_ENTRY, [(rid, key, key, *text) for key, (_, rid), text in zip(ids, made, words, strict=True)]
        )
        copy.executemany(_NEW_WORDS, [(rid, *text) for (_, rid), text in zip(made, words, strict=True)])
        copy.execute("COMMIT")

    return own, reference
