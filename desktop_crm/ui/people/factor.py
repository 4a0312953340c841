"""A code from the telephone besides the password: the picture, the first code, and the spare codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_crm.services import staff
from desktop_crm.services.office import Office
from desktop_crm.services.staff import Enrolment
from desktop_crm.ui.clipboard import copy_secret
from desktop_crm.ui.courier import Cancelled
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.people.qr import QrCode
from desktop_crm.ui.people.spare import SpareCodes
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.welcome.stick import Around
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, row
from desktop_crm.words import M, Problem

_NARROW = 520
_LONGEST = 8
_STEPS = (
    M("Open an app for such codes on your telephone. Any will do; it needs no internet."),
    M("Let it read this picture."),
    M("Type the six digits it shows."),
)


class FactorPart(QWidget):
    """Stands in a sheet of the open file, and on a page of its own where the role demands it first."""

    enrolled = Signal()
    """The first code was right; the spare codes are shown now."""
    resized = Signal()
    """There is more or less to be seen than before."""

    def __init__(self, around: Around, office: Office) -> None:
        super().__init__()
        self._around = around
        self._office = office
        self._enrolment: Enrolment | None = None
        self.code = self._made_field()
        self.spare: SpareCodes | None = None
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(SPACE_4)

    def begin(self) -> None:
        """Ask for a fresh secret."""
        self._around.courier.ask(self, lambda: staff.begin_second_factor(self._office), self.show_enrolment)

    def confirm(self) -> None:
        """Check the first code."""
        enrolment, code = self._enrolment, self.code.text()
        if enrolment is None:
            return
        if not code:
            self.code.error(self._around.say(M("Please type the code.")))
            self.code.take_focus()
            return
        self._around.courier.ask(
            self,
            lambda: staff.confirm_second_factor(self._office, enrolment, code),
            self.show_spare,
            failed=self._refused,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.spare is None:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def _made_field(self) -> Field:
        made = Field(self._around.say(M("The six digits")), mono=True)
        if isinstance(made.edit, QLineEdit):
            made.edit.setMaxLength(_LONGEST)
        return made

    def show_enrolment(self, enrolment: Enrolment) -> None:
        """Show the picture and ask for the first code."""
        clear(self._all)
        self.code = self._made_field()
        self._enrolment = enrolment
        say = self._around.say
        code = QrCode(enrolment.uri, say(M("Picture for the telephone. What stands in it can also be typed.")))
        copy = Button(icon="copy", kind=Kind.ICON, name=say(M("Copy")))
        copy.clicked.connect(lambda _on: copy_secret(enrolment.text.replace(" ", "")))
        typed = label(enrolment.text, Type.MONO, wrap=True, selectable=True)
        line = row(typed, copy, space=SPACE_2)
        line.setStretch(0, 1)
        steps = [label(f"{at}. {say(step)}", Type.BODY, wrap=True) for at, step in enumerate(_STEPS, 1)]
        cannot = label(say(M("It cannot read pictures? Type this instead:")), Type.SMALL, "text2", wrap=True)
        beside = column(*steps, SPACE_2, self.code, SPACE_2, cannot, line, STRETCH, space=SPACE_3)
        both = Folding(boxed(column(code, STRETCH)), boxed(beside), below=_NARROW, space=SPACE_6, stretch=(2, 3))
        self._all.addWidget(both)
        self.resized.emit()
        self.code.take_focus()

    def show_spare(self, codes: Sequence[str]) -> None:
        """The first code was right: show what is for the day on which the telephone is lost."""
        clear(self._all)
        self._enrolment = None
        say = self._around.say
        self._all.addWidget(Banner(say(M("From now on you are asked for such a code, too.")), Tone.SUCCESS, "check"))
        self.spare = SpareCodes(self._around, codes)
        self._all.addWidget(self.spare)
        self.enrolled.emit()
        self.resized.emit()
        self.spare.print.setFocus()

    def _refused(self, problem: Problem) -> bool:
        if isinstance(problem, Cancelled):
            return False
        self.code.error(self._around.say(problem.what))
        self.code.edit.selectAll()
        self.code.take_focus()
        return True
