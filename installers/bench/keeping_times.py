"""The review of keeping times: what is due, and the queue that waits for a yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_crm.privacy.retention import latest_start_due
from desktop_crm.records.retention import RetentionItem, RetentionRule
from desktop_crm.services import retention
from installers.bench import bare
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, medians, rounds, share
from installers.bench.workshop import Workshop

_BOUGHT = "(c.stage = 'customer' OR EXISTS (SELECT 1 FROM purchase p WHERE p.contact_id = c.id))"
_CONDITIONS = {
    ("contact", "lead"): "contact c WHERE c.stage = 'lead' AND c.{start} <= ?",
    ("contact", "unsorted"): "contact c WHERE c.basis = 'unsorted' AND c.{start} <= ?",
    ("contact", "customer"): f"contact c WHERE {_BOUGHT} AND c.{{start}} <= ?",
    ("contact", "without_purchase"): f"contact c WHERE NOT {_BOUGHT} AND c.{{start}} <= ?",
    ("interaction", "always"): "interaction c WHERE c.happened_at <= ?",
    ("delivery_recipient", "always"): "delivery_recipient c WHERE c.deliver_on <= ?",
}
_STARTS = {"created": "created_at"}


def measure(shop: Workshop) -> Iterator[Figure]:
    """Preview and run at the largest everyday size."""
    file = shop.filled(max(shop.daily))
    today = file.office.today()
    rules = file.office.read(retention.rules_in_force)
    copy, runs = file.copy(), shop.options.runs

    own, reference = medians(runs, lambda: retention.preview(file.office, today), lambda: _bare_due(copy, rules, today))
    due = len(retention.preview(file.office, today))
    note = f"{due:,} due"
    against = "bare query of the same rules"
    yield Figure("due", "keeping times, preview", file.size, own * 1e3, "ms", reference * 1e3, against, note=note)
    yield _run(file, rules, today, runs, note)


def _run(file: CustomerFile, rules: list[RetentionRule], today: date, runs: int, note: str) -> Figure:
    copy = file.copy()
    taken = []
    for _ in range(runs):
        _forget(file)
        pair = rounds(1, lambda: retention.run(file.office), lambda: _bare_run(copy, rules, today))
        taken.append([one[0] for one in pair])
    own, reference = (share([pair[at] for pair in taken], 0.5) for at in (0, 1))
    against = "bare query, bare insert"
    what = "keeping times, filling the queue"
    return Figure("queue", what, file.size, own * 1e3, "ms", reference * 1e3, against, note=note)


def _forget(file: CustomerFile) -> None:
    file.office.store.write(lambda writing: writing.delete(RetentionItem))
    file.copy().execute("DELETE FROM retention_item")


def _bare_due(connection: bare.Connection, rules: list[RetentionRule], today: date) -> list[bare.Row]:
    found = []
    for rule in rules:
        last = latest_start_due(rule, today)
        told = _CONDITIONS.get((rule.record, rule.condition))
        if last is not None and told is not None:
            start = _STARTS.get(rule.start, "last_activity_on")
            statement = f"SELECT c.id, c.{start} FROM {told}" if "contact c" in told else f"SELECT c.id FROM {told}"  # noqa: S608 - fixed names
            until = f"{last}T23:59:59.999999Z" if start == "created_at" or "interaction" in told else last.isoformat()
            rows = connection.execute(statement.format(start=start), (until,)).fetchall()
            found += [(rule.code, rule.record, row[0]) for row in rows]
    return found


def _bare_run(connection: bare.Connection, rules: list[RetentionRule], today: date) -> None:
    rows = [
        (number.to_bytes(16, "big"), row, code, record, row)
        for number, (code, record, row) in enumerate(_bare_due(connection, rules, today))
    ]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO retention_item (id, person_id, rule, record, row_id, due_on, found_at, answer) "
        "VALUES (?, ?, ?, ?, ?, '2026-11-21', '2026-11-21T10:00:00.000000Z', 'waiting')",
        rows,
    )
    connection.execute("COMMIT")
