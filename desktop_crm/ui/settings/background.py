"""What the program does while nobody looks."""

from __future__ import annotations

from datetime import datetime

from desktop_crm.services import keeping, settings
from desktop_crm.services.retention import EVERY
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.settings.pane import Pane, setting, told
from desktop_crm.ui.tray import tray_is_there
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.choice import Switch
from desktop_crm.words import M


class BackgroundPane(Pane):
    """The sign beside the clock, and the daily look at keeping times."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("Background"), M("What the program does while you are at something else."))
        self._may_change = desk.may(permits.CHANGE_SHOP)
        self.tray = Switch(self.say(M("Sign beside the clock")), on=desk.chosen.now.tray)
        self.tray.clicked.connect(self._turn)
        self.notices = Switch(self.say(M("Notices of what is due")))
        self.notices.clicked.connect(self._turn_notices)
        self.add(self._sign() if tray_is_there() else self._no_sign())
        self._look = Card(self.say(M("Daily look at keeping times")), action=self._to_runs())
        if desk.may(permits.SEE_RULES):
            self.add(self._look)
        self.end()

    def come(self) -> None:
        self.tray.setChecked(self.desk.chosen.now.tray)
        self.ask(self._look_up, self._show)

    def _look_up(self) -> tuple[datetime | None, bool]:
        """When was last looked, and whether notices are wanted. A line with erasures is a yes of yours, not a look."""
        seen = keeping.runs(self.desk.office) if self.desk.may(permits.SEE_RULES) else ()
        looks = (run.ran_at for run in seen if not run.erased)
        return next(looks, None), settings.get(self.desk.office, settings.NOTIFY)

    def _sign(self) -> Card:
        card = Card()
        sub = M("The program stays there when you close its window, until you quit it.")
        card.add(setting(self.say(M("Sign beside the clock")), self.say(sub), self.tray))
        sub = M("After locking and once a day the sign says what is due, in numbers and days, never with a name.")
        card.add(setting(self.say(M("Notices of what is due")), self.say(sub), self.notices))
        return card

    def _no_sign(self) -> Banner:
        self.tray.hide()
        self.notices.hide()
        return Banner(self.say(M("This desktop shows no signs beside the clock.")), Tone.NEUTRAL)

    def _to_runs(self) -> Button:
        self.runs = Button(self.say(M("All looks")), icon="list")
        self.runs.clicked.connect(lambda _on: self.desk.go("keeping", tab="runs"))
        return self.runs

    def _show(self, found: tuple[datetime | None, bool]) -> None:
        last, wanted = found
        self.notices.setChecked(wanted)
        self.notices.setEnabled(self.desk.chosen.now.tray and self._may_change)
        self._look.clear()
        never = told("clock", self.say(M("Not yet: it comes once the file is open and calm.")))
        if last is None:
            self._look.add(never)
            return
        self._look.add(told("check", self.say(M("Last look: {at}", at=last)), ink="success"))
        after = M("Next look: {at}, or as soon as the file is open after that", at=last + EVERY)
        self._look.add(told("clock", self.say(after)))
        self._look.add(told("shield", self.say(M("It lists what is due. Nothing is deleted without your yes."))))

    def _turn(self, on: bool) -> None:
        self.desk.chosen.change(tray=on)
        self.notices.setEnabled(on and self._may_change)

    def _turn_notices(self, on: bool) -> None:
        said = M("Notices are on.") if on else M("Notices are off.")
        self.put(settings.NOTIFY, on, not on, said)
