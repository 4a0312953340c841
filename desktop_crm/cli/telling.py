"""Telling people how their data is used, and who was not told yet."""

from __future__ import annotations

from desktop_crm.cli.answer import Answer, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.services import informing
from desktop_crm.words import M


def informed_list(call: Call) -> Answer:
    """`informed list`."""
    found = informing.not_told(call.office, earlier=call["earlier"], limit=call["limit"])
    data = [{"id": one.id, "from_list": one.from_list, "due_on": one.due_on, "told_on": one.told_on} for one in found]
    rows = [(one.id, one.name, one.due_on, one.told_on or "") for one in found]
    table = Table((M("Number"), M("Name"), M("To be told by"), M("Told on")), rows)
    return Answer(data, (table,), () if found else (M("Everybody was told."),))


def informed_tell(call: Call) -> Answer:
    """`informed tell`."""
    number = informing.tell(call.office, [call.person()], call["how"], on=call["on"])
    return Answer({"told": number}, (), (M("Noted."),))


def notice_print(call: Call) -> Answer:
    """`notice print`."""
    people = [call.person_of(one) for one in call["contact"]]
    if call["not_told"]:
        people += [one.id for one in informing.not_told(call.office, limit=2**31) if one.id not in people]
    if not people and not call["not_told"]:
        saved = informing.print_notice(call.office, call["out"], language=call["language"])
        return Answer({"letters": 0, "path": saved.path}, (Facts([(M("Paper"), saved.path)]),))
    made = informing.print_notices(call.office, people, call["out"])
    data = {"letters": made.number, "path": made.paper.path}
    shown = Facts([(M("Letters"), made.number), (M("Paper"), made.paper.path)])
    return Answer(data, (shown,), (M("Noted as told on paper, today."),))
