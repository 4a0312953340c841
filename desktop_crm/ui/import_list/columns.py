"""Second step: which column is what, beside the first people as they would come in."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_crm.services.import_preview import FIELD_NAMES, LEAVE_OUT, ColumnLook, ImportLook, look
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.lines import Fixed, Lines
from desktop_crm.ui.import_list.preview import SoItWillLook
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M, Problem

_DAY_MONTH = "day_month"
_WIDTHS = (Fixed(188), Fixed(148))
_HEADING = range(90, 171)
"""So narrow and so wide the column of the headings may be; in between it is as wide as the longest of them."""
_LONGEST = 40
"""So much of a sample is shown; the rest is no help in telling what a column is."""


class WhichColumn(Stage):
    """Everything is guessed; a person mends what was guessed wrong and sees at once what becomes of it."""

    title = M("Which column is what?")
    note = M("Your file is only read. Nothing is in the program yet.")
    stays_open = True

    def __init__(self, desk: Desk, course: Course) -> None:
        super().__init__(desk, course, rail=True)
        self.selects: dict[str, Select] = {}
        self._findings: dict[str, Badge] = {}
        self._shown: ImportLook | None = None
        self._wanted: dict[str, str] = {}
        """What was chosen last; an answer to anything else comes too late."""
        self.preview = SoItWillLook(desk)
        self.take_days = Button(self.say(M("Take day and month")), kind=Kind.LINK)
        self.take_days.clicked.connect(lambda _on: self._take_days())
        told = M("Birthdays are left out. Sending cards? Day and month are enough, no year.")
        self.birthdays = Banner(self.say(told), Tone.WARNING, "cake", [self.take_days])
        self.rail.addWidget(self.preview)
        self.rail.addWidget(self.birthdays)

    def come(self) -> None:
        if self.course.look is not None and self.course.look is not self._shown:
            self._show(self.course.look)

    def first(self) -> QWidget | None:
        return next(iter(self.selects.values()), None)

    def _show(self, seen: ImportLook) -> None:
        """Lines that are there already are kept, so that the keyboard stays where it is."""
        self._wanted = self.course.mapping
        if self._shown is None or not self._renew(seen):
            clear(self.main)
            self.selects, self._findings = {}, {}
            self.add(self._table(seen) if seen.columns else self._cards(seen))
            self.end()
        self._shown = seen
        self.preview.show_look(seen)
        self.birthdays.setVisible(bool(seen.birthdays))

    def _renew(self, seen: ImportLook) -> bool:
        """Show what became of the same columns; False where they are others."""
        before = self._shown.columns if self._shown is not None else ()
        if list(map(_same, before)) != list(map(_same, seen.columns)):
            return False
        for column in seen.columns:
            self._tell(self._findings[column.key], column)
            if column.key in self.selects:
                self._choose_in(self.selects[column.key], column)
        return True

    def _table(self, seen: ImportLook) -> Lines:
        rows = M("First values of {n} row", "First values of {n} rows", n=seen.rows)
        heads = (M("Your column"), rows, M("goes to"), M(""))
        said = [self.say(head) if head.text else "" for head in heads]
        lines = [self._line(column) for column in seen.columns]
        longest = max(heading.sizeHint().width() for heading, *_ in lines)
        wide = Fixed(min(max(longest, _HEADING[0]), _HEADING[-1]))
        table = Lines((wide, 1, *_WIDTHS), said, name=self.say(self.title))
        table.show_lines(lines)
        return table

    def _cards(self, seen: ImportLook) -> Banner:
        """A contact file says by itself what is what."""
        told = M(
            "A contact file with {n} card. It says by itself what is what.",
            "A contact file with {n} cards. It says by itself what is what.",
            n=seen.rows,
        )
        return Banner(self.say(told), Tone.INFO)

    def _line(self, column: ColumnLook) -> list[QWidget]:
        heading = column.heading or column.key
        finding = self._findings[column.key] = Badge("", dot=True)
        self._tell(finding, column)
        return [Elided(heading, Type.STRONG), _samples(column), self._goes_to(column, heading), finding]

    def _goes_to(self, column: ColumnLook, heading: str) -> QWidget:
        if column.field is None:
            return label(self.say(M("says of what kind")), Type.SMALL, "text3")
        options = [(key, self.say(name)) for key, name in FIELD_NAMES.items()]
        select = self.selects[column.key] = Select(options, name=self.say(M("{column} goes to", column=heading)))
        self._choose_in(select, column)
        select.picked.connect(partial(self._choose, column.key))
        return select

    def _choose_in(self, select: Select, column: ColumnLook) -> None:
        select.choose(column.field or LEAVE_OUT)
        select.quiet = column.field == LEAVE_OUT
        select.update()

    def _tell(self, badge: Badge, column: ColumnLook) -> None:
        finding = column.finding
        badge.set_text(self.say(finding.said))
        badge.set_tone(Tone(finding.tone.value))
        badge.explain(self.say(finding.why) if finding.why is not None else "")

    def _choose(self, key: str, field: str) -> None:
        self._look_again(self._wanted | {key: field})

    def _take_days(self) -> None:
        if self._shown is not None:
            self._look_again(self._wanted | dict.fromkeys(self._shown.birthdays, _DAY_MONTH))

    def _look_again(self, mapping: dict[str, str]) -> None:
        path, office = self.course.path, self.desk.office
        if path is None:
            return

        def work(step: Progress) -> ImportLook:
            return look(path, office.shop.country, mapping, progress=step)

        self._wanted = mapping
        self.busy.emit(True)
        title = self.say(M("Reading the list"))
        self.desk.courier.run(self, title, work, lambda seen: self._seen(mapping, seen), failed=self.failed)

    def _seen(self, mapping: dict[str, str], seen: ImportLook) -> None:
        if mapping is not self._wanted:
            return
        self.course.mapping, self.course.look = mapping, seen
        self.course.forget_rows()
        self.busy.emit(False)
        self._show(seen)

    def failed(self, problem: Problem) -> bool:
        """The choice did not take effect, so it is not shown as made."""
        dealt_with = super().failed(problem)
        if self._shown is not None:
            self._show(self._shown)
        return dealt_with


def _samples(column: ColumnLook) -> Elided:
    shown = (" ".join(one.split())[:_LONGEST] for one in column.samples[:2])
    return Elided("  ·  ".join(shown), Type.SMALL, "text2")


def _same(column: ColumnLook) -> tuple[object, ...]:
    """What a line shows of a column whatever becomes of it."""
    return column.heading, column.samples, column.field is None
