"""Lock and recovery sheet."""

from __future__ import annotations

from datetime import date

from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import resealing, settings
from desktop_crm.services.office import Office
from desktop_crm.services.settings import LOCK_AFTER, SHEET_CHECKED_ON, SHEET_SAVED_HOW, SavedHow
from desktop_crm.ui.actions import BY_KEY, key_text
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.pane import Pane, setting, told
from desktop_crm.ui.welcome.sheet_again import open_recovery_sheet
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import Broken
from desktop_crm.ui.widgets.layout import boxed, clear, column, row
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

_MINUTES = (1, 2, 5, 10, 15, 30, 60)
_SAVED = {
    SavedHow.PRINTED: M("It was printed."),
    SavedHow.WRITTEN: M("It was written down by hand."),
    SavedHow.ON_A_STICK: M("It was saved on a USB stick."),
    SavedHow.IN_A_FILE: M("It was saved in a file."),
}


class LockPane(Pane):
    """When the customer file closes by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("Lock"), M("A locked file shows no name, and what you were typing is kept in it."))
        self._before = 0
        self.minutes = Select([], name=self.say(M("Lock after")))
        self.minutes.picked.connect(self._choose)
        card = Card()
        after = M("When nobody touches keyboard or mouse for so long, the customer file is closed.")
        card.add(setting(self.say(M("Lock after")), self.say(after), self.minutes))
        card.separator()
        keys = key_text(BY_KEY["lock"].keys, desk.words)
        now = M("Lock at any moment with {keys}, or with the small lock at the foot of the sidebar.", keys=keys)
        card.add(told("lock", self.say(now)))
        card.separator()
        left = M("It locks as well when the computer locks its screen, goes to sleep or changes to another account.")
        card.add(told("monitor", self.say(left)))
        card.separator()
        copied = M("What was copied here leaves the clipboard when you lock or quit, a password after 30 seconds.")
        card.add(told("copy", self.say(copied)))
        self.add(card)
        self.end()

    def come(self) -> None:
        self.ask(lambda: settings.get(self.desk.office, LOCK_AFTER), self._show)

    def _show(self, minutes: int) -> None:
        self._before = minutes
        offered = sorted({*_MINUTES, minutes})
        options = [(str(n), self.say(M("{n} minute", "{n} minutes", n=n))) for n in offered]
        self.minutes.set_options(options, chosen=str(minutes))

    def _choose(self, key: str) -> None:
        minutes, before = int(key), self._before
        self._before = minutes
        said = M("Locks after {n} minute now.", "Locks after {n} minutes now.", n=minutes)
        self.put(LOCK_AFTER, minutes, before, said)


class SheetPane(Pane):
    """Whether the recovery sheet is on paper, and a new one in its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Recovery sheet"),
            M("If this computer breaks or forgets its password, only this sheet opens your customer list."),
        )
        self.make = Button(self.say(M("Make a new sheet")), icon="key")
        self.make.clicked.connect(lambda _on: open_recovery_sheet(desk, self.folder))
        self._state = Card()
        self.add(self._state)
        lost = M(
            "Lost it, or has somebody seen it? Make a new one. Safety copies that can be reached then open with the "
            "new one; those that cannot open with the old one, so keep it as long as this page names any."
        )
        self.add(Banner(self.say(lost), Tone.NEUTRAL))
        self._left = column()
        self.add(self._left)
        self.end()

    def come(self) -> None:
        office = self.desk.office
        self.ask(lambda: _facts(office), self._show)

    def _show_left(self, left: list[SafetyCopy]) -> None:
        clear(self._left)
        said = resealing.said_of(left)
        if said is not None:
            # A path has no blank at which its line could end.
            line = row(Mark("box", size=18, ink="warning"), Broken(self.say(said), Type.SMALL), space=SPACE_3)
            line.setStretch(1, 1)
            self._left.addWidget(boxed(line))

    def _show(self, answer: tuple[date | None, SavedHow, list[SafetyCopy]]) -> None:
        checked_on, how, left = answer
        self._show_left(left)
        self.make.setParent(None)
        self._state.clear()
        if checked_on is None:
            said = self.say(M("Not kept yet"))
            sub = self.say(M("Nobody has typed its groups back so far. Please make one today."))
            self._state.add(told("alert", said, sub, ink="warning", end=self.make))
        else:
            said = self.say(M("Kept since {day}", day=checked_on))
            sub = self.say(_SAVED.get(how, M("Its groups were typed back.")))
            self._state.add(told("check", said, sub, ink="success", end=self.make))
        self.make.show()


def _facts(office: Office) -> tuple[date | None, SavedHow, list[SafetyCopy]]:
    checked_on, how = settings.get(office, SHEET_CHECKED_ON), settings.get(office, SHEET_SAVED_HOW)
    return checked_on, how, resealing.not_for_sheet(office)
