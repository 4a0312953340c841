"""How a way out of a problem is gone on the command line."""

from __future__ import annotations

from desktop_crm.services.proving import NeedsEnrolment
from desktop_crm.words import M, Problem, WayOut

_TYPED = {
    WayOut.LOOKED_AT_MENTIONS: "--mentions-seen",
    WayOut.COPY_GIVEN_UP: "--copy-given-up",
    WayOut.CAME_BACK: "--allow-erased",
    WayOut.DATE_IS_RIGHT: "retention run --date-is-right",
    WayOut.LOOK_AGAIN: "retention run",
    WayOut.END_HOLD: "retention keep",
    WayOut.RECORD_AGAIN: "erasure-record {} --out FOLDER",
    WayOut.ERASE_WHOLE: "erase {} --reason keeping-time --out FOLDER",
    WayOut.SAY_COLUMNS: '--map "Column 1=name"',
}


def sentences(problem: Problem) -> tuple[M, ...]:
    """What a problem says, and what is typed to get out of it where there is something to type."""
    if isinstance(problem, NeedsEnrolment):
        typed = "staff second-factor"
    elif problem.way_out is None:
        return problem.sentences()
    else:
        typed = _TYPED[problem.way_out].format(problem.about)
    return (*problem.sentences(), M("On the command line: {typed}", typed=typed))
