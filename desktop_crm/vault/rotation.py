"""Changing the database key, so that a crash at any moment leaves a file that opens by itself.

While it is under way every way in holds both keys. Which of the two counts, the database itself tells: it is swapped
whole for a copy under the new key, in one step of the disk. Before that step everything falls back, after it everything
is finished. Hold the InstanceLock.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.vault import problems
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import Header
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import present
from desktop_crm.vault.slots import INVITATION, can_be_handed, moved_on, with_next, without_next


def check(folder: VaultFolder, keys: Keys) -> None:
    """Raises Problem where a way in of the first version must be used or renewed once, before."""
    _check(present(folder, keys))


def begin(folder: VaultFolder, keys: Keys) -> None:
    """Makes the next database key and hands it to every way in; invitations end. Raises Problem.

    Until `finish` both keys are in the key file; the database is still that of the first.
    """
    header = present(folder, keys)
    _check(header)
    lasting = tuple(slot for slot in header.slots if slot.kind != INVITATION)
    keys.choose_next()
    try:
        folder.write_header(header.next(keys, slots=tuple(with_next(keys, slot) for slot in lasting)))
    except BaseException:
        # Should one copy have been written, the next start finds the database as it was and falls back.
        _forget_next(keys)
        raise


def finish(folder: VaultFolder, keys: Keys) -> None:
    """The database is that of the next key: from now on it alone is in the key file and in `keys`. Raises Problem."""
    header = present(folder, keys)
    new = keys.move_on()
    following = header.next(new, slots=tuple(moved_on(keys, new, slot) for slot in header.slots))
    folder.write_header(following)
    keys.database_key[:] = new.database_key
    _forget_next(keys)
    new.drop()


def fall_back(folder: VaultFolder, keys: Keys) -> None:
    """The database is still that of the first key: the next one goes from the key file and from `keys`. Problem."""
    header = present(folder, keys)
    _forget_next(keys)
    folder.write_header(header.next(keys, slots=tuple(map(without_next, header.slots))))


def settle(folder: VaultFolder, keys: Keys, is_of: Callable[[bytearray], bool]) -> bool:
    """After a crash: finishes or falls back, as the database says. True if there was anything to settle. Problem.

    `is_of` tells whether the database is that of a key. Where it is of neither, nothing is touched: a damaged file is
    told as such by whoever opens it, and both keys may yet be needed.
    """
    if not keys.next_key:
        return False
    if is_of(keys.database_key):
        fall_back(folder, keys)
    elif is_of(keys.next_key):
        finish(folder, keys)
    else:
        return False
    return True


def _forget_next(keys: Keys) -> None:
    keys.next_key[:] = bytes(len(keys.next_key))
    keys.next_key.clear()


def _check(header: Header) -> None:
    first = [slot for slot in header.slots if not can_be_handed(slot) and slot.kind != INVITATION]
    if first:
        raise problems.old_way_in(first[0].kind)
