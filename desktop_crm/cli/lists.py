"""Bringing in lists, and taking them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from desktop_crm.cli.answer import Answer, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.host.ids import id_text, parse_id
from desktop_crm.intake.person import LeftOut
from desktop_crm.services.importing import Duplicates, ImportOrder, ImportReport, Outcome, RowReport, bring_in, try_out
from desktop_crm.services.undoing import undo_import as take_back
from desktop_crm.words import M

OUTCOMES: dict[Outcome, M] = {
    Outcome.ADDED: M("added"),
    Outcome.UPDATED: M("completed"),
    Outcome.COMPLETE: M("here already, nothing was missing"),
    Outcome.DUPLICATE: M("here already, left out"),
    Outcome.ERASED: M("erased before, left out"),
    Outcome.REFUSED: M("left out: no name, or no way to reach them"),
}

_MOST_HERE = 20


def import_(call: Call) -> Answer:
    """`import`."""
    order = ImportOrder(
        source=call["source"],
        basis=call["basis"],
        duplicates=Duplicates(call["duplicates"]),
        mapping=dict(call["map"]),
        allow_erased=frozenset(call["allow_erased"]),
    )
    read = try_out if call["dry_run"] else bring_in
    with call.terminal.progress(M("reading the list")) as bar:
        report = read(call.office, call["file"], order, progress=bar)
    left_out = _left_out_whole(report) if call["all"] else _left_out(report)
    blocks = (Facts(_counts(report)), _rows(report, whole=call["all"]), left_out)
    return Answer(_data(report), blocks, tuple(_said(report, whole=call["all"])))


def _data(report: ImportReport) -> dict[str, Any]:
    return {
        "batch": report.batch,
        "dry_run": report.batch is None,
        "program": report.program,
        "read": report.read,
        "need_a_look": report.looks_needed,
        "outcomes": {outcome.value: report.outcomes.get(outcome, 0) for outcome in Outcome},
        "rows": [
            {
                "row": row.row,
                "outcome": row.outcome,
                "reasons": row.reasons,
                "left_out": [_left(one) for one in row.left_out],
            }
            for row in report.rows
        ],
        "left_out": [_left(one) for one in report.left_out],
    }


def _left(one: LeftOut) -> dict[str, Any]:
    return {"column": one.column, "value": one.value, "reason": one.reason}


def _counts(report: ImportReport) -> list[tuple[M, Cell]]:
    rows: list[tuple[M, Cell]] = [(M("Number of the list"), report.batch or "")]
    rows += [(M("Written by"), report.program), (M("People read"), report.read)]
    rows += [(OUTCOMES[outcome], number) for outcome, number in report.outcomes.items() if number]
    return [*rows, (M("Need a look"), report.looks_needed)]


def _rows(report: ImportReport, *, whole: bool) -> Table:
    """Rows at which a person should look. Many who are merely here already are counted above, not listed."""
    heads = (M("Row"), M("What became of it"), M("Why"))
    here = sum(map(_is_merely_here, report.rows))
    rows = [row for row in report.rows if whole or here <= _MOST_HERE or not _is_merely_here(row)]
    return Table(heads, [line for row in rows for line in _lines(row)], M("Rows to look at"))


def _is_merely_here(row: RowReport) -> bool:
    return row.outcome is Outcome.DUPLICATE and len(row.reasons) == 1


def _lines(row: RowReport) -> Iterator[tuple[Cell, ...]]:
    """A line for each thing to say about a row; number and outcome stand in the first."""
    reasons: tuple[Cell, ...] = row.reasons or (("",) if row.outcome is Outcome.REFUSED else ())
    for at, reason in enumerate(reasons):
        yield (str(row.row), OUTCOMES[row.outcome], reason) if at == 0 else ("", "", reason)


def _left_out(report: ImportReport) -> Table:
    """Values that were not carried, counted by column: most are of no use to anybody."""
    found = Counter((one.column, one.reason) for one in _everything_left(report))
    rows = [(column, reason, number) for (column, reason), number in found.most_common()]
    return Table((M("Column"), M("Why"), M("Values")), rows, M("Left out, by column"))


def _left_out_whole(report: ImportReport) -> Table:
    """The same, one by one."""
    rows: list[tuple[Cell, ...]] = [("", one.column, one.reason, one.value) for one in report.left_out]
    rows += [(str(row.row), one.column, one.reason, one.value) for row in report.rows for one in row.left_out]
    return Table((M("Row"), M("Column"), M("Why"), M("Value")), rows, M("Left out"))


def _everything_left(report: ImportReport) -> Iterator[LeftOut]:
    yield from report.left_out
    for row in report.rows:
        yield from row.left_out


def _said(report: ImportReport, *, whole: bool) -> Iterator[M]:
    if not whole and any(_everything_left(report)):
        yield M("Every single value that was left out: the same with --dry-run --all, or --json.")
    if report.same_file_at is not None:
        yield M("This very file was brought in before, on {at}.", at=report.same_file_at)
    if report.batch is None:
        yield M("This was a trial: nothing was written.")
        return
    yield M("To take the whole list back: desktop-crm undo-import {batch}", batch=id_text(report.batch))


def undo_import(call: Call) -> Answer:
    """`undo-import`."""
    batch = parse_id(call["batch"])
    if batch is None:
        raise usage(M("This is not the number of a list."), M("The import shows it."))
    undone = take_back(call.office, batch, also_edited=call["also_edited"])
    data = {"removed": undone.removed, "taken_back": undone.taken_back, "stay": undone.stay}
    rows: list[tuple[M, Cell]] = [
        (M("People taken out"), undone.removed),
        (M("Entries taken back from others"), undone.taken_back),
        (M("People who stay: somebody has worked with them"), len(undone.stay)),
    ]
    stay = Table((M("Number"),), [(key,) for key in undone.stay])
    return Answer(data, (Facts(rows), stay))
