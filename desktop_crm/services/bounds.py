"""The bounds of a role: what is absent for whoever acts, and how they are told that something is not theirs to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desktop_crm.privacy.rights import READY_ROLES, Deed, kept_apart, sees_everything
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Part, declaration
from desktop_crm.records.staff import OpenCase
from desktop_crm.records.use import DisclosedPerson, Mending
from desktop_crm.services import labels
from desktop_crm.services.actor import Actor
from desktop_crm.services.acts import Act
from desktop_crm.services.role_words import PARTS
from desktop_crm.storage.sight import Sight
from desktop_crm.storage.transaction import Change, Reading
from desktop_crm.storage.where import after, eq
from desktop_crm.words import Exit, M, Problem

_NOTED_BESIDE = frozenset({DisclosedPerson, Mending})
"""What the program notes of its own accord when something leaves or is changed, whoever did it."""


def sight_now(who: Actor, reading: Reading, now: datetime) -> Sight:
    """What is absent for whoever acts; cases open and close by themselves, so they are looked up each time."""
    if who.staff is None or not who.sight.hidden:
        return who.sight
    open_ = reading.find(OpenCase, eq("staff_id", who.staff), after("until", now))
    return replace(who.sight, cases=frozenset(one.person_id for one in open_))


def refuse_part_of_a_whole(who: Actor, act: Act) -> None:
    """Raises Problem for an act about all that is held of somebody, unless whoever acts sees all of it."""
    if act.whole and not sees_everything(who.rights):
        can = labels.joined([role.title for role in READY_ROLES.values() if sees_everything(role.rights)])
        raise Problem(
            M("This tells or takes all of something, and your role does not see everything."),
            safe=M("Nothing was changed."),
            todo=M("Please ask somebody whose role sees everything: {who}.", who=can),
            code=Exit.NOT_ALLOWED,
        )


def refuse_changes(who: Actor, act: Act, changes: Iterable[Change]) -> None:
    """Raises Problem if an act touched what whoever acts may not change: by an undo or a list, say."""
    deed = Deed.ERASE if act.verb is Verb.ERASE else Deed.CHANGE
    meant = (one for one in changes if not (one.record in _NOTED_BESIDE and one.verb == "add"))
    touched = {declaration(change.record).part for change in meant if kept_apart(change.record)}
    for part in sorted(touched):
        if (deed, part) not in who.rights:
            raise not_allowed(part)


def not_allowed(part: Part | None = None) -> Problem:
    """What is said where a role may not do something, with the part of the data that it would need more rights to."""
    todo = M("It needs more rights to “{part}”. An owner decides about them.", part=PARTS[part]) if part else None
    return Problem(M("Your role may not do this."), safe=M("Nothing was changed."), todo=todo, code=Exit.NOT_ALLOWED)
