"""Walks along the activity log, seal by seal, and says where and how it was changed outside the program.

A line is sealed together with its number and the seal before. Where lines were tidied away, a checkpoint stands for
them: it bears the seal before the first and that of the last, so that the chain goes on behind the gap.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain as joined
from typing import Protocol

from desktop_crm.cheap import fixed
from desktop_crm.privacy.chain import CHAIN_START, seal

LEDGER = "audit"
MOST_BREAKS = 20
"""After so many places nothing more is looked for: the log is beyond repair."""
_NEAR = 64
_SEARCHES = 3
"""So many lines are compared with every number of the log, to find where they come from; the others with near ones."""


class Fault(StrEnum):
    """What was done to a place of the log."""

    CHANGED = "changed"
    MISSING = "missing"
    SWAPPED = "swapped"
    PUT_IN = "put-in"
    CUT = "cut"
    """The end is missing, or was replaced by another."""
    BEGUN_ANEW = "begun-anew"
    """The first line is not that of a set-up: what was there before is gone."""
    CHECKPOINT = "checkpoint"
    """What stands for lines that were tidied away does not fit, or proves that more went than was due."""


@fixed
class Break:
    """What is wrong, and from which line to which; of two swapped lines the first and the second."""

    fault: Fault
    first: int
    last: int


@fixed
class Link:
    """A line as it is stored: its number, its other values as they are sealed, and its two seals."""

    number: int
    values: tuple[str | bytes | None, ...]
    previous: bytes
    seal: bytes


class Stretch(Protocol):
    """A checkpoint: it stands for the lines from `first` to `last`."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...

    @property
    def before(self) -> bytes: ...

    @property
    def after(self) -> bytes: ...


def link_of(stored: Sequence[object]) -> Link:
    """A line from its stored values: the number first, the two seals last."""
    number, *rest = stored
    previous, own = rest[-2:]
    values = tuple(value if value is None or isinstance(value, bytes) else str(value) for value in rest[:-2])
    if not (isinstance(number, int) and isinstance(previous, bytes) and isinstance(own, bytes)):
        raise TypeError("the table of the log has other columns")
    return Link(number, values, previous, own)


def line_seal(key: bytes, link: Link, number: int | None = None) -> bytes:
    """The seal a line must bear; `number`: as if it bore that number."""
    own = link.number if number is None else number
    return seal(key, LEDGER, link.previous, str(own), *link.values)


class Walk:
    """One walk from the first line to the last."""

    def __init__(
        self,
        key: bytes,
        stretches: Iterable[Stretch],
        fits: Callable[[Stretch], bool],
        at: Callable[[int], Link | None],
    ) -> None:
        """`fits`: whether a checkpoint is sealed and proves that only what was due went. `at` finds a line."""
        self.breaks: list[Break] = []
        self.lines = 0
        self.expected = 1
        """The number the next line must bear."""
        self._key = key
        self._at = at
        self._fits = fits
        self._gaps = sorted(stretches, key=lambda one: -one.first)
        """The checkpoints that are still to come, the next one last."""
        self._last = CHAIN_START
        self._loose = False
        """What came before is broken, so that nothing has to fit to it."""
        self._shift = 0
        """By how much the numbers were moved up from here on."""
        self._swapped: dict[int, bytes] = {}
        self._searches = _SEARCHES

    def go(self, links: Iterable[Link]) -> None:
        """Walk along these lines, in the order of their numbers."""
        for link in links:
            self.lines += 1
            self._step(link)
            if len(self.breaks) >= MOST_BREAKS:
                return
        self._over_gaps(None)
        if not self.lines:
            self._say(Fault.CUT, 1, max(1, self.expected - 1))

    def end_at(self, number: int, code: str) -> None:
        """Compare with the end that was remembered outside: this line with this seal must have been there."""
        if number >= self.expected:
            self._say(Fault.CUT, self.expected, number)
            return
        line = self._at(number + self._shift)
        known = any(one.first <= number <= one.last for one in self.breaks)
        if line is not None and line.seal.hex() != code and not known:
            self._say(Fault.CUT, number, number)

    def _say(self, fault: Fault, first: int, last: int) -> None:
        self.breaks.append(Break(fault, first, last))

    def _step(self, link: Link) -> None:
        number = link.number - self._shift
        if number in self._swapped:
            self._go_on(number, self._swapped.pop(number))
            return
        self._over_gaps(number)
        if number < self.expected:
            self._say(Fault.PUT_IN, link.number, link.number)
            return
        if not self._is_true(link, number):
            self._explain(link, number)
            return
        if number > self.expected:
            self._say(Fault.MISSING, self.expected, number - 1)
        elif link.previous != self._last and not self._loose:
            self._say(Fault.CHANGED, number, number)
        self._go_on(number, link.seal)

    def _go_on(self, number: int, last: bytes, *, loose: bool = False) -> None:
        self.expected, self._last, self._loose = number + 1, last, loose

    def _over_gaps(self, number: int | None) -> None:
        """Step over the checkpoints that stand before a line; None: over all that are left."""
        while self._gaps and (number is None or self._gaps[-1].first <= number):
            one = self._gaps.pop()
            if one.first > self.expected:
                self._say(Fault.MISSING, self.expected, one.first - 1)
            overlaps, loose = one.first < self.expected, self._loose or one.first > self.expected
            if overlaps or not self._fits(one) or (one.before != self._last and not loose):
                self._say(Fault.CHECKPOINT, one.first, one.last)
            self._go_on(max(one.last, self.expected - 1), one.after)

    def _is_true(self, link: Link, number: int) -> bool:
        return hmac.compare_digest(link.seal, line_seal(self._key, link, number))

    def _explain(self, link: Link, number: int) -> None:
        """The seal is not that of this line under this number: say what was done."""
        was = self._sealed_as(link, number)
        other = self._at(was + self._shift) if was is not None else None
        if self._is_between(link, number):
            self._say(Fault.PUT_IN, link.number, link.number)
            self._shift += 1
        elif was is not None and was > number and other is not None and self._is_true(other, number):
            self._say(Fault.SWAPPED, number, was)
            self._swapped[was] = link.seal
            self._go_on(number, other.seal)
        elif was is not None and was > number:
            # Lines went, and all that follow were numbered anew.
            self._say(Fault.MISSING, number, was - 1)
            self._shift = link.number - was
            self._go_on(was, link.seal)
        else:
            if number > self.expected:
                self._say(Fault.MISSING, self.expected, number - 1)
            self._say(Fault.CHANGED, number, number)
            self._go_on(number, link.seal, loose=True)

    def _is_between(self, link: Link, number: int) -> bool:
        """Whether the next line follows on what came before, and all others moved up: this one was put between."""
        following, third = self._at(link.number + 1), self._at(link.number + 2)
        fits = following is not None and following.previous == self._last and self._is_true(following, number)
        # Of two swapped neighbours the second fits as well, but then the others did not move.
        return fits and (third is None or self._is_true(third, number + 1))

    def _sealed_as(self, link: Link, number: int) -> int | None:
        """The number under which a line was sealed, if it is another one."""
        return next((other for other in self._candidates(number) if self._is_true(link, other)), None)

    def _candidates(self, number: int) -> Iterator[int]:
        near = joined.from_iterable((number + by, number - by) for by in range(1, _NEAR))
        yield from (one for one in near if one > 0)
        if self._searches:
            self._searches -= 1
            yield from range(1, max(number, self._greatest()) + _NEAR)

    def _greatest(self) -> int:
        """A number that no line exceeds: found by doubling, since nobody counted them."""
        bound = 1
        while bound < self.expected or self._at(bound) is not None:
            bound *= 2
        return bound
