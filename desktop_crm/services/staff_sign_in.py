"""Coming in as one of the people who work here: by password, and by a code from the telephone where they have one."""

from __future__ import annotations

import contextlib
from functools import partial

from desktop_crm.host.clock import Clock
from desktop_crm.host.files import make_private_folder, told_apart
from desktop_crm.host.instance import InstanceLock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.records.audit import Verb
from desktop_crm.records.staff import OpenCase, SpareCode, Staff
from desktop_crm.services import passwords, setup, signing_in
from desktop_crm.services.actor import Actor
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.signing_in import Way
from desktop_crm.services.staff_rules import role_of
from desktop_crm.storage.store import DiskFull
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import after, eq
from desktop_crm.vault import codes, problems, staff, swapping, ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.staff import Tile
from desktop_crm.vault.tries import Tries
from desktop_crm.words import Exit, M, Problem


class NeedsCode(Problem):
    """The password is right, and the code from the telephone is asked for besides."""

    def __init__(self) -> None:
        super().__init__(
            M("The password is right. Now the code from your telephone is needed."),
            safe=M("Nothing was changed."),
            todo=M("Type the six digits that your app shows, or one of your spare codes."),
            code=Exit.LOCKED,
        )


@told_apart()
def open_as(
    folder: VaultFolder, number: str, password: str, code: str | None, *, clock: Clock, keystore: KeyStore | None
) -> Office:
    """Open the customer file as the person of that number (`vault.staff.tiles` tells the numbers).

    Raises NeedsCode where the code is missing, WrongPassword and WrongCode, which count and make pauses, and other
    Problems. Where the role demands a code and the person has none yet, `must_enrol` is set.
    """
    make_private_folder(folder.path)
    lock = InstanceLock(folder.path)
    lock.acquire()
    try:
        swapping.finish(folder)
        tries = Tries(folder, keystore, clock, number)
        office = passwords.counted(partial(_entered, folder, number, password, code, lock, clock, keystore), tries)
    except BaseException as error:
        setup.let_go(folder, lock, clock, error, number)
        raise
    office.proof.give()
    signing_in.come_in(office, folder, Way.PERSON)
    # A folder that cannot be written just now is no reason not to open.
    with contextlib.suppress(Problem):
        ways.end_old_invitation(folder, office.keys, clock)
        _show_right_name(office, folder, keystore)
    return office


def _entered(
    folder: VaultFolder,
    number: str,
    password: str,
    code: str | None,
    lock: InstanceLock,
    clock: Clock,
    keystore: KeyStore | None,
) -> Office:
    keys = staff.open_with_password(folder, keystore, number, password)
    office = setup.opened(folder, keys, lock, clock, keystore)
    try:
        me, actor, enrol = office.read(lambda reading: _known(office, reading, number))
        office.who = actor
        check_code(office, me, code)
        office.must_enrol = enrol
    except BaseException:
        office.close()
        raise
    return office


def _known(office: Office, reading: Reading, number: str) -> tuple[Staff, Actor, bool]:
    """Who that is and what they may do, and whether they have to set up a code first. Raises Problem."""
    found = reading.find(Staff, eq("number", number))
    if not found:
        raise problems.nobody_of_that_number()
    me = found[0]
    role = role_of(reading, me.role)
    if me.left_on is not None or role is None:
        raise _no_more(M("By the customer file you no longer work here."))
    if me.until is not None and office.today() > me.until:
        raise _no_more(M("The time for which you were let in is over."))
    open_now = reading.find(OpenCase, eq("staff_id", me.id), after("until", office.clock.now()))
    actor = Actor(number, role.rights, me.id, me.until, frozenset(one.person_id for one in open_now))
    return me, actor, role.second_factor and me.second_factor is None


def _no_more(what: M) -> Problem:
    return Problem(
        what,
        safe=M("Nothing was changed."),
        todo=M("If that is wrong, ask the owner to let you in again."),
        code=Exit.LOCKED,
    )


def myself(office: Office) -> Staff | None:
    """The row of whoever acts, if it is one of the people who work here."""
    me = office.who.staff
    return office.read(lambda reading: reading.get(Staff, me)) if me is not None else None


def require_me(office: Office) -> Staff:
    """The row of whoever acts. Raises Problem where nobody signed in by name."""
    me = myself(office)
    if me is None:
        raise Problem(
            M("This belongs to one person, and you did not sign in by name."),
            safe=M("Nothing was changed."),
            todo=M("Sign in by your name and password first."),
        )
    return me


def check_code(office: Office, me: Staff, code: str | None) -> None:
    """Raises NeedsCode or the Problem of a wrong code, where this person has a second factor."""
    if me.second_factor is None:
        return
    if not code:
        raise NeedsCode
    try:
        use_code(office, me.id, code)
    except DiskFull:
        # It cannot be noted that it was used: for its minute and a half it could be used again. Nobody is shut out.
        if _fresh_step(office, me, code) is None:
            raise


@act(Verb.SIGN_IN, Staff)
def use_code(office: Office, person: bytes, code: str) -> None:
    """Take a code from the telephone, which then counts no more, or a spare code, which is gone then.

    Raises Problem for a wrong one and for one that was used.
    """

    def work(writing: Writing, trace: Trace) -> None:
        me = writing.get(Staff, person)
        if me is None:
            raise passwords.wrong_code()
        trace.row = person
        step = _fresh_step(office, me, code)
        if step is not None:
            trace.fields = ("last_step",)
            writing.update(Staff, person, last_step=step)
            return
        trace.fields = ("spare_code",)
        mark = spare_mark(office, me.number, code)
        if mark is None or not writing.delete(SpareCode, eq("staff_id", person), eq("code", mark)):
            raise passwords.wrong_code()

    office.write(work)


def _fresh_step(office: Office, me: Staff, code: str) -> int | None:
    """The time step of a right code that is later than the last one that was used."""
    step = codes.step_of(me.second_factor, code, office.clock.now()) if me.second_factor is not None else None
    return step if step is not None and (me.last_step is None or step > me.last_step) else None


def spare_mark(office: Office, number: str, code: str) -> bytes | None:
    """By what a spare code is known again; None where it cannot be one."""
    plain = codes.plain_spare(code)
    return office.fingerprint(f"spare-code|{number}", plain) if plain is not None else None


def _show_right_name(office: Office, folder: VaultFolder, keystore: KeyStore | None) -> None:
    """Whoever was renamed at another computer is called so here from now on."""
    me = myself(office)
    if keystore is None or me is None or me.name is None:
        return
    right = Tile(me.number, me.name)
    if right not in staff.tiles(folder, keystore):
        staff.rename(folder, office.keys, keystore, right)
