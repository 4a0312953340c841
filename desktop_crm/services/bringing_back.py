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
from desktop_crm.records.staff import Staff
from desktop_crm.services import answers_since, signing_in
from desktop_crm.services.actor import OWNER
from desktop_crm.services.acts import Act, Trace, act
from desktop_crm.services.adopting import Carried, carried_from, enter, take_over, unknown_copies
from desktop_crm.services.answers_since import AnswersSince
from desktop_crm.services.comparing import Difference, differences
from desktop_crm.services.copy_box import Access, Tell, opened, part, quiet, require_same, work_folder
from desktop_crm.services.ledger_lines import LedgerLine, joined, lines_of, remembered
from desktop_crm.services.office import Office
from desktop_crm.services.replaying import Lives, Replayed, replay
from desktop_crm.services.settings import SHEET_CHECKED_ON, set_value
from desktop_crm.storage.copying import copy_of, prove
from desktop_crm.storage.transaction import Writing
from desktop_crm.vault import copy_keys, copy_problems, opening, sensitive, swapping
from desktop_crm.vault import ways as vault_ways
from desktop_crm.vault.anchor import Anchor
from desktop_crm.vault.copy_keys import CopyKey, CopyKeys
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.header import HeaderDamaged, HeaderNewer
from desktop_crm.vault.keys import KEY_BYTES, Keys
from desktop_crm.vault.slots import STAFF
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
    by_sheet: bool = False
    """Whether the keys were opened with the recovery sheet just now."""


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How a customer file is opened that is brought back with the recovery sheet: the sheet and one way more.

    Where the key file that is here serves, a password takes the place of its own.
    """

    code: str = field(repr=False)
    keystore: KeyStore | None = None
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """A customer file made ready beside: of when it is, what would be different, and who was erased in it again.

    `differences` is None where there is nothing to compare with. `ledger`: whether it was known who was erased since.
    `over`: there is a customer file, or what is left of one, that would be kept aside.
    """

    folder: VaultFolder
    made_at: datetime
    people: int
    differences: tuple[Difference, ...] | None
    replayed: Replayed
    ledger: bool
    over: bool
    answers: bool = True
    """Whether it was known what people answered since."""
    people_of_then: bool = False
    """Who works here and may do what is as the copy says: there was no file to be asked for what was decided since."""


_BRINGING_BACK = Act("note_brought_back", Verb.CHANGE, SafetyCopy)
"""What the right is asked for before anything is opened; the line is written in the file that comes back."""


def make_ready(
    access: Access,
    into: VaultFolder,
    present: Present,
    ways: WaysIn | None,
    *,
    clock: Clock,
    tell: Tell = quiet,
    other_shop: str | None = None,
) -> Ready:
    """Open the copy beside, bring it to the state of the ledger, and put a whole customer file into `into`.

    `other_shop` is the name of the shop whose copy may take the place of another shop's file, as a person typed it;
    without it, that raises OtherShop. Raises Problem, leaving nothing, if a customer file lies in `into` already, the
    copy is damaged or of another file, or the disk refuses.
    """
    if present.office is not None:
        present.office.check_right(_BRINGING_BACK)
    into.require(State.NOTHING)
    make_private_folder(into.path)
    try:
        return _made_ready(access, into, present, ways, clock, tell, other_shop)
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
        before = _log_id(folder)
        swapping.begin(folder, swapping.name_aside(folder, clock.now()))
        if keystore is not None:
            Anchor(keystore, before).forget()


def _log_id(folder: VaultFolder) -> str:
    """Of the file that is kept aside; empty where there is none whose key file can be read."""
    with contextlib.suppress(HeaderDamaged, HeaderNewer):
        return folder.headers()[0].log_id
    return ""


@act(Verb.BACK_UP, SafetyCopy, whole=True)
def note_brought_back(
    office: Office,
    carried: Carried | None = None,
    copies: CopyKeys | None = None,
    *,
    since: AnswersSince | None = None,
    by_sheet: bool = False,
) -> None:
    """Note in a customer file that it was brought back, and enter what has been true since the copy was made.

    `since`: what people answered since. `by_sheet`: its recovery sheet was typed just now, so nobody needs to be asked
    for it.
    """

    def work(writing: Writing, trace: Trace) -> None:
        if carried is not None:
            take_over(writing, carried, office.clock.now(), office.today())
        if since is not None:
            answers_since.take_over(writing, since, office.ledger_key, office.clock.now())
        if copies is not None:
            enter(writing, unknown_copies(writing, copies))
        if by_sheet:
            set_value(writing, SHEET_CHECKED_ON, office.today())
        trace.number = 1

    office.write(work)


def _made_ready(
    access: Access,
    into: VaultFolder,
    present: Present,
    ways: WaysIn | None,
    clock: Clock,
    tell: Tell,
    other_shop: str | None,
) -> Ready:
    in_place = into.path == swapping.ready_folder(present.folder).path
    keys = _keys_for(access, present)
    who = present.office.who if present.office is not None else OWNER
    lines, known = _ledger(present, keys)
    with (
        work_folder(into.path / _WORK) as work,
        opened(access, work, clock, who, part(tell, 0, 40)) as inside,
    ):
        if in_place and swapping.file_of(present.folder) not in ("", access.label.vault_id):
            _require_named(inside.shop.name, other_shop)
        replayed = replay(inside, lines, _lives(present))
        tell(55, 100)
        compared = _compared(present, inside)
        copies = _copy_keys(keys, present, access)
        by_sheet = ways is not None or present.by_sheet
        carried, since = _carried(present, in_place=in_place), _said_since(present, inside)
        note_brought_back(inside, carried, copies, since=since, by_sheet=by_sheet)
        tell(65, 100)
        people = inside.read(lambda reading: reading.count(Contact))
        of_then = present.office is None and (inside.read(lambda r: r.count(Staff)) > 0 or _has_people(present))
        key = bytes(keys.database_key)
        written = copy_of(inside.store, into.database, key, lambda _: None, part(tell, 65, 90))
        prove(into.database, key, written.counts)
        copy_keys.store(into, keys, copies)
        _give_keys(access, into, keys, present, ways, clock)
        # After the key file, to which the count belongs.
        signing_in.begin_counting(inside, into)
    made_at = datetime.fromisoformat(access.label.made_at)
    over = present.folder.state() is not State.NOTHING
    answers = present.office is not None
    return Ready(into, made_at, people, compared, replayed, known, over, answers, people_of_then=of_then)


def _require_named(shop: str, typed: str | None) -> None:
    if typed is None or typed.split() != shop.split():
        raise copy_problems.OtherShop(shop)


def _keys_for(access: Access, present: Present) -> Keys:
    """The keys of the customer file that is made: those of the present file, else fresh ones under the same root."""
    if present.keys is None:
        fresh = bytearray(secrets.token_bytes(KEY_BYTES))
        return Keys(access.label.vault_id, fresh, bytearray(access.root), sensitive=access.sensitive)
    require_same(access, present.keys)
    return present.keys


def _has_people(present: Present) -> bool:
    """Whether the key file that goes on lets people in by a password of their own."""
    return present.keys is not None and bool(present.folder.headers()[0].of_kind(STAFF))


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


def _carried(present: Present, *, in_place: bool) -> Carried | None:
    if present.office is None:
        return None
    return present.office.read(lambda reading: carried_from(reading, in_place=in_place))


def _said_since(present: Present, inside: Office) -> AnswersSince | None:
    if present.office is None:
        return None
    return present.office.read(lambda now: inside.read(lambda then: answers_since.answers_since(now, then)))


def _copy_keys(keys: Keys, present: Present, access: Access) -> CopyKeys:
    """The keys of the safety copies, this one's too: without them they could not be looked after any more."""
    known = copy_keys.load(present.folder, keys)
    told = CopyKey(
        access.key, access.label.made_at, str(access.file.parent), access.file.name, access.label.sheet is not None
    )
    copies = known if access.label.copy_id in known.copies else known.with_copy(access.label.copy_id, told)
    return CopyKeys(copies.copies, copies.erasures)


def _give_keys(
    access: Access, into: VaultFolder, keys: Keys, present: Present, ways: WaysIn | None, clock: Clock
) -> None:
    """The key file."""
    if present.keys is not None:
        opening.branch_off(present.folder, keys, into)
        sensitive.adopt(into, keys, access.sensitive)
        if ways is not None and ways.passphrase is not None:
            vault_ways.enrol_passphrase(into, keys, ways.passphrase, clock)
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
    if not ready.answers:
        said.append(
            M(
                "Who took a permission back after this copy was made is not known here: their yes counts again. Ask "
                "whoever you write to, or look it up on paper."
            )
        )
    if not ready.ledger:
        said.append(
            M(
                "Who was erased after this copy was made is not known here: they are in it again. Compare with your "
                "erasure records, and erase them once more."
            )
        )
    if ready.people_of_then:
        said.append(
            M(
                "Who works here, with which role and until when, is again as the copy says. Please look through it at "
                "once. Whoever came later opens nothing with their password, and the recovery sheet opens the list."
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
