"""A form came back: its code leads to whose it is and to the questions as they were printed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import filing
from desktop_crm.services.filing import Filed, FoundForm, Ticked, told_later, told_renewed
from desktop_crm.services.scans import read_scan
from desktop_crm.ui.asking.answering import Answering
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.paper.scan_row import ScanRow
from desktop_crm.ui.requests.picker import PersonPicker
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, clear, column, row
from desktop_crm.ui.widgets.rows import ROW_PEOPLE, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 720
_AVATAR = 36


def open_filing(desk: Desk, path: Path | None = None) -> None:
    """File a form that came back; `path` is its scan, where it was dropped on the window."""
    FilingSheet(desk, path).open()


class FilingSheet(Sheet):
    """First scan and code, then what was ticked. *File* is always there and goes to the first open point."""

    def __init__(self, desk: Desk, path: Path | None) -> None:
        say = desk.say
        told = M("The scan becomes the proof. What counts is what stands on the paper.")
        super().__init__(desk.window, say(M("File a signed form")), say(told), icon="file", width=_WIDTH)
        self.desk = desk
        self.found: FoundForm | None = None
        self.scan = ScanRow(desk, path)
        self.code = Field(say(M("Code on the form")), hint=say(M("Seven signs at the top right, such as 4KQ7-2MJ")))
        self.look = Button(say(M("Find")), icon="search")
        self.look.clicked.connect(lambda _on: self._find())
        across = row(self.code, self.look, space=SPACE_2)
        across.setStretch(0, 1)
        across.setAlignment(self.look, Qt.AlignmentFlag.AlignVCenter)
        self._place = QVBoxLayout()
        self._place.setSpacing(SPACE_4)
        for part in (self.scan, boxed(across)):
            self.body.addWidget(part)
        self.body.addLayout(self._place)
        self._make_answers()
        cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.file_button = Button(say(M("File it")), icon="check", kind=Kind.PRIMARY)
        self.file_button.clicked.connect(lambda _on: self.file())
        self.footer(say(M("What was said later counts, whatever the paper says.")), cancel, self.file_button)

    @property
    def would_lose(self) -> bool:
        return self.answering.any_chosen

    def first(self) -> QWidget | None:
        return self.code.edit if self.scan.path is not None else self.scan.choose

    def file(self) -> None:
        """File it; or go to the first thing that is missing."""
        if self.busy or self._go_to_open_point():
            return
        form, day, path = self.found, self.day.date(), self.scan.path
        if form is None or day is None or path is None:
            return
        rows = self.answering.rows
        answers = [(one, answer) for one in form.questions if (answer := rows[one.code].answer()) is not None]
        again = self.again.isVisibleTo(self) and self.again.isChecked()
        ticked = Ticked(answers, day, self.guardian.text(), self.note.text(), again)
        office = self.desk.office
        self.set_busy(True)
        work = lambda: filing.file_form(office, form, ticked, read_scan(path))  # noqa: E731 - read on the worker thread
        self.desk.courier.ask(self, work, self._filed, failed=self._failed)

    def _make_answers(self) -> None:
        say, today = self.desk.say, self.desk.office.today()
        self.answering = Answering(self.desk)
        self.day = DayField(say(M("Day beside the signature")), now=today, latest=today)
        self.guardian = Field(
            say(M("Parent or guardian who signed")),
            optional=True,
            hint=say(M("This person is under age: a yes needs them, too.")),
        )
        self.note = Field(say(M("Where the paper itself lies")), optional=True)
        self.again = CheckBox(say(M("This is another sheet all the same")))
        self.picker = PersonPicker(self.desk)
        self.picker.picked.connect(self._picked)

    def _find(self, person: bytes | None = None) -> None:
        office, typed = self.desk.office, self.code.text()
        work = partial(filing.find_form, office, typed, person)
        self.desk.courier.ask(self, work, self._show, newest="form", failed=self._not_found)

    def _picked(self, person: object) -> None:
        if isinstance(person, bytes):
            self._find(person)

    def _not_found(self, problem: Problem) -> bool:
        said = self.desk.say(problem.what)
        self.code.error(f"{said} {self.desk.say(problem.todo)}" if problem.todo is not None else said)
        self.code.take_focus()
        return True

    def _show(self, found: FoundForm) -> None:
        """The questions as they were printed; of a blank form, first whose it is."""
        self.found = found
        self.code.set_text(found.code)
        for part in (self.picker, self.day, self.guardian, self.note, self.again, self.answering):
            part.setParent(None)
        clear(self._place)
        if found.person is None:
            self._place.addWidget(label(self.desk.say(M("This form was printed blank. Whose is it?")), Type.CARD))
            self._place.addWidget(self.picker)
            self.picker.show()
            self.picker.search.setFocus()
            return
        self._place.addWidget(self._whose(found))
        for banner in self._warnings(found):
            self._place.addWidget(banner)
            banner.show()
        self._show_answers(found)

    def _whose(self, found: FoundForm) -> RowList:
        printed = self.desk.say(M("Printed on {day}", day=found.printed_on))
        shown = RowList(name=self.desk.say(M("Whose form it is")))
        shown.show_rows([Row(found.name, printed, RowLook(lead=Avatar(found.name, _AVATAR), height=ROW_PEOPLE))])
        return shown

    def _warnings(self, found: FoundForm) -> list[QWidget]:
        say, made = self.desk.say, list[QWidget]()
        if found.filed_on is not None:
            told = M("This form was filed on {day} already.", day=found.filed_on)
            made += [Banner(say(told), Tone.WARNING, "alert"), self.again]
        for name in found.renewed:
            told = M(
                "{what}: the question has changed since. A yes to the words of before is kept, but not valid.",
                what=name,
            )
            made.append(Banner(say(told), Tone.WARNING, "alert"))
        return made

    def _show_answers(self, found: FoundForm) -> None:
        say = self.desk.say
        hint = label(say(M("Where neither box is ticked, choose “Not now”.")), Type.SMALL, "text2", wrap=True)
        # Called as they are on the paper, which lies beside the keyboard.
        self.answering.show_questions([replace(one, name=one.title) for one in found.questions])
        self._place.addLayout(column(label(say(M("What was ticked?")), Type.CARD), hint, self.answering, space=SPACE_2))
        shown = [self.day, *([self.guardian] if found.under_age else []), self.note]
        for part in shown:
            self._place.addWidget(part)
        for one in (*shown, self.answering):
            one.show()
        first = next(iter(self.answering.rows.values()))
        next(iter(first.cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_open_point(self) -> bool:
        if self.scan.missing():
            return True
        # Another code than the one whose form is shown: the scan would be filed to somebody else.
        if self.found is not None and self.found.code != self.code.text():
            self._find()
            return True
        if self.found is None or self.found.person is None:
            self._find(self.picker.person)
            return True
        missing = self.answering.missing()
        if missing is not None:
            missing.ask_for_it()
            return True
        if not self.day.is_right():
            self.day.take_focus()
            return True
        return False

    def _filed(self, filed: Filed) -> None:
        self.set_busy(False)
        self.close()
        say = self.desk.say
        told = [told_later(name) for name in filed.later] + [told_renewed(name) for name in filed.renewed]
        if told:
            FiledSheet(self.desk, [say(one) for one in told]).open()
        else:
            said = M(
                "Filed: {n} answer, with the scan as proof.",
                "Filed: {n} answers, with the scan as proof.",
                n=len(filed.lines),
            )
            self.desk.toast(say(said))

    def _failed(self, _problem: Problem) -> bool:
        self.set_busy(False)
        return False


class FiledSheet(Sheet):
    """Says which answers of a form do not count, and why: that must not pass by in a moment."""

    def __init__(self, desk: Desk, told: list[str]) -> None:
        title = desk.say(M("Filed, but not everything counts"))
        super().__init__(desk.window, title, icon="alert", tone=Tone.WARNING, width=560)
        for text in told:
            self.body.addWidget(label(text, wrap=True))
        done = Button(desk.say(M("Understood")), kind=Kind.PRIMARY)
        done.clicked.connect(self.close)
        self.footer("", done)
