"""Proof 2, for data to take along: all that a person told and nothing else; locked papers show nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.services import access, portability, requests
from desktop_crm.services.access import Wish
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from tests.privacy.canaries import Planted, Planter
from tests.privacy.papers import holding

PASSWORD = "grüne-Wiese-7"


@pytest.fixture
def planter(office: Office) -> Planter:
    return Planter(office, seed=20261121)


@pytest.fixture
def person(office: Office, planter: Planter) -> bytes:
    planter.person(office.new_id())
    return planter.person(office.new_id())


def told(planted: list[Planted]) -> set[str]:
    """What the person told, the name of their company included."""
    shared = {one.column.references for one in planted if one.column.provided} - {None}
    return {
        one.text
        for one in planted
        if one.searchable_text and (one.column.provided or (one.told.record in shared and one.column.name == "name"))
    }


def unfolded(path: Path) -> str:
    return path.read_bytes().replace(b"\r\n ", b"").decode("utf-8-sig")


def test_it_holds_all_that_was_told_and_nothing_else(
    office: Office, planter: Planter, person: bytes, surroundings: Path
) -> None:
    taken = portability.take_along(office, person, surroundings / "out")
    mine = told(planter.of(person))
    others = {one.text for one in planter.planted if one.searchable_text} - mine
    assert len(mine) > 20
    for paper in taken.papers:
        text = unfolded(paper.path)
        # Cards are handed on, so what is kept apart is in the other two.
        expected = mine - planter.kept_apart(person) if paper.path.suffix == ".vcf" else mine
        assert holding(text, mine) == expected
        assert holding(text, others) == set()


@pytest.mark.parametrize("kind", ["copy", "take-along"])
def test_a_locked_paper_shows_nothing_of_anybody(
    office: Office, planter: Planter, person: bytes, surroundings: Path, kind: str
) -> None:
    out = surroundings / "out"
    if kind == "copy":
        number = requests.register(office, person, RequestKind.ACCESS)
        access.answer(office, number, out, Wish(password=PASSWORD))
    else:
        portability.take_along(office, person, out, password=PASSWORD)
    (file,) = out.iterdir()
    raw = file.read_bytes()
    assert [one.place for one in planter.of(person) if one.searchable_text and one.text.encode() in raw] == []
    assert PASSWORD.encode() not in raw
    assert office.read(lambda reading: reading.count(PrivacyRequest, eq("closed_at", None))) == 0
