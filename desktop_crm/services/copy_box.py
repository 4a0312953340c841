"""Opens safety copies: with the key this computer keeps or with the recovery sheet, always beside the customer file."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop_crm.host.clock import Clock
from desktop_crm.host.files import make_private_folder
from desktop_crm.services.actor import Actor
from desktop_crm.services.office import Office
from desktop_crm.storage.copying import prove
from desktop_crm.storage.store import Store
from desktop_crm.vault import container, copy_keys, copy_problems, opening
from desktop_crm.vault.container import Label, Manifest
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import by_sheet

Tell = Callable[[int, int], object]
"""Gets what is done and all there is to do. What it raises stops the work, and everything is as before."""


def quiet(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class Access:
    """A safety copy, and the keys to it."""

    file: Path
    label: Label
    key: bytes = field(repr=False)
    root: bytes = field(repr=False)
    sensitive: tuple[bytes, ...] = field(repr=False, default=())
    """The keys of the details kept apart, as far as whoever opens the copy has them."""


def with_keys(file: Path, folder: VaultFolder, keys: Keys) -> Access:
    """Access by the key that this computer keeps. Raises Problem: damaged or foreign (exit 5), no key (exit 3)."""
    label = container.read_label(file)
    if label.vault_id != keys.vault_id:
        raise copy_problems.other_file()
    known = copy_keys.load(folder, keys).copies.get(label.copy_id)
    if known is None:
        raise copy_problems.no_key()
    return Access(file, label, known.key, bytes(keys.root_key), tuple(map(bytes, keys.sensitive)))


def with_sheet(file: Path, code: str) -> Access:
    """Access by the recovery sheet, on any computer. Raises Problem: damaged (exit 5), or naming the wrong group."""
    label = container.read_label(file)
    key, root = by_sheet(code, lambda one: container.keys_for_sheet(label, one), other=copy_problems.other_sheet)
    return Access(file, label, key, root, tuple(container.sensitive_for_sheet(label, opening.proved(code))))


def require_same(access: Access, keys: Keys) -> None:
    """Raises Problem (exit 5) unless the copy is one of the customer file with these keys."""
    if keys.vault_id != access.label.vault_id or bytes(keys.root_key) != access.root:
        raise copy_problems.other_file()


def part(tell: Tell, first: int, last: int, total: int = 100) -> Tell:
    """Tells of a part of a longer work, which takes it from `first` to `last` of `total`."""

    def told(done: int, whole: int) -> None:
        tell(first + (last - first) * done // max(whole, 1), total)

    return told


@contextlib.contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """A private folder for encrypted files in the making; emptied before and removed after."""
    shutil.rmtree(folder, ignore_errors=True)
    make_private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def proved(access: Access, work: Path, tell: Tell) -> Manifest:
    """Opens a copy really: every byte compared, every page read, every row counted. Raises Problem (exit 5)."""
    manifest = container.unpack(access.file, access.key, work / _NAME, part(tell, 0, 60))
    prove(work / _NAME, access.key, manifest.counts)
    tell(100, 100)
    return manifest


@contextlib.contextmanager
def opened(access: Access, work: Path, clock: Clock, who: Actor, tell: Tell) -> Iterator[Office]:
    """The customer file inside the copy, brought to the present version, open in a folder of its own."""
    proved(access, work, tell)
    keys = Keys(access.label.vault_id, bytearray(access.key), bytearray(access.root), sensitive=access.sensitive)
    office = Office(Store(work / _NAME, access.key), keys, clock, who=who)
    try:
        yield office
    finally:
        office.close()


_NAME = "customers.db"
