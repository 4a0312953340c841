"""Keeping times: what is due, the queue, decisions about it, and what the law keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.cli.rows import as_data
from desktop_crm.host.ids import parse_id
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionAnswer, RetentionItem, RetentionRule
from desktop_crm.services import contacts, kept, retention
from desktop_crm.words import Exit, M, Money

RULES = {
    "lead": M("interested, never bought"),
    "contact-without-purchase": M("contact without a purchase"),
    "customer": M("after the last contact"),
    "unsorted": M("not sorted yet"),
    "service-note": M("note"),
    "delivery-recipient": M("after the delivery"),
    "kept-invoice": M("invoice kept by law"),
    "ledger": M("do-not-bring-back mark"),
}
"""Ready-made keeping times in words; a shop's own go by their code."""


def retention_preview(call: Call) -> Answer:
    """`retention preview`."""
    due = retention.preview(call.office, call["on"])
    names = _names(call, [one.person_id for one in due[: call["limit"]]])
    rows: list[tuple[Cell, ...]] = [
        (
            one.due_on,
            _kind(one.record),
            names.get(one.person_id, ""),
            _rule(one.rule.code),
            _why(one.rule),
            one.person_id,
        )
        for one in due[: call["limit"]]
    ]
    data = [
        {
            "due_on": one.due_on,
            "record": one.record,
            "entry": one.row_id,
            "person": one.person_id,
            "rule": one.rule.code,
            "law": one.rule.law,
            "habit": one.rule.habit,
        }
        for one in due
    ]
    heads = (M("Due since"), M("What"), M("Who"), M("Keeping time"), M("Because of"), M("Number"))
    return Answer(data, (Facts(_totals(Counter(one.record for one in due))), Table(heads, rows)), _more(call, len(due)))


def _totals(counted: Counter[str]) -> list[tuple[M, Cell]]:
    return [(_plural(record), number) for record, number in counted.items()] or [(M("Due"), M("nothing"))]


def _kind(record: str) -> M:
    return next(told.label for told in inventory() if told.name == record)


def _plural(record: str) -> M:
    return next(told.plural for told in inventory() if told.name == record)


def _rule(code: str) -> Cell:
    return RULES.get(code, code)


def _why(rule: RetentionRule) -> Cell:
    return M("our habit") if rule.habit or not rule.law else rule.law


def _names(call: Call, people: Sequence[bytes]) -> dict[bytes, str]:
    unique = list(dict.fromkeys(people))
    return {row.id: row.name for row in contacts.named(call.office, unique)}


def _more(call: Call, number: int) -> tuple[M, ...]:
    left = number - call["limit"]
    if left <= 0:
        return ()
    return (M("And {n} more: --limit shows it.", "And {n} more: --limit shows them.", n=left),)


def retention_run(call: Call) -> Answer:
    """`retention run`."""
    run = retention.run(call.office, clock_is_right=call["date_is_right"])
    rows: list[tuple[M, Cell]] = [
        (M("Due"), run.found),
        (M("New in the queue"), run.new),
        (M("Due no longer"), run.gone),
    ]
    return Answer({"found": run.found, "new": run.new, "gone": run.gone}, (Facts(rows),), (M("Nothing was deleted."),))


def retention_queue(call: Call) -> Answer:
    """`retention queue`."""
    waiting = retention.queue(call.office)
    shown = waiting[: call["limit"]]
    lines = _lines(call, [one.item for one in shown])
    late = [M("waits for more than 30 days") if one.overdue else "" for one in shown]
    rows = [(*line, overdue) for line, overdue in zip(lines, late, strict=True)]
    data = [{**_item_data(one.item), "overdue": one.overdue} for one in waiting]
    empty = () if waiting else (M("Nothing waits for your yes."),)
    return Answer(data, (Table((*_HEADS, M("Overdue")), rows),), (*empty, *_more(call, len(waiting))))


_HEADS = (M("Entry"), M("Who"), M("What"), M("Due since"), M("Keeping time"), M("Because of"))


def _lines(call: Call, items: Sequence[RetentionItem]) -> list[tuple[Cell, ...]]:
    rules = {rule.code: rule for rule in retention.rules(call.office)}
    names = _names(call, [item.person_id for item in items])
    return [
        (
            item.id,
            names.get(item.person_id, ""),
            _kind(item.record),
            item.due_on,
            _rule(item.rule),
            _why(rules[item.rule]),
        )
        for item in items
    ]


def _item_data(item: RetentionItem) -> dict[str, Any]:
    return {
        "entry": item.id,
        "person": item.person_id,
        "record": item.record,
        "row": item.row_id,
        "rule": item.rule,
        "due_on": item.due_on,
        "found_at": item.found_at,
    }


def retention_keep(call: Call) -> Answer:
    """`retention keep`."""
    return _decided(call, RetentionAnswer.KEEP)


def retention_hold(call: Call) -> Answer:
    """`retention hold`."""
    return _decided(call, RetentionAnswer.HOLD)


def _decided(call: Call, answer: RetentionAnswer) -> Answer:
    chosen = _entries(call["items"])
    number = retention.decide(call.office, chosen, answer, reason=call["reason"], until=call["until"])
    code = Exit.DONE if number == len(set(chosen)) else Exit.REFUSED
    said = () if code is Exit.DONE else (M("Some of these numbers are not in the queue."),)
    return Answer({"decided": number}, (Facts([(M("Decided"), number)]),), said, code)


def _entries(typed: Iterable[str]) -> list[bytes]:
    items = [parse_id(one) for one in typed]
    chosen = [item for item in items if item is not None]
    if len(chosen) < len(items):
        raise usage(M("One of these is not the number of an entry."), M("The queue shows the numbers."))
    return chosen


def retention_erase(call: Call) -> Answer:
    """`retention erase`."""
    chosen = _entries(call["items"])
    if call["yes"]:
        number = retention.carry_out(call.office, chosen)
        return Answer({"erased": True, "entries": number}, (Facts([(M("Deleted"), number)]),))
    going = retention.would_go(call.office, chosen)
    data = {"erased": False, "entries": [_item_data(item) for item in going]}
    said = [M("Nothing was deleted yet. This cannot be undone: if these are the right ones, add --yes.")]
    if any(item.record == "kept_invoice" for item in going):
        # "May go from" is not "must go": the law keeps an invoice longer while its year is not closed.
        said.insert(
            0, M("Invoices: is an audit, a late assessment or a dispute still open for that year? Then keep them.")
        )
    return Answer(data, (Table(_HEADS, _lines(call, going)),), tuple(said), Exit.REFUSED)


def retention_invoices(call: Call) -> Answer:
    """`retention invoices`."""
    found = kept.invoices(call.office)
    rows: list[tuple[Cell, ...]] = [
        (
            one.invoice.bought_on,
            one.invoice.invoice_no,
            Money(one.invoice.amount_minor, one.invoice.currency),
            one.invoice.description,
            one.invoice.buyer_name,
            one.invoice.buyer_address,
            one.invoice.law,
            one.invoice.kept_until,
            one.entry,
        )
        for one in found
    ]
    heads = (
        M("Date"),
        M("Invoice number"),
        M("Amount"),
        M("What was bought"),
        M("Buyer"),
        M("Buyer's address"),
        M("Law"),
        M("Keep until"),
        M("Entry"),
    )
    data = [{**as_data(one.invoice), "entry": one.entry} for one in found]
    if not found:
        return Answer(data, said=(M("No invoice is kept locked away."),))
    locked = M("These are locked away from daily work and kept for the law alone. The log notes that they were opened.")
    return Answer(data, (Table(heads, rows),), (locked,))
