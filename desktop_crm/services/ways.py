"""The ways into the open customer file: who gets in, and with what; and changing the lock for good."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from desktop_crm.cheap import fixed
from desktop_crm.host.files import told_apart
from desktop_crm.host.keystore import KeyStore
from desktop_crm.records.audit import Verb
from desktop_crm.records.staff import Staff
from desktop_crm.records.technical import Setting
from desktop_crm.services import apart
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import Sheet, sheet_of
from desktop_crm.services.settings import LOCK_CHANGED_ON, WAY_REMOVED_ON, set_value, value_of
from desktop_crm.services.staff_rules import require_all, working
from desktop_crm.storage.diagnose import is_of
from desktop_crm.storage.relocking import discard
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.vault import rotation, sensitive
from desktop_crm.vault import ways as vault_ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.ways import Way
from desktop_crm.words import M, Problem

YEARLY = timedelta(days=365)
_SPARE = 16 * 1024 * 1024
"""Room that the computer keeps for others while the lock is being changed."""


class LockDue(StrEnum):
    """Whether to offer a change of the lock."""

    NO = "no"
    YEARLY = "yearly"
    WAY_REMOVED = "way-removed"
    """Somebody's way in was taken away since: an old copy of the keys still opens until the lock is changed."""


@fixed
class LockState:
    """When the lock was changed last, if ever, and whether to offer it."""

    changed_on: date | None
    due: LockDue


@act(Verb.LIST, Setting)
def ways_in(office: Office, folder: VaultFolder) -> list[Way]:
    """Everything that opens the file. Raises Problem."""
    return vault_ways.ways(folder, office.keys)


@act(Verb.CHANGE, Staff)
def set_password(office: Office, folder: VaultFolder, password: str) -> None:
    """Give the file a password, in place of an earlier one. Raises Problem, in particular for a weak one."""
    _check_alone(office)
    _with_line(office, folder, lambda: vault_ways.enrol_passphrase(folder, office.keys, password, office.clock))


@act(Verb.CHANGE, Staff)
def keep_key_here(office: Office, folder: VaultFolder, keystore: KeyStore) -> None:
    """Let this account open the file without a password, by a fresh key in its own place for keys. Raises Problem."""
    _check_alone(office)
    _with_line(office, folder, lambda: vault_ways.enrol_keystore(folder, office.keys, keystore, office.clock))


@act(Verb.CHANGE, Staff)
def remove_way(office: Office, folder: VaultFolder, way: str, keystore: KeyStore | None) -> None:
    """Take a way in away; the lock should be changed then. Raises Problem where too few would be left."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (WAY_REMOVED_ON.name,)
        set_value(writing, WAY_REMOVED_ON, office.today())
        # Last, so that no line in the log tells of a way that still opens.
        vault_ways.remove(folder, office.keys, way, keystore)

    with vault_ways.taken_back(folder, office.keys):
        office.write(work)


@act(Verb.SET_UP, Staff)
def invite(office: Office, folder: VaultFolder) -> Sheet:
    """A code of nine groups that lets one more account of this computer in, once and within a day. Shown, never stored.

    It is typed under the other account where the recovery sheet would be.
    """
    _check_alone(office)
    codes: list[str] = []
    _with_line(office, folder, lambda: codes.append(vault_ways.invite(folder, office.keys, office.clock)))
    return sheet_of(codes[0])


def invited_in_vain(folder: VaultFolder) -> M | None:
    """Why a code for another account could not work: the computer keeps others out of the folder; None if it does not.

    Windows does not say it in this way; there nothing is told.
    """
    if sys.platform == "win32" or folder.path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return None
    return M(
        "No other account is let at the folder “{folder}”: the code cannot work there. Close the program, move the "
        "folder to a place that both accounts can write to, and open the list from there.",
        folder=str(folder.path),
    )


@act(Verb.LIST, Setting)
def lock_state(office: Office) -> LockState:
    """Whether to offer a change of the lock: after a year, and after a way in was taken away."""
    return office.read(lambda reading: _state(office, reading))


@act(Verb.CHANGE, Staff)
def change_lock(office: Office, folder: VaultFolder, told: Callable[[int, int], None] = lambda *_: None) -> None:
    """Give the database a new key, write every page anew under it, and forget the old one.

    `told` hears how many pages of how many are done; while it is called it may raise, and everything stays as it was.
    A crash at any moment is made up for at the next start. Old copies of file and keys open nothing new from then on.
    Raises Problem, also where this way in is without the key of the details kept apart, which changes along.
    """
    keys = office.keys
    rotation.check(folder, keys)
    sensitive.require(folder, keys)
    _check_room(office)
    rotation.begin(folder, keys)
    try:
        office.store.change_key(keys.next_key, told)
    finally:
        settle(folder, keys)

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (LOCK_CHANGED_ON.name, WAY_REMOVED_ON.name)
        set_value(writing, LOCK_CHANGED_ON, office.today())
        set_value(writing, WAY_REMOVED_ON, None)
        apart.change_key(office, folder, writing)

    office.write(work)


def settle(folder: VaultFolder, keys: Keys) -> None:
    """Finish or take back a change of the lock that was interrupted. Hold the InstanceLock. Raises Problem.

    A copy that never took the file's place goes first: it may be what fills the disk.
    """
    discard(folder.database)
    rotation.settle(folder, keys, lambda key: is_of(folder.database, key))


def _check_alone(office: Office) -> None:
    """A way in that does not say who comes in opens everything: for an owner, as long as they work here alone."""
    require_all(office)
    if len(office.read(working)) > 1:
        raise Problem(
            M("Several people work here: everybody comes in by a password of their own."),
            safe=M("Nothing was changed."),
            todo=M("Under another account or on another computer, set the person's password there."),
        )


def _with_line(office: Office, folder: VaultFolder, change: Callable[[], None]) -> None:
    """Change the key file inside a transaction, and back where its line cannot be written; a kill may part them."""

    def work(_writing: Writing, trace: Trace) -> None:
        trace.fields = ("ways",)
        change()

    with vault_ways.taken_back(folder, office.keys):
        office.write(work)


def _state(office: Office, reading: Reading) -> LockState:
    changed = value_of(reading, LOCK_CHANGED_ON)
    if value_of(reading, WAY_REMOVED_ON) is not None:
        return LockState(changed, LockDue.WAY_REMOVED)
    old = office.today() - (changed or office.shop.begun_on) >= YEARLY
    return LockState(changed, LockDue.YEARLY if old else LockDue.NO)


@told_apart()
def _check_room(office: Office) -> None:
    """A second copy of the file must fit beside it for a while; better told before than after."""
    database = office.store.database
    needed = database.stat().st_size + _SPARE
    free = shutil.disk_usage(database.parent).free
    if free < needed:
        megabytes = -(-(needed - free) // 1_000_000)
        raise Problem(
            M("The disk has too little room: the file is written anew beside the old one."),
            safe=M("Nothing was changed."),
            todo=M("Make {n} MB more room, then try again.", n=megabytes),
        )
