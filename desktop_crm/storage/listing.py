"""Who belongs to a list, in the order of names; how many; and the newest entry of each of some people.

Only ids are read, in chunks: a list of a million people must hold nobody up. A condition on a column that is not in the
index of names stands in a query of its own, because looking up each person in the order of names takes ten times as
long (measured).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from desktop_crm.cheap import fixed
from desktop_crm.records.consent import ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.storage.rows import codec, instant_text
from desktop_crm.storage.transaction import CHUNK, Reading
from desktop_crm.storage.where import one_of

R = TypeVar("R")


@fixed
class Group:
    """Some of the contacts: what comes before the query, the condition on the contact `c`, and the bound values.

    Tables stand in braces, here as everywhere below: whoever reads gets those rows of them that they may see.
    """

    condition: str
    bound: tuple[Any, ...] = ()
    before: str = ""


@fixed
class Asked:
    """A purpose people are asked about, now; what makes a yes too old, or not one to the words of today.

    `too_old`: a yes of the first form that was said until then ran out; None: it does not age. `renewed_at`: a yes said
    before does not cover the question any more.
    """

    purpose: bytes
    now: datetime
    too_old: datetime | None = None
    renewed_at: datetime | None = None


EVERYBODY = Group("1")
NOBODY = Group("0")
WAITING = Group(
    "c.id IN (SELECT person_id FROM {retention_item} WHERE answer = ?)",
    (RetentionAnswer.WAITING.value,),
)
"""Of whom something waits for a yes."""
UNSORTED = Group("c.id IN (SELECT id FROM {contact} WHERE basis = ?)", (Basis.UNSORTED.value,))
"""Of whom nobody has said why they are here."""
NEVER_TOLD = Group("c.id IN (SELECT id FROM {contact} WHERE informed_on IS NULL AND NOT deceased)")
"""The living to whom nobody has said how their data is used."""

_SIGNS = {state.value[0]: state for state in ConsentState if state is not ConsentState.REQUESTED}
"""One letter for each answer; `-` where there is none."""
_LAST = (
    "max(happened_at || hex(id) || CASE WHEN state <> 'given' THEN substr(state, 1, 1) "
    "WHEN ends_at <= ? OR form = 1 AND happened_at <= ? THEN 'e' WHEN happened_at < ? THEN 'i' ELSE 'g' END) "
    "FILTER (WHERE purpose_id = ?)"
)
"""The last answer to one purpose, with its letter at the end: nothing is sorted, and no row but the index is read."""
_STANDS = """
WITH asked (purpose_id, now, too_old, renewed_at) AS (VALUES {marks}),
last AS (
    SELECT id, purpose_id, contact_id, state, happened_at, form, ends_at, explicit, guardian,
        max(happened_at || hex(id)) FROM {{consent_event}}
    WHERE state <> '{requested}' AND purpose_id IN (SELECT purpose_id FROM asked) GROUP BY purpose_id, contact_id
),
stands AS (
    SELECT id, purpose_id, contact_id, happened_at, explicit, guardian,
        CASE WHEN state <> '{given}' THEN state
            WHEN ends_at <= now OR form = 1 AND happened_at <= too_old THEN '{expired}'
            WHEN happened_at < renewed_at THEN '{invalidated}'
            ELSE state END AS state
    FROM last JOIN asked USING (purpose_id)
)
"""


class _Seen(dict[str, str]):
    """Where to read a record from, by its name."""

    def __init__(self, reading: Reading) -> None:
        self._sight = reading.sight

    def __missing__(self, name: str) -> str:
        return self._sight.table(next(told for told in inventory() if told.name == name))


def ask(reading: Reading, text: str, bound: Sequence[Any] = ()) -> Any:
    """Run a query in which tables stand in braces."""
    return reading.connection.execute(text.format_map(_Seen(reading)), bound)


def told_before(day: date) -> Group:
    """The living who were told last before that day."""
    condition = "c.id IN (SELECT id FROM {contact} WHERE informed_on < ? AND NOT deceased)"
    return Group(condition, (day.isoformat(),))


def tagged(tag: bytes) -> Group:
    """Everybody who bears a label."""
    return Group("c.id IN (SELECT contact_id FROM {contact_tag} WHERE tag_id = ?)", (tag,))


def never_asked(purposes: Sequence[bytes]) -> Group:
    """Everybody living about whom nothing was ever said on any of these purposes."""
    if not purposes:
        return NOBODY
    nothing = "NOT EXISTS (SELECT 1 FROM {consent_event} e WHERE e.purpose_id = ? AND e.contact_id = d.id)"
    conditions = " AND ".join(["NOT d.deceased", *[nothing] * len(purposes)])
    return Group(f"c.id IN (SELECT d.id FROM {{contact}} d WHERE {conditions})", tuple(purposes))


def standing(asked: Sequence[Asked], states: Iterable[ConsentState]) -> Group:
    """Everybody who stands on at least one of these purposes in one of these states.

    By the time at which things were said. Where a clock was set back between two answers of one person, only the
    person's own lines tell which was last.
    """
    if not asked:
        return NOBODY
    before, bound = _stands(asked)
    wanted = f"*[{''.join(state.value[0] for state in states)}]*"
    return Group("c.id IN (SELECT contact_id FROM stands WHERE signs GLOB ?)", (*bound, wanted), before)


def _stands(asked: Sequence[Asked]) -> tuple[str, tuple[Any, ...]]:
    """`stands`: whoever answered at all, with the letters of where they stand on each purpose."""
    last = ", ".join(f"{_LAST} AS last_{at}" for at in range(len(asked)))
    signs = " || ".join(f"ifnull(substr(last_{at}, -1), '-')" for at in range(len(asked)))
    text = (
        f"WITH stands AS (SELECT contact_id, {signs} AS signs FROM (SELECT contact_id, {last} "
        "FROM {consent_event} WHERE state <> 'requested' GROUP BY contact_id))"
    )
    return text, tuple(value for one in asked for value in (*map(_instant, _instants(one)), one.purpose))


def stands_on(asked: Sequence[Asked]) -> tuple[str, tuple[Any, ...]]:
    """What comes before a query about the answers people stand on for these purposes (`stands`), and what it binds."""
    text = _STANDS.format(
        marks=", ".join(["(?, ?, ?, ?)"] * len(asked)),
        requested=ConsentState.REQUESTED.value,
        given=ConsentState.GIVEN.value,
        expired=ConsentState.EXPIRED.value,
        invalidated=ConsentState.INVALIDATED.value,
    )
    return text, tuple(value for one in asked for value in (one.purpose, *map(_instant, _instants(one))))


def _instants(one: Asked) -> tuple[datetime | None, ...]:
    return one.now, one.too_old, one.renewed_at


def _instant(value: datetime | None) -> str | None:
    return instant_text(value) if value else None


def combinations(reading: Reading, asked: Sequence[Asked]) -> dict[tuple[ConsentState | None, ...], int]:
    """How many people stand where on these purposes together, each in the order of `asked`, in one reading.

    Every figure about permissions is a sum of these few. Whoever never answered at all is not counted.
    """
    if not asked:
        return {}
    before, bound = _stands(asked)
    rows = ask(reading, f"{before} SELECT signs, count(*) FROM stands GROUP BY signs", bound)
    return {tuple(map(_SIGNS.get, signs)): number for signs, number in rows.fetchall()}


def ids(reading: Reading, group: Group) -> Iterator[bytes]:
    """The ids of a group in the order of names, 16 bytes each, many in one piece."""
    cursor = ask(
        reading,
        f"{group.before} SELECT c.id FROM {{contact}} c WHERE {group.condition} ORDER BY c.sort_name, c.id",
        group.bound,
    )
    while rows := cursor.fetchmany(CHUNK):
        yield b"".join(row[0] for row in rows)


def count(reading: Reading, group: Group) -> int:
    """How many people belong to a group."""
    found: int = ask(
        reading, f"{group.before} SELECT count(*) FROM {{contact}} c WHERE {group.condition}", group.bound
    ).fetchone()[0]
    return found


def tag_counts(reading: Reading) -> dict[bytes, int]:
    """How many people bear each label that is borne at all."""
    rows = ask(reading, "SELECT tag_id, count(DISTINCT contact_id) FROM {contact_tag} GROUP BY tag_id")
    return dict(rows.fetchall())


def newest(reading: Reading, record: type[R], order: str, people: Sequence[bytes]) -> dict[bytes, R]:
    """The newest row of each of these contacts by the column `order`; whoever has none is left out."""
    made = codec(record)
    name, column = made.told.name, made.told.column(order).name
    marks = ", ".join("?" * len(people))
    keys = ask(
        reading,
        f"SELECT (SELECT r.id FROM {{{name}}} r WHERE r.contact_id = c.id ORDER BY r.{column} DESC, r.id DESC LIMIT 1) "
        f"FROM {{contact}} c WHERE c.id IN ({marks})",
        tuple(people),
    )
    found = reading.find(record, one_of("id", [row[0] for row in keys.fetchall() if row[0] is not None]))
    return {getattr(row, "contact_id"): row for row in found}  # noqa: B009 - any record with a contact


def born_on(reading: Reading, days: Sequence[str]) -> list[Contact]:
    """Living people whose birthday ends in one of these `MM-DD`."""
    if not days:
        return []
    marks = ", ".join("?" * len(days))
    text = f"SELECT id FROM {{contact}} WHERE substr(birthday, -5) IN ({marks}) AND NOT deceased"
    keys = ask(reading, text, tuple(days))
    found = [row[0] for row in keys.fetchall()]
    chunks = (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))
    return [row for chunk in chunks for row in reading.find(Contact, one_of("id", chunk))]


def named_like(reading: Reading, beginning: str, limit: int) -> list[bytes]:
    """People whose sorting form begins so, in the order of names."""
    rows = ask(
        reading,
        "SELECT id FROM {contact} WHERE sort_name >= ? AND sort_name < ? ORDER BY sort_name, id LIMIT ?",
        (beginning, beginning + "\U0010ffff", limit),
    )
    return [row[0] for row in rows.fetchall()]


def latest(reading: Reading, record: type[Any], column: str, people: Sequence[bytes]) -> dict[bytes, Any]:
    """The latest value of a column for each of these contacts, as it is stored; whoever has none is left out.

    Rows that a list brought in do not count: they came in on the day of the list, whenever they happened.
    """
    made = codec(record)
    marks = ", ".join("?" * len(people))
    rows = ask(
        reading,
        f"SELECT contact_id, max({made.told.column(column).name}) FROM {{{made.told.name}}} "
        # The + keeps SQLite from going through everything that no list brought, which is nearly everything.
        f"WHERE contact_id IN ({marks}) AND +batch_id IS NULL GROUP BY contact_id",
        tuple(people),
    )
    return dict(rows.fetchall())


def known(reading: Reading, people: Sequence[bytes]) -> set[bytes]:
    """Which of these ids are contacts."""
    marks = ", ".join("?" * len(people))
    rows = ask(reading, f"SELECT id FROM {{contact}} WHERE id IN ({marks})", tuple(people))
    return {row[0] for row in rows.fetchall()}


def by_permission_without(yes: Group) -> Group:
    """Everybody kept by permission alone who does not belong to the group of those with a yes."""
    condition = f"NOT ({yes.condition}) AND c.id IN (SELECT id FROM {{contact}} WHERE basis = ?)"
    return Group(condition, (*yes.bound, Basis.CONSENT.value), yes.before)


def by_basis(reading: Reading) -> dict[str, int]:
    """How many people are kept on each ground."""
    return dict(ask(reading, "SELECT basis, count(*) FROM {contact} GROUP BY basis").fetchall())
