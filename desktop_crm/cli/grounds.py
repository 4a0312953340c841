"""The ground on which people are kept: how many on each, who on none, and saying it."""

from __future__ import annotations

from desktop_crm.cli.answer import Answer, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.services import basis, labels
from desktop_crm.words import M


def basis_list(call: Call) -> Answer:
    """`basis list`."""
    if call["none"]:
        found = basis.on_none(call.office)
        data = [{"id": one.person, "name": one.name, "why": one.why, "todo": one.todo} for one in found]
        heads = (M("Number"), M("Name"), M("Why"), M("What to do"))
        rows = [(one.person, one.name, one.why, one.todo) for one in found]
        return Answer(data, (Table(heads, rows),), () if found else (M("Everybody is kept on a ground."),))
    counted = basis.counts(call.office)
    return Answer(
        {ground.value: number for ground, number in counted.items()},
        (Facts([(labels.of(ground), number) for ground, number in counted.items()]),),
    )


def basis_set(call: Call) -> Answer:
    """`basis set`."""
    person = call.person()
    basis.set_basis(call.office, person, call["basis"], call["reason"])
    return Answer({"id": person, "basis": call["basis"]}, (Facts([(M("Number"), person)]),), (M("Sorted."),))
