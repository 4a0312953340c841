"""Sixth step: what came in, what did not and why, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_crm.host.files import write_atomically
from desktop_crm.services.importing import ImportReport, OrderReason, sort_by
from desktop_crm.services.skipped_rows import skipped_csv
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.outcome import counted, counts, filling, left_out, rows_card, to_look_at
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.import_list.undo import open_undo
from desktop_crm.ui.look.tokens import CARD_GAP, SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, row
from desktop_crm.words import M

_FOLDS_BELOW = 860


class Result(Stage):
    """The rows left out can be saved as a list of their own, mended and brought in again."""

    title = M("The list is in")
    note = M("Nobody was written to.")

    def __init__(self, desk: Desk, course: Course) -> None:
        super().__init__(desk, course)
        self.save = Button(self.say(M("Save these rows (CSV)")), kind=Kind.LINK)
        self.undo = Button(self.say(M("Undo the whole list")), icon="undo")
        self._day: date | None = None

    def come(self) -> None:
        self.desk.courier.ask(self, lambda: sort_by(self.desk.office), self._know_day)

    def heading(self) -> M:
        report = self.course.report
        new, filled, _ = counted(report) if report is not None else (0, 0, 0)
        if not new + filled:
            return M("Nothing new in this list")
        return M("{n} person is in", "{n} people are in", n=new + filled)

    def next_text(self) -> M:
        return M("Go to contacts")

    def _know_day(self, day: date | None) -> None:
        self._day = day if self.course.reason is OrderReason.MIXED else None
        if self.course.report is not None:
            self._show(self.course.report)

    def _show(self, report: ImportReport) -> None:
        clear(self.main)
        serve = M("you can work with them at once")
        if self._day is not None:
            serve = M("serve them at once, sort by {day}", day=self.desk.words.day_of_year(self._day))
        filled = filling(report, M("were here, got what was missing"))
        out = M("nothing is lost, see below") if left_out(report) else M("no row is missing")
        self.add(counts(self.desk, report, (serve, filled, out)))
        rows = column(*self._rows(report), STRETCH, space=CARD_GAP)
        beside = column(self._not_wanted(), self._next(report), STRETCH, space=CARD_GAP)
        self.add(Folding(boxed(rows), boxed(beside), below=_FOLDS_BELOW, stretch=(68, 32)))
        self.end()

    def _rows(self, report: ImportReport) -> Iterator[QWidget]:
        out, doubted = left_out(report), to_look_at(report)
        if out:
            self.save = Button(self.say(M("Save these rows (CSV)")), kind=Kind.LINK)
            self.save.clicked.connect(lambda _on: self._save())
            title = M("Left out: {n} row", "Left out: {n} rows", n=len(out))
            yield rows_card(self.desk, title, out, self.save)
        if doubted:
            title = M("Came in, please look: {n} row", "Came in, please look: {n} rows", n=len(doubted))
            yield rows_card(self.desk, title, doubted)
        again = M("The same list again? It fills in and mends, it does not double anybody.")
        yield Banner(self.say(again), Tone.INFO)

    def _next(self, report: ImportReport) -> Card | None:
        steps = list(self._next_steps(report))
        card = Card(self.say(M("Next")))
        for step in steps:
            card.add(step)
        return card if steps else None

    def _not_wanted(self) -> Card:
        card = Card(self.say(M("Not what you wanted?")))
        told = M("Take the whole list out again. People you have worked with since are shown first, and stay.")
        card.add(label(self.say(told), Type.SMALL, "text2", wrap=True))
        self.undo = Button(self.say(M("Undo the whole list")), icon="undo")
        self.undo.clicked.connect(lambda _on: self._undo())
        card.add(self.desk.only(self.undo, permits.TAKE_OUT_LISTS))
        return card

    def _next_steps(self, report: ImportReport) -> Iterator[QWidget]:
        new, filled, _ = counted(report)
        if self._day is not None and new:
            told = M("Sort {n} person for advertising", "Sort {n} people for advertising", n=new)
            by = M("by {day}", day=self.desk.words.day_of_year(self._day))
            yield _line("heart", self.say(told), self.say(by))
        if new:
            told = M("Tell {n} person how you use data", "Tell {n} people how you use data", n=new)
            yield _line("info", self.say(told), self.say(M("next time")))
        if new + filled:
            yield _line("trash", self.say(M("Delete the old file?")), self.say(M("your choice")))

    def _save(self) -> None:
        path = self.desk.save_file(self.say(M("Save these rows")), "left-out-rows.csv")
        report, source, office = self.course.report, self.course.path, self.desk.office
        if path is None or not isValid(self) or report is None or source is None:
            return

        def work() -> Path:
            write_atomically(path, skipped_csv(office, report, source))
            return path

        self.desk.courier.ask(self, work, lambda _: self.desk.toast(self.say(M("The rows are saved."))))

    def _undo(self) -> None:
        report = self.course.report
        if report is not None and report.batch is not None:
            open_undo(self.desk, report.batch, self.done.emit)


def _line(icon: str, text: str, when: str) -> QWidget:
    told = label(text, Type.SMALL, wrap=True)
    made = row(Mark(icon, size=18), told, label(when, Type.SMALL, "text2"), space=SPACE_2)
    made.setStretch(1, 1)
    return boxed(made)
