"""What we ask: what data is used for, with the words people read."""

from __future__ import annotations

from desktop_crm.services import purposes
from desktop_crm.services.purposes import PurposeCard
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_1, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.card import Card, Panel
from desktop_crm.ui.widgets.choice import Switch
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, clear, column, flow, row
from desktop_crm.words import M


class AskPane(Pane):
    """A purpose that is off is asked of nobody any more; what people said about it stays as they said it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, M("What we ask"), M("What you use data for. Whoever asks you gets these reasons as an answer.")
        )
        self.switches: dict[str, Switch] = {}

    def come(self) -> None:
        self.ask(lambda: purposes.cards(self.desk.office), self._show)

    def _show(self, cards: list[PurposeCard]) -> None:
        held = next((code for code, switch in self.switches.items() if switch.hasFocus()), "")
        clear(self.main)
        self.switches = {}
        for card in cards:
            self.add(self._made(card))
        self.end()
        if held in self.switches:
            self.switches[held].setFocus()

    def _made(self, told_of: PurposeCard) -> Card:
        card = Card()
        switch = Switch(told_of.name, on=told_of.active)
        switch.setEnabled(not told_of.needed and self.desk.may(permits.CHANGE_RULES))
        switch.clicked.connect(lambda on: self._turn(told_of.code, told_of.name, on))
        self.switches[told_of.code] = switch
        asked = Badge(
            self.say(M("Asked first") if told_of.asks else M("No need to ask")),
            Tone.SUCCESS if told_of.asks else Tone.INFO,
        )
        words = column(
            flow(label(told_of.name, Type.SECTION), asked, space=10),
            label(told_of.what_for, Type.BODY, "text2", wrap=True),
            space=SPACE_1,
        )
        head = row(words, column(switch, STRETCH), space=SPACE_3)
        head.setStretch(0, 1)
        card.add(head)
        if told_of.wording:
            card.add(_wording(self.say(M("What people read")), told_of.wording))
        why = M("Why we may keep this: {reason}", reason=told_of.basis)
        card.add(told("info", self.say(why)))
        card.add(told("clock", self.say(M("How long: {time}", time=told_of.keep))))
        if told_of.needed:
            card.add(told("lock", self.say(M("No shop can do without this."))))
        return card

    def _turn(self, code: str, name: str, on: bool) -> None:
        office = self.desk.office
        said = (
            M("{purpose} is used from now on.", purpose=name) if on else M("{purpose} is left out now.", purpose=name)
        )
        self.change(lambda: purposes.turn(office, code, on=on), lambda: purposes.turn(office, code, on=not on), said)


def _wording(head: str, text: str) -> Panel:
    panel = Panel("sunken", "line")
    panel.setLayout(
        column(label(head, Type.HINT, "text3"), label(text, Type.SMALL, "text", wrap=True), space=SPACE_1, margins=12)
    )
    return panel
