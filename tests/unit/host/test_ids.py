"""Ids are told apart and sorted by time, though their chance is fetched ahead for many of them."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from desktop_crm.host.clock import FixedClock
from desktop_crm.host.ids import new_id

_NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
_MANY = 3_500
"""More than are fetched ahead at once, three times."""


def test_no_two_threads_are_given_the_same_id() -> None:
    clock = FixedClock(_NOON)
    with ThreadPoolExecutor(4) as pool:
        made = [key for keys in pool.map(lambda _: [new_id(clock) for _ in range(_MANY)], range(4)) for key in keys]
    assert len(set(made)) == 4 * _MANY


def test_an_id_is_a_uuid_of_version_7_that_sorts_by_time() -> None:
    first, later = new_id(FixedClock(_NOON)), new_id(FixedClock(_NOON + timedelta(milliseconds=1)))
    assert first < later
    assert uuid.UUID(bytes=first).version == 7
    assert uuid.UUID(bytes=first).variant == uuid.RFC_4122
