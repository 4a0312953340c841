"""Before the file is shown to somebody whose role demands a code from the telephone: it is set up first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.office import Office
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.proving import Step, ask_again
from desktop_crm.ui.locked.ground import DoorCard, Ground
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_5, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.people.factor import FactorPart
from desktop_crm.ui.people.factor_sheet import WHY
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.words import M, Problem

_WIDE = 760


class Enrolling(QWidget):
    """One card; its way on opens the file once the first code was right, its way back locks it again."""

    def __init__(self, door: Doorstep) -> None:
        super().__init__()
        self._door = door
        say = door.say
        self.part = FactorPart(door, self._office)
        self.back = Button(say(M("Lock again")), icon="lock", kind=Kind.QUIET)
        self.back.clicked.connect(lambda _on: door.lock())
        self.check = Button(say(M("Check the code")), kind=Kind.PRIMARY, large=True)
        self.check.clicked.connect(lambda _on: self.part.confirm())
        self.on = Button(say(M("I have kept them: open the list")), kind=Kind.PRIMARY, large=True)
        self.on.clicked.connect(lambda _on: self._come_in())
        self.on.hide()
        self.part.enrolled.connect(self._enrolled)
        door.courier.proof_wanted.connect(self._ask_proof)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        foot = "shield", say(M("Encrypted. No customer data on this page."))
        ground = Ground(door, self._card(), foot)
        for button in ground.languages.values():
            button.hide()  # spoken anew, the page would begin anew
        every.addWidget(ground)
        self.part.begin()

    @property
    def _office(self) -> Office:
        if self._door.office is None:
            raise RuntimeError("nobody came in who could set up a code")
        return self._door.office

    def _card(self) -> DoorCard:
        say = self._door.say
        card = DoorCard(_WIDE)
        title = label(say(M("Your role needs a code from the telephone")), Type.PAGE, wrap=True)
        words = column(title, label(say(WHY), Type.BODY, "text2", wrap=True), space=6)
        head = row(column(Mark("phone", Tone.ACCENT, size=56, square=True), STRETCH), words, space=18)
        head.setStretch(1, 1)
        card.body.addLayout(head)
        card.body.addSpacing(SPACE_5)
        card.body.addWidget(self.part)
        card.body.addSpacing(SPACE_5)
        card.body.addLayout(row(self.back, STRETCH, self.check, self.on, space=SPACE_3))
        return card

    def _ask_proof(self, then: Step, give_up: Step) -> None:
        """Whoever takes their time over it gives their password once more, and goes on."""
        if self._door.office is not None:
            ask_again(self._door, self._door.office, then, give_up)

    def _enrolled(self) -> None:
        self.check.hide()
        self.on.show()

    def _come_in(self) -> None:
        self.on.setEnabled(False)
        # From now on it is being opened: it is locked once it is open.
        office, self._door.office = self._office, None

        def failed(_: Problem) -> bool:
            self._door.office = office
            self.on.setEnabled(True)
            return False

        self._door.enter(lambda: office, failed)
