"""Using data, and what stands against it: the gate, lists, objections, locks, wishes, copies to mend."""

from __future__ import annotations

from typing import Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.rows import as_data
from desktop_crm.documents.list_model import LABELS
from desktop_crm.host.ids import parse_id
from desktop_crm.services import handing, labels, locks, mending
from desktop_crm.services.contacts import who_is
from desktop_crm.services.handing import ListOrder, Preview, Shape
from desktop_crm.words import M, Problem

ADVERTISING = "advertising"


def gate(call: Call) -> Answer:
    """`gate`."""
    preview = handing.preview_list(call.office, _order(call))
    return Answer(_preview_data(preview), (_counts(preview), _left_out(preview)), preview.keep_in_mind)


def list_make(call: Call) -> Answer:
    """`list make`."""
    chosen = next(one for one in LABELS if one.code == call["labels"])
    shape = Shape(call["form"], chosen, call["begin_at"])
    handed = handing.make_list(call.office, _order(call), shape, call["out"])
    path = handed.saved.path if handed.saved else None
    data = {"number": handed.number, "file": path, **_preview_data(handed.preview)}
    facts = Facts([(M("Number"), handed.number), (M("File"), path), *_counts(handed.preview).rows])
    return Answer(data, (facts, _left_out(handed.preview)), handed.preview.keep_in_mind)


def _order(call: Call) -> ListOrder:
    people = frozenset(who_is(call.office, typed) for typed in call["contact"])
    return ListOrder(call["purpose"], call["channel"], call["recipient"], people or None, call["label"])


def _preview_data(preview: Preview) -> dict[str, Any]:
    return {
        "people": preview.number,
        "left_out": [
            {
                "reason": one.reason,
                "number": one.number,
                "first": [{"id": key, "name": name} for key, name in one.names],
            }
            for one in preview.left_out
        ],
    }


def _counts(preview: Preview) -> Facts:
    return Facts([(M("People"), preview.number), (M("Left out"), preview.without)])


def _left_out(preview: Preview) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.why, one.number, ", ".join(name for _, name in one.names)) for one in preview.left_out
    ]
    return Table((M("Why"), M("People"), M("Who")), rows, M("Left out"))


def object_(call: Call) -> Answer:
    """`object`."""
    purpose = None if call["to"] == ADVERTISING else call["to"]
    key = locks.object_to(call.office, call.person(), purpose, reason=call["reason"])
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Recorded. It counts from now on."),))


def object_list(call: Call) -> Answer:
    """`object list`."""
    found = locks.locks(call.office, call.person())
    objections: list[tuple[Cell, ...]] = [
        (one.id, name or M("all advertising"), labels.of(one.outcome), one.since, one.reason)
        for one, name in found.objections
    ]
    restrictions: list[tuple[Cell, ...]] = [(one.reason, one.since, one.lifted_at) for one in found.restrictions]
    wishes: list[tuple[Cell, ...]] = [
        (one.id, labels.of(one.channel), value, locks.wished(one), one.note) for one, value in found.wishes
    ]
    data = {
        "objections": [as_data(one) for one, _ in found.objections],
        "restrictions": [as_data(one) for one in found.restrictions],
        "wishes": [as_data(one) for one, _ in found.wishes],
    }
    tables = (
        Table((M("Number"), M("Against"), M("Outcome"), M("Since"), M("Reason")), objections, M("Objections")),
        Table((M("Reason"), M("Since"), M("Lifted on")), restrictions, M("Locked")),
        Table((M("Number"), M("Channel"), M("Which one"), M("Wish"), M("Note")), wishes, M("Wishes")),
    )
    said = () if objections or restrictions or wishes else (M("Nothing stands against the use of this data."),)
    return Answer(data, tables, said)


def object_weigh(call: Call) -> Answer:
    """`object weigh`."""
    key = _key(call["objection"])
    locks.weigh(call.office, key, upheld=call["outcome"] == "upheld", assessment=call["reason"])
    return Answer({"id": key}, (), (M("Decided. Please tell the person."),))


def object_back(call: Call) -> Answer:
    """`object back`."""
    key = _key(call["objection"])
    locks.take_objection_back(call.office, key)
    return Answer({"id": key}, (), (M("The objection does not stand any more."),))


def restrict(call: Call) -> Answer:
    """`restrict`."""
    key = locks.restrict(call.office, call.person(), call["reason"], call["ground"])
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Locked: found, and not used, from now on."),))


def restrict_lift(call: Call) -> Answer:
    """`restrict lift`."""
    number = locks.lift(call.office, call.person())
    return Answer({"lifted": number}, (), (M("The data may be used again."),))


def wish_add(call: Call) -> Answer:
    """`wish add`."""
    key = locks.add_wish(
        call.office,
        call.person(),
        call["channel"],
        value=call["value"],
        only_service=call["service_only"],
        note=call["note"],
    )
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Noted. It is obeyed from now on."),))


def wish_drop(call: Call) -> Answer:
    """`wish drop`."""
    key = _key(call["wish"])
    locks.drop_wish(call.office, key)
    return Answer({"id": key}, (), (M("Taken out."),))


def mending_list(call: Call) -> Answer:
    """`mending list`."""
    found = mending.to_mend(call.office)
    heads = (M("Number"), M("Who"), M("Why"), M("What left"), M("To whom"), M("When"))
    rows: list[tuple[Cell, ...]] = [
        (one.id, one.name, labels.of(one.cause), mending.what(one), one.recipient, one.left_on) for one in found
    ]
    data = [
        {
            "id": one.id,
            "contact": one.person,
            "cause": one.cause,
            "form": one.form,
            "list": one.number,
            "recipient": one.recipient or None,
            "left_on": one.left_on,
        }
        for one in found
    ]
    return Answer(data, (Table(heads, rows),), () if found else (M("No copy waits to be mended."),))


def mending_done(call: Call) -> Answer:
    """`mending done`."""
    number = mending.mended(call.office, [_key(typed) for typed in call["entries"]])
    return Answer({"mended": number}, (), (M("{n} copy mended.", "{n} copies mended.", n=number),))


def _key(typed: str) -> bytes:
    key = parse_id(typed)
    if key is None:
        raise Problem(M("There is no entry of that number."))
    return key
