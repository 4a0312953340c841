"""Looking at the file itself: its log, its files, its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.host.instance import Locking
from desktop_crm.words import Exit, M, Problem, Value

if TYPE_CHECKING:
    from desktop_crm.services.inspection import Finding
    from desktop_crm.services.yearly import Asked


_BECAME = {
    Locking.LOCKED: M("The customer file is locked."),
    Locking.NO_WINDOW: M("No window of this customer file is open, so there is nothing to lock."),
    Locking.WAITS: M("Not locked yet: a job is still running in the window. It locks once the job is done."),
    Locking.SET_UP: M("Not locked: the customer file is just being set up in the window. Quit it there."),
    Locking.UNHEARD: M("Not locked: the window does not answer. Lock your computer, and end the program."),
}


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
            "values": dict(_values(one.finding.what)),
            "todo": _todo(one.finding) or None,
        }
        for one in checked
    ]
    damaged = any(one.finding.damage and not one.finding.sound for one in checked)
    heads = (M("Result"), M("What was checked"), M("What to do"))
    return Answer(data, (Table(heads, rows),), code=Exit.DAMAGED if damaged else Exit.DONE)


def yearly(call: Call) -> Answer:
    """`yearly`: answers what is given, then shows how everything stands."""
    from desktop_crm.services import yearly as questions

    for question in call["in_order"] or ():
        questions.answer_yearly(call.office, question, in_order=True)
    for question in call["not_yet"] or ():
        questions.answer_yearly(call.office, question, in_order=False)
    asked = questions.yearly(call.office)
    rows: list[tuple[Cell, ...]] = [
        (one.question.value, one.statement, one.answer.on if one.answer else None, _answer(one)) for one in asked
    ]
    data = [
        {
            "question": one.question.value,
            "statement": one.statement,
            "answered_on": one.answer.on if one.answer else None,
            "in_order": one.answer.in_order if one.answer else None,
            "due": one.due,
        }
        for one in asked
    ]
    heads = (M("Question"), M("What should be so"), M("Answered on"), M("Answer"))
    return Answer(data, (Table(heads, rows),))


def _answer(one: Asked) -> M:
    if one.answer is None or one.due:
        return M("please answer")
    return M("in order") if one.answer.in_order else M("not yet")


def _values(said: M) -> Iterator[tuple[str, Value]]:
    """The numbers, days and words in a sentence and in those it is put together from."""
    for name, value in said.values.items():
        if isinstance(value, M):
            yield from _values(value)
        else:
            yield name, value


def _result(finding: Finding) -> M:
    if finding.unknown:
        return M("not known")
    return M("in order") if finding.sound else M("PLEASE LOOK")


def _todo(finding: Finding) -> M | str:
    return "" if finding.todo is None or (finding.sound and not finding.unknown) else finding.todo


def lock(call: Call) -> Answer:
    """`lock`. Exit 1 where the file stays open for now."""
    became = call.lock_window(call["data_dir"])
    locked = became in (Locking.LOCKED, Locking.NO_WINDOW)
    return Answer({"window": became}, said=(_BECAME[became],), code=Exit.DONE if locked else Exit.REFUSED)


def window(_call: Call) -> Answer:
    """`window`, where none can be shown; where there is a screen, the program opens it before it comes here."""
    raise Problem(
        M("There is no screen here on which a window could be shown."),
        safe=M("Nothing was changed."),
        todo=M("Start the program on the desktop of this computer. Every command works here too: desktop-crm --help"),
    )
