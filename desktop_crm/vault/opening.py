"""Beginning a customer file, and opening it. New ways in: see `ways`; those of single people: see `staff`.

The rule above all others: a customer file whose key is not to be had is opened with the recovery sheet. It never gets
a new key, and nobody is offered to delete it.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import field, replace
from typing import TypeVar

from desktop_crm.cheap import fixed
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
from desktop_crm.vault.slots import (
    KEYSTORE,
    PHRASE,
    RECOVERY,
    STAFF,
    BadSlot,
    Slot,
    Stretching,
    WrongKey,
    can_be_handed,
    renewed,
    unwrap,
    wrap,
)
from desktop_crm.words import Problem

_SECRET_BYTES = 32
FOR_COPIES = "copies"
"""Field of a recovery slot: the public key for which safety copies are sealed."""
FOR_COPIES_SENSITIVE = "copies_sensitive"
"""Field of a recovery slot: the keys of the details kept apart, sealed for the sheet. It goes into each safety copy."""

T = TypeVar("T")


@fixed
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
    day = clock.now().date().isoformat()
    slots = [recovery_slot(keys, code, added_on=day)]
    if passphrase is not None:
        slots.append(passphrase_slot(keys, passphrase, added_on=day))
    if keystore is not None:
        slots.append(keystore_slot(keys, keystore, added_on=day))
    started = Header(keys.vault_id, clock.now().isoformat(), 0, False, "", ())
    folder.write_header(started.next(keys, slots=tuple(slots)))
    return Created(keys, recovery.as_text(code))


def finish(folder: VaultFolder, keys: Keys) -> None:
    """Marks the customer file as complete: call it once the database exists. Raises Problem."""
    folder.write_header(present(folder, keys).next(keys, complete=True))


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


def open_with_keystore(folder: VaultFolder, keystore: KeyStore | None, *, renew: bool = False) -> Keys:
    """Opens with the key this computer keeps; None stands for a key store that is not to be had.

    `renew`, here and below: bring a way in of the first version up to date. Hold the InstanceLock for that.

    Raises Problem (exit 3) telling apart: the key is gone, it does not fit, the store is another one than before, the
    file was set up under another account, it opens with a password only. KeyStoreProblem comes through.
    """
    return open_by(folder, lambda header: _by_keystore(header, keystore), renew=renew)


def open_with_passphrase(folder: VaultFolder, passphrase: str, *, renew: bool = False) -> Keys:
    """Opens with the password. Raises Problem (exit 3) if it is wrong or the file has none."""
    return open_by(folder, lambda header: _by_passphrase(header, passphrase), renew=renew)


def open_with_recovery(
    folder: VaultFolder, code: str, *, kinds: tuple[str, ...] = (RECOVERY,), renew: bool = False
) -> Keys:
    """Opens with the code on the recovery sheet. Raises Problem (exit 3) naming the group that does not fit.

    `kinds` may name INVITATION as well: its codes are written in the same way.
    """
    recovery.read_groups(code)
    return open_by(folder, lambda header: _by_code(header, code, kinds), renew=renew)


def keys_alone(folder: VaultFolder, *, keystore: KeyStore | None, passphrase: str | None, code: str | None) -> Keys:
    """The keys of a customer file whose database may be missing or broken, to bring a safety copy back over it.

    By the code of the recovery sheet if one is given, else by password, else by the key store. Raises Problem.
    """
    states = (State.COMPLETE, State.DATABASE_MISSING, State.DATABASE_EMPTIED)
    if code is not None:
        return open_by(folder, lambda header: _by_code(header, code, (RECOVERY,)), states=states)
    if passphrase is not None:
        return open_by(folder, lambda header: _by_passphrase(header, passphrase), states=states)
    return open_by(folder, lambda header: _by_keystore(header, keystore), states=states)


def begin_again(
    folder: VaultFolder, keys: Keys, code: str, *, clock: Clock, keystore: KeyStore | None, passphrase: str | None
) -> None:
    """Writes a key file for a customer file that was brought back with the recovery sheet. Raises Problem.

    The sheet stays valid; the key store, or a password, is the other way in.
    """
    day = clock.now().date().isoformat()
    if passphrase is not None:
        passwords.check_new(passphrase)
        other = passphrase_slot(keys, passphrase, added_on=day)
    elif keystore is not None:
        other = keystore_slot(keys, keystore, added_on=day)
    else:
        raise problems.no_way_in()
    started = Header(keys.vault_id, clock.now().isoformat(), 0, True, "", (), branch=_new_branch())
    sheet = recovery_slot(keys, proved(code), added_on=day)
    folder.write_header(started.next(keys, slots=(sheet, other)))


def proved(code: str) -> bytes:
    """The bits of a code that opened something a moment ago, whatever its check group says."""
    return recovery.code_of(recovery.read_groups(code))


def branch_off(source: VaultFolder, keys: Keys, target: VaultFolder) -> None:
    """Puts the key file that these keys wrote into another folder too, with all ways in. Raises Problem.

    The file there is one of its own from now on: the end of its activity log is remembered apart.
    """
    target.write_header(present(source, keys).next(keys, branch=_new_branch()))


def _new_branch() -> str:
    return str(uuid.uuid4())


def mark_unfinished(folder: VaultFolder, keys: Keys) -> None:
    """Marks a customer file that is to be given up as never completed. Raises Problem."""
    folder.write_header(present(folder, keys).next(keys, complete=False))


def remove_unfinished(folder: VaultFolder, keystore: KeyStore | None) -> None:
    """Removes what a set-up that was never completed left, and its key. Hold the InstanceLock. Raises Problem.

    The key file goes last, so that a crash in between leaves an interrupted set-up and nothing else.
    """
    folder.require(State.INTERRUPTED)
    header = folder.headers()[0]
    folder.remove_files()
    if keystore is not None:
        forget(keystore, header.of_kind(KEYSTORE))
        Anchor(keystore, header.log_id).forget()


@fixed
class Came:
    """By which way somebody came in, with the secret that opened it."""

    keys: Keys = field(repr=False)
    slot: Slot
    secret: bytes = field(repr=False)


def open_by(
    folder: VaultFolder,
    attempt: Callable[[Header], Came],
    *,
    renew: bool = False,
    states: tuple[State, ...] = (State.COMPLETE,),
) -> Keys:
    """Opens the newest copy of the key file. An older one counts only where the newest turns out to be forged."""
    folder.require(*states)
    for header in folder.headers():
        try:
            came = attempt(header)
        except BadSlot:
            continue
        if header.is_true(came.keys):
            folder.mend_header(_renewed(header, came) if renew else header)
            return came.keys
        came.keys.drop()
    raise problems.not_ours()


def _renewed(header: Header, came: Came) -> Header:
    """The key file in which this way in has a lock of its own, so that the lock of the file can be changed."""
    if can_be_handed(came.slot):
        return header
    slots = tuple(renewed(came.keys, slot, came.secret) if slot is came.slot else slot for slot in header.slots)
    return header.next(came.keys, slots=slots)


def present(folder: VaultFolder, keys: Keys) -> Header:
    """For the room itself: the newest copy of the key file that these keys wrote. Raises Problem if there is none."""
    folder.require(State.COMPLETE, State.INTERRUPTED, State.DATABASE_MISSING, State.DATABASE_EMPTIED)
    for header in folder.headers():
        if header.vault_id == keys.vault_id and header.is_true(keys):
            return header
    raise problems.not_ours()


def _by_keystore(header: Header, keystore: KeyStore | None) -> Came:
    slots = _own_first(header)
    if not slots:
        raise problems.people_sign_in() if header.of_kind(STAFF) else problems.only_password()
    if keystore is None:
        raise problems.store_unreachable()
    misfit = False
    for slot in slots:
        secret = keystore.get(_item(slot))
        if secret is None:
            continue
        try:
            return Came(unwrap(header.vault_id, slot, secret), slot, secret)
        except WrongKey:
            misfit = True
    raise _why_not(header, slots[0], keystore, misfit=misfit)


def _why_not(header: Header, slot: Slot, keystore: KeyStore, *, misfit: bool) -> Problem:
    if misfit:
        return problems.key_does_not_fit()
    if not is_own(header, slot):
        return problems.other_account()
    if _store_of(slot) != keystore.name:
        return problems.other_store(_store_of(slot), keystore.name)
    return problems.key_gone()


def _by_passphrase(header: Header, passphrase: str) -> Came:
    slots = header.of_kind(PHRASE)
    if not slots:
        raise problems.people_sign_in() if header.of_kind(STAFF) else problems.no_password()
    for slot in slots:
        secret = Stretching.of(slot).stretch(passwords.plain(passphrase))
        with contextlib.suppress(WrongKey):
            return Came(unwrap(header.vault_id, slot, secret), slot, secret)
    raise problems.wrong_password()


def _by_code(header: Header, code: str, kinds: tuple[str, ...]) -> Came:
    slots = [slot for kind in kinds for slot in header.of_kind(kind)]
    return by_sheet(code, lambda one: _unlocked(header, slots, one), lambda came: came.keys.drop())


def by_sheet(
    code: str,
    unlock: Callable[[bytes], T | None],
    drop: Callable[[T], object] = lambda _: None,
    *,
    other: Callable[[], Problem] = problems.other_sheet,
) -> T:
    """What the code on the recovery sheet opens; `unlock` answers None for a code that opens nothing.

    Raises Problem naming the group that does not fit, or `other` for a code without a slip that is not the right one.
    """
    groups = recovery.read_groups(code)
    # A slip in the check group alone does no harm: the code itself opens.
    found = unlock(recovery.code_of(groups))
    if found is not None:
        return found
    if recovery.fits(groups):
        raise other()
    for place, corrected in recovery.corrections(groups):
        found = unlock(corrected)
        if found is not None:
            drop(found)
            raise recovery.wrong_group(place)
    raise recovery.several_groups()


def _unlocked(header: Header, slots: list[Slot], code: bytes) -> Came | None:
    for slot in slots:
        with contextlib.suppress(WrongKey):
            return Came(unwrap(header.vault_id, slot, code), slot, code)
    return None


def keystore_slot(keys: Keys, keystore: KeyStore, **fields: object) -> Slot:
    """A slot for a fresh secret that the store has been seen to give back."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    slot = wrap(keys, KEYSTORE, secret, {**fields, "store": keystore.name, "holder": holder(keys.vault_id)})
    keystore.put(_item(slot), secret)
    if keystore.get(_item(slot)) != secret:
        raise problems.not_kept(keystore.name)
    return slot


def recovery_slot(keys: Keys, code: bytes, **fields: object) -> Slot:
    """A slot for the sheet, with the public key for which safety copies are sealed."""
    slot = wrap(keys, RECOVERY, code, {**fields, FOR_COPIES: for_sheet.public_key(keys.vault_id, code).hex()})
    return with_sheet_sensitive(keys, slot)


def with_sheet_sensitive(keys: Keys, slot: Slot) -> Slot:
    """A slot of the sheet with the keys of the details kept apart sealed for it, as safety copies take them along.

    Whoever makes a copy need not have those keys.
    """
    if not keys.sensitive or FOR_COPIES not in slot.fields:
        return slot
    sealed = for_sheet.seal(slot.octets(FOR_COPIES), keys.sensitive_bytes(), for_sheet.about_sensitive(keys.vault_id))
    return replace(slot, fields={**slot.fields, FOR_COPIES_SENSITIVE: sealed.to_bytes().hex()})


def passphrase_slot(keys: Keys, passphrase: str, **fields: object) -> Slot:
    """A slot for a password."""
    stretching = Stretching.new()
    secret = stretching.stretch(passwords.plain(passphrase))
    return wrap(keys, PHRASE, secret, {**fields, **stretching.fields()})


def _item(slot: Slot) -> str:
    """Name of a slot's secret in the key store: each slot its own, so that no new key ever overwrites an old one."""
    return f"key {slot.id}"


def forget(keystore: KeyStore, slots: tuple[Slot, ...]) -> None:
    """Removes secrets that open nothing any more. Tidiness only: a store that refuses stops nobody."""
    for slot in slots:
        with contextlib.suppress(Problem):
            keystore.delete(_item(slot))


def _store_of(slot: Slot) -> str:
    return str(slot.fields.get("store", ""))


def holder(vault_id: str) -> str:
    """Marks whose key store holds a slot's secret: account and computer, not readable, different in each file."""
    return hashlib.sha256(f"{vault_id}|{host_name()}|{account_name()}".encode()).hexdigest()[:16]


def is_own(header: Header, slot: Slot) -> bool:
    """Whether the secret of a slot lies in the key store of this account on this computer."""
    return slot.fields.get("holder") == holder(header.vault_id)


def _own_first(header: Header) -> list[Slot]:
    return sorted(header.of_kind(KEYSTORE), key=lambda slot: not is_own(header, slot))
