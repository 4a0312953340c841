"""The field inventory: every stored field with purpose, basis, keeping time and fate, from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_crm.records.declare import Column, Declaration, OnErasure
from desktop_crm.words import Words

_FATES = {
    OnErasure.DELETE: "goes",
    OnErasure.UNLINK_OR_DELETE_WITH_LAST: "goes with the last person who uses it",
    OnErasure.ANONYMISE: "lives on without the person",
    OnErasure.KEEP: "stays; holds no value of an erased person but what a law or the proof demands",
    OnErasure.UNTOUCHED: "concerns no person",
}

_HEAD = """# Data map

Every table and every field of the customer file, with what it is for, on which basis, how long it is kept, and what
becomes of it when its person is erased. This page is generated from the declarations in `desktop_crm/records`
(`python -m desktop_crm.app.docs`); a test compares the two.
"""


def data_map(inventory: Iterable[Declaration]) -> str:
    """The inventory as Markdown, in English."""
    words = Words("en")
    return "\n".join([_HEAD, *(line for told in inventory for line in _record(told, words))])


def _record(told: Declaration, words: Words) -> Iterator[str]:
    yield f"## {words.say(told.plural)} (`{told.name}`)\n"
    yield _about(told) + "\n"
    yield "| field | what it is | category | what for | basis | how long | at erasure |"
    yield "|---|---|---|---|---|---|---|"
    for column in told.columns:
        yield f"| {' | '.join(_cells(column, words))} |"
    yield ""


def _about(told: Declaration) -> str:
    lines = []
    if told.subjects:
        whose = "; ".join(
            f"the person in `{s.column}`" + (f" (hidden from them: {', '.join(s.hides)})" if s.hides else "")
            for s in told.subjects
        )
        lines.append(f"About: {whose}.")
    elif told.unlinked:
        lines.append(f"Tied to nobody's number, because {told.unlinked}.")
    else:
        lines.append("About no person.")
    if told.append_only:
        lines.append("Lines are only added.")
    if told.stages is not None:
        lines.append(
            f"At erasure a row becomes a `{told.stages.nameless.__name__}` that names nobody, or, where a law demands "
            f"the original, a locked `{told.stages.sealed.__name__}`."
        )
    return " ".join(lines)


def _cells(column: Column, words: Words) -> tuple[str, ...]:
    handling = column.handling
    return (
        f"`{column.name}`" + (" (derived)" if column.derived else "") + (" (sealed)" if column.sensitive else ""),
        words.say(column.label),
        column.category.value,
        words.say(handling.purpose),
        handling.basis.value + (f"; {words.say(handling.special)}" if handling.special is not None else ""),
        words.say(handling.keep.words),
        _FATES[handling.on_erasure],
    )
