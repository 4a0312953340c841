"""After a new recovery sheet: the safety copies are made to open with it, as far as they can be reached.

What a copy is sealed for stands before its data and is no secret of the sheet, so that is all that is written anew.
Copies that cannot be reached follow at a later look; until then they open with the sheet of their time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from desktop_crm.records.audit import Verb
from desktop_crm.records.safety_copy import CopyKind, CopyState, SafetyCopy
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.copies import access_of, row_of
from desktop_crm.services.copy_box import Tell, part, quiet
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import container, copy_keys, copy_problems, ways
from desktop_crm.words import M, Problem


@act(Verb.BACK_UP, SafetyCopy)
def reseal(office: Office, copy: bytes, *, tell: Tell = quiet) -> None:
    """Let the present recovery sheet open a safety copy; one of before opens it no more.

    Raises Problem where it cannot be reached, nobody here has its key, or the sheet is older than safety copies.
    """
    row = row_of(office, copy)
    access = access_of(office, row)
    folder, keys = folder_of(office), office.keys
    public = ways.sheet_key(folder, keys)
    if public is None:
        raise copy_problems.not_for_sheet()
    container.reseal(access.file, access.key, access.root, public, ways.sheet_sensitive(folder, keys), tell)
    known = copy_keys.load(folder, keys)
    copy_keys.store(folder, keys, known.sealed(for_sheet=True, only=access.label.copy_id))

    def work(writing: Writing, trace: Trace) -> None:
        writing.update(SafetyCopy, row.id, for_sheet=True, size=access.file.stat().st_size)
        trace.row = row.id

    office.write(work)


@act(Verb.LIST, SafetyCopy)
def not_for_sheet(office: Office) -> list[SafetyCopy]:
    """The safety copies that the present recovery sheet does not open, newest first."""
    return office.read(_closed)


def seal_for_sheet(office: Office, *, tell: Tell = quiet) -> list[SafetyCopy]:
    """Reseal every copy that needs it and can be reached; returns those that are left. Raises what `tell` raises."""
    closed = not_for_sheet(office)
    if not closed or ways.sheet_key(folder_of(office), office.keys) is None:
        return closed
    for at, row in enumerate(closed):
        if not Path(row.folder, row.file_name).exists():
            continue
        # Unplugged meanwhile, full, or without a key here: it stays among those that are left.
        with contextlib.suppress(Problem):
            reseal(office, row.id, tell=part(tell, 100 * at // len(closed), 100 * (at + 1) // len(closed)))
    return not_for_sheet(office)


def said_of(left: Sequence[SafetyCopy]) -> M | None:
    """What has to be known of copies that the present sheet does not open; None where there are none."""
    if not left:
        return None
    return M(
        "{n} safety copy opens with the earlier sheet only: {where}. Keep that sheet until the copy is gone, or make "
        "the copy available: it then opens with the new one.",
        "{n} safety copies open with the earlier sheet only: {where}. Keep that sheet until they are gone, or make "
        "them available: they then open with the new one.",
        n=len(left),
        where=", ".join(str(Path(row.folder, row.file_name)) for row in left),
    )


def _closed(reading: Reading) -> list[SafetyCopy]:
    kept = (eq("state", CopyState.KEPT), eq("kind", CopyKind.COPY), eq("for_sheet", False))
    return reading.find(SafetyCopy, *kept, order=("-made_at",))
