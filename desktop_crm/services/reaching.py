"""Which keys there are to a safety copy, and what of the present customer file it would be brought back over."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.host.keystore import KeyStore
from desktop_crm.services import copy_box
from desktop_crm.services.bringing_back import Present
from desktop_crm.services.copy_box import Access
from desktop_crm.services.office import Office
from desktop_crm.services.starting import key_place
from desktop_crm.vault import container, copy_problems, opening
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.words import Problem


@dataclass(frozen=True, slots=True)
class Reached:
    """A safety copy with its keys; `keystore` is this computer's place for keys, if there is one."""

    access: Access
    present: Present
    keystore: KeyStore | None

    @property
    def new_way(self) -> bool:
        """Whether the customer file that comes back needs a key file of its own."""
        return self.present.keys is None


def reach(file: Path, folder: VaultFolder, office: Office | None, code: str | None) -> Reached:
    """The copy by what this computer knows, or by the recovery sheet if its code is given.

    Raises Problem: damaged or foreign (exit 5); that the sheet is needed, or which of its groups does not fit (exit 3).
    """
    store = key_place(folder).store
    if code is None:
        container.read_label(file)
        keys = office.keys if office is not None else _keys_here(folder, store)
        return Reached(copy_box.with_keys(file, folder, keys), Present(folder, office, keys), store)
    access = copy_box.with_sheet(file, code)
    return Reached(access, _present(access, folder, office, store, code), store)


def _keys_here(folder: VaultFolder, store: KeyStore | None) -> Keys:
    try:
        return opening.keys_alone(folder, keystore=store, passphrase=None, code=None)
    except Problem:
        raise copy_problems.no_key() from None


def _present(access: Access, folder: VaultFolder, office: Office | None, store: KeyStore | None, code: str) -> Present:
    if office is not None:
        return Present(folder, office, office.keys)
    known = folder.state() in (State.COMPLETE, State.DATABASE_MISSING, State.DATABASE_EMPTIED)
    if known and folder.headers()[0].vault_id == access.label.vault_id:
        for by_code in (code, None):
            with contextlib.suppress(Problem):
                keys = opening.keys_alone(folder, keystore=store, passphrase=None, code=by_code)
                return Present(folder, None, keys, by_sheet=by_code is not None)
    return Present(folder)
