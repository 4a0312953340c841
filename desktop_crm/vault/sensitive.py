"""The key of the details that are kept apart, and which ways in have it. Each change holds the InstanceLock.

It is random and derives from nothing, so that a way in without it opens the file and not those details. The ways in
without a person, the recovery sheet among them, always have it; of the people who work here, those who may see such
details. When somebody loses that right the key is changed: what they knew opens nothing that is sealed from then on.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from desktop_crm.vault import problems
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import Header
from desktop_crm.vault.keys import KEY_BYTES, Keys
from desktop_crm.vault.opening import present, with_sheet_sensitive
from desktop_crm.vault.slots import (
    INVITATION,
    RECOVERY,
    SENSITIVE,
    STAFF,
    Slot,
    can_be_handed,
    with_sensitive,
    without_sensitive,
)


def begin(folder: VaultFolder, keys: Keys, people: Collection[str]) -> None:
    """Make the key where there is none yet, and hand it out; `people`: the numbers of those who may see the details.

    Raises Problem where this way in is without the key that others have, and where one way in is of the first version
    and cannot get it: without the key, the details of tomorrow would be lost with the other ways in.
    """
    if keys.sensitive:
        return
    header = present(folder, keys)
    if _has_some(header):
        raise problems.without_sensitive()
    _hand_out(folder, header, keys, people, [secrets.token_bytes(KEY_BYTES)])


def share(folder: VaultFolder, keys: Keys, people: Collection[str]) -> bool:
    """Hand the key to these people and to no others; True if it was changed, because somebody had it who may not.

    Nothing happens while there is no key. Raises Problem where something is to change and this way in is without it.
    """
    header = present(folder, keys)
    held = {slot.id for slot in header.slots if SENSITIVE in slot.fields}
    wanted = {slot.id for slot in header.slots if slot.kind != STAFF or slot.text("person") in people}
    if not held or held == wanted:
        return False
    lost = bool(held - wanted)
    fresh = [secrets.token_bytes(KEY_BYTES)] if lost else []
    _hand_out(folder, header, keys, people, [*fresh, *keys.sensitive])
    return lost


def change(folder: VaultFolder, keys: Keys) -> bool:
    """Give the details a new key, for all who have the present one; False where this way in has none. Raises Problem.

    The earlier ones stay beside it, for what an old safety copy brings back.
    """
    if not keys.sensitive:
        return False
    header = present(folder, keys)
    people = {slot.text("person") for slot in header.of_kind(STAFF) if SENSITIVE in slot.fields}
    _hand_out(folder, header, keys, people, [secrets.token_bytes(KEY_BYTES), *keys.sensitive])
    return True


def adopt(folder: VaultFolder, keys: Keys, others: Sequence[bytes]) -> None:
    """Keep keys that came with a safety copy, so that what is in it can be opened. Raises Problem."""
    header = present(folder, keys)
    unknown = [key for key in others if key not in keys.sensitive]
    if not unknown or (not keys.sensitive and _has_some(header)):
        return
    people = {slot.text("person") for slot in header.of_kind(STAFF) if SENSITIVE in slot.fields}
    _hand_out(folder, header, keys, people, [*keys.sensitive, *unknown])


def require(folder: VaultFolder, keys: Keys) -> None:
    """Raises Problem where this way in is without the key that others have."""
    require_whole(present(folder, keys), keys)


def require_whole(header: Header, keys: Keys) -> None:
    """Raises Problem where a new way in would be without the key because this one is."""
    if not keys.sensitive and _has_some(header):
        raise problems.without_sensitive()


def _has_some(header: Header) -> bool:
    return any(SENSITIVE in slot.fields for slot in header.slots)


def _hand_out(
    folder: VaultFolder, header: Header, keys: Keys, people: Collection[str], sensitive: Sequence[bytes | bytearray]
) -> None:
    """Write the key file in which exactly those have these keys who are to; `keys` has them too, once it is written."""
    require_whole(header, keys)
    first = [slot for slot in header.lasting if not can_be_handed(slot)]
    if first:
        raise problems.old_way_in(first[0].kind)
    known = Keys(keys.vault_id, keys.database_key, keys.root_key, keys.next_key, sensitive)
    slots = tuple(_handed(known, slot, people) for slot in header.slots)
    folder.write_header(header.next(keys, slots=slots))
    keys.sensitive[:] = known.sensitive


def _handed(keys: Keys, slot: Slot, people: Collection[str]) -> Slot:
    if slot.kind == STAFF and slot.text("person") not in people:
        return without_sensitive(slot)
    if slot.kind == INVITATION and not can_be_handed(slot):
        return slot
    handed = with_sensitive(keys, slot)
    return with_sheet_sensitive(keys, handed) if slot.kind == RECOVERY else handed
