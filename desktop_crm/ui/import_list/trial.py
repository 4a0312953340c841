"""Fifth step: what would come in, before anything does."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

from desktop_crm.services.importing import ImportReport, bring_in
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.outcome import counted, counts, filling, left_out, rows_card, to_look_at
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.words import M


class TryRun(Stage):
    """*Bring in* writes all of it or nothing."""

    title = M("This would come in")
    note = M("Nothing is in the program yet. It comes in whole, or not at all.")

    def __init__(self, desk: Desk, course: Course) -> None:
        super().__init__(desk, course)
        self._shown: ImportReport | None = None
        self._clock = QElapsedTimer()

    def come(self) -> None:
        report = self.course.trial
        if report is not None and report is not self._shown:
            self._shown = report
            self._show(report)

    def next_text(self) -> M:
        new, filled, _ = counted(self.course.trial) if self.course.trial is not None else (0, 0, 0)
        if not new + filled:
            return M("Continue")
        return M("Bring in {n} person", "Bring in {n} people", n=new + filled)

    def go_on(self) -> None:
        office, path, order = self.desk.office, self.course.path, self.course.order()
        if path is None:
            return

        def work(step: Progress) -> ImportReport:
            return bring_in(office, path, order, progress=step)

        self.busy.emit(True)
        self._clock.start()
        self.desk.courier.run(self, self.say(M("Bringing in the list")), work, self._brought, failed=self.failed)

    def _brought(self, report: ImportReport) -> None:
        self.course.report = report
        self.course.seconds = max(1, round(self._clock.elapsed() / 1000))
        self.busy.emit(False)
        self.done.emit()

    def _show(self, report: ImportReport) -> None:
        clear(self.main)
        if report.same_file_at is not None:
            told = M(
                "This very list was brought in on {at}. It fills in and mends, it does not double anybody.",
                at=report.same_file_at,
            )
            self.add(Banner(self.say(told), Tone.INFO))
        below = (
            M("you can work with them at once"),
            filling(report, M("are here, get what is missing")),
            M("nothing is lost, see below") if left_out(report) else M("no row is missing"),
        )
        self.add(counts(self.desk, report, below))
        (new, filled, _), out, doubted = counted(report), left_out(report), to_look_at(report)
        if out:
            title = M("Would be left out: {n} row", "Would be left out: {n} rows", n=len(out))
            self.add(rows_card(self.desk, title, out))
        if doubted:
            title = M("Comes in, but please look: {n} row", "Come in, but please look: {n} rows", n=len(doubted))
            self.add(rows_card(self.desk, title, doubted))
        if new + filled == report.read and not doubted:
            self.add(Banner(self.say(M("Every row comes in as it stands.")), Tone.SUCCESS))
        self.end()
