"""Ways in of single people: a password of one's own, which counts only together with a secret of this computer.

Argon2id(password) and a secret in the account's key store are combined by HKDF. So a copied key file alone lets nobody
try passwords. In the key file a person is a random number; the name, which the locked page shows, lies beside it under
a key that follows from that secret: whoever has the folder alone cannot read it.
"""

from __future__ import annotations

import contextlib
import hmac
import secrets
from dataclasses import field, replace

from desktop_crm.cheap import fixed
from desktop_crm.host.clock import Clock
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem
from desktop_crm.vault import passphrase as passwords
from desktop_crm.vault import problems
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.handing import DoesNotFit, seal, unseal
from desktop_crm.vault.header import FEWEST_WAYS, Header
from desktop_crm.vault.keys import Keys, hkdf
from desktop_crm.vault.opening import Came, forget, holder, is_own, open_by, present
from desktop_crm.vault.slots import (
    INVITATION,
    KEYSTORE,
    PHRASE,
    SENSITIVE,
    STAFF,
    BadSlot,
    Slot,
    Stretching,
    WrongKey,
    unwrap,
    with_sensitive,
    wrap,
)

_SECRET_BYTES = 32
_MARK_BYTES = 16
_NAME_BYTES = 64
"""A name is filled up to a multiple of so many bytes, so that its length tells nobody."""
ALONE = frozenset({KEYSTORE, PHRASE, INVITATION})
"""Ways in that do not say who comes in. The recovery sheet is none of them: it stays, whoever works here."""


@fixed
class Tile:
    """Somebody with a way in on this computer, as the locked page shows them."""

    number: str
    name: str = field(repr=False)


def tiles(folder: VaultFolder, keystore: KeyStore) -> list[Tile]:
    """Who can sign in here, by name; nobody where no person has a way in on this computer and account.

    Needs no password, for the names must be there before anybody signs in: they are as safe as this account is.
    KeyStoreProblem comes through; raises the Problem of the folder's state unless the customer file is complete.
    """
    folder.require(State.COMPLETE)
    header = folder.headers()[0]
    slots = header.of_kind(STAFF)
    machine = keystore.get(_item(header.vault_id)) if slots else None
    found: list[Tile] = []
    for slot in slots if machine is not None else ():
        if machine is not None and slot.fields.get("machine") == _mark(machine):
            with contextlib.suppress(BadSlot, DoesNotFit, UnicodeDecodeError):
                found.append(Tile(slot.text("person"), _name(header.vault_id, slot, machine)))
    return sorted(found, key=lambda tile: (tile.name.casefold(), tile.number))


def people_here(folder: VaultFolder, keys: Keys, keystore: KeyStore | None = None) -> frozenset[str]:
    """The numbers of those who have a way in under this account of this computer. Raises Problem.

    `keystore`, here and below: the account's place for keys; a way in of which it has lost its part does not count.
    """
    header = present(folder, keys)
    return frozenset(slot.text("person") for slot in _not_lost(header, keystore) if is_own(header, slot))


def _not_lost(header: Header, keystore: KeyStore | None) -> list[Slot]:
    slots = list(header.of_kind(STAFF))
    if keystore is None:
        return slots
    try:
        machine = keystore.get(_item(header.vault_id))
    except KeyStoreProblem:
        return slots
    mark = _mark(machine) if machine is not None else None
    return [slot for slot in slots if not is_own(header, slot) or slot.fields.get("machine") == mark]


def people_of(folder: VaultFolder, keys: Keys, keystore: KeyStore) -> frozenset[str]:
    """The numbers of those whose way in opens with what lies in this key store. Raises Problem; KeyStoreProblem too."""
    header = present(folder, keys)
    machine = keystore.get(_item(header.vault_id))
    if machine is None:
        return frozenset()
    slots = header.of_kind(STAFF)
    return frozenset(slot.text("person") for slot in slots if slot.fields.get("machine") == _mark(machine))


def opens_alone(folder: VaultFolder, keys: Keys) -> bool:
    """Whether the file also opens in a way that does not say who comes in. Raises Problem."""
    return any(slot.kind in ALONE for slot in present(folder, keys).slots)


def new_person() -> str:
    """A random number that stands for a person in the key file."""
    return secrets.token_hex(16)


def people(folder: VaultFolder, keys: Keys, keystore: KeyStore | None = None) -> frozenset[str]:
    """The numbers of those who have a way in, on whatever computer. Raises Problem."""
    return frozenset(slot.text("person") for slot in _not_lost(present(folder, keys), keystore))


def set_password(
    folder: VaultFolder,
    keys: Keys,
    keystore: KeyStore,
    person: Tile,
    password: str,
    clock: Clock,
    *,
    alone_ends: bool = False,
) -> None:
    """Gives a person a password on this computer, in place of an earlier one here. Raises Problem.

    The new way in is proved by opening with it before the old one goes. `alone_ends`: in the same step the ways in that
    do not say who comes in go.
    """
    passwords.check_new(password)
    header = present(folder, keys)
    machine = _machine_secret(keystore, keys.vault_id)
    stretching = Stretching.new()
    secret = _combined(stretching, password, machine)
    said = {
        "person": person.number,
        "machine": _mark(machine),
        "holder": holder(keys.vault_id),
        "name": _sealed_name(keys.vault_id, person, machine),
        "right": _right(secret),
        "added_on": clock.now().date().isoformat(),
    }
    fresh = wrap(keys, STAFF, secret, {**said, **stretching.fields()})
    gone = _of(header, person.number, _mark(machine))
    if any(SENSITIVE in slot.fields for slot in gone):
        # A new password keeps what the role shows; only `sensitive.share` gives and takes it.
        fresh = with_sensitive(keys, fresh)
    if alone_ends:
        gone += [slot for slot in header.slots if slot.kind in ALONE]
    kept = tuple(slot for slot in header.slots if slot not in gone)
    folder.write_header(header.next(keys, slots=(*kept, fresh)))
    forget(keystore, tuple(slot for slot in gone if slot.kind == KEYSTORE))


def rename(folder: VaultFolder, keys: Keys, keystore: KeyStore, person: Tile) -> None:
    """Lets the locked page of this computer show another name; on others it changes when the person comes in there."""
    header = present(folder, keys)
    machine = keystore.get(_item(header.vault_id))
    mine = _of(header, person.number, _mark(machine)) if machine is not None else []
    if machine is None or not mine:
        return
    name = _sealed_name(header.vault_id, person, machine)
    slots = (replace(s, fields={**s.fields, "name": name}) if s in mine else s for s in header.slots)
    folder.write_header(header.next(keys, slots=tuple(slots)))


def open_with_password(folder: VaultFolder, keystore: KeyStore | None, person: str, password: str) -> Keys:
    """Opens as this person. Raises Problem (exit 3); KeyStoreProblem comes through.

    Told apart: a wrong password, one set on another computer or account, a way in moved here from another person.
    """
    return open_by(folder, lambda header: _by_password(header, keystore, person, password))


def remove_person(folder: VaultFolder, keys: Keys, person: str) -> None:
    """Takes away all ways in of a person. Raises Problem where fewer than two of any kind would remain."""
    header = present(folder, keys)
    gone = [slot for slot in header.of_kind(STAFF) if slot.text("person") == person]
    if not gone:
        return
    if len(header.lasting) - len(gone) < FEWEST_WAYS:
        raise problems.last_ways()
    folder.write_header(header.next(keys, slots=tuple(slot for slot in header.slots if slot not in gone)))


def may_remove(folder: VaultFolder, keys: Keys, person: str) -> bool:
    """Whether enough ways in would be left without those of this person. Raises Problem."""
    left = [slot for slot in present(folder, keys).lasting if slot.fields.get("person") != person]
    return len(left) >= FEWEST_WAYS


def keep_only(folder: VaultFolder, keys: Keys, known: frozenset[str]) -> int:
    """Takes away the ways in of all others, such as a crash may leave; returns of how many people. Raises Problem."""
    over = [number for number in people(folder, keys) if number not in known and may_remove(folder, keys, number)]
    for number in over:
        remove_person(folder, keys, number)
    return len(over)


def _by_password(header: Header, keystore: KeyStore | None, person: str, password: str) -> Came:
    theirs = [slot for slot in header.of_kind(STAFF) if slot.text("person") == person]
    if not theirs:
        raise problems.nobody_of_that_number()
    if keystore is None:
        raise problems.store_unreachable()
    machine = keystore.get(_item(header.vault_id))
    here = _of(header, person, _mark(machine)) if machine is not None else []
    if machine is None or not here:
        raise problems.other_computer()
    slot = here[0]
    secret = _combined(Stretching.of(slot), password, machine)
    try:
        return Came(unwrap(header.vault_id, slot, secret), slot, secret)
    except WrongKey:
        is_right = hmac.compare_digest(slot.text("right"), _right(secret))
        raise (problems.moved_way_in() if is_right else problems.wrong_password()) from None


def _of(header: Header, person: str, machine: str) -> list[Slot]:
    mine = (slot for slot in header.of_kind(STAFF) if slot.text("person") == person)
    return [slot for slot in mine if slot.fields.get("machine") == machine]


def _sealed_name(vault_id: str, person: Tile, machine: bytes) -> str:
    plain = person.name.encode()
    filled = plain + bytes(-len(plain) % _NAME_BYTES)
    return seal(_name_key(vault_id, machine), filled, _name_bound(vault_id, person.number)).hex()


def _name(vault_id: str, slot: Slot, machine: bytes) -> str:
    sealed = slot.octets("name")
    plain = unseal(_name_key(vault_id, machine), sealed, _name_bound(vault_id, slot.text("person")))
    return plain.rstrip(b"\0").decode()


def _name_key(vault_id: str, machine: bytes) -> bytes:
    return hkdf(machine, salt=vault_id.encode(), info=b"staff|v1|name")


def _name_bound(vault_id: str, person: str) -> bytes:
    return f"name|v1|{vault_id}|{person}".encode()


def _combined(stretching: Stretching, password: str, machine: bytes) -> bytes:
    return hkdf(stretching.stretch(passwords.plain(password)), salt=machine, info=b"staff|v1")


def _right(secret: bytes) -> str:
    """Tells a right password from a right password in the wrong place; says no more than the seal of the slot does."""
    return hmac.digest(secret, b"right-password", "sha256")[:_MARK_BYTES].hex()


def _mark(machine: bytes) -> str:
    """Which secret a way in needs, without the secret."""
    return hmac.digest(machine, b"machine", "sha256")[:_MARK_BYTES].hex()


def _item(vault_id: str) -> str:
    return f"machine {vault_id}"


def _machine_secret(keystore: KeyStore, vault_id: str) -> bytes:
    """The secret of this account on this computer; made at the first need, and never made anew where there is one."""
    known = keystore.get(_item(vault_id))
    if known is not None:
        return known
    made = secrets.token_bytes(_SECRET_BYTES)
    keystore.put(_item(vault_id), made)
    if keystore.get(_item(vault_id)) != made:
        raise problems.not_kept(keystore.name)
    return made
