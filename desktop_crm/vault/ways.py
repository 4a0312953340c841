"""The ways into a customer file: which there are, new ones, and taking one away. Each change holds the InstanceLock.

A new way in is proved by opening with it before the key file is touched. Two lasting ways always remain.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from desktop_crm.cheap import fixed
from desktop_crm.host.clock import Clock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.vault import passphrase as passwords
from desktop_crm.vault import problems, recovery
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import FEWEST_WAYS, Header
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import (
    FOR_COPIES,
    FOR_COPIES_SENSITIVE,
    forget,
    is_own,
    keystore_slot,
    open_with_recovery,
    passphrase_slot,
    present,
    proved,
    recovery_slot,
)
from desktop_crm.vault.sensitive import require_whole
from desktop_crm.vault.slots import INVITATION, KEYSTORE, PHRASE, RECOVERY, STAFF, BadSlot, Slot, WrongKey, unwrap, wrap
from desktop_crm.words import Problem

INVITED_FOR = timedelta(hours=24)
"""So long a code lets another account in."""


@fixed
class Way:
    """One way in, without its secret. `own`: it is that of this account on this computer.

    `until`: when a code for another account that nobody has used yet is over.
    """

    id: str
    kind: str
    own: bool
    added_on: date | None
    removable: bool
    until: datetime | None = None


def ways(folder: VaultFolder, keys: Keys) -> list[Way]:
    """All ways in: the lasting ones in the order in which they were made, then a code that waits. Raises Problem."""
    header = present(folder, keys)
    spare = len(header.lasting) > FEWEST_WAYS
    lasting = [
        Way(slot.id, slot.kind, is_own(header, slot), _day(slot), spare and slot.kind not in {RECOVERY, STAFF})
        for slot in header.lasting
    ]
    codes = [Way(slot.id, slot.kind, False, None, True, _until(slot)) for slot in header.of_kind(INVITATION)]
    return [*lasting, *codes]


@contextlib.contextmanager
def taken_back(folder: VaultFolder, keys: Keys) -> Iterator[None]:
    """Where what is done inside fails, the ways in of before open again: nothing was changed.

    Only a kill in between leaves the new ones, and so does a change that goes with keys: of a key store that forgot
    its part, or of the details that are kept apart.
    """
    before, apart = present(folder, keys), keys.sensitive_bytes()
    try:
        yield
    except BaseException:
        with contextlib.suppress(Problem):
            now = present(folder, keys)
            forgotten = {slot.id for slot in before.of_kind(KEYSTORE)} - {slot.id for slot in now.slots}
            if now != before and not forgotten and keys.sensitive_bytes() == apart:
                folder.write_header(now.next(keys, slots=before.slots))
        raise


def enrol_keystore(folder: VaultFolder, keys: Keys, keystore: KeyStore, clock: Clock) -> None:
    """Gives this account a fresh key in `keystore`, in place of its earlier one. Raises Problem.

    The new key lies under a name of its own until the key file knows it; only then is the old one forgotten.
    """
    header = present(folder, keys)
    require_whole(header, keys)
    mine = [slot for slot in header.of_kind(KEYSTORE) if is_own(header, slot)]
    fresh = keystore_slot(keys, keystore, added_on=_today(clock))
    kept = tuple(slot for slot in header.slots if slot not in mine)
    folder.write_header(header.next(keys, slots=(*kept, fresh)))
    forget(keystore, tuple(mine))


def enrol_passphrase(folder: VaultFolder, keys: Keys, passphrase: str, clock: Clock) -> None:
    """Gives the file this password, in place of an earlier one. Raises Problem."""
    passwords.check_new(passphrase)
    _replace(folder, keys, PHRASE, passphrase_slot(keys, passphrase, added_on=_today(clock)))


def new_recovery_code() -> str:
    """A fresh code as it stands on the sheet. It opens nothing until `replace_recovery` is called."""
    return recovery.as_text(recovery.new_code())


def replace_recovery(folder: VaultFolder, keys: Keys, code: str, clock: Clock) -> None:
    """Lets this code open the file in place of the earlier one, which then opens nothing. Raises Problem.

    The new way in is proved before the key file is touched and read back from the disk after it. A crash in between
    leaves a key file that one of the two codes opens.
    """
    _replace_sheet(folder, keys, recovery_slot(keys, recovery.read_code(code), added_on=_today(clock)), code)


def sheet_key(folder: VaultFolder, keys: Keys) -> bytes | None:
    """The public key of the recovery sheet; None where the sheet is older than safety copies. Raises Problem."""
    for slot in present(folder, keys).of_kind(RECOVERY):
        with contextlib.suppress(BadSlot):
            return slot.octets(FOR_COPIES)
    return None


def sheet_sensitive(folder: VaultFolder, keys: Keys) -> bytes:
    """The keys of the details kept apart as they are sealed for the sheet; empty where there are none. Problem."""
    for slot in present(folder, keys).of_kind(RECOVERY):
        with contextlib.suppress(BadSlot):
            return slot.octets(FOR_COPIES_SENSITIVE)
    return b""


def learn_sheet(folder: VaultFolder, keys: Keys, code: str) -> None:
    """Lets safety copies be made for a sheet that is older than they are; it stays the same sheet. Raises Problem."""
    if sheet_key(folder, keys) is not None:
        return
    before = present(folder, keys).of_kind(RECOVERY)[0].fields
    since = {name: before[name] for name in ("added_on",) if name in before}
    _replace_sheet(folder, keys, recovery_slot(keys, proved(code), **since), code)


def _replace_sheet(folder: VaultFolder, keys: Keys, slot: Slot, code: str) -> None:
    _replace(folder, keys, RECOVERY, slot)
    open_with_recovery(folder, code).drop()


def is_recovery_code(folder: VaultFolder, code: str) -> bool:
    """Whether this code is the one that opens the file now. For the person who has it open: it is no riddle to try."""
    try:
        open_with_recovery(folder, code).drop()
    except Problem:
        return False
    return True


def remove(folder: VaultFolder, keys: Keys, way: str, keystore: KeyStore | None) -> None:
    """Takes away the way in of that id. Raises Problem where fewer than two would remain, for the sheet, for a person.

    It keeps nobody out who kept a copy of the key file: that is what changing the lock is for.
    """
    header = present(folder, keys)
    gone = tuple(slot for slot in header.slots if slot.id == way)
    if not gone:
        return
    if gone[0].kind == STAFF:
        raise problems.way_of_a_person()
    if gone[0].kind == RECOVERY or (gone[0] in header.lasting and len(header.lasting) <= FEWEST_WAYS):
        raise problems.last_ways()
    folder.write_header(header.next(keys, slots=tuple(slot for slot in header.slots if slot not in gone)))
    if keystore is not None and gone[0].kind == KEYSTORE:
        forget(keystore, gone)


def invite(folder: VaultFolder, keys: Keys, clock: Clock) -> str:
    """A code that lets one more account in, once and within a day, in place of an earlier one. Raises Problem.

    A code of its own, so that neither the password nor the recovery sheet is typed where another account may listen.
    """
    code = recovery.new_code()
    until = (clock.now() + INVITED_FOR).isoformat()
    _replace(folder, keys, INVITATION, wrap(keys, INVITATION, code, {"until": until}))
    return recovery.as_text(code)


def is_invitation(folder: VaultFolder, keys: Keys, code: str) -> bool:
    """Whether it is this code that opened the file, and not the recovery sheet. Raises Problem."""
    return bool(_invited(present(folder, keys), code))


def accept(folder: VaultFolder, keys: Keys, code: str, keystore: KeyStore | None, clock: Clock) -> None:
    """Gives this account its own way in, and ends the invitation.

    Raises Problem where the code is too old or the account has no place for keys.
    """
    header = present(folder, keys)
    invited = _invited(header, code)
    if _is_over(invited[0], clock):
        raise problems.invitation_over()
    if keystore is None:
        raise problems.no_place_for_invited()
    fresh = keystore_slot(keys, keystore, added_on=_today(clock))
    kept = tuple(slot for slot in header.slots if slot not in invited)
    folder.write_header(header.next(keys, slots=(*kept, fresh)))


def end_old_invitation(folder: VaultFolder, keys: Keys, clock: Clock) -> None:
    """Takes an invitation that is over out of the key file: no clock that is set back brings it to life again."""
    header = present(folder, keys)
    over = [slot for slot in header.of_kind(INVITATION) if _is_over(slot, clock)]
    if over:
        folder.write_header(header.next(keys, slots=tuple(slot for slot in header.slots if slot not in over)))


def _is_over(slot: Slot, clock: Clock) -> bool:
    return clock.now() > _until(slot)


def _until(slot: Slot) -> datetime:
    return datetime.fromisoformat(slot.text("until"))


def _invited(header: Header, code: str) -> list[Slot]:
    plain = recovery.code_of(recovery.read_groups(code))
    return [slot for slot in header.of_kind(INVITATION) if _opens(header, slot, plain)]


def _opens(header: Header, slot: Slot, code: bytes) -> bool:
    with contextlib.suppress(WrongKey, BadSlot):
        unwrap(header.vault_id, slot, code).drop()
        return True
    return False


def _replace(folder: VaultFolder, keys: Keys, kind: str, fresh: Slot) -> None:
    header = present(folder, keys)
    require_whole(header, keys)
    kept = tuple(slot for slot in header.slots if slot.kind != kind)
    folder.write_header(header.next(keys, slots=(*kept, fresh)))


def _today(clock: Clock) -> str:
    return clock.now().date().isoformat()


def _day(slot: Slot) -> date | None:
    try:
        return date.fromisoformat(slot.text("added_on"))
    except (BadSlot, ValueError):
        return None
