"""The people who work here: who comes in by a password of their own, in which role, and until when.

The row in the customer file decides; the way in lies in the key file. When somebody comes, the way in is made first and
the row is committed after it; when somebody leaves, the row says so first. So a crash in between leaves a way in that
lets nobody in, which the next opening takes away (`signing_in.mend_ways`), and never a row without its way in.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_crm.host.keystore import KeyStore
from desktop_crm.privacy.rights import OWNER, READY_ROLES, Rights, sees_everything
from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.staff import OpenCase, Role, RoleRight, SpareCode, Staff
from desktop_crm.services import passwords, signing_in, staff_rules
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.apart import share_key
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.settings import WAY_REMOVED_ON, set_value
from desktop_crm.services.staff_rules import AloneEnds, RoleView
from desktop_crm.services.staff_sign_in import require_me, spare_mark
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import after, eq
from desktop_crm.vault import codes, problems
from desktop_crm.vault import staff as ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.staff import Tile
from desktop_crm.vault.tries import Tries
from desktop_crm.vault.ways import taken_back
from desktop_crm.words import Gone, M, Problem

LONGEST_CASE = 30
"""So many days a case can be open at most."""


@dataclass(frozen=True, slots=True, repr=False)
class Colleague:
    """One of the people who work here, or did. `here`: with a way in under this account of this computer."""

    id: bytes
    number: str
    name: str | M
    role: str
    role_title: str | M
    outside: bool
    until: date | None
    left_on: date | None
    second_factor: bool
    here: bool
    way_in: bool
    """Whether they have a way in anywhere; without one, their password has to be set anew."""


@dataclass(frozen=True, slots=True, repr=False)
class NewPerson:
    """Somebody who is to come in by a password of their own. `alone_ends`: see `AloneEnds`."""

    name: str
    role: str
    password: str
    outside: bool = False
    until: date | None = None
    alone_ends: bool = False


@dataclass(frozen=True, slots=True)
class RoleForm:
    """A role of the shop's own; without `code` a new one."""

    code: str | None
    title: str
    rights: Rights
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a telephone needs to show codes. `uri` is read from a picture, `text` is typed. Nothing is stored yet."""

    secret: bytes = field(repr=False)
    uri: str = field(repr=False)

    @property
    def text(self) -> str:
        """The secret as it is typed into a telephone."""
        return codes.secret_text(self.secret)


@act(Verb.LIST, Staff)
def people(office: Office, keystore: KeyStore | None = None) -> list[Colleague]:
    """Who works here, then who did. `keystore`: to know of whose password this account has lost its part."""
    folder = VaultFolder(office.store.database.parent)
    anywhere, here = (asked(folder, office.keys, keystore) for asked in (ways.people, ways.people_here))

    def work(reading: Reading) -> list[Colleague]:
        roles = {role.code: role for role in staff_rules.roles_of(reading)}
        rows = sorted(reading.find(Staff, order=("added_at",)), key=lambda one: one.left_on is not None)
        return [_colleague(one, roles.get(one.role), one.number in here, one.number in anywhere) for one in rows]

    return office.read(work)


def _colleague(row: Staff, role: RoleView | None, here: bool, anywhere: bool) -> Colleague:
    return Colleague(
        row.id,
        row.number,
        staff_rules.called(row),
        row.role,
        role.title if role is not None else M("a role that is no more"),
        row.outside,
        row.until,
        row.left_on,
        row.second_factor is not None,
        here,
        anywhere,
    )


@act(Verb.ADD, Staff)
def add_person(office: Office, folder: VaultFolder, keystore: KeyStore, new: NewPerson) -> bytes:
    """Let somebody in by a password of their own, on this computer. Returns their id.

    The first one is an owner. Raises AloneEnds, and other Problems: a weak password, a name that is taken.
    """

    def work(writing: Writing, trace: Trace) -> bytes:
        staff_rules.require_role(office, writing, new.role)
        staff_rules.check_first(writing, new.role, new.until, outside=new.outside)
        staff_rules.check_days(office, new.until, outside=new.outside)
        ends = _alone_ends(office, folder, keystore, writing, new)
        row = Staff(
            id=office.new_id(),
            number=ways.new_person(),
            name=staff_rules.fitting_name(writing, new.name),
            role=new.role,
            outside=new.outside,
            added_at=office.clock.now(),
            until=new.until,
        )
        writing.insert(row)
        trace.row = row.id
        if ends:
            set_value(writing, WAY_REMOVED_ON, office.today())
        tile = Tile(row.number, row.name or "")
        ways.set_password(folder, office.keys, keystore, tile, new.password, office.clock, alone_ends=ends)
        share_key(office, writing)
        return row.id

    with taken_back(folder, office.keys):
        return office.write(work)


def _alone_ends(office: Office, folder: VaultFolder, keystore: KeyStore, reading: Reading, new: NewPerson) -> bool:
    """Whether ways in that do not say who comes in go with this person. Raises AloneEnds without the caller's yes."""
    if not staff_rules.working(reading) or not ways.opens_alone(folder, office.keys):
        return False
    if not new.alone_ends:
        raise AloneEnds
    if not staff_rules.owner_among(reading, ways.people_of(folder, office.keys, keystore)):
        raise Problem(
            M("The owner has no password of their own on this computer yet."),
            safe=M("Nothing was changed."),
            todo=M("Set it first, or nobody could let people in any more."),
        )
    return True


@act(Verb.CHANGE, Staff)
def change_role(office: Office, person: bytes, role: str) -> None:
    """Give somebody another role, from their next sign-in on. Nobody changes their own. Raises Problem."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _other(office, writing, person, M("Nobody changes their own role."))
        staff_rules.require_role(office, writing, role)
        if role != OWNER.code:
            staff_rules.refuse_last_owner(writing, row)
        trace.row = person
        writing.update(Staff, person, role=role)
        share_key(office, writing)

    office.write(work)


@act(Verb.CHANGE, Staff)
def set_until(office: Office, person: bytes, until: date | None) -> None:
    """Set the last day on which somebody may come in; None: no end. Raises Problem."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _other(office, writing, person, M("Nobody changes their own last day."))
        if until is not None:
            staff_rules.refuse_last_owner(writing, row)
        staff_rules.check_days(office, until, outside=row.outside)
        trace.row = person
        writing.update(Staff, person, until=until)

    office.write(work)


@act(Verb.CHANGE, Staff)
def rename_person(office: Office, folder: VaultFolder, keystore: KeyStore, person: bytes, name: str) -> None:
    """Call somebody by another name. On other computers the locked page follows when they come in there."""

    def work(writing: Writing, trace: Trace) -> None:
        row = staff_rules.somebody(writing, person)
        staff_rules.require_over(office, writing, row)
        plain = staff_rules.fitting_name(writing, name, person)
        trace.row = person
        writing.update(Staff, person, name=plain)
        ways.rename(folder, office.keys, keystore, Tile(row.number, plain))

    office.write(work)


@act(Verb.CHANGE, Staff)
def reset_password(office: Office, folder: VaultFolder, keystore: KeyStore, person: bytes, password: str) -> None:
    """Give somebody a new password on this computer, or one where they had none here. Raises Problem.

    Where several people work here, ways in that do not say who comes in end with it, once an owner has one here.
    """

    def work(writing: Writing, trace: Trace) -> None:
        row = _other(office, writing, person, M("Your own password is changed with the old one."))
        trace.row, trace.fields = person, ("password",)
        tile, ends = Tile(row.number, row.name or ""), _ends_now(office, folder, keystore, writing, row)
        ways.set_password(folder, office.keys, keystore, tile, password, office.clock, alone_ends=ends)
        share_key(office, writing)

    with taken_back(folder, office.keys):
        office.write(work)


def _ends_now(office: Office, folder: VaultFolder, keystore: KeyStore, reading: Reading, row: Staff) -> bool:
    here = ways.people_of(folder, office.keys, keystore) | {row.number}
    return len(staff_rules.working(reading)) > 1 and staff_rules.owner_among(reading, here)


@act(Verb.SIGN_IN, Staff)
def change_own_password(office: Office, folder: VaultFolder, keystore: KeyStore, old: str, new: str) -> None:
    """Whoever acts gets a new password on this computer. A wrong old one counts as an attempt. Raises Problem.

    For whoever has a code from the telephone, the old one proves nothing by itself: ProveAgain asks for both.
    """
    me = require_me(office)
    tries, no_code = Tries(folder, keystore, office.clock, me.number), me.second_factor is None
    if not no_code:
        office.proof.require()
    try:
        passwords.counted(lambda: ways.open_with_password(folder, keystore, me.number, old).drop(), tries, anew=no_code)
    except Problem as problem:
        signing_in.count_failed(folder, office.clock, problem, me.number)
        raise

    def work(_writing: Writing, trace: Trace) -> None:
        trace.row, trace.fields = me.id, ("password",)
        ways.set_password(folder, office.keys, keystore, Tile(me.number, me.name or ""), new, office.clock)

    with taken_back(folder, office.keys):
        office.write(work)
    if no_code:
        office.proof.give()


@act(Verb.REMOVE, Staff)
def remove_person(office: Office, folder: VaultFolder, person: bytes) -> None:
    """Somebody leaves: from now on they come in nowhere. The lock should be changed then (`ways.lock_state`).

    Their telephone's secret and spare codes go at once, the name when no line of the log is about them any more.
    Raises Problem for oneself, for the last owner, and where too few ways in would be left.
    """

    def work(writing: Writing, trace: Trace) -> str:
        row = _other(office, writing, person, M("Nobody removes themselves."))
        staff_rules.refuse_last_owner(writing, row)
        if not ways.may_remove(folder, office.keys, row.number):
            raise problems.last_ways()
        trace.row = person
        _forget_factor(writing, person)
        writing.update(Staff, person, left_on=office.today())
        for case in writing.find(OpenCase, eq("staff_id", person), after("until", office.clock.now())):
            writing.update(OpenCase, case.id, until=office.clock.now())
        set_value(writing, WAY_REMOVED_ON, office.today())
        share_key(office, writing)
        return row.number

    number = office.write(work)
    # Where the key file cannot be written now, the row shuts them out, and the next opening makes up for it.
    with contextlib.suppress(Problem):
        ways.remove_person(folder, office.keys, number)


def _other(office: Office, reading: Reading, person: bytes, themselves: M) -> Staff:
    """Somebody else who may do no more than whoever acts. Raises Problem."""
    row = staff_rules.somebody(reading, person)
    staff_rules.require_other(office, row, themselves)
    staff_rules.require_over(office, reading, row)
    return row


@act(Verb.LIST, Role)
def roles(office: Office) -> list[RoleView]:
    """The ready-made roles, then those of the shop's own."""
    return office.read(staff_rules.roles_of)


@act(Verb.CHANGE, Role)
def save_role(office: Office, form: RoleForm) -> str:
    """Make a role of the shop's own, or change one; it holds from the next sign-in on. Returns its code.

    Raises Problem for a ready-made one, for one's own, and for one that may do more than whoever makes it.
    """
    code = form.code or f"own-{secrets.token_hex(4)}"

    def work(writing: Writing, trace: Trace) -> str:
        trace.fields = tuple(sorted({f"{deed}.{part}" for deed, part in form.rights}))
        _check_role(office, writing, form, code)
        title = staff_rules.fitting_title(writing, form.title, code)
        writing.put(Role(code=code, title=title, second_factor=form.second_factor))
        writing.delete(RoleRight, eq("role", code))
        for deed, part in sorted(form.rights):
            writing.insert(RoleRight(id=office.new_id(), role=code, deed=deed.value, of=part.value))
        share_key(office, writing)
        return code

    return office.write(work)


def _check_role(office: Office, reading: Reading, form: RoleForm, code: str) -> None:
    if form.code is not None:
        _own_role(office, reading, code)
    if not form.rights <= office.who.rights:
        raise staff_rules.not_allowed(M("You cannot give a role that may do more than your own."))


def _own_role(office: Office, reading: Reading, code: str) -> None:
    """Raises Problem unless it is a role of the shop's own that whoever acts may change."""
    if code in READY_ROLES:
        raise Problem(
            M("The ready-made roles stay as they are."),
            safe=M("Nothing was changed."),
            todo=M("Make a role of your own from it."),
        )
    role = staff_rules.role_of(reading, code)
    if role is None:
        raise Gone(M("There is no such role."), safe=M("Nothing was changed."))
    me = reading.get(Staff, office.who.staff) if office.who.staff is not None else None
    if (me is not None and me.role == code) or not role.rights <= office.who.rights:
        raise staff_rules.not_allowed(M("Nobody changes their own role, or one that may do more."))


@act(Verb.REMOVE, Role)
def remove_role(office: Office, code: str) -> None:
    """Take out a role of the shop's own that nobody has. Raises Problem."""

    def work(writing: Writing, trace: Trace) -> None:
        _own_role(office, writing, code)
        if any(one.role == code for one in staff_rules.working(writing)):
            raise Problem(
                M("Somebody still has this role."),
                safe=M("Nothing was changed."),
                todo=M("Give them another one first."),
            )
        trace.fields = (code,)
        writing.delete(RoleRight, eq("role", code))
        writing.delete(Role, eq("code", code))

    office.write(work)


@act(Verb.SIGN_IN, Staff)
def begin_second_factor(office: Office) -> Enrolment:
    """A fresh secret for the telephone of whoever acts. It counts once `confirm_second_factor` was done with it."""
    me = require_me(office)
    office.proof.require()
    secret = codes.new_secret()
    office.looked(None, me.id, fields=("second_factor",))
    return Enrolment(secret, codes.uri(secret, me.name or me.number, office.shop.name))


@act(Verb.SIGN_IN, Staff)
def confirm_second_factor(office: Office, enrolment: Enrolment, code: str) -> list[str]:
    """The telephone shows right codes: from now on one is asked for at each sign-in of whoever acts.

    Returns the spare codes, which are shown once; earlier ones count no more. Raises Problem for a wrong code.
    """
    me = require_me(office)
    office.proof.require()
    step = codes.step_of(enrolment.secret, code, office.clock.now())
    if step is None:
        raise passwords.wrong_code()
    made = codes.new_spare_codes()

    def work(writing: Writing, trace: Trace) -> None:
        trace.row = me.id
        _forget_factor(writing, me.id)
        writing.update(Staff, me.id, second_factor=enrolment.secret, last_step=step)
        for one in made:
            mark = spare_mark(office, me.number, one)
            if mark is not None:
                writing.insert(SpareCode(id=office.new_id(), staff_id=me.id, code=mark))

    office.write(work)
    office.must_enrol = False
    return made


@act(Verb.CHANGE, Staff)
def drop_second_factor(office: Office, person: bytes) -> None:
    """Let somebody in without a code again, after a telephone was lost. Where the role demands one, it is set up anew.

    Raises Problem.
    """

    def work(writing: Writing, trace: Trace) -> None:
        row = staff_rules.somebody(writing, person)
        staff_rules.require_over(office, writing, row)
        trace.row = person
        _forget_factor(writing, person)

    office.write(work)


def _forget_factor(writing: Writing, person: bytes) -> None:
    writing.update(Staff, person, second_factor=None, last_step=None)
    writing.delete(SpareCode, eq("staff_id", person))


@act(Verb.ADD, OpenCase)
def open_case(office: Office, staff: bytes, person: bytes, reason: str, days: int) -> bytes:
    """Show a person's notes and purchases, for some days, to somebody whose role lets cases be opened. Raises Problem.

    It holds from their next sign-in on. Only whoever sees everything can show it.
    """
    if not sees_everything(office.who.rights):
        raise staff_rules.not_allowed(M("Only somebody who sees everything can open a case."))
    if not 1 <= days <= LONGEST_CASE:
        raise Problem(M("Please give a number from {least} to {most}.", least=1, most=LONGEST_CASE))
    why = storable(reason)
    if not why:
        raise Problem(M("Please say why the case is opened."), safe=M("Nothing was changed."))

    def work(writing: Writing, trace: Trace) -> bytes:
        role = staff_rules.role_of(writing, staff_rules.somebody(writing, staff).role)
        if role is None or not role.cases:
            raise Problem(M("Cases are opened to the data protection officer alone."), safe=M("Nothing was changed."))
        if writing.get(Contact, person) is None:
            raise Gone(M("This person is not in the customer file any more."), safe=M("Nothing was changed."))
        now = office.clock.now()
        until = now + timedelta(days=days)
        row = OpenCase(id=office.new_id(), person_id=person, staff_id=staff, reason=why, opened_at=now, until=until)
        writing.insert(row)
        trace.person, trace.row = person, row.id
        return row.id

    return office.write(work)


@act(Verb.CHANGE, OpenCase)
def close_case(office: Office, case: bytes) -> None:
    """End a case before its time: whoever could open it, or for whom it is open. Raises Problem."""

    def work(writing: Writing, trace: Trace) -> None:
        row = writing.get(OpenCase, case)
        if row is None:
            raise Gone(M("There is no such case."), safe=M("Nothing was changed."))
        if row.staff_id != office.who.staff and not sees_everything(office.who.rights):
            raise staff_rules.not_allowed(M("Only somebody who sees everything can end the case of another."))
        trace.person, trace.row = row.person_id, case
        writing.update(OpenCase, case, until=min(row.until, office.clock.now()))

    office.write(work)


@act(Verb.LIST, OpenCase)
def cases(office: Office) -> list[OpenCase]:
    """The cases that are open now."""
    return office.read(lambda reading: reading.find(OpenCase, after("until", office.clock.now()), order=("until",)))
