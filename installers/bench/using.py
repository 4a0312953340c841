"""The gate: who of everybody may be written to, beside plain SQL that joins people with their last answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial

from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.interaction import Channel
from desktop_crm.services import using
from installers.bench.bare import Connection, connect
from installers.bench.measure import Figure, medians
from installers.bench.permission import answered
from installers.bench.workshop import Workshop

_PURPOSE = "newsletter"
_LIMIT, _UP_TO = 1_000.0, 100_000
"""Milliseconds it may take among so many people."""


def measure(shop: Workshop) -> Iterator[Figure]:
    """At each size, with the answers that the figures of permissions need, too."""
    for size in shop.options.sizes:
        file = shop.filled(size)
        if not file.office.read(lambda reading: reading.count(ConsentEvent)):
            answered(file)
        own = partial(using.check, file.office, _PURPOSE, Channel.EMAIL)
        with contextlib.closing(connect(file.office.store.database, file.key)) as same:
            taken, bare = medians(max(shop.options.runs, 3), own, partial(_plain, same))
        limit = _LIMIT if size <= _UP_TO else None
        against = "bare SQL with a key"
        yield Figure("gate", "who may be written to", size, taken * 1e3, "ms", bare * 1e3, against, limit=limit)


_PLAIN = """
    SELECT c.id, e.id, e.state FROM contact c LEFT JOIN
        (SELECT id, contact_id, state, max(happened_at || hex(id)) FROM consent_event GROUP BY contact_id) e
        ON e.contact_id = c.id
    WHERE NOT c.deceased AND EXISTS (SELECT 1 FROM contact_email v WHERE v.contact_id = c.id)"""


def _plain(same: Connection) -> None:
    same.execute(_PLAIN).fetchall()
