"""Brings a safety copy back: always beside the present customer file first, never over it.

The copy is opened in a folder of its own, whoever was erased since is erased in it again, and what would be different
is told. Only then, and only when somebody says so, it takes the place of the present file, which is kept aside.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop_crm.host.clock import Clock
from desktop_crm.host.files import make_private_folder
from desktop_crm.host.instance import InstanceLock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services.actor import OWNER
from desktop_crm.services.acts import Act, act
from desktop_crm.services.comparing import Difference, differences
from desktop_crm.services.copy_box import Access, Tell, opened, part, quiet, work_folder
from desktop_crm.services.ledger_lines import LedgerLine, joined, lines_of, remembered
from desktop_crm.services.office import Office
from desktop_crm.services.replaying import Lives, Replayed, replay
from desktop_crm.storage.copying import copy_of, prove
from desktop_crm.vault import copy_keys, copy_problems, opening, swapping
from desktop_crm.vault.anchor import Anchor
from desktop_crm.vault.copy_keys import CopyKey, CopyKeys
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.keys import KEY_BYTES, Keys
from desktop_crm.words import M, Problem

_WORK = "opening"


@dataclass(frozen=True, slots=True)
class Present:
    """What is here now, as far as it is to be had.

    `folder` is that of the present customer file; `office` is there where it opens, `keys` where its key file does.
    """

    folder: VaultFolder
    office: Office | None = None
    keys: Keys | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How a customer file is opened that is brought back with the recovery sheet: the sheet and one way more."""

    code: str = field(repr=False)
    keystore: KeyStore | None = None
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """A customer file made ready beside: of when it is, what would be different, and who was erased in it again.

    `differences` is None where there is nothing to compare with. `ledger`: whether it was known who was erased since.
    """

    folder: VaultFolder
    made_at: datetime
    people: int
    differences: tuple[Difference, ...] | None
    replayed: Replayed
    ledger: bool


_BRINGING_BACK = Act("note_brought_back", Verb.CHANGE, SafetyCopy)
"""What the right is asked for before anything is opened; the line is written in the file that comes back."""


def make_ready(
    access: Access, into: VaultFolder, present: Present, ways: WaysIn | None, *, clock: Clock, tell: Tell = quiet
) -> Ready:
    """Open the copy beside, bring it to the state of the ledger, and put a whole customer file into `into`.

    Raises Problem, leaving nothing, if a customer file lies in `into` already, the copy is damaged or of another file,
    or the disk refuses.
    """
    if present.office is not None:
        present.office.check_right(_BRINGING_BACK)
    into.require(State.NOTHING)
    make_private_folder(into.path)
    try:
        return _made_ready(access, into, present, ways, clock, tell)
    except BaseException:
        with contextlib.suppress(Problem):
            into.remove_files()
        raise


def put_in_place(folder: VaultFolder, *, clock: Clock, keystore: KeyStore | None) -> None:
    """Let what was made ready beside take the place of the present customer file, which is kept aside as a whole.

    The present file must be closed. Stopped at any moment, the next opening goes on with it.
    """
    make_private_folder(folder.path)
    with InstanceLock(folder.path):
        ready = swapping.ready_folder(folder)
        ready.require(State.COMPLETE)
        vault_id = ready.headers()[0].vault_id
        if keystore is not None:
            # The end of the log that was remembered lies in what is kept aside. Forgotten first: a crash in the swap
            # must not let the file that came back look as if its log had been cut.
            Anchor(keystore, vault_id).forget()
        swapping.begin(folder, f"{swapping.ASIDE}{clock.now():%Y-%m-%d-%H%M%S}")


@act(Verb.BACK_UP, SafetyCopy, whole=True)
def note_brought_back(office: Office) -> None:
    """Note in a customer file that it was brought back from a safety copy."""
    office.looked(None)


def _made_ready(
    access: Access, into: VaultFolder, present: Present, ways: WaysIn | None, clock: Clock, tell: Tell
) -> Ready:
    keys = _keys_for(access, present)
    who = present.office.who if present.office is not None else OWNER
    lines, known = _ledger(present, keys)
    with (
        work_folder(into.path / _WORK) as work,
        opened(access, work, clock, who, part(tell, 0, 40)) as inside,
    ):
        replayed = replay(inside, lines, _lives(present))
        tell(55, 100)
        compared = _compared(present, inside)
        note_brought_back(inside)
        tell(65, 100)
        people = inside.read(lambda reading: reading.count(Contact))
        key = bytes(keys.database_key)
        written = copy_of(inside.store, into.database, key, lambda _: None, part(tell, 65, 90))
        prove(into.database, key, written.counts)
    _give_keys(into, keys, present, ways, access, clock)
    made_at = datetime.fromisoformat(access.label.made_at)
    return Ready(into, made_at, people, compared, replayed, known)


def _keys_for(access: Access, present: Present) -> Keys:
    """The keys of the customer file that is made: those of the present file, else fresh ones under the same root."""
    if present.keys is None:
        fresh = bytearray(secrets.token_bytes(KEY_BYTES))
        return Keys(access.label.vault_id, fresh, bytearray(access.root))
    if present.keys.vault_id != access.label.vault_id or bytes(present.keys.root_key) != access.root:
        raise copy_problems.other_file()
    return present.keys


def _ledger(present: Present, keys: Keys) -> tuple[list[LedgerLine], bool]:
    """Who was erased, from the present file and from what lies beside it, and whether either could be asked."""
    beside = copy_keys.load(present.folder, keys)
    known = present.office is not None or (present.folder.copy_keys.exists() and not beside.damaged)
    mine: Sequence[LedgerLine] = present.office.read(lines_of) if present.office is not None else ()
    return joined(mine, remembered(beside)), known


def _lives(present: Present) -> Lives | None:
    if present.office is None:
        return None
    living = present.office.read(lambda reading: {row.id for row in reading.stream(Contact)})
    return living.__contains__


def _compared(present: Present, inside: Office) -> tuple[Difference, ...] | None:
    if present.office is None:
        return None
    return present.office.read(lambda now: inside.read(lambda then: differences(now, then)))


def _give_keys(
    into: VaultFolder, keys: Keys, present: Present, ways: WaysIn | None, access: Access, clock: Clock
) -> None:
    """The key file, and the keys of the safety copies, without which this one could not be looked after any more."""
    known = copy_keys.load(present.folder, keys)
    told = CopyKey(
        access.key, access.label.made_at, str(access.file.parent), access.file.name, access.label.sheet is not None
    )
    copies = known if access.label.copy_id in known.copies else known.with_copy(access.label.copy_id, told)
    copy_keys.store(into, keys, CopyKeys(copies.copies, copies.erasures))
    if present.keys is not None:
        opening.copy_header(present.folder, keys, into)
    elif ways is not None:
        opening.begin_again(into, keys, ways.code, clock=clock, keystore=ways.keystore, passphrase=ways.passphrase)
    else:
        raise copy_problems.no_key()


def said_of(ready: Ready) -> tuple[M, ...]:
    """What somebody has to know before or after a safety copy takes the place of the present file."""
    said: list[M] = []
    n = ready.replayed.people
    if n:
        said.append(
            M(
                "{n} person who was erased since was erased in it again.",
                "{n} people who were erased since were erased in it again.",
                n=n,
            )
        )
    if not ready.ledger:
        said.append(
            M(
                "Who was erased after this copy was made is not known here: they are in it again. Compare with your "
                "erasure records, and erase them once more."
            )
        )
    if ready.replayed.alike:
        said.append(
            M(
                "{n} person in it has the telephone number of somebody who was erased. Please look at them.",
                "{n} people in it have the telephone number of somebody who was erased. Please look at them.",
                n=ready.replayed.alike,
            )
        )
    if ready.replayed.found:
        said.append(
            M(
                "The search of every page still found {n} detail of somebody erased; the file was then written anew.",
                "The search of every page still found {n} details of people erased; the file was then written anew.",
                n=ready.replayed.found,
            )
        )
    return tuple(said)
