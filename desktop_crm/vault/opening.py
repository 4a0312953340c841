"""Beginning a customer file, opening it, and giving it new ways in.

The rule above all others: a customer file whose key is not to be had is opened with the recovery sheet. It never gets
a new key, and nobody is offered to delete it.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from desktop_crm.host.account import account_name, host_name
from desktop_crm.host.clock import Clock
from desktop_crm.host.files import make_private_folder
from desktop_crm.host.keystore import KeyStore
from desktop_crm.vault import for_sheet, problems, recovery
from desktop_crm.vault import passphrase as passwords
from desktop_crm.vault.anchor import Anchor
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.header import Header
from desktop_crm.vault.keys import Keys, new_keys
from desktop_crm.vault.slots import KEYSTORE, PHRASE, RECOVERY, BadSlot, Slot, Stretching, WrongKey, unwrap, wrap
from desktop_crm.words import Problem

_SECRET_BYTES = 32
_SALT_BYTES = 16
_FOR_COPIES = "copies"
"""Field of a recovery slot: the public key for which safety copies are sealed."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Created:
    """A customer file begun: its keys, and the code for the recovery sheet, shown once and kept nowhere."""

    keys: Keys = field(repr=False)
    recovery_code: str = field(repr=False)


def create(folder: VaultFolder, *, clock: Clock, keystore: KeyStore | None, passphrase: str | None) -> Created:
    """Makes keys and key file for a new customer file, marked as not complete until `finish`.

    Hold the InstanceLock. Give a key store, a password, or both. Raises Problem if anything lies in the folder but an
    interrupted set-up, which is begun afresh; if neither way in is given; if the password is weak; if the key store
    does not keep what it is given; if the disk refuses.
    """
    folder.require(State.NOTHING, State.INTERRUPTED)
    if keystore is None and passphrase is None:
        raise problems.no_way_in()
    if passphrase is not None:
        passwords.check_new(passphrase)
    make_private_folder(folder.path)
    folder.set_aside_unfinished()
    keys = new_keys(str(uuid.uuid4()))
    code = recovery.new_code()
    slots = [_recovery_slot(keys, code)]
    if passphrase is not None:
        slots.append(_passphrase_slot(keys, passphrase))
    if keystore is not None:
        slots.append(_keystore_slot(keys, keystore))
    started = Header(keys.vault_id, clock.now().isoformat(), 0, False, "", ())
    folder.write_header(started.next(keys, slots=tuple(slots)))
    return Created(keys, recovery.as_text(code))


def finish(folder: VaultFolder, keys: Keys) -> None:
    """Marks the customer file as complete: call it once the database exists. Raises Problem."""
    folder.write_header(_present(folder, keys).next(keys, complete=True))


def ways_in(folder: VaultFolder) -> frozenset[str]:
    """The kinds of slots the key file holds: `keyring`, `passphrase`, `recovery` and perhaps kinds yet unknown.

    Raises the Problem of the folder's state unless the customer file is complete.
    """
    folder.require(State.COMPLETE)
    return frozenset(slot.kind for slot in folder.headers()[0].slots)


def usual_keystore(folder: VaultFolder) -> str | None:
    """Name of the key store that keeps the key of this file, for `system_keystore(usual=…)`; None if none does.

    Raises the Problem of the folder's state unless the customer file is complete.
    """
    folder.require(State.COMPLETE)
    slots = _own_first(folder.headers()[0])
    return _store_of(slots[0]) if slots else None


def open_with_keystore(folder: VaultFolder, keystore: KeyStore | None) -> Keys:
    """Opens with the key this computer keeps; None stands for a key store that is not to be had.

    Raises Problem (exit 3) telling apart: the key is gone, it does not fit, the store is another one than before, the
    file was set up under another account, it opens with a password only. KeyStoreProblem comes through.
    """
    return _open(folder, lambda header: _by_keystore(header, keystore))


def open_with_passphrase(folder: VaultFolder, passphrase: str) -> Keys:
    """Opens with the password. Raises Problem (exit 3) if it is wrong or the file has none."""
    return _open(folder, lambda header: _by_passphrase(header, passphrase))


def open_with_recovery(folder: VaultFolder, code: str) -> Keys:
    """Opens with the code on the recovery sheet. Raises Problem (exit 3) naming the group that does not fit."""
    recovery.read_groups(code)
    return _open(folder, lambda header: by_sheet(code, lambda one: _unlocked(header, one), Keys.drop))


def keys_alone(folder: VaultFolder, *, keystore: KeyStore | None, passphrase: str | None, code: str | None) -> Keys:
    """The keys of a customer file whose database may be missing or broken, to bring a safety copy back over it.

    By the code of the recovery sheet if one is given, else by password, else by the key store. Raises Problem.
    """
    folder.require(State.COMPLETE, State.DATABASE_MISSING, State.DATABASE_EMPTIED)
    if code is not None:
        return _opened(folder, lambda header: by_sheet(code, lambda one: _unlocked(header, one), Keys.drop))
    if passphrase is not None:
        return _opened(folder, lambda header: _by_passphrase(header, passphrase))
    return _opened(folder, lambda header: _by_keystore(header, keystore))


def enrol_keystore(folder: VaultFolder, keys: Keys, keystore: KeyStore) -> None:
    """Gives this account a fresh key in `keystore`, in place of its earlier one. Raises Problem.

    The new key lies under a name of its own until the key file knows it; only then is the old one forgotten.
    """
    header = _present(folder, keys)
    mine = [slot for slot in header.of_kind(KEYSTORE) if _is_own(header, slot)]
    fresh = _keystore_slot(keys, keystore)
    kept = tuple(slot for slot in header.slots if slot not in mine)
    folder.write_header(header.next(keys, slots=(*kept, fresh)))
    _forget(keystore, tuple(mine))


def enrol_passphrase(folder: VaultFolder, keys: Keys, passphrase: str) -> None:
    """Gives the file this password, in place of an earlier one. Raises Problem."""
    passwords.check_new(passphrase)
    header = _present(folder, keys)
    kept = tuple(slot for slot in header.slots if slot.kind != PHRASE)
    folder.write_header(header.next(keys, slots=(*kept, _passphrase_slot(keys, passphrase))))


def new_recovery_code() -> str:
    """A fresh code as it stands on the sheet. It opens nothing until `replace_recovery` is called."""
    return recovery.as_text(recovery.new_code())


def replace_recovery(folder: VaultFolder, keys: Keys, code: str) -> None:
    """Lets this code open the file in place of the earlier one, which then opens nothing. Raises Problem.

    The new way in is proved before the key file is touched and read back from the disk after it. A crash in between
    leaves a key file that one of the two codes opens.
    """
    way_in = _recovery_slot(keys, recovery.read_code(code))
    header = _present(folder, keys)
    kept = tuple(slot for slot in header.slots if slot.kind != RECOVERY)
    folder.write_header(header.next(keys, slots=(*kept, way_in)))
    open_with_recovery(folder, code).drop()


def sheet_key(folder: VaultFolder, keys: Keys) -> bytes | None:
    """The public key of the recovery sheet; None where the sheet is older than safety copies. Raises Problem."""
    for slot in _present(folder, keys).of_kind(RECOVERY):
        with contextlib.suppress(BadSlot):
            return slot.octets(_FOR_COPIES)
    return None


def learn_sheet(folder: VaultFolder, keys: Keys, code: str) -> None:
    """Lets safety copies be made for a sheet that is older than they are. Raises Problem."""
    if sheet_key(folder, keys) is None:
        replace_recovery(folder, keys, recovery.as_text(_proved(code)))


def begin_again(
    folder: VaultFolder, keys: Keys, code: str, *, clock: Clock, keystore: KeyStore | None, passphrase: str | None
) -> None:
    """Writes a key file for a customer file that was brought back with the recovery sheet. Raises Problem.

    The sheet stays valid; the key store, or a password, is the other way in.
    """
    if passphrase is not None:
        passwords.check_new(passphrase)
        other = _passphrase_slot(keys, passphrase)
    elif keystore is not None:
        other = _keystore_slot(keys, keystore)
    else:
        raise problems.no_way_in()
    started = Header(keys.vault_id, clock.now().isoformat(), 0, True, "", ())
    folder.write_header(started.next(keys, slots=(_recovery_slot(keys, _proved(code)), other)))


def _proved(code: str) -> bytes:
    """The bits of a code that opened something a moment ago, whatever its check group says."""
    return recovery.code_of(recovery.read_groups(code))


def copy_header(source: VaultFolder, keys: Keys, target: VaultFolder) -> None:
    """Puts the key file that these keys wrote into another folder too. Raises Problem."""
    target.write_header(_present(source, keys))


def is_recovery_code(folder: VaultFolder, code: str) -> bool:
    """Whether this code is the one that opens the file now. For the person who has it open: it is no riddle to try."""
    try:
        open_with_recovery(folder, code).drop()
    except Problem:
        return False
    return True


def mark_unfinished(folder: VaultFolder, keys: Keys) -> None:
    """Marks a customer file that is to be given up as never completed. Raises Problem."""
    folder.write_header(_present(folder, keys).next(keys, complete=False))


def remove_unfinished(folder: VaultFolder, keystore: KeyStore | None) -> None:
    """Removes what a set-up that was never completed left, and its key. Hold the InstanceLock. Raises Problem.

    The key file goes last, so that a crash in between leaves an interrupted set-up and nothing else.
    """
    folder.require(State.INTERRUPTED)
    header = folder.headers()[0]
    folder.remove_files()
    if keystore is not None:
        _forget(keystore, header.of_kind(KEYSTORE))
        Anchor(keystore, header.vault_id).forget()


def _open(folder: VaultFolder, attempt: Callable[[Header], Keys]) -> Keys:
    """Opens a customer file that is there as a whole."""
    folder.require(State.COMPLETE)
    return _opened(folder, attempt)


def _opened(folder: VaultFolder, attempt: Callable[[Header], Keys]) -> Keys:
    """Opens the newest copy of the key file. An older one counts only where the newest turns out to be forged."""
    for header in folder.headers():
        try:
            keys = attempt(header)
        except BadSlot:
            continue
        if header.is_true(keys):
            folder.mend_header(header)
            return keys
        keys.drop()
    raise problems.not_ours()


def _present(folder: VaultFolder, keys: Keys) -> Header:
    """The newest copy of the key file that these keys wrote. Raises Problem if there is none."""
    folder.require(State.COMPLETE, State.INTERRUPTED, State.DATABASE_MISSING, State.DATABASE_EMPTIED)
    for header in folder.headers():
        if header.vault_id == keys.vault_id and header.is_true(keys):
            return header
    raise problems.not_ours()


def _by_keystore(header: Header, keystore: KeyStore | None) -> Keys:
    slots = _own_first(header)
    if not slots:
        raise problems.only_password()
    if keystore is None:
        raise problems.store_unreachable()
    misfit = False
    for slot in slots:
        secret = keystore.get(_item(slot))
        if secret is None:
            continue
        try:
            return unwrap(header.vault_id, slot, secret)
        except WrongKey:
            misfit = True
    raise _why_not(header, slots[0], keystore, misfit=misfit)


def _why_not(header: Header, slot: Slot, keystore: KeyStore, *, misfit: bool) -> Problem:
    if misfit:
        return problems.key_does_not_fit()
    if not _is_own(header, slot):
        return problems.other_account()
    if _store_of(slot) != keystore.name:
        return problems.other_store(_store_of(slot), keystore.name)
    return problems.key_gone()


def _by_passphrase(header: Header, passphrase: str) -> Keys:
    slots = header.of_kind(PHRASE)
    if not slots:
        raise problems.no_password()
    for slot in slots:
        with contextlib.suppress(WrongKey):
            return unwrap(header.vault_id, slot, Stretching.of(slot).stretch(passwords.plain(passphrase)))
    raise problems.wrong_password()


def by_sheet(code: str, unlock: Callable[[bytes], T | None], drop: Callable[[T], object] = lambda _: None) -> T:
    """What the code on the recovery sheet opens; `unlock` answers None for a code that opens nothing.

    Raises Problem naming the group that does not fit.
    """
    groups = recovery.read_groups(code)
    # A slip in the check group alone does no harm: the code itself opens.
    found = unlock(recovery.code_of(groups))
    if found is not None:
        return found
    if recovery.fits(groups):
        raise problems.other_sheet()
    for place, other in recovery.corrections(groups):
        found = unlock(other)
        if found is not None:
            drop(found)
            raise recovery.wrong_group(place)
    raise recovery.several_groups()


def _unlocked(header: Header, code: bytes) -> Keys | None:
    for slot in header.of_kind(RECOVERY):
        with contextlib.suppress(WrongKey):
            return unwrap(header.vault_id, slot, code)
    return None


def _keystore_slot(keys: Keys, keystore: KeyStore) -> Slot:
    """A slot for a fresh secret that the store has been seen to give back."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    slot = wrap(keys, KEYSTORE, secret, {"store": keystore.name, "holder": _holder(keys.vault_id)})
    keystore.put(_item(slot), secret)
    if keystore.get(_item(slot)) != secret:
        raise problems.not_kept(keystore.name)
    return slot


def _recovery_slot(keys: Keys, code: bytes) -> Slot:
    """A slot for the sheet, with the public key for which safety copies are sealed."""
    return wrap(keys, RECOVERY, code, {_FOR_COPIES: for_sheet.public_key(keys.vault_id, code).hex()})


def _passphrase_slot(keys: Keys, passphrase: str) -> Slot:
    stretching = Stretching(secrets.token_bytes(_SALT_BYTES))
    return wrap(keys, PHRASE, stretching.stretch(passwords.plain(passphrase)), stretching.fields())


def _item(slot: Slot) -> str:
    """Name of a slot's secret in the key store: each slot its own, so that no new key ever overwrites an old one."""
    return f"key {slot.id}"


def _forget(keystore: KeyStore, slots: tuple[Slot, ...]) -> None:
    """Removes secrets that open nothing any more. Tidiness only: a store that refuses stops nobody."""
    for slot in slots:
        with contextlib.suppress(Problem):
            keystore.delete(_item(slot))


def _store_of(slot: Slot) -> str:
    return str(slot.fields.get("store", ""))


def _holder(vault_id: str) -> str:
    """Marks whose key store holds a slot's secret: account and computer, not readable, different in each file."""
    return hashlib.sha256(f"{vault_id}|{host_name()}|{account_name()}".encode()).hexdigest()[:16]


def _is_own(header: Header, slot: Slot) -> bool:
    return slot.fields.get("holder") == _holder(header.vault_id)


def _own_first(header: Header) -> list[Slot]:
    return sorted(header.of_kind(KEYSTORE), key=lambda slot: not _is_own(header, slot))
