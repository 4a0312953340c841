"""The five everyday tasks among the people of a small shop, beside what other programs take for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

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
    yield _figure("export", "exporting one, PDF and JSON", file, runs, *_export(file, out))
    yield _figure("erase", "erasing one, with proof and papers", file, runs, *_erase(file, runs, out))
    yield _figure("bulk", "storing in bulk, each", file, runs, *_bulk(file), each=_BULK)


def _figure(
    name: str, what: str, file: CustomerFile, runs: int, own: Work, reference: Work, *, each: int = 1
) -> Figure:
    taken, bare_taken = medians(runs, own, reference)
    times = taken * 1e3 / each, bare_taken * 1e3 / each
    note = f"others, a guide: {PEERS[name]}"
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


def _export(file: CustomerFile, out: Path) -> tuple[Work, Work]:
    person, copy = file.people(1)[0], file.copy()

    def reference() -> None:
        row = copy.execute("SELECT * FROM contact WHERE id = ?", (person,)).fetchone()
        told = [{"value": str(value)} for value in row]
        bare.as_json(told)
        bare.as_paper(told)

    return lambda: access.access_report(file.office, person, out), reference


def _erase(file: CustomerFile, runs: int, out: Path) -> tuple[Work, Work]:
    people = iter(file.people(2 * runs + 2)[1:])
    order = ErasureOrder()

    def own() -> None:
        erasing.erase(file.office, next(people), out, order)

    return own, lambda: bare.delete_person(file.copy(), next(people))


def _bulk(file: CustomerFile) -> tuple[Work, Work]:
    crowd = Crowd(file.size + 2)
    copy = file.copy()
    statement = "INSERT INTO setting (name, value) VALUES (?, ?)"
    numbers = itertools.count()

    def own() -> None:
        people = list(crowd.take(_BULK))
        file.office.store.write(lambda writing: fill(file.office, people, writing))

    def reference() -> None:
        rows = [(f"bulk {next(numbers)}", f"{one.name} {one.email} {one.phone}") for one in crowd.take(_BULK)]
        copy.execute("BEGIN IMMEDIATE")
        copy.executemany(statement, rows)
        copy.execute("COMMIT")

    return own, reference
