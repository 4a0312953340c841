"""Two programs at one customer file: one at a time, and the other is told who holds it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.host.account import account_name, host_name
from desktop_crm.records.contact import Contact
from desktop_crm.words import Exit, Problem
from tests.faults import shop
from tests.faults.conftest import times
from tests.faults.looking import sound
from tests.faults.nursery import Nursery, Said

SECONDS = times(3, 30)


@pytest.fixture
def other() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def test_the_second_program_is_told_who_holds_the_file(nursery: Nursery, tmp_path: Path) -> None:
    shop.begin(tmp_path).close()
    nursery.start(tmp_path, 0, "hold")
    with pytest.raises(Problem) as told:
        shop.reopen(tmp_path)
    assert told.value.code is Exit.LOCKED
    assert told.value.what.values == {"account": account_name(), "host": host_name(), "pid": str(nursery.child)}
    with pytest.raises(Problem):
        shop.begin(tmp_path)
    nursery.kill()
    shop.reopen(tmp_path).close()


def test_two_programs_taking_turns_lose_nothing(nursery: Nursery, other: Nursery, tmp_path: Path) -> None:
    shop.begin(tmp_path).close()
    nursery.start(tmp_path, "one", "turns")
    other.start(tmp_path, "two", "turns")
    last = time.monotonic() + SECONDS
    said: Said = []
    while time.monotonic() < last:
        said += nursery.until("never", 0.05) + other.until("never", 0.05)
    said += nursery.kill() + other.kill()

    added = {line["words"][0] for line in said if line.get("did") == "add"}
    refused = [line["refused"] for line in said if "refused" in line]
    assert {re.sub("x.*", "", word) for word in added} == {"one", "two"}
    assert set(refused) == {Exit.LOCKED}
    office = shop.reopen(tmp_path)
    try:
        assert added <= office.read(lambda reading: {c.name for c in reading.find(Contact)})
        sound(office)
    finally:
        office.close()
