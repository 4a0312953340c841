"""The files that tell how acts are made to run (for `test_acts`)."""

from __future__ import annotations

from typing import Any

from tests.privacy import (
    apart_at_work,
    beginning_at_work,
    copies_at_work,
    forms_at_work,
    holding_at_work,
    log_at_work,
    people_at_work,
    permission_at_work,
    renewals_at_work,
    requests_at_work,
    using_at_work,
)

_FILES = (
    apart_at_work,
    beginning_at_work,
    copies_at_work,
    forms_at_work,
    holding_at_work,
    log_at_work,
    people_at_work,
    permission_at_work,
    renewals_at_work,
    requests_at_work,
    using_at_work,
)


def at_work(kind: str) -> dict[str, Any]:
    """What these tell in their `CASES`, `PREPARED` and `NO_ACTS`, as far as they do."""
    return {name: told for file in _FILES for name, told in getattr(file, kind, {}).items()}
