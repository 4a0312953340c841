"""What the window has to know before a customer file is open: what lies in a folder, and which way in there is."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desktop_crm.cheap import fixed
from desktop_crm.host.clock import Clock
from desktop_crm.host.drives import is_removable
from desktop_crm.host.files import told_apart
from desktop_crm.host.instance import InstanceLock
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem, system_keystore
from desktop_crm.host.paths import place_warning
from desktop_crm.vault import opening, problems, recovery, staff, swapping
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.recovery import Shape
from desktop_crm.vault.slots import KEYSTORE, PHRASE, STAFF
from desktop_crm.vault.staff import Tile
from desktop_crm.vault.tries import Tries
from desktop_crm.words import Exit, M, Problem

GROUPS = recovery.CHECK_GROUP


@fixed
class KeyPlace:
    """Where this computer would keep the key: the store and what people call it, or why there is none."""

    store: KeyStore | None
    name: M
    problem: Problem | None = None


def key_place(folder: VaultFolder) -> KeyPlace:
    """The place for keys of this account, the one that keeps the key of this file first. Writes nothing anywhere."""
    complete = folder.state() is State.COMPLETE
    usual = opening.usual_keystore(folder) if complete else None
    try:
        return KeyPlace(system_keystore(usual=usual, probe=False), _plain_name())
    except KeyStoreProblem as problem:
        return KeyPlace(None, _plain_name(), problem)


def require_store(folder: VaultFolder) -> KeyStore:
    """The place for keys of this account. Raises Problem where there is none."""
    place = key_place(folder)
    if place.store is None:
        raise place.problem or Problem(M("This computer has no safe place for keys."))
    return place.store


def _plain_name() -> M:
    names = {"win32": M("Windows"), "darwin": M("the keychain of this Mac")}
    return names.get(sys.platform, M("the safe place for keys of this computer"))


def folder_check(folder: Path) -> list[M]:
    """What speaks against this folder for a customer file; an empty list if nothing does. Writes nothing."""
    said = [place_warning(folder)]
    if not _can_be_written(folder):
        said.append(M("This account may not write into the folder “{folder}”.", folder=str(folder)))
    if is_removable(folder):
        said.append(
            M(
                "The folder “{folder}” lies on a drive that can be unplugged. Pulled out while you work, it can damage "
                "the customer file. Better choose a folder on this computer.",
                folder=str(folder),
            )
        )
    return [one for one in said if one is not None]


def _can_be_written(folder: Path) -> bool:
    whole = folder.expanduser().absolute()
    there = next(place for place in (whole, *whole.parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def came_by_sheet(folder: VaultFolder, *, signed_in: bool) -> bool:
    """Whether an open file was opened with the recovery sheet: where everybody signs in by name, and nobody did."""
    ways = opening.ways_in(folder)
    return not signed_in and STAFF in ways and not ways & staff.ALONE


def key_keeper(folder: VaultFolder, *, signed_in: bool) -> M:
    """Who keeps the key of an open file from one start to the next."""
    if came_by_sheet(folder, signed_in=signed_in):
        return M("your recovery sheet")
    if KEYSTORE not in opening.ways_in(folder):
        return M("your password")
    keepers = {"win32": M("kept by Windows"), "darwin": M("kept by this Mac")}
    return keepers.get(sys.platform, M("kept by this computer"))


class Opening(StrEnum):
    """Which page the window begins with."""

    NO_FILE = "no-file"
    UNFINISHED = "unfinished"
    """Setting up was interrupted; nobody was in it yet, and it begins afresh."""
    READY = "ready"
    """This computer has the key: it opens without a question."""
    PEOPLE = "people"
    """People sign in by name: who can is in `tiles`."""
    PASSWORD = "password"  # noqa: S105 - the name of a page
    KEY_GONE = "key-gone"
    IN_USE = "in-use"
    """Another program or account has it open."""
    NEWER = "newer"
    DAMAGED = "damaged"
    CLOSED = "closed"
    """This account may not read it."""


@fixed
class OpeningState:
    """The state of a customer file before it is open, told without a key.

    `problem` says it in plain words, where there is something to say; `again` whether the same may work a moment
    later (the place for keys is locked). `size` and `changed_at` are those of the customer file, if it is there.
    """

    page: Opening
    problem: Problem | None = None
    again: bool = False
    size: int = 0
    changed_at: datetime | None = None
    store: KeyStore | None = None
    """The place for keys that was asked, for `open_office` and `recover`."""
    pause: timedelta = timedelta(0)
    """How long to wait before a password may be tried, after wrong ones."""
    tiles: tuple[Tile, ...] = ()
    """Who can sign in here by a password of their own. Nobody else is to see these names: they lie in no plain file."""
    shared: bool = False
    """Besides, a password opens it that several people know."""
    by_code: bool = False
    """This account was never let in: the code for another account is taken as well as the recovery sheet."""
    by_name: bool = False
    """Everybody signs in by name: the recovery sheet opens it, but gives this computer no way in."""


def opening_state(folder: VaultFolder, clock: Clock | None = None) -> OpeningState:
    """What lies in the folder, and which way in there is. Opens nothing for longer than a look.

    With a clock it tells how long a pause for wrong passwords still is.
    """
    try:
        with told_apart():
            state = _state(folder)
            if state.page in (Opening.PASSWORD, Opening.PEOPLE) and clock is not None:
                state = replace(state, pause=Tries(folder, state.store, clock).pause_left())
            return _with_facts(folder, state)
    except Problem as problem:
        return OpeningState(Opening.CLOSED, problem)


def refused(folder: VaultFolder, problem: Problem, clock: Clock | None = None) -> OpeningState:
    """Why a file whose key was there a moment ago did not open.

    If the key is still there, no recovery sheet helps: then the file itself is what is wrong.
    """
    state = opening_state(folder, clock)
    if state.page is not Opening.READY:
        return state
    page = Opening.DAMAGED if problem.code is Exit.DAMAGED else Opening.CLOSED
    return replace(state, page=page, problem=problem)


def _state(folder: VaultFolder) -> OpeningState:
    if swapping.under_way(folder):
        # A safety copy was being put in its place when the program ended.
        with InstanceLock(folder.path):
            swapping.finish(folder)
    found = folder.state()
    if found is State.NOTHING:
        return OpeningState(Opening.NO_FILE)
    if found is not State.COMPLETE:
        pages = {State.INTERRUPTED: Opening.UNFINISHED, State.HEADER_NEWER: Opening.NEWER}
        return OpeningState(pages.get(found, Opening.DAMAGED), _told(folder))
    in_use = _held(folder)
    return OpeningState(Opening.IN_USE, in_use) if in_use is not None else _way_in(folder)


def _way_in(folder: VaultFolder) -> OpeningState:
    ways = opening.ways_in(folder)
    problem: Problem | None = None
    store: KeyStore | None = None
    if ways & {KEYSTORE, STAFF}:
        store = key_place(folder).store
    if KEYSTORE in ways:
        try:
            opening.open_with_keystore(folder, store).drop()
            return OpeningState(Opening.READY, store=store)
        except Problem as refused:
            problem = refused
    tiles: tuple[Tile, ...] = ()
    if STAFF in ways:
        tiles, problem = _people(folder, store, problem)
    if tiles:
        return OpeningState(Opening.PEOPLE, problem, store=store, tiles=tiles, shared=PHRASE in ways)
    page = Opening.PASSWORD if PHRASE in ways else Opening.KEY_GONE
    again = bool(ways & {KEYSTORE, STAFF}) and (store is None or isinstance(problem, KeyStoreProblem))
    if isinstance(problem, KeyStoreProblem):
        # It would not take a new key either: with the recovery sheet goes a new password then.
        store = None
    by_code = problem is not None and problem.what == problems.other_account().what
    by_name = STAFF in ways and not ways & staff.ALONE
    return OpeningState(page, problem, again, store=store, by_code=by_code, by_name=by_name)


def _people(
    folder: VaultFolder, store: KeyStore | None, problem: Problem | None
) -> tuple[tuple[Tile, ...], Problem | None]:
    """Who can sign in here; and why nobody can, where people sign in elsewhere."""
    if store is None:
        return (), problem or problems.store_unreachable()
    try:
        tiles = tuple(staff.tiles(folder, store))
    except KeyStoreProblem as unreachable:
        return (), unreachable
    return tiles, problem if tiles or problem is not None else problems.other_computer()


def _told(folder: VaultFolder) -> Problem | None:
    try:
        folder.require(State.COMPLETE)
    except Problem as problem:
        return problem
    return None


def _held(folder: VaultFolder) -> Problem | None:
    """Who has the file open, as a problem. Where nobody ever had, nothing is made to find out."""
    if not folder.lock.exists():
        return None
    lock = InstanceLock(folder.path)
    try:
        lock.acquire()
    except Problem as problem:
        return problem
    lock.release()
    return None


def _with_facts(folder: VaultFolder, state: OpeningState) -> OpeningState:
    if not folder.database.exists():
        return state
    told = folder.database.stat()
    return replace(state, size=told.st_size, changed_at=datetime.fromtimestamp(told.st_mtime, UTC))


class Group(StrEnum):
    """How one group of the sheet was typed."""

    EMPTY = Shape.EMPTY
    SHORT = Shape.SHORT
    LONG = Shape.LONG
    FOREIGN = Shape.FOREIGN
    FINE = Shape.FINE
    SLIP = "slip"
    """Complete, but the check group shows that there is a slip in this very group."""


@fixed
class TypedSheet:
    """The nine groups as typed. `code` once nothing speaks against it; `problem` says what does once all are there."""

    groups: tuple[Group, ...]
    code: str | None = None
    problem: Problem | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every group has its four signs."""
        return all(group in (Group.FINE, Group.SLIP) for group in self.groups)


def read_groups(typed: Sequence[str]) -> TypedSheet:
    """Helps with typing, from the paper alone: the real key is never asked, so nothing can be found out by trying."""
    states = tuple(Group(recovery.shape(text)) for text in typed)
    if len(states) != GROUPS or any(state is not Group.FINE for state in states):
        return TypedSheet(states)
    groups = recovery.read_groups(" ".join(map(recovery.signs, typed)))
    if recovery.fits(groups):
        return TypedSheet(states, recovery.as_text(recovery.code_of(groups)))
    place = recovery.slip(groups)
    if place is None:
        return TypedSheet(states, None, recovery.several_groups())
    marked = tuple(Group.SLIP if at == place else state for at, state in enumerate(states, 1))
    return TypedSheet(marked, None, recovery.wrong_group(place))


def spread(text: str) -> tuple[str, ...] | None:
    """The nine groups of a whole code that was pasted into one field; None if it is none."""
    try:
        groups = recovery.read_groups(text)
    except Problem:
        return None
    return recovery.group_texts(groups)


class Pause:
    """How long the pause after wrong passwords still is, for the page that shows it; `passwords` decides about it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = 0.0

    def begin(self, left: timedelta) -> None:
        """From now on so long."""
        self._until = self._clock.uptime() + left.total_seconds()

    def left(self) -> timedelta:
        """How long to wait before the next try."""
        return timedelta(seconds=max(0.0, self._until - self._clock.uptime()))


def misfit(problem: Problem) -> int | None:
    """The place (1 to 9) of the group that a problem names, after the sheet was held against the real file."""
    return next((place for place in range(1, GROUPS + 1) if problem.what == recovery.wrong_group(place).what), None)
