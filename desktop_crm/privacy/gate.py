"""The gate through which everything leaves: only here is a `Released` made, and every writer of papers asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Generic, TypeVar, final

from desktop_crm.cheap import fixed
from desktop_crm.privacy.use import Verdict

T = TypeVar("T")
_PASS = object()


@final
class Released(Generic[T]):
    """Data that may leave the customer file. Made by the functions of this module alone."""

    __slots__ = ("content",)

    def __init__(self, content: T, proof: object) -> None:
        if proof is not _PASS:
            raise TypeError("only the gate releases data")
        self.content = content


@fixed
class AboutOnePerson(Generic[T]):
    """Data of exactly one person, collected for that person: what concerns others is withheld already."""

    person_id: bytes
    content: T = field(repr=False)


def to_the_person(collected: AboutOnePerson[T], *, asked_by: bytes) -> Released[T]:
    """A person gets their own data (Art. 15, 17, 20 GDPR). ValueError if somebody else asks."""
    if collected.person_id != asked_by:
        raise ValueError("data of one person was to be released to another")
    return Released(collected.content, _PASS)


def to_be_used(people: Mapping[bytes, T], verdicts: Mapping[bytes, Verdict]) -> Released[tuple[T, ...]]:
    """Data of several people for one use, each of whom may be used for it. ValueError if one may not."""
    for person in people:
        verdict = verdicts.get(person)
        if verdict is None or not verdict.allowed:
            raise ValueError("data of somebody was to be released for a use that is not allowed")
    return Released(tuple(people.values()), _PASS)


def names_nobody(content: T) -> Released[T]:
    """Papers without personal data of customers: the erasure record, the recovery sheet."""
    return Released(content, _PASS)
