"""One nursery of workers for all tests, and how often each fault is tried."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.faults.nursery import Nursery

LONG = os.environ.get("DESKTOP_CRM_LONG") == "1"


def times(few: int, many: int) -> int:
    """How often: few times in the usual run, many times in the long one."""
    return many if LONG else few


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()
