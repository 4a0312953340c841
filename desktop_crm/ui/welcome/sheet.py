"""Fourth step: the recovery sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.services.recovery_sheet import put_off_sheet
from desktop_crm.ui.look.tokens import SPACE_4, SPACE_6, Tone
from desktop_crm.ui.welcome.course import Course
from desktop_crm.ui.welcome.sheet_part import NO_PHOTO, WHY, SheetPart
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.words import M


class YourSheet(Step):
    """Goes on once the sheet is on paper, or without it until tomorrow."""

    note = NO_PHOTO

    def __init__(self, course: Course) -> None:
        super().__init__(course, M("Your recovery sheet"), WHY)
        made = course.the_file()
        self.part = SheetPart(self.door, made.office, made.folder, made.sheet)
        self.part.kept.connect(self._kept)
        self.part.busy.connect(self.busy)
        self.without = Button(self.say(M("Carry on without")), kind=Kind.QUIET)
        self.without.clicked.connect(self._put_off)
        if course.sheet_is_another:
            self.add(self._another(), SPACE_4)
        self.add(self.part, SPACE_6)
        self.body.addStretch(1)
        self.add(self._checked() if course.sheet_checked else self._later())

    def go_on(self) -> None:
        if self.course.sheet_checked and not any(field.text() for field in self.part.fields.values()):
            self.done.emit()
        else:
            self.part.finish()

    def first(self) -> QWidget:
        return self.part.first()

    def _later(self) -> Banner:
        told = M("No printer now? Carry on: we ask again tomorrow, and after 10 contacts we insist.")
        return Banner(self.say(told), Tone.NEUTRAL, "printer", (self.without,))

    def _another(self) -> Banner:
        told = M(
            "The program was closed before your sheet was checked, so these are new groups. Once you have typed two of "
            "them back, a sheet from before opens nothing any more: throw it away then."
        )
        return Banner(self.say(told), Tone.INFO, "key")

    def _checked(self) -> Banner:
        return Banner(self.say(M("You typed both groups back: this sheet opens your customer list.")), Tone.SUCCESS)

    def _kept(self) -> None:
        self.course.sheet_checked = True
        self.course.sheet_is_another = False
        self.done.emit()

    def _put_off(self) -> None:
        office = self.course.the_file().office
        self.door.courier.ask(self, lambda: put_off_sheet(office), lambda _: self.done.emit())
