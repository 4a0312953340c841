"""Who did something, as it is told: by name to whoever may see the activity log, on papers by role alone.

What is stored is the number of a person who works here, or the word of a role; neither stands on any paper.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.privacy import rights
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Part
from desktop_crm.records.staff import Staff
from desktop_crm.services import labels
from desktop_crm.services.office import Office
from desktop_crm.services.staff_rules import called
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M

Caller = Callable[[str], M]
"""Gives the stored actor a name or a role."""


def by_role(reading: Reading) -> Caller:
    """For papers: *Owner* or *Staff*, whoever it was."""
    owners = {one.number for one in reading.find(Staff, eq("role", rights.OWNER.code))}
    return lambda actor: rights.OWNER.title if actor in owners else labels.role(actor)


def by_name(office: Office, reading: Reading) -> Caller:
    """For the screen: by name for those who may see the log, else by role."""
    role = by_role(reading)
    if not rights.allowed(office.who.rights, Verb.VIEW, Part.LOG):
        return role
    names = dict(colleagues(reading))
    return lambda actor: names[actor] if actor in names else role(actor)


def colleagues(reading: Reading) -> list[tuple[str, M]]:
    """The people who work or worked here: what stands for them in the log, and what they are called."""
    found = sorted(reading.find(Staff), key=lambda one: (one.name is None, one.name or "", one.former or 0))
    return [(one.number, M("{name}", name=called(one))) for one in found]
