"""Opens the customer file with the recovery sheet, and gives it a new way in."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import setup
from desktop_crm.services.office import Office
from desktop_crm.services.starting import GROUPS, Group, Opening, OpeningState, misfit, read_groups, spread
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.problems import sentences
from desktop_crm.ui.locked.advice import open_advice
from desktop_crm.ui.locked.ground import DoorCard
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5, Tone
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.welcome.group_field import GroupField, as_on_sheet
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, flow, row
from desktop_crm.words import M, Problem

WIDE = 760
_EDGE = 44
_MARKS = {Group.FINE: "right", Group.SLIP: "wrong", Group.FOREIGN: "wrong", Group.LONG: "wrong", Group.SHORT: "wrong"}
_SAID = {
    Group.EMPTY: M("is empty"),
    Group.SHORT: M("has too few signs: 4 are needed"),
    Group.LONG: M("has too many signs: 4 are needed"),
    Group.FOREIGN: M("has a sign that no sheet has"),
}


class RecoverCard(DoorCard):
    """Nine fields, what happens then, and advice for those who cannot find the sheet.

    `by_choice`: the password is there but not known; then a new one is chosen, as it is where there is no key store.
    """

    back_wanted = Signal()

    def __init__(self, door: Doorstep, state: OpeningState, *, by_choice: bool = False) -> None:
        super().__init__(WIDE, _EDGE)
        self._door = door
        self._state = state
        self._by_name = state.by_name or state.page is Opening.PEOPLE
        self._new_password = not self._by_name and (by_choice or state.store is None)
        self.fields = [self._made_field(place) for place in range(1, GROUPS + 1)]
        self.password = NewPassword()
        self.told = label("", Type.SMALL, "danger", wrap=True)
        self._sign = Mark("alert", size=16, ink="danger")
        self.open = Button(door.say(M("Open the list")), icon="key", kind=Kind.PRIMARY, large=True)
        self.open.clicked.connect(self._open)
        self.lost = Button(door.say(M("I cannot find the sheet")), kind=Kind.LINK)
        self.lost.clicked.connect(lambda: open_advice(door))
        self._lay_out(by_choice)
        self._say("")

    def take_focus(self) -> None:
        """Where the keyboard starts."""
        self.fields[0].line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, by_choice: bool) -> None:
        say = self._door.say
        self.body.addWidget(self._made_head(by_choice))
        self.body.addSpacing(SPACE_5)
        self.body.addWidget(label(say(self._asked()), Type.CARD, wrap=True))
        self.body.addSpacing(SPACE_2)
        self.body.addLayout(as_on_sheet(self.fields))
        self._line = boxed(row(column(1, self._sign, STRETCH, space=0), self.told))
        self.body.addSpacing(6)
        self.body.addWidget(self._line)
        self.body.addSpacing(SPACE_4)
        if self._new_password:
            self.body.addWidget(label(say(M("Choose a new password")), Type.CARD))
            self.body.addSpacing(SPACE_2)
            self.body.addWidget(self.password)
            self.body.addSpacing(SPACE_4)
        self.body.addWidget(self._made_then())
        self.body.addSpacing(SPACE_5)
        ends = boxed(row(*self._made_ends(by_choice), self.open, space=SPACE_3))
        self.body.addWidget(flow(self.lost, ends, space=SPACE_3, apart=True))

    def _asked(self) -> M:
        if self._state.by_code:
            return M("Type the 8 groups and the check group from your sheet, or the code that lets this account in")
        return M("Type the 8 groups and the check group from your sheet")

    def _made_head(self, by_choice: bool) -> QWidget:
        title, told = self._by_choice() if by_choice else self._gone()
        text = label(told, Type.BODY, "text2", wrap=True)
        text.setFont(font(Type.BODY, larger=1))
        words = column(label(title, Type.PAGE, wrap=True), text, space=6)
        line = row(column(Mark("key", Tone.WARNING, size=56, square=True), STRETCH), words, space=18)
        line.setStretch(1, 1)
        return boxed(line)

    def _by_choice(self) -> tuple[str, str]:
        say = self._door.say
        if self._by_name:
            told = say(M("It opens the list with all rights. Give whoever lost theirs a new password then."))
            return say(M("Use the recovery sheet")), told
        told = say(M("It opens the list without the password. You choose a new one then."))
        return say(M("Use the recovery sheet")), told

    def _gone(self) -> tuple[str, str]:
        """Whether the file is undamaged nobody can know without its key, so nothing is said of it."""
        say, problem = self._door.say, self._state.problem
        title = say(M("Your customer list is here"))
        if problem is None:
            return title, say(M("Take your recovery sheet. Nothing has been deleted, and nothing will be."))
        first, *rest = sentences(say(problem.what))
        parts = [*rest, *(say(one) for one in (problem.todo, problem.safe) if one is not None)]
        return title if rest else first.rstrip("."), " ".join(parts)

    def _made_field(self, place: int) -> GroupField:
        named = M("Check group") if place == GROUPS else M("Group {number}", number=place)
        field = GroupField(self._door.say(named))
        field.full.connect(lambda: self._filled(place))
        field.leaving.connect(lambda: self._left(place))
        field.brimmed.connect(lambda text: self._brimmed(place, text))
        # Before it is judged, not after.
        field.line.textEdited.connect(self._typed)
        return field

    def _made_then(self) -> Panel:
        say = self._door.say
        box = Panel("sunken", "line")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(17, 12, 17, 13)
        inside.setSpacing(SPACE_2)
        inside.addWidget(label(say(M("What happens then")), Type.BUTTON))
        for told in self._then():
            line = row(Mark("check", size=16, ink="success"), label(say(told), Type.SMALL, "text2", wrap=True))
            line.setStretch(1, 1)
            inside.addLayout(line)
        return box

    def _then(self) -> list[M]:
        at = self._state.changed_at
        opens = M("The list opens, as it was left on {day}.", day=day_of(at)) if at else M("The list opens.")
        if self._new_password:
            return [opens, M("Your new password opens it from then on. Your sheet stays valid.")]
        if self._state.by_name:
            anew = M("You set the passwords of this computer anew then: in the settings, under “People and roles”.")
            return [opens, anew, M("Your sheet stays valid.")]
        if self._by_name:
            return [opens, M("Everybody's passwords stay as they are, and so does your sheet.")]
        return [opens, M("This computer gets a new key. Your sheet stays valid.")]

    def _made_ends(self, by_choice: bool) -> list[Button]:
        say = self._door.say
        if by_choice:
            back = Button(say(M("Back")), icon="chevron-left", kind=Kind.QUIET)
            back.clicked.connect(self.back_wanted)
            return [back]
        close = Button(say(M("Close the program")), kind=Kind.QUIET)
        close.clicked.connect(self._door.window.close)
        if not self._state.again:
            return [close]
        again = Button(say(M("Try again")), icon="refresh", kind=Kind.QUIET)
        again.clicked.connect(self._door.look_again)
        return [close, again]

    def _filled(self, place: int) -> None:
        """Four signs are typed: on to the next group."""
        self._check(place)
        if place < GROUPS:
            self.fields[place].line.setFocus(Qt.FocusReason.TabFocusReason)

    def _left(self, place: int) -> None:
        self._check(place)

    def _typed(self) -> None:
        self._say("")

    def _brimmed(self, place: int, text: str) -> None:
        """A whole sheet may be pasted into any field."""
        groups = spread(text)
        if groups is None:
            self._check(place)
            return
        for field, group in zip(self.fields, groups, strict=True):
            field.set_text(group)
        self._check(GROUPS)
        self.open.setFocus()

    def _check(self, place: int) -> None:
        """Mark the groups as far as they can be judged from the paper alone."""
        typed = read_groups([field.text() for field in self.fields])
        for at, (field, state) in enumerate(zip(self.fields, typed.groups, strict=True), 1):
            if state in (Group.FINE, Group.SLIP) or at == place:
                field.mark(_MARKS.get(state, ""))
        state = typed.groups[place - 1]
        if typed.problem is not None:
            if Group.SLIP not in typed.groups:
                self._unmark()
            self._tell(typed.problem)
        elif state in (Group.SHORT, Group.LONG, Group.FOREIGN):
            self._say(self._fault(place, state))

    def _unmark(self) -> None:
        """Something is wrong, and nobody can say in which group: then none is called right."""
        for field in self.fields:
            field.mark("")

    def _fault(self, place: int, state: Group) -> str:
        say = self._door.say
        if place == GROUPS:
            return say(M("The check group {what}.", what=_SAID[state]))
        return say(M("Group {number} {what}.", number=place, what=_SAID[state]))

    def _open(self) -> None:
        typed = read_groups([field.text() for field in self.fields])
        if not self.open.isEnabled():
            return
        for place, state in enumerate(typed.groups, 1):
            if state not in (Group.FINE, Group.SLIP):
                self._check(place)
                self._say(self._fault(place, state))
                self.fields[place - 1].take_focus()
                return
        if self._new_password and not self.password.is_right():
            return
        self._recover()

    def _recover(self) -> None:
        door, store = self._door, self._state.store
        folder, clock = door.folder, door.clock
        code = " ".join(field.text() for field in self.fields)
        password = self.password.text() if self._new_password else None

        def work() -> Office:
            return setup.recover(folder, code, clock=clock, keystore=None if password else store, passphrase=password)

        self.open.setEnabled(False)
        door.enter(work, self._failed)

    def _failed(self, problem: Problem) -> bool:
        self.open.setEnabled(True)
        place = misfit(problem)
        if place is None:
            self._unmark()
        else:
            for at, field in enumerate(self.fields, 1):
                field.mark("wrong" if at == place else "right")
            self.fields[place - 1].take_focus()
        self._tell(problem)
        return True

    def _tell(self, problem: Problem) -> None:
        parts = [problem.what, *([problem.todo] if problem.todo is not None else [])]
        self._say(" ".join(map(self._door.say, parts)))

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self._sign.setVisible(bool(text))
        self._line.setVisible(bool(text))
        if text:
            announce(self, text)


def day_of(at: datetime) -> date:
    """The day by the computer's own clock: the shop's time zone is in the file, which is closed."""
    return at.astimezone().date()
