"""The recovery sheet: the one of the first run, a new one in its place, and whether it has to be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_crm import __version__
from desktop_crm.cheap import fixed
from desktop_crm.host.drives import is_removable
from desktop_crm.host.files import write_atomically
from desktop_crm.privacy.gate import names_nobody
from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.safety_copy import CopyKind, SafetyCopy
from desktop_crm.records.staff import Staff
from desktop_crm.records.technical import Setting
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.settings import (
    SHEET_CHECKED_ON,
    SHEET_PUT_OFF_ON,
    SHEET_SAVED_HOW,
    SavedHow,
    set_value,
    value_of,
)
from desktop_crm.services.staff_rules import require_all
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import copy_keys, opening, recovery, ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

if TYPE_CHECKING:
    from desktop_crm.documents.model import RecoverySheet
    from desktop_crm.documents.recovery_words import SheetWords

ASKED_FOR = (3, 7)
"""Groups that are typed back from the paper, counted from 1."""
INSIST_FROM = 10
"""With so many contacts the sheet cannot be put off any longer."""
FILE_NAME = "recovery-sheet.pdf"


@fixed
class Sheet:
    """What stands on a recovery sheet: eight groups and the check group. It is a key: shown, and stored nowhere."""

    groups: tuple[str, ...] = field(repr=False)
    check: str = field(repr=False)

    @property
    def code(self) -> str:
        """All nine groups in one line."""
        return "-".join((*self.groups, self.check))

    def compare(self, typed: Mapping[int, str]) -> dict[int, bool]:
        """For each group that was typed back (1 to 8): whether it is that of the sheet."""
        return {place: recovery.same_group(self.groups[place - 1], text) for place, text in typed.items()}


class SheetDue(StrEnum):
    """Whether the recovery sheet has to be asked for."""

    NONE = "none"
    ASK_AGAIN = "ask-again"
    INSIST = "insist"


def sheet_of(code: str) -> Sheet:
    """The sheet of a code, such as `begin` returns it. Raises Problem where it is none."""
    *groups, check = recovery.as_groups(recovery.read_code(code))
    return Sheet(tuple(groups), check)


def new_sheet() -> Sheet:
    """A fresh sheet, in place of one that was put off or lost. The old one opens the file until `confirm_sheet`."""
    return sheet_of(ways.new_recovery_code())


@act(Verb.LIST, Setting)
def sheet_pdf(office: Office, sheet: Sheet) -> bytes:
    """The sheet as a PDF, in the shop's language."""
    from desktop_crm.documents.recovery_sheet import recovery_sheet_pdf

    return recovery_sheet_pdf(names_nobody(_content(office, sheet)), office.words)


@act(Verb.LIST, Setting)
def words_of_sheet(office: Office, sheet: Sheet) -> SheetWords:
    """What stands on the sheet, in the shop's language, to be set straight on a printer without a file."""
    from desktop_crm.documents.recovery_words import sheet_words

    return sheet_words(_content(office, sheet), office.words)


def _content(office: Office, sheet: Sheet) -> RecoverySheet:
    from desktop_crm.documents.model import RecoverySheet

    shop = office.shop
    return RecoverySheet(shop.name, shop.begun_on, office.today(), sheet.groups, sheet.check, __version__)


@act(Verb.LIST, Setting)
def save_sheet(office: Office, sheet: Sheet, drive: Path) -> Path:
    """Put the sheet onto a drive that can be unplugged. Raises Problem for any other place, and where it is full."""
    if not is_removable(drive):
        raise Problem(
            M("This is no drive that can be unplugged: on this computer the sheet would be lost along with it."),
            safe=M("Nothing was saved."),
            todo=M("Plug in a stick, or print the sheet."),
        )
    path = _free(drive)
    write_atomically(path, sheet_pdf(office, sheet))
    return path


def _free(drive: Path) -> Path:
    """A name nobody has there: the sheet of another customer file is never overwritten."""
    numbered = (drive / f"{Path(FILE_NAME).stem}-{number}.pdf" for number in range(2, 10_000))
    return next(path for path in (drive / FILE_NAME, *numbered) if not path.exists())


@act(Verb.SET_UP, Staff)
def confirm_sheet(office: Office, folder: VaultFolder, sheet: Sheet, typed: Mapping[int, str], how: SavedHow) -> None:
    """The sheet is on paper: groups 3 and 7 were typed back. A new one opens the file from now on, the old one no more.

    The old one still opens the safety copies of its time, until `resealing.seal_for_sheet` has gone over them.
    Raises Problem naming the group that differs; then everything stays as it was.
    """
    require_all(office)
    compared = sheet.compare(typed)
    for place in ASKED_FOR:
        if not compared.get(place, False):
            raise recovery.wrong_group(place)

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (SHEET_CHECKED_ON.name, SHEET_SAVED_HOW.name)
        set_value(writing, SHEET_CHECKED_ON, office.today())
        set_value(writing, SHEET_SAVED_HOW, how)
        set_value(writing, SHEET_PUT_OFF_ON, None)
        if not ways.is_recovery_code(folder, sheet.code):
            _note_copies(office, folder, writing)
            # Last, so that no line in the log tells of a sheet that does not open the file.
            ways.replace_recovery(folder, office.keys, sheet.code, office.clock)

    with ways.taken_back(folder, office.keys):
        office.write(work)


@act(Verb.CHECK, Setting)
def check_sheet(office: Office, folder: VaultFolder, code: str) -> None:
    """The sheet that somebody has was typed whole and opens the file: nobody needs a new one.

    Raises Problem naming the group that does not fit.
    """
    opening.open_with_recovery(folder, code).drop()

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (SHEET_CHECKED_ON.name,)
        set_value(writing, SHEET_CHECKED_ON, office.today())
        set_value(writing, SHEET_PUT_OFF_ON, None)

    office.write(work)


def _note_copies(office: Office, folder: VaultFolder, writing: Writing) -> None:
    """The safety copies of before are sealed for the sheet that ends now."""
    known = copy_keys.load(folder, office.keys)
    if known.copies:
        copy_keys.store(folder, office.keys, known.sealed(for_sheet=False))
    for row in writing.find(SafetyCopy, eq("kind", CopyKind.COPY), eq("for_sheet", True)):
        writing.update(SafetyCopy, row.id, for_sheet=False)


@act(Verb.CHANGE, Setting)
def put_off_sheet(office: Office) -> None:
    """Carry on without the sheet: it is asked for again tomorrow."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (SHEET_PUT_OFF_ON.name,)
        set_value(writing, SHEET_PUT_OFF_ON, office.today())

    office.write(work)


@act(Verb.LIST, Setting)
def sheet_due(office: Office) -> SheetDue:
    """Whether to ask for the recovery sheet today; from ten contacts on it can be put off no longer."""
    return office.read(lambda reading: _due(office, reading))


def _due(office: Office, reading: Reading) -> SheetDue:
    if value_of(reading, SHEET_CHECKED_ON) is not None:
        return SheetDue.NONE
    if len(reading.find(Contact, limit=INSIST_FROM)) >= INSIST_FROM:
        return SheetDue.INSIST
    asked_on = value_of(reading, SHEET_PUT_OFF_ON) or office.shop.begun_on
    return SheetDue.ASK_AGAIN if asked_on < office.today() else SheetDue.NONE
