"""Every public function of the services is an act: its right is checked and it leaves a line in the activity log."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from desktop_crm.cheap import fixed
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Part, declaration


@fixed
class Act:
    """What a service function is allowed to do: its name stands in the log, its verb and record choose the right."""

    name: str
    verb: Verb
    record: type
    whole: bool = False
    """Whether it is about all that is held of somebody, so that only those may do it who see everything."""
    for_good: bool = False
    """Whether it takes something away that no undo brings back: the password is asked for again before."""
    of: Part | None = None
    """Where another right than to the record is what decides."""

    @property
    def part(self) -> Part:
        """The part of the data to which a right is needed."""
        return self.of or declaration(self.record).part


class Accountable(Protocol):
    """Whoever acts: knows what the acting role may do."""

    def check_right(self, act: Act) -> None: ...


Actor = TypeVar("Actor", bound=Accountable)
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Trace:
    """What the line in the log will say besides the act: about whom, which row, which fields, how many."""

    person: bytes | None = None
    row: bytes | None = None
    fields: tuple[str, ...] = ()
    number: int = 1


@dataclass(slots=True)
class Performance:
    """One run of an act."""

    act: Act
    logged: int = field(default=0)
    change: bytes | None = None
    """The number under which it can be taken back, if it can."""


_current: ContextVar[Performance | None] = ContextVar("performance", default=None)


def performing() -> Performance:
    """The act that runs now. RuntimeError outside of any: a change without an act is a bug."""
    now = _current.get()
    if now is None:
        raise RuntimeError("customer data is used outside of any declared act")
    return now


def act(
    verb: Verb, record: type, *, whole: bool = False, for_good: bool = False, of: Part | None = None
) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """Declare a service function. All but lists must leave a line in the log, or the function is a bug.

    `whole`: it tells, hands out or erases all that is held of somebody, so only those may do it who see everything.
    `for_good`: what it takes away comes back by no undo, so the password is asked for again before.
    `of`: the part of the data to which the right is needed, where that is not the part of the record.
    """

    def declare(function: Callable[Concatenate[Actor, P], T]) -> Callable[Concatenate[Actor, P], T]:
        told = Act(function.__name__, verb, record, whole, for_good, of)

        @functools.wraps(function)
        def perform(office: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            office.check_right(told)
            performance = Performance(told)
            token = _current.set(performance)
            try:
                answer = function(office, *args, **kwargs)
            finally:
                _current.reset(token)
            if verb is not Verb.LIST and not performance.logged:
                raise RuntimeError(f"the act {told.name} left no line in the log")
            return answer

        perform.__dict__["act"] = told
        return perform

    return declare
