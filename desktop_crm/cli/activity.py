"""The activity log: shown, examined, saved, tidied, and told of to those who work here."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.cli.rows import as_data
from desktop_crm.privacy.folding import fold
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.registry import inventory
from desktop_crm.services import labels
from desktop_crm.words import Exit, Gone, M, Problem

if TYPE_CHECKING:
    from desktop_crm.services.log_page import LogFilter

VERBS = {
    "list": M("Listed"),
    "view": M("Looked at"),
    "add": M("Added"),
    "change": M("Changed"),
    "remove": M("Took back"),
    "erase": M("Erased"),
    "export": M("Gave out"),
    "check": M("Checked"),
    "back-up": M("Looked after safety copies"),
    "set-up": M("Set up"),
    "sign-in": M("Opened"),
}


def audit_show(call: Call) -> Answer:
    """`audit show`."""
    from desktop_crm.services import inspection, log_page

    who = dict(log_page.actors(call.office))
    entries = inspection.log(call.office, _filter(call), limit=call["limit"])
    told = {one.name: one.label for one in inventory()}
    rows: list[tuple[Cell, ...]] = [
        (
            str(entry.seq),
            entry.at,
            who.get(entry.actor, M("Staff")),
            _done(entry),
            told.get(entry.record, entry.record),
            entry.number if entry.number != 1 else "",
            entry.person_id,
        )
        for entry in entries
    ]
    heads = (M("Line"), M("When"), M("Who"), M("What was done"), M("Kind of record"), M("How many"), M("Person"))
    return Answer([as_data(entry) for entry in entries], (Table(heads, rows),))


def _done(entry: AuditEntry) -> M:
    """Short where the kind of record says the rest; in full where it matters who got in, or who could not."""
    from desktop_crm.services.log_words import describe

    if entry.verb in (Verb.SIGN_IN, Verb.SET_UP) or entry.act in _IN_FULL:
        return describe(entry, None)
    return labels.why(entry.act) if entry.act in labels.ACTS else VERBS[entry.verb]


_IN_FULL = frozenset({"change_lock", "set_password", "keep_key_here", "remove_way", "put_off_sheet", "choose_months"})
"""Acts on keys and on the log itself."""


def _filter(call: Call) -> LogFilter:
    from desktop_crm.services.contacts import who_is
    from desktop_crm.services.log_page import LogFilter

    person = who_is(call.office, call["contact"]) if call["contact"] else None
    return LogFilter(_actor(call) if call["actor"] else None, call["what"], call["since"], call["until"], person)


def _actor(call: Call) -> str:
    """Who is meant, as it is stored: a word or a number, or the name of somebody who works here. Raises Problem."""
    from desktop_crm.services import log_page

    typed, say = fold(call["actor"]), call.terminal.words.say
    found = [stored for stored, told in log_page.actors(call.office) if typed in (stored, fold(say(told)))]
    if not found:
        raise Gone(M("Nobody of this name works here, or did."), todo=M("Look them up: staff list"))
    if len(found) > 1:
        raise usage(M("Several people are called so."), M("Give the number that staff list --json shows."))
    return found[0]


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
        said = M("The activity log is unbroken: {n} line.", "The activity log is unbroken: {n} lines.", n=checked.lines)
        return Answer(data, (said,))
    todo = M("Please keep a copy of the whole folder, and find out who had access to it.")
    return Answer(data, tuple(map(told_break, checked.breaks)), (todo,), Exit.DAMAGED)


def audit_export(call: Call) -> Answer:
    """`audit export`."""
    from desktop_crm.host.files import write_atomically
    from desktop_crm.services.log_export import LogFormat, export_log

    path = call["out"]
    form = {".json": LogFormat.JSON, ".csv": LogFormat.CSV}.get(path.suffix.lower())
    if form is None:
        raise usage(M("The name must end in .csv or .json."))
    if path.exists():
        raise Problem(
            M("There is a file of that name already: “{path}”.", path=str(path)),
            safe=M("It has not been touched."),
            todo=M("Choose another name."),
        )
    data = export_log(call.office, _filter(call), form)
    write_atomically(path, data)
    said = M("The file holds who did what in your shop: keep it safe, and delete it when it is no longer needed.")
    return Answer({"path": path, "bytes": len(data)}, (Facts([(M("File"), path)]),), (said,))


def audit_keep(call: Call) -> Answer:
    """`audit keep`."""
    from desktop_crm.services import log_keeping

    if call["months"] is not None:
        log_keeping.choose_months(call.office, call["months"])
    kept = log_keeping.keeping_of_log(call.office)
    rows: list[tuple[M, Cell]] = [
        (M("Months"), kept.months),
        (M("Lines"), kept.lines),
        (M("Oldest line"), kept.oldest or ""),
        (M("Lines whose time is up"), kept.due),
        (M("Tidied last"), kept.last_run or ""),
    ]
    said = M("What tells of safety, of what was handed out and of erasures stays up to 3 years.")
    return Answer(asdict(kept), (Facts(rows),), (said,))


def audit_prune(call: Call) -> Answer:
    """`audit prune`."""
    from desktop_crm.services import log_keeping

    gone = log_keeping.prune(call.office, clock_is_right=call["date_is_right"])
    said = M("{n} line whose time was up is gone.", "{n} lines whose time was up are gone.", n=gone)
    return Answer({"gone": gone}, (said,))


def audit_notice(call: Call) -> Answer:
    """`audit notice`."""
    from desktop_crm.services import log_notice

    if call["confirm"]:
        log_notice.confirm_notice(call.office)
    told = log_notice.notice(call.office)
    say = call.terminal.words.say
    text = [f"{say(head)}\n{say(body)}" for head, body in told.sections]
    at = told.confirmed.read_at if told.confirmed is not None else None
    data = {"version": log_notice.VERSION, "confirmed_at": at, "text": text}
    said = M("Confirmed on {at}.", at=at) if at is not None else M("Not confirmed yet.")
    return Answer(data, (log_notice.TITLE, *text), (said,))
