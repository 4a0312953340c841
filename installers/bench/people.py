"""Makes up people: names as skewed as real ones, and for some of them companies, notes and purchases."""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.privacy.folding import fold
from installers.bench import names

_FILM_NUMBERS = (("30", "23125"), ("69", "90009"), ("40", "66969"), ("221", "4710"), ("89", "99998"))
"""Area codes and numbers the Bundesnetzagentur sets aside for film; five digits are added, so that there are enough."""
_PHONE_FORMS = (
    "+49 {area} {number}",
    "0{area} {number}",
    "(0{area}) {number}",
    "0{area}/{number}",
    "+49{area}{number}",
)
_DOMAINS = ("example.com", "example.org", "example.net", "post.example", "mail.example", "laden.example")
HEADINGS = ("First Name", "Last Name", "Organization Name", "E-mail 1 - Value", "Phone 1 - Value", "Notes")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A person who does not exist. Empty texts are what is not known; `idle` is days since the last contact."""

    given: str
    family: str
    company: str
    email: str
    phone: str
    note: str
    bought: str
    idle: int

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.given} {self.family}"

    def cells(self) -> tuple[str, ...]:
        """The row of a list, under HEADINGS."""
        return self.given, self.family, self.company, self.email, self.phone, self.note


def _joined(beginnings: Sequence[str], endings: Sequence[str]) -> list[str]:
    return [first + last for first, last in itertools.product(beginnings, endings)]


def last_names() -> list[str]:
    """All last names, the commonest first."""
    rare = _joined(names.LAST_BEGINNINGS, names.LAST_ENDINGS)
    rare += _joined(names.POLISH_BEGINNINGS, names.POLISH_ENDINGS)
    rare += _joined(names.TURKISH_BEGINNINGS, names.TURKISH_ENDINGS)
    rare += [f"{one}-{other}" for one, other in itertools.product(names.LAST[:40], names.LAST[40:80])]
    random.Random(0).shuffle(rare)  # noqa: S311 - made-up people need no secrets
    return [*names.LAST, *rare]


class Draw:
    """Draws from a list, its first ones most often: the k-th as often as 1/(k+20), so that one in 100 is a Müller."""

    def __init__(self, drawn_from: Sequence[str], chance: random.Random) -> None:
        self._from = drawn_from
        self._chance = chance
        self._heights = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(drawn_from))))

    def many(self, number: int) -> list[str]:
        """So many draws."""
        return self._chance.choices(self._from, cum_weights=self._heights, k=number)


class Crowd:
    """An endless row of made-up people, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - made-up people need no secrets
        self._first = Draw(list(dict.fromkeys(names.FIRST)), self._chance)
        self._last = Draw(last_names(), self._chance)
        self._made = 0

    def take(self, number: int) -> Iterator[MadeUp]:
        """The next people."""
        for start in range(0, number, 2000):
            size = min(2000, number - start)
            for given, family in zip(self._first.many(size), self._last.many(size), strict=True):
                yield self._person(given, family)

    def _person(self, given: str, family: str) -> MadeUp:
        self._made += 1
        number, chance = self._made, self._chance.random
        phone = self._phone(number) if chance() < 0.7 else ""
        return MadeUp(
            given,
            family,
            self._company() if chance() < 0.15 else "",
            self._email(given, family, number) if chance() < 0.9 or not phone else "",
            phone,
            self._words(6) if chance() < 0.25 else "",
            f"{self._words(2)} {number}" if chance() < 0.25 else "",
            int(self._chance.expovariate(1 / 400)),
        )

    def _email(self, given: str, family: str, number: int) -> str:
        local = "".join(sign for sign in f"{fold(given)}.{fold(family)}" if sign.isascii())
        return f"{local}{number}@{_DOMAINS[number % len(_DOMAINS)]}"

    def _phone(self, number: int) -> str:
        area, beginning = _FILM_NUMBERS[number % 5]
        form = _PHONE_FORMS[number // 5 % 5]
        return form.format(area=area, number=f"{beginning}{number // 5:05}")

    def _company(self) -> str:
        return f"{self._chance.choice(names.COMPANY_WORDS)} {self._last.many(1)[0]}"

    def _words(self, number: int) -> str:
        return " ".join(self._chance.choices(names.NOTE_WORDS, k=number))

    def last(self, number: int) -> list[str]:
        """So many last names as they are typed."""
        return [name.lower() for name in self._last.many(number)]

    def typed(self, number: int) -> list[str]:
        """What stands in the search box while so many names are typed: one to six letters of each."""
        chosen = [*self._first.many(number - number // 2), *self._last.many(number // 2)]
        self._chance.shuffle(chosen)
        return [name[:length].lower() for name in chosen for length in range(1, min(6, len(name)) + 1)]


def write_list(path: Path, number: int, seed: int) -> None:
    """A customer list as another program writes it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(person.cells() for person in Crowd(seed).take(number))
