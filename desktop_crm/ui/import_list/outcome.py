"""What a list brings or has brought: three numbers, and the rows that are left out, with why."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.services.importing import ImportReport, Outcome, RowReport
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.lines import Fixed, Growing, Lines
from desktop_crm.ui.look.tokens import SPACE_1, SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.label import Elided, Label, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, row
from desktop_crm.words import M

_WIDTHS = (Fixed(44), 10, 17)
_HIGH = 56
_MOST_REASONS = 3
_COMES_IN = (Outcome.ADDED, Outcome.UPDATED)


def left_out(report: ImportReport) -> list[RowReport]:
    """The rows of which nothing comes in."""
    return [one for one in report.rows if one.skipped]


def to_look_at(report: ImportReport) -> list[RowReport]:
    """The rows that come in and about which there is something to say."""
    return [one for one in report.rows if one.outcome in _COMES_IN and one.reasons]


def counted(report: ImportReport) -> tuple[int, int, int]:
    """How many are new, filled in, left out."""
    new, filled = (report.outcomes.get(kind, 0) for kind in _COMES_IN)
    return new, filled, report.read - new - filled - report.outcomes.get(Outcome.COMPLETE, 0)


def filling(report: ImportReport, missing: M) -> M:
    """What the number of those filled in means: `missing`, and how many were here with all that the list knows."""
    complete = report.outcomes.get(Outcome.COMPLETE, 0)
    if not complete:
        return missing
    return M("{n} more is here and lacks nothing", "{n} more are here and lack nothing", n=complete)


class CountCard(Panel):
    """One number with its word, and a line below."""

    def __init__(self, icon: str, tone: Tone, number: str, word: str, below: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{number} {word}, {below}")
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 14, 14, 14)
        line.setSpacing(14)
        line.addWidget(Mark(icon, tone, size=40, square=True))
        first = row(Label(number, Type.PAGE, tabular=True), Elided(word, Type.STRONG), STRETCH, space=8)
        first.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(column(STRETCH, first, label(below, Type.SMALL, "text2", wrap=True), STRETCH, space=SPACE_1), 1)


def counts(desk: Desk, report: ImportReport, below: tuple[M, M, M]) -> Folding:
    """The three numbers beside each other; `below` is what each of them means."""
    new, filled, out = counted(report)
    told = (
        ("plus", Tone.SUCCESS, new, M("{n} new", "{n} new", n=new)),
        ("refresh", Tone.INFO, filled, M("{n} filled in", "{n} filled in", n=filled)),
        ("alert", Tone.WARNING if out else Tone.NEUTRAL, out, M("{n} left out", "{n} left out", n=out)),
    )
    cards = []
    for (icon, tone, number, whole), sub in zip(told, below, strict=True):
        said = desk.words.value(number)
        word = desk.say(whole).replace(said, "", 1).strip()
        cards.append(CountCard(icon, tone, said, word, desk.say(sub)))
    return Folding(*cards, below=620, space=SPACE_4)


def rows_card(desk: Desk, title: M, rows: list[RowReport], action: QWidget | None = None) -> Growing:
    """Rows with what stands in the file, and why."""
    heads = [desk.say(head) for head in (M("Row"), M("In your file"), M("Why"))]
    said = desk.say(title)
    table = Lines(_WIDTHS, heads, name=said, title=said, action=action, height=_HIGH)
    return Growing(table, lambda one: _line(desk, one), rows)


def _line(desk: Desk, one: RowReport) -> list[QWidget]:
    number = Label(str(one.row), Type.SMALL, "text2", tabular=True)
    return [number, Elided(_called(desk, one), Type.STRONG), boxed(_why(map(desk.say, one.reasons), desk))]


def _called(desk: Desk, one: RowReport) -> str:
    return one.name or next((left.value for left in one.left_out), "") or desk.say(M("No name"))


def _why(reasons: Iterable[str], desk: Desk) -> QHBoxLayout:
    told = list(reasons)
    first = label(told[0] if told else desk.say(M("No name, or no way to reach them.")), Type.SMALL, wrap=True)
    rest = [label(text, Type.SMALL, "text2", wrap=True) for text in told[1:_MOST_REASONS]]
    return row(column(STRETCH, first, *rest, STRETCH, space=2))
