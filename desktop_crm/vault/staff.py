"""Ways in of single people: a password of one's own, which counts only together with a secret of this computer.

Argon2id(password) and a secret in the account's key store are combined by HKDF. So a copied key file alone lets nobody
try passwords. In the key file a person is a random number; names are in the customer file.
"""

from __future__ import annotations

import hmac
import secrets

from desktop_crm.host.clock import Clock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.vault import passphrase as passwords
from desktop_crm.vault import problems
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import FEWEST_WAYS, Header
from desktop_crm.vault.keys import Keys, hkdf
from desktop_crm.vault.opening import Came, open_by, present
from desktop_crm.vault.slots import SENSITIVE, STAFF, Slot, Stretching, WrongKey, unwrap, with_sensitive, wrap

_SECRET_BYTES = 32
_MARK_BYTES = 16


def new_person() -> str:
    """A random number that stands for a person in the key file."""
    return secrets.token_hex(16)


def people(folder: VaultFolder, keys: Keys) -> frozenset[str]:
    """The numbers of those who have a way in, on whatever computer. Raises Problem."""
    return frozenset(slot.text("person") for slot in present(folder, keys).of_kind(STAFF))


def set_password(folder: VaultFolder, keys: Keys, keystore: KeyStore, person: str, password: str, clock: Clock) -> None:
    """Gives a person a password on this computer, in place of an earlier one here. Raises Problem.

    The new way in is proved by opening with it before the old one goes.
    """
    passwords.check_new(password)
    header = present(folder, keys)
    machine = _machine_secret(keystore, keys.vault_id)
    stretching = Stretching.new()
    secret = _combined(stretching, password, machine)
    said = {
        "person": person,
        "machine": _mark(machine),
        "right": _right(secret),
        "added_on": clock.now().date().isoformat(),
    }
    fresh = wrap(keys, STAFF, secret, {**said, **stretching.fields()})
    replaced = _of(header, person, _mark(machine))
    if any(SENSITIVE in slot.fields for slot in replaced):
        # A new password keeps what the role shows; only `sensitive.share` gives and takes it.
        fresh = with_sensitive(keys, fresh)
    kept = tuple(slot for slot in header.slots if slot not in replaced)
    folder.write_header(header.next(keys, slots=(*kept, fresh)))


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
