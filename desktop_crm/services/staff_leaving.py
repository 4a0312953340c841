"""What becomes of those who left: the name goes once the log says nothing of them any more."""

from __future__ import annotations

from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.staff import Staff
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq


@act(Verb.CHECK, Staff)
def forget_names(office: Office) -> int:
    """Let those who left be numbers, where no line of the log is theirs any more; returns how many."""

    def work(writing: Writing, trace: Trace) -> int:
        gone = _forgettable(writing)
        last = writing.greatest(Staff, "former") or 0
        for number, one in enumerate(gone, last + 1):
            writing.update(Staff, one.id, name=None, former=number)
        trace.number = len(gone)
        return len(gone)

    return office.write(work)


def forget_daily(office: Office) -> int:
    """Do it under the program's own name, if there is somebody. Raises Problem."""
    program = Office(office.store, office.keys, office.clock, who=PROGRAM, anchor=office.anchor)
    return forget_names(program) if program.read(_forgettable) else 0


def _forgettable(reading: Reading) -> list[Staff]:
    left = (one for one in reading.find(Staff, order=("added_at",)) if one.left_on is not None and one.name is not None)
    return [one for one in left if not _stands_in_log(reading, one)]


def _stands_in_log(reading: Reading, one: Staff) -> bool:
    """Lines they wrote, and lines about their row, such as the one that tells that they left."""
    return bool(reading.count(AuditEntry, eq("actor", one.number)) or reading.count(AuditEntry, eq("row_id", one.id)))
