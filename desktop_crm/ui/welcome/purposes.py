"""Fifth step: what the shop uses data for, as ready-made cards with their reason, wording and time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout

from desktop_crm.services import purposes
from desktop_crm.services.purposes import PurposeCard
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.course import Course
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, row
from desktop_crm.words import M, Problem


class UsedFor(Step):
    """Ticked purposes are used, the others are left out; each can be taken up later."""

    def __init__(self, course: Course) -> None:
        super().__init__(
            course,
            M("What do you use data for?"),
            M("Whoever asks you gets these reasons as an answer. You can change them later."),
        )
        self.cards: dict[str, ChoiceCard] = {}
        self._told: dict[str, PurposeCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_3)
        self.words = Wording(self.say(M("What people read")))
        left, right = boxed(column(self._list, STRETCH)), boxed(column(self.words, STRETCH))
        self.add(Folding(left, right, below=700, stretch=(5, 4)))
        self.body.addStretch(1)

    def come(self) -> None:
        office = self.course.the_file().office
        self.door.courier.ask(self, lambda: purposes.cards(office), self._show)

    def go_on(self) -> None:
        if not self.cards:
            return
        office = self.course.the_file().office
        chosen = [code for code, card in self.cards.items() if card.isChecked()]
        self.busy.emit(True)
        self.door.courier.ask(self, lambda: purposes.use(office, chosen), lambda _: self._kept(), failed=self._failed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.HoverEnter):
            code = next((code for code, card in self.cards.items() if card is watched), None)
            if code is not None:
                self._tell(code)
        return super().eventFilter(watched, event)

    def _show(self, told: list[PurposeCard]) -> None:
        self._told = {card.code: card for card in told}
        for card in told:
            made = self._made(card)
            self.cards[card.code] = made
            self._list.addWidget(made)
            made.show()
        first = next(iter(self.cards), None)
        if first is not None:
            self._tell(first)
            self.cards[first].setFocus()

    def _made(self, told: PurposeCard) -> ChoiceCard:
        badge = Badge(self.say(M("Asked first") if told.asks else M("No need to ask")), _tone(told))
        made = ChoiceCard(told.name, told.what_for, None, badge, exclusive=False)
        made.setChecked(told.needed or (told.active and self.course.purposes_chosen))
        if told.needed:
            made.keep_chosen()
            made.setAccessibleDescription(self.say(M("No shop can do without this.")))
        made.clicked.connect(partial(self._tell, told.code))
        made.installEventFilter(self)
        return made

    def _tell(self, code: str, _: bool = False) -> None:
        told = self._told[code]
        why = M("Why we may keep this: {reason}", reason=told.basis)
        lines = [("info", self.say(why)), ("clock", self.say(M("How long: {time}", time=told.keep)))]
        if told.needed:
            lines.append(("lock", self.say(M("No shop can do without this."))))
        self.words.show_purpose(told.name, told.wording or told.what_for, lines)

    def _kept(self) -> None:
        self.course.purposes_chosen = True
        self.busy.emit(False)
        self.done.emit()

    def _failed(self, problem: Problem) -> bool:
        self.busy.emit(False)
        self.door.problem(problem, self.go_on)
        return True


def _tone(told: PurposeCard) -> Tone:
    return Tone.SUCCESS if told.asks else Tone.INFO


class Wording(Card):
    """What stands behind one purpose: its words, why it is allowed, how long."""

    def show_purpose(self, name: str, text: str, lines: list[tuple[str, str]]) -> None:
        """Show this one."""
        self.clear()
        self.add(label(name, Type.STRONG, wrap=True))
        self.add(label(text, Type.SMALL, "text2", wrap=True))
        self.add(SPACE_2)
        for icon, told in lines:
            line = row(Mark(icon, size=16), label(told, Type.SMALL, "text2", wrap=True), space=10)
            line.setStretch(1, 1)
            self.add(boxed(line))
