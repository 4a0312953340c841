"""What belongs in the answer to "what do you have about me?": derived, so that no table can be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_crm.records.declare import Column, Declaration, Subject


@dataclass(frozen=True, slots=True)
class AccessStep:
    """One kind of record in the answer: which rows, what is shown, what is withheld from this person."""

    told: Declaration
    subject: Subject
    shown: tuple[Column, ...]
    withheld: tuple[Column, ...]


def access_plan(inventory: Iterable[Declaration]) -> tuple[AccessStep, ...]:
    """Every record that is about a person, once for each way it can be about them.

    Every column that is personal and not computed is either shown or withheld for the sake of another person
    (Art. 15(4) GDPR); there is no third way.
    """
    steps = []
    for told in inventory:
        for subject in told.subjects:
            personal = tuple(c for c in told.columns if c.personal)
            shown = tuple(c for c in personal if c.name not in subject.hides)
            withheld = tuple(c for c in personal if c.name in subject.hides)
            if shown or withheld:
                steps.append(AccessStep(told, subject, shown, withheld))
    return tuple(steps)
