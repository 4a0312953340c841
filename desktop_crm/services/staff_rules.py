"""Who may do what to whom among the people who work here. Parts of the acts in `staff`, and of signing in."""

from __future__ import annotations

import unicodedata
from datetime import date

from desktop_crm.cheap import fixed
from desktop_crm.privacy.folding import fold
from desktop_crm.privacy.rights import EVERYTHING, NOTHING, OWNER, READY_ROLES, Deed, Rights
from desktop_crm.records.declare import Part
from desktop_crm.records.staff import Role, RoleRight, Staff
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import LANGUAGES, Exit, Gone, M, Problem, Words

LONGEST_NAME = 80
_STEERING = {"Cc", "Cf", "Zl", "Zp"}
"""Unicode's classes of signs that break lines, turn the direction of the text, or are not seen at all."""
_JOINERS = "\u200c\u200d"
"""Not seen either, but letters of several scripts are written with them."""


@fixed
class RoleView:
    """A role: what it is called, for whom it is, and what it may do."""

    code: str
    title: M | str
    for_whom: M | None
    rights: Rights
    second_factor: bool
    ready_made: bool
    cases: bool = False


class AloneEnds(Problem):
    """With the second person, whoever opens the file without saying who they are can do so no more: ask before."""

    def __init__(self) -> None:
        super().__init__(
            M("From the second person on, everybody signs in by name and password."),
            safe=M("Nothing was changed."),
            todo=M(
                "Opening without a password and the shared password end then; the recovery sheet stays. If you agree, "
                "say so and add the person once more."
            ),
        )


def roles_of(reading: Reading) -> list[RoleView]:
    """The ready-made roles, then those of the shop's own."""
    made = [
        RoleView(one.code, one.title, one.for_whom, one.rights, one.second_factor, True, one.cases)
        for one in READY_ROLES.values()
    ]
    return made + [
        RoleView(one.code, one.title, None, _own_rights(reading, one.code), one.second_factor, False)
        for one in reading.find(Role, order=("code",))
    ]


def _own_rights(reading: Reading, code: str) -> Rights:
    """What a later version may have added, this one does not know and does not grant."""
    rows = reading.find(RoleRight, eq("role", code))
    known = (row for row in rows if row.deed in set(Deed) and row.of in set(Part))
    return frozenset((Deed(row.deed), Part(row.of)) for row in known)


def role_of(reading: Reading, code: str) -> RoleView | None:
    """The role of that code, if there is one."""
    return next((one for one in roles_of(reading) if one.code == code), None)


def rights_of(reading: Reading, code: str) -> Rights:
    """What a role may do; nothing for one that is no more."""
    role = role_of(reading, code)
    return role.rights if role is not None else NOTHING


def working(reading: Reading) -> list[Staff]:
    """Who works here now."""
    return [one for one in reading.find(Staff, order=("added_at",)) if one.left_on is None]


def owner_among(reading: Reading, numbers: frozenset[str]) -> bool:
    """Whether one of them is an owner who stays."""
    owners = (one for one in working(reading) if one.role == OWNER.code and one.until is None)
    return any(one.number in numbers for one in owners)


def somebody(reading: Reading, person: bytes) -> Staff:
    """The person of that id who works here. Raises Problem."""
    found = reading.get(Staff, person)
    if found is None or found.left_on is not None:
        raise Gone(M("This person does not work here, or not any more."), safe=M("Nothing was changed."))
    return found


def called(row: Staff) -> str | M:
    """What a person is called; who left long ago has a number only."""
    return row.name if row.name is not None else M("former staff {n}", n=row.former or 0)


def fitting_name(reading: Reading, name: str, but: bytes | None = None) -> str:
    """The name as it is stored. Raises Problem where it is empty, too long, or that of a colleague."""
    plain = _plain_name(name)
    if any(fold(one.name or "") == fold(plain) and one.id != but for one in working(reading)):
        raise _refused(M("Somebody of this name works here already. Add something by which they are told apart."))
    return plain


def fitting_title(reading: Reading, title: str, code: str) -> str:
    """The name of a role as it is stored. Raises Problem where it is empty, too long, or that of another role.

    The ready-made roles are known by their code and by their name in every language: who asks for one never gets
    another that is called like it.
    """
    plain = _plain_name(title)
    if any(fold(plain) in _known_as(one) for one in roles_of(reading) if one.code != code):
        raise _refused(M("A role of this name is there already. Give this one a name of its own."))
    return plain


def _known_as(role: RoleView) -> set[str]:
    title = role.title
    titles = [title] if isinstance(title, str) else [Words(language).say(title) for language in LANGUAGES]
    return {fold(one) for one in (role.code, *titles)}


def _plain_name(name: str) -> str:
    """The name without surrounding blanks. Raises Problem for one that could not be shown, or typed again, as it is."""
    plain = storable(name)
    if not plain or len(plain) > LONGEST_NAME:
        raise _refused(M("A name has from 1 to {most} signs.", most=LONGEST_NAME))
    if any(unicodedata.category(sign) in _STEERING and sign not in _JOINERS for sign in plain):
        raise _refused(M("A name is one line, without signs that nobody sees or that turn the text round."))
    return plain


def check_first(reading: Reading, role: str, until: date | None, *, outside: bool) -> None:
    """Raises Problem where nobody works here yet and this is no owner to stay: somebody must let people in."""
    stays = role == OWNER.code and until is None and not outside
    if not stays and not working(reading):
        raise Problem(
            M("The first person is an owner without a last day: you yourself."),
            safe=M("Nothing was changed."),
            todo=M("Add yourself first, with your name and a password. Then add the others."),
        )


def check_days(office: Office, until: date | None, *, outside: bool) -> None:
    """Raises Problem for a last day that is over, and for somebody from outside without one."""
    if outside and until is None:
        raise Problem(M("Somebody from outside needs a last day."), safe=M("Nothing was changed."))
    if until is not None and until < office.today():
        raise Problem(M("This day is over."), safe=M("Nothing was changed."))


def require_all(office: Office) -> None:
    """Raises Problem unless whoever acts may do everything: only they may open ways in that do everything."""
    if office.who.rights != EVERYTHING:
        raise not_allowed(M("Only an owner can do this."))


def require_role(office: Office, reading: Reading, code: str) -> RoleView:
    """The role that is to be given. Raises Problem for an unknown one, and for one that may do more than the giver."""
    role = role_of(reading, code)
    if role is None:
        raise _refused(M("There is no such role."))
    if role.code == OWNER.code and not _is_owner(office, reading):
        raise not_allowed(M("Only an owner can make somebody an owner."))
    if not role.rights <= office.who.rights:
        raise not_allowed(M("You cannot give a role that may do more than your own."))
    return role


def require_over(office: Office, reading: Reading, person: Staff) -> None:
    """Raises Problem where somebody may do what whoever acts may not: else a password set anew would be a way up."""
    if person.role == OWNER.code and not _is_owner(office, reading):
        raise not_allowed(M("Only an owner can change this for an owner."))
    if not rights_of(reading, person.role) <= office.who.rights:
        raise not_allowed(M("This person may do more than you. Only an owner can change this for them."))


def require_other(office: Office, person: Staff, what: M) -> None:
    """Raises Problem where whoever acts means themselves."""
    if person.id == office.who.staff:
        raise not_allowed(what)


def refuse_last_owner(reading: Reading, person: Staff) -> None:
    """Raises Problem where nobody else is an owner without an end: somebody must be able to let people in."""
    others = (one for one in working(reading) if one.id != person.id and one.until is None)
    if person.role == OWNER.code and not any(one.role == OWNER.code for one in others):
        raise Problem(
            M("This is the only owner. Somebody must be able to decide who works here."),
            safe=M("Nothing was changed."),
            todo=M("Make somebody else an owner first."),
        )


def not_allowed(what: M) -> Problem:
    """Refused, whatever else is in order."""
    return Problem(what, safe=M("Nothing was changed."), code=Exit.NOT_ALLOWED)


def _refused(what: M) -> Problem:
    return Problem(what, safe=M("Nothing was changed."))


def _is_owner(office: Office, reading: Reading) -> bool:
    """Whoever comes in by the sheet, or alone, is the owner; of people, those with that role."""
    if office.who.staff is None:
        return office.who.rights == EVERYTHING
    me = reading.get(Staff, office.who.staff)
    return me is not None and me.role == OWNER.code
