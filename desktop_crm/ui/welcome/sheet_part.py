"""The recovery sheet itself: three ways to bring it away from this computer, its groups, and the check of both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.documents.recovery_words import SheetWords
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import ASKED_FOR, Sheet, confirm_sheet, words_of_sheet
from desktop_crm.services.settings import SavedHow
from desktop_crm.ui.look.tokens import SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome import printing
from desktop_crm.ui.welcome.codes import CodeCard
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.welcome.group_field import SIGNS, GroupField
from desktop_crm.ui.welcome.stick import Around, Stick
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

WHY = M(
    "If this computer breaks or forgets its password, only this sheet opens your customer list. Nobody can make a "
    "second one for you, not even us. Keep it where you keep your passport, not beside the computer."
)
NO_PHOTO = M("A photo of the sheet may land in a cloud. Paper is better.")
_GROUP_WIDE, _FIELD_WIDE, _HINT_WIDE = 190, 150, 300
_APART = 45
_NARROW = 600


class SheetPart(QWidget):
    """Stands in the first run, and in a sheet of its own when it is asked for again."""

    kept = Signal()
    """The two groups were typed back: this sheet opens the customer file."""
    busy = Signal(bool)

    def __init__(self, around: Around, office: Office, folder: VaultFolder, sheet: Sheet) -> None:
        super().__init__()
        self._around = around
        self._office = office
        self._folder = folder
        self._sheet = sheet
        self._how = SavedHow.WRITTEN
        self.ways: dict[SavedHow, ChoiceCard] = {}
        self.codes = CodeCard(sheet, around.say)
        self.stick = Stick(around, office, sheet)
        self.stick.saved.connect(lambda: self._done(SavedHow.ON_A_STICK))
        self.stick.hide()
        self.fields = {place: self._made_field(place) for place in ASKED_FOR}
        self._lay_out()

    def finish(self) -> None:
        """Check what was typed and keep the sheet; else the keyboard goes to the first group that is open."""
        for field in self.fields.values():
            if not field.is_right():
                field.take_focus()
                return
        typed = {place: field.text() for place, field in self.fields.items()}
        office, folder, sheet, how = self._office, self._folder, self._sheet, self._how
        self.busy.emit(True)
        self._around.courier.ask(
            self,
            lambda: confirm_sheet(office, folder, sheet, typed, how),
            lambda _: self._confirmed(),
            failed=self._refused,
        )

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return self.ways[SavedHow.PRINTED]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._asked.direction() is not way:
            self._asked.setDirection(way)
            self._asked.setSpacing(0 if narrow else _APART)

    def _lay_out(self) -> None:
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(SPACE_4)
        every.addWidget(Folding(*self._made_ways(), below=_NARROW, space=SPACE_3))
        every.addWidget(self.stick)
        every.addWidget(self.codes)
        every.addSpacing(SPACE_3)
        every.addLayout(self._made_check())

    def _made_ways(self) -> list[ChoiceCard]:
        told: tuple[tuple[SavedHow, M, M, str, Callable[[], None]], ...] = (
            (SavedHow.PRINTED, M("Print"), M("One page, on any printer"), "printer", self._print),
            (SavedHow.WRITTEN, M("I write it down"), M("8 groups of 4 and a check group"), "pen", self._write),
            (SavedHow.ON_A_STICK, M("Save on a USB stick"), M("Only onto a stick you can unplug"), "usb", self._save),
        )
        group = QButtonGroup(self)
        for how, title, sub, icon, act in told:
            card = ChoiceCard(self._say(title), self._say(sub), icon, mark=False)
            card.setChecked(how is self._how)
            card.clicked.connect(lambda _=False, act=act: act())
            group.addButton(card)
            self.ways[how] = card
        return list(self.ways.values())

    def _made_check(self) -> QVBoxLayout:
        three, seven = ASKED_FOR
        asked = M("Please type group {three} and group {seven} from your paper", three=three, seven=seven)
        hint = M("Capitals or small letters, both are fine. The two groups are covered while you type.")
        told = label(self._say(hint), Type.SMALL, "text3", wrap=True)
        told.setMaximumWidth(_HINT_WIDE)
        groups = row(*self.fields.values(), STRETCH, space=_APART)
        self._asked = row(groups, column(24, told, STRETCH), STRETCH, space=_APART)
        self._asked.setStretch(1, 1)
        return column(label(self._say(asked), Type.SECTION, wrap=True), self._asked, space=SPACE_3)

    def _made_field(self, place: int) -> GroupField:
        field = GroupField(self._say(M("Group {number}", number=place)), lambda text: self._fault(place, text))
        field.setFixedWidth(_GROUP_WIDE)
        field.line.setFixedWidth(_FIELD_WIDE)
        field.keep_room()
        field.full.connect(lambda: self._typed(place))
        field.leaving.connect(lambda: self._left(place))
        field.touched.connect(self._cover)
        field.edited.connect(self._cover)
        return field

    def _fault(self, place: int, text: str) -> str | None:
        if not text:
            return self._say(M("Please type this group."))
        if self._fits(place, text):
            return None
        return self._say(M("Does not fit. Please compare it sign by sign."))

    def _fits(self, place: int, text: str) -> bool:
        return self._sheet.compare({place: text})[place]

    def _typed(self, place: int) -> None:
        """Four signs are there: if they fit, on to the next open group."""
        if self._left(place):
            rest = [field for other, field in self.fields.items() if not self._fits(other, field.text())]
            if rest:
                rest[0].take_focus()

    def _left(self, place: int) -> bool:
        field = self.fields[place]
        fits = self._fits(place, field.text())
        if fits:
            field.right(self._say(M("Right")))
        elif len(field.text()) >= SIGNS:
            field.is_right()
        return fits

    def _cover(self) -> None:
        """Hide the two groups while somebody types: else the screen would be read, not the paper."""
        typing = any(field.text() or field.line.hasFocus() for field in self.fields.values())
        self.codes.cover(ASKED_FOR, typing)

    def _print(self) -> None:
        self.stick.hide()
        if not printing.can_print():
            self._choose(self._how)
            self._around.problem(printing.no_printer())
            return
        office, sheet = self._office, self._sheet
        self._around.courier.ask(self, lambda: words_of_sheet(office, sheet), self._print_now)

    def _print_now(self, words: SheetWords) -> None:
        sent = printing.print_sheet(self._around.window, words)
        if not isValid(self):
            # Locked while the dialog was open.
            return
        if sent:
            self._done(SavedHow.PRINTED)
        else:
            self._choose(self._how)

    def _write(self) -> None:
        """Copying by hand needs to see every group, so what was typed is taken back."""
        self.stick.hide()
        for field in self.fields.values():
            field.set_text("")
        self._done(SavedHow.WRITTEN, go_on=False)
        self._cover()

    def _save(self) -> None:
        self.stick.show()
        self.stick.look()

    def _done(self, how: SavedHow, *, go_on: bool = True) -> None:
        self._how = how
        self._choose(how)
        if go_on:
            next(iter(self.fields.values())).take_focus()

    def _choose(self, how: SavedHow) -> None:
        self.ways[how].setChecked(True)

    def _confirmed(self) -> None:
        self.busy.emit(False)
        self.kept.emit()

    def _refused(self, problem: Problem) -> bool:
        self.busy.emit(False)
        self._around.problem(problem)
        return True

    def _say(self, message: M) -> str:
        return self._around.say(message)
