"""A list that lay on the table at an event: typed off line by line, looked through, then entered whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.records.purpose import Purpose
from desktop_crm.services import sign_up
from desktop_crm.services.scans import read_scan
from desktop_crm.services.sign_up import LINES, Line, Looked, SignUp, read_rows
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.paper.blank import asked
from desktop_crm.ui.paper.scan_row import ScanRow
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.rows import ROW_TWO_LINES, Row, RowList, RowLook
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 720
_TONES = {
    Line.NEW: Tone.SUCCESS,
    Line.HERE: Tone.SUCCESS,
    Line.SHARED: Tone.WARNING,
    Line.TWICE: Tone.NEUTRAL,
    Line.LATER: Tone.WARNING,
    Line.TOO_YOUNG: Tone.WARNING,
    Line.ERASED: Tone.DANGER,
    Line.MISSING: Tone.DANGER,
}


def open_sign_up(desk: Desk) -> None:
    """Enter a list that many signed."""
    desk.open_sheet(lambda: asked(desk.office), lambda found: SignUpSheet(desk, found))


class SignUpSheet(Sheet):
    """Occasion, day, purpose, scan and the lines. What would become of each line is shown before it is entered."""

    def __init__(self, desk: Desk, purposes: Sequence[Purpose]) -> None:
        say, today = desk.say, desk.office.today()
        told = M("Everybody on it gets an entry of their own, with the list as proof.")
        super().__init__(desk.window, say(M("Enter a sign-up list")), say(told), icon="table", width=_WIDTH)
        self.desk = desk
        self._shown: SignUp | None = None
        self.occasion = Field(
            say(M("Occasion")),
            hint=say(M("For example: autumn market")),
            check=lambda typed: None if typed else say(M("Please say at which occasion it was signed.")),
        )
        self.day = DayField(say(M("Day")), now=today, latest=today)
        self.purpose = Select([(one.code, one.name) for one in purposes], name=say(M("What they said yes to")))
        self.code = Field(say(M("Code on the list")), optional=True)
        self.scan = ScanRow(desk, None)
        self.lines = Field(
            say(M("Names and e-mail addresses")),
            multiline=True,
            hint=say(M("A line for each person: name; e-mail address")),
            check=lambda typed: None if typed else say(M("There is nobody on this list.")),
        )
        self.looked = RowList(name=say(M("What becomes of each line")))
        self.back = CheckBox(say(M("Those who were erased before signed of their own accord.")))
        self.body.addWidget(self.occasion)
        self.body.addWidget(self.day)
        self.body.addLayout(column(label(say(M("What they said yes to")), Type.BUTTON), self.purpose, space=5))
        for part in (self.code, self.scan, self.lines, self.looked, self.back):
            self.body.addWidget(part)
        self.looked.hide()
        self.back.hide()
        self._make_foot()
        for field in (self.occasion, self.day, self.code, self.lines):
            field.edited.connect(self._changed)
        self.purpose.picked.connect(lambda _key: self._changed())

    @property
    def would_lose(self) -> bool:
        return bool(self.lines.text())

    def first(self) -> QWidget | None:
        return self.occasion.edit

    def look_through(self) -> None:
        """Show what would become of each line; or go to the first thing that is missing."""
        if self.busy or self._go_to_open_point():
            return
        office, signed = self.desk.office, self._signed()
        work = partial(sign_up.look_through, office, signed)
        self.desk.courier.ask(self, work, partial(self._show, signed), newest="looked")

    def enter(self) -> None:
        """Enter the list as it was looked through."""
        signed, path = self._shown, self.scan.path
        if self.busy or signed is None or self.scan.missing() or path is None:
            return
        office, back = self.desk.office, self.back.isVisibleTo(self) and self.back.isChecked()
        came_back = frozenset(range(1, len(signed.rows) + 1)) if back else frozenset[int]()
        self.set_busy(True)

        def work() -> list[Looked]:
            return sign_up.enter_list(office, signed, read_scan(path), came_back=came_back)

        self.desk.courier.ask(self, work, self._entered, failed=self._failed)

    def _make_foot(self) -> None:
        say = self.desk.say
        cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.look_button = Button(say(M("Look through")), icon="search", kind=Kind.PRIMARY)
        self.look_button.clicked.connect(lambda _on: self.look_through())
        self.enter_button = Button(say(M("Enter all")), icon="check", kind=Kind.PRIMARY)
        self.enter_button.clicked.connect(lambda _on: self.enter())
        self.enter_button.hide()
        note = M("Keep the paper: the scan goes with the first of them who is erased.")
        self.footer(say(note), cancel, self.look_button, self.enter_button)

    def _signed(self) -> SignUp:
        day = self.day.date() or self.desk.office.today()
        rows = read_rows(self.lines.text())
        return SignUp(self.purpose.key(), self.occasion.text(), day, rows, self.code.text())

    def _changed(self) -> None:
        """Something is other than what was looked through: look again."""
        self._shown = None
        self.looked.hide()
        self.back.hide()
        self.enter_button.hide()
        self.look_button.show()

    def _show(self, signed: SignUp, looked: Sequence[Looked]) -> None:
        self._shown = signed
        self.looked.show_rows([self._row(one) for one in looked])
        self.looked.setVisible(bool(looked))
        self.back.setVisible(any(one.line is Line.ERASED for one in looked))
        ready = bool(looked) and all(one.line is not Line.MISSING for one in looked)
        self.enter_button.setVisible(ready)
        self.look_button.setVisible(not ready)
        if ready:
            self.enter_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Looked) -> Row:
        badge = Badge(self.desk.say(LINES[one.line]), _TONES[one.line])
        return Row(one.signed.name, one.signed.email, RowLook(trailing=[badge], height=ROW_TWO_LINES))

    def _go_to_open_point(self) -> bool:
        wrong = next((one for one in (self.occasion, self.day, self.lines) if not one.is_right()), None)
        if wrong is not None:
            wrong.take_focus()
        return wrong is not None or self.scan.missing()

    def _entered(self, looked: Sequence[Looked]) -> None:
        self.set_busy(False)
        self.close()
        number = sum(one.line not in (Line.TWICE, Line.LATER) for one in looked)
        said = M("Entered: {n} answer of the list.", "Entered: {n} answers of the list.", n=number)
        self.desk.toast(self.desk.say(said))

    def _failed(self, _problem: Problem) -> bool:
        self.set_busy(False)
        return False
