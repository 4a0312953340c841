"""What a yes to entries of the queue means: who goes, with what, what stays, and who needs a look of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from desktop_crm.records.erasure import Ground
from desktop_crm.services import erasing, keeping, retention
from desktop_crm.services.erasing import Erased
from desktop_crm.services.erasure_plan import ErasureOrder, Preview
from desktop_crm.services.keeping import QueueRow
from desktop_crm.services.office import Office
from desktop_crm.ui.courier import Cancelled, Progress
from desktop_crm.words import M, Problem


@dataclass(frozen=True, slots=True, repr=False)
class Apart:
    """Somebody who is not erased among others, and why: they need a look of their own first."""

    person: bytes
    name: str
    why: M


@dataclass(frozen=True, slots=True, repr=False)
class Outlook:
    """What a yes takes. `going` are the rows that go, `parts` what goes with people, `stays` what the law keeps."""

    going: tuple[QueueRow, ...]
    people: tuple[bytes, ...]
    entries: tuple[bytes, ...]
    parts: tuple[tuple[M, int], ...]
    stays: tuple[tuple[date, str, int], ...]
    apart: tuple[Apart, ...]

    @property
    def what(self) -> M:
        """How much goes, as people say it."""
        return counted(len(self.people), len(self.entries))


def counted(people: int, entries: int) -> M:
    """How many people, with whatever hangs on them, and how many entries of people who stay: never in one number."""
    parts = [M("{n} person", "{n} people", n=people)] if people else []
    if entries or not people:
        parts.append(M("{n} entry", "{n} entries", n=entries))
    return parts[0] if len(parts) == 1 else M("{people} and {entries}", people=parts[0], entries=parts[1])


def outlook(office: Office, rows: Sequence[QueueRow], step: Progress) -> Outlook:
    """Look at everybody who would go. Changes nothing; each look stands in the log. Raises Cancelled."""
    found = keeping.going(office, [row.item for row in rows])
    names = {row.person: row.name for row in rows if row.person is not None}
    apart: list[Apart] = []
    previews: dict[bytes, Preview] = {}
    for at, person in enumerate(found.people):
        step(at, len(found.people))
        shown, why = _looked(office, person)
        if shown is None or why is not None:
            apart.append(Apart(person, names.get(person, ""), why or M("Not there any more")))
        else:
            previews[person] = shown
    entries = set(found.entries)
    going = [row for row in rows if row.item in entries or (row.whole_person and row.person in previews)]
    return Outlook(tuple(going), tuple(previews), found.entries, _parts(previews), _stays(previews), tuple(apart))


def _looked(office: Office, person: bytes) -> tuple[Preview | None, M | None]:
    """What erasing somebody takes, and what speaks against doing it together with others."""
    try:
        shown = erasing.preview(office, person)
    except Problem as problem:
        return None, problem.what
    if shown.running:
        return shown, M("Still running: {what}", what=shown.running[0].what)
    if shown.mentions:
        n = len(shown.mentions)
        return shown, M("{n} entry of others names them", "{n} entries of others name them", n=n)
    return shown, None


def _parts(previews: dict[bytes, Preview]) -> tuple[tuple[M, int], ...]:
    found: Counter[str] = Counter()
    words: dict[str, M] = {}
    for shown in previews.values():
        for what, number in shown.parts:
            found[what.text] += number
            words[what.text] = what
    return tuple((words[text], number) for text, number in found.items())


def _stays(previews: dict[bytes, Preview]) -> tuple[tuple[date, str, int], ...]:
    found: Counter[tuple[date, str]] = Counter()
    for shown in previews.values():
        for stay in shown.stays:
            found[stay.until, stay.law] += len(stay.numbers)
    return tuple((until, law, number) for (until, law), number in sorted(found.items()))


@dataclass(slots=True)
class Done:
    """What a yes has done, up to where it was stopped or something failed."""

    folder: Path | None
    entries: int = 0
    people: list[Erased] = field(default_factory=list)
    stopped: bool = False
    problem: Problem | None = None

    @property
    def traces(self) -> int:
        """Of how many people the final search found something, or was not finished."""
        return sum(bool(one.searched.found or one.searched.pending) for one in self.people)


def carry_out(office: Office, found: Outlook, folder: Path | None, step: Progress) -> Done:
    """Delete the entries in one act, then erase the people one by one. Stopped, or where one fails, the rest stays."""
    done = Done(folder)
    whole = len(found.people) if len(found.people) > 1 else 0
    try:
        step(0, 0)
        if found.entries:
            done.entries = retention.carry_out(office, found.entries)
        if folder is not None:
            for person in found.people:
                done.people.append(_erase(office, person, folder, partial(step, len(done.people), whole)))
    except Cancelled:
        done.stopped = True
    except Problem as problem:
        done.problem = problem
    return done


def _erase(office: Office, person: bytes, folder: Path, step: Callable[[], None]) -> Erased:
    """Stopped in the first step, everything of this person is as before; later nothing stops it."""

    def tell(number: int, _of: int, _what: M) -> None:
        if number == 1:
            step()

    return erasing.erase(office, person, folder, ErasureOrder(ground=Ground.KEEPING_TIME), tell=tell)
