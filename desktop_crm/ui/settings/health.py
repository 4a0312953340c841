"""Whether the customer file, the disk it lies on and the computer itself are in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_crm.services import health
from desktop_crm.services.health import EVERY_PART, PARTS, QUICK, Checked, Part
from desktop_crm.services.inspection import Finding
from desktop_crm.services.yearly import Asked, answer_yearly, yearly
from desktop_crm.ui import permits
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.layout import boxed, keep_focus, row
from desktop_crm.words import M

_STEPS = 5
"""How often a whole check tells that it goes on: the file three times, the place and the computer once."""


_ASKED = frozenset({Part.SHOP})
"""What nobody can look at but a person, who is asked instead."""


class HealthPane(Pane):
    """Place and computer are looked at at once; the file when somebody asks, since all of it is read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Computer and file check"),
            M("The customer file is encrypted. The rest of the computer is yours to look after."),
        )
        self.again = Button(self.say(M("Look again")), icon="refresh")
        self.again.clicked.connect(lambda _on: self.come())
        self.check = Button(self.say(M("Check the file")), icon="check")
        self.check.clicked.connect(lambda _on: self._check())
        titles = {part: self.say(words) for part, words in PARTS.items()}
        self.cards = {
            Part.FILE: Card(titles[Part.FILE], action=self.check),
            Part.PLACE: Card(titles[Part.PLACE]),
            Part.COMPUTER: Card(titles[Part.COMPUTER], action=self.again),
            Part.SHOP: Card(titles[Part.SHOP]),
        }
        for card in self.cards.values():
            self.add(card)
        self._not_checked()
        self.end()

    def come(self) -> None:
        office = self.desk.office
        self.ask(lambda: (health.look_over(office, parts=QUICK - _ASKED), yearly(office)), self._show_quick)

    def _not_checked(self) -> None:
        said = M("Every page of the file is read, and the activity log is gone through seal by seal.")
        self.cards[Part.FILE].add(told("file", self.say(said)))

    def _check(self) -> None:
        office = self.desk.office

        def work(progress: Progress) -> list[Checked]:
            done = iter(range(_STEPS))
            return health.look_over(office, lambda _: progress(next(done), _STEPS), parts=EVERY_PART - _ASKED)

        self.desk.courier.run(self, self.say(M("Checking the customer file")), work, self._show, once=health.look_over)

    def _show_quick(self, found: tuple[Sequence[Checked], Sequence[Asked]]) -> None:
        checked, asked = found
        self._show(checked)
        self._show_questions(asked)

    def _show_questions(self, asked: Sequence[Asked]) -> None:
        card = self.cards[Part.SHOP]
        keep_focus(card)
        card.clear()
        for at, one in enumerate(asked):
            if at:
                card.separator()
            icon, ink = _sign_of_answer(one)
            card.add(told(icon, self.say(one.statement), self._answered(one), ink=ink, end=self._answers(one)))

    def _answered(self, one: Asked) -> str:
        if one.answer is None:
            return self.say(M("Asked once a year."))
        day = self.desk.words.day_of_year(one.answer.on)
        said = M("In order, said on {day}.", day=day) if one.answer.in_order else M("Not yet, said on {day}.", day=day)
        return self.say(said)

    def _answers(self, one: Asked) -> QWidget | None:
        """Both answers alike, for whoever may give them; each names its statement to a screen reader."""
        if not self.desk.may(permits.CHANGE_SHOP):
            return None
        yes, no = Button(self.say(M("In order"))), Button(self.say(M("Not yet")))
        for made, in_order in ((yes, True), (no, False)):
            made.setAccessibleName(f"{made.text()}: {self.say(one.statement)}")
            made.clicked.connect(partial(self._answer, one, in_order))
        return boxed(row(yes, no, space=SPACE_2))

    def _answer(self, one: Asked, in_order: bool, _on: bool = False) -> None:
        office = self.desk.office
        work = partial(answer_yearly, office, one.question, in_order=in_order)
        self.desk.courier.ask(self, work, lambda _: self.come())

    def _show(self, found: Sequence[Checked]) -> None:
        for part, card in self.cards.items():
            mine = [one.finding for one in found if one.part is part]
            if mine:
                self._fill(card, mine)

    def _fill(self, card: Card, found: Sequence[Finding]) -> None:
        card.clear()
        if any(one.damage and not one.sound for one in found):
            damaged = M(
                "Something is damaged or was changed outside this program. Copy the whole folder before you go on."
            )
            card.add(Banner(self.say(damaged), Tone.DANGER))
        for at, one in enumerate(found):
            if at:
                card.separator()
            icon, ink = _sign(one)
            todo = self.say(one.todo) if one.todo is not None and (one.unknown or not one.sound) else ""
            card.add(told(icon, self.say(one.what), todo, ink=ink))


def _sign_of_answer(one: Asked) -> tuple[str, str]:
    if one.answer is None or one.due:
        return "help", "text3"
    return ("check", "success") if one.answer.in_order else ("alert", "warning")


def _sign(finding: Finding) -> tuple[str, str]:
    if finding.unknown:
        return "help", "text3"
    if finding.sound:
        return "check", "success"
    return "alert", "danger" if finding.damage else "warning"
