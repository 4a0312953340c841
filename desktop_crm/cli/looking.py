"""Looking at the file itself: its log, its files, its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.rows import as_data
from desktop_crm.records.registry import inventory
from desktop_crm.services import labels
from desktop_crm.words import Exit, M, Problem

if TYPE_CHECKING:
    from desktop_crm.services.inspection import Finding


def audit_show(call: Call) -> Answer:
    """`audit show`."""
    from desktop_crm.services import inspection
    from desktop_crm.services.contacts import who_is

    person = who_is(call.office, call["contact"]) if call["contact"] else None
    entries = inspection.log(call.office, person=person, limit=call["limit"])
    told = {one.name: one.label for one in inventory()}
    rows: list[tuple[Cell, ...]] = [
        (
            str(entry.seq),
            entry.at,
            labels.ROLES.get(entry.actor, M("Staff")),
            labels.why(entry.act) if entry.act in labels.ACTS else VERBS[entry.verb],
            told.get(entry.record, entry.record),
            entry.number if entry.number != 1 else "",
            entry.person_id,
        )
        for entry in entries
    ]
    heads = (M("Line"), M("When"), M("Who"), M("What was done"), M("Kind of record"), M("How many"), M("Person"))
    return Answer([as_data(entry) for entry in entries], (Table(heads, rows),))


VERBS = {
    "list": M("Listed"),
    "view": M("Looked at"),
    "add": M("Added"),
    "change": M("Changed"),
    "remove": M("Took back"),
    "erase": M("Erased"),
    "export": M("Gave out"),
    "check": M("Checked"),
    "set-up": M("Set up"),
    "sign-in": M("Opened"),
}


def audit_verify(call: Call) -> Answer:
    """`audit verify`."""
    from desktop_crm.services import inspection
    from desktop_crm.services.log_words import told_break

    checked = inspection.check_log(call.office)
    data = {
        "whole": checked.whole,
        "lines": checked.lines,
        "broken_at": checked.broken_at,
        "cut": checked.cut,
        "places": [{"fault": one.fault, "first": one.first, "last": one.last} for one in checked.breaks],
    }
    if checked.whole:
        return Answer(
            data,
            (
                M(
                    "The activity log is unbroken: {n} line.",
                    "The activity log is unbroken: {n} lines.",
                    n=checked.lines,
                ),
            ),
        )
    todo = M("Please keep a copy of the whole folder, and find out who had access to it.")
    return Answer(data, tuple(map(told_break, checked.breaks)), (todo,), Exit.DAMAGED)


def where(call: Call) -> Answer:
    """`where`. Opens nothing, so it works without a key and while somebody else has the file open."""
    from desktop_crm.host.paths import place_warning
    from desktop_crm.services.files_page import known_files

    folder = call.folder
    facts = known_files(folder)
    data: dict[str, Any] = {
        "data_dir": folder.path,
        "state": folder.state().name.lower(),
        "files": [
            {
                "path": f.path,
                "purpose": f.purpose,
                "size": f.size,
                "encrypted": f.encrypted,
                "opened_by": f.opened_by,
                "rights": f.rights,
            }
            for f in facts
        ],
    }
    rows: list[tuple[Cell, ...]] = [(f.path.name, f.purpose, f.size, f.encrypted, f.opened_by, f.rights) for f in facts]
    heads = (M("File"), M("What it is for"), M("Bytes"), M("Encrypted"), M("Who can open it"), M("Who is let at it"))
    warning = place_warning(folder.path)
    said = [warning] if warning is not None else []
    if not any(fact.path.parent == folder.path for fact in facts):
        said.insert(0, M("There is no customer file here yet."))
    return Answer(data, (Facts([(M("Folder"), folder.path)]), Table(heads, rows)), tuple(said))


def doctor(call: Call) -> Answer:
    """`doctor`. Exit 5 where the file is damaged; things to do are listed and no fault."""
    from desktop_crm.services import health

    checked = health.look_over(call.office)
    rows: list[tuple[Cell, ...]] = [(_result(one.finding), one.finding.what, _todo(one.finding)) for one in checked]
    data = [
        {
            "part": one.part,
            "key": one.finding.key,
            "what": one.finding.what,
            "sound": one.finding.sound,
            "unknown": one.finding.unknown,
            "todo": _todo(one.finding) or None,
        }
        for one in checked
    ]
    damaged = any(one.finding.damage and not one.finding.sound for one in checked)
    heads = (M("Result"), M("What was checked"), M("What to do"))
    return Answer(data, (Table(heads, rows),), code=Exit.DAMAGED if damaged else Exit.DONE)


def _result(finding: Finding) -> M:
    if finding.unknown:
        return M("not known")
    return M("in order") if finding.sound else M("PLEASE LOOK")


def _todo(finding: Finding) -> M | str:
    return "" if finding.todo is None or (finding.sound and not finding.unknown) else finding.todo


def window(_call: Call) -> Answer:
    """`window`, where none can be shown; where there is a screen, the program opens it before it comes here."""
    raise Problem(
        M("There is no screen here on which a window could be shown."),
        safe=M("Nothing was changed."),
        todo=M("Start the program on the desktop of this computer. Every command works here too: desktop-crm --help"),
    )
