"""Details that are kept apart: entered, listed masked, opened one by one."""

from __future__ import annotations

from desktop_crm.cli.answer import Answer, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.host.ids import parse_id
from desktop_crm.records.declare import declaration
from desktop_crm.records.sensitive import SensitiveDetail
from desktop_crm.services import labels, sensitive
from desktop_crm.services.apart import MASK
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.words import M, Problem


def detail_add(call: Call) -> Answer:
    """`detail add`."""
    person = call.person()
    text = call.unseen(M("What is to be kept apart: "), M("Nothing to keep apart came on the input."))
    key = sensitive.add_detail(call.office, person, NewDetail(call["kind"], text, call["agreed"]))
    return Answer({"id": key}, (Facts([(M("Number"), key)]),), (M("Kept apart."),))


def detail_show(call: Call) -> Answer:
    """`detail show`."""
    found = sensitive.masked(call.office, call.person())
    if call["open"] is not None:
        key = _key(call["open"])
        one = next((one for one in found if one.id == key), None)
        if one is None:
            raise _no_such()
        text = sensitive.reveal(call.office, one.id)
        return Answer({"id": one.id, "kind": one.kind, "text": text}, (Facts([(labels.of(one.kind), text)]),))
    data = [{"id": one.id, "kind": one.kind, "since": one.since, "agreed_on": one.agreed_on} for one in found]
    heads = (M("Number"), declaration(SensitiveDetail).column("kind").label, M("What it says"), M("Since"))
    rows = [(one.id, labels.of(one.kind), MASK, one.since) for one in found]
    return Answer(data, (Table(heads, rows),), () if found else (M("Nothing is kept apart here."),))


def detail_remove(call: Call) -> Answer:
    """`detail remove`."""
    key = _key(call["detail"])
    sensitive.remove_detail(call.office, key)
    return Answer({"id": key}, (), (M("Taken out, for good."),))


def _key(typed: str) -> bytes:
    key = parse_id(typed)
    if key is None:
        raise _no_such()
    return key


def _no_such() -> Problem:
    return Problem(M("There is no detail of that number."), todo=M("Look it up: detail show CONTACT"))
