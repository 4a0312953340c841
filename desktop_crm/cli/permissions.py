"""Permissions: given, refused, taken back, and where a person stands."""

from __future__ import annotations

from typing import Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.rows import as_data
from desktop_crm.services import consents, labels, renewals
from desktop_crm.services.consents import Permission, SaidWith
from desktop_crm.services.renewals import TURNS, DueRow, Turn
from desktop_crm.words import M


def consent_give(call: Call) -> Answer:
    """`consent give`."""
    key = consents.give(
        call.office,
        call.person(),
        call["purpose"],
        how=call["how"],
        refused=call["refused"],
        evidence=call["evidence"],
        said_with=SaidWith(guardian=call["guardian"], witness=call["witness"], language=call["language"]),
    )
    said = M("Recorded: the person said no.") if call["refused"] else M("Recorded, with the wording of today.")
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (said,))


def consent_refuse(call: Call) -> Answer:
    """`consent refuse`."""
    key = consents.give(call.office, call.person(), call["purpose"], how=call["how"], refused=True)
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Recorded: the person said no."),))


def consent_due(call: Call) -> Answer:
    """`consent due`."""
    found = renewals.due(call.office, tuple(Turn), purpose=call["purpose"], within=call["within"], limit=-1)
    shown = [
        (TURNS[row.turn].text, row.name, row.code, row.ends_on, row.asked_on, _asked_by(row)) for row in found.rows
    ]
    heads = (M("Why"), M("Person"), M("Code"), M("Ends on"), M("Asked on"), M("May be asked"))
    said = (M("Nobody is to be asked again now."),) if not found.rows else ()
    return Answer([_due_data(row) for row in found.rows], (Table(heads, shown),), said)


def _due_data(row: DueRow) -> dict[str, Any]:
    return {
        "id": row.person,
        "name": row.name,
        "purpose": row.code,
        "why": row.turn,
        "ends_on": row.ends_on,
        "asked_on": row.asked_on,
        "ways": row.ways,
        "reason": row.why,
    }


def _asked_by(row: DueRow) -> M:
    """The ways, or why there is none."""
    return labels.joined(row.by) if row.ways else row.why


def consent_withdraw(call: Call) -> Answer:
    """`consent withdraw`."""
    key = consents.withdraw(call.office, call.person(), call["purpose"], how=call["how"])
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Taken back, from now on."),))


def consent_list(call: Call) -> Answer:
    """`consent list`."""
    if call["purpose"] is not None:
        consents.purpose(call.office, call["purpose"])
    found = consents.of_person(call.office, call.person())
    chosen = [one for one in found if call["purpose"] in (None, one.purpose.code)]
    return Answer([_data(one) for one in chosen], (_standings(chosen), _events(chosen)))


def receipt(call: Call) -> Answer:
    """`receipt`."""
    from desktop_crm.services import receipts

    made = receipts.receipt(call.office, call.person(), call["out"], number=call["number"])
    papers = [{"path": paper.path, "sha256": paper.sha256} for paper in made.papers]
    rows: list[tuple[M, Cell]] = [(M("Number"), made.number), (M("Answers"), made.answers)]
    rows += [(M("Paper"), paper.path) for paper in made.papers]
    data = {"number": made.number, "answers": made.answers, "papers": papers}
    return Answer(data, (Facts(rows),), (M("The receipt is ready to hand out."),))


def _data(one: Permission) -> dict[str, Any]:
    return {
        "purpose": one.purpose.code,
        "name": one.purpose.name,
        "state": one.standing.state,
        "since": one.standing.since,
        "events": [as_data(event) for event in one.events],
    }


def _standings(found: list[Permission]) -> Table:
    rows = [
        (one.purpose.code, one.purpose.name, one.standing.state or M("not asked yet"), one.standing.since)
        for one in found
    ]
    return Table((M("Code"), M("What it is for"), M("Permission"), M("Since")), rows)


def _events(found: list[Permission]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (event.happened_at, one.purpose.code, event.state, event.how, event.evidence)
        for one in found
        for event in one.events
    ]
    return Table((M("When"), M("Code"), M("Answer"), M("How"), M("Proof")), rows, M("All that was said"))
