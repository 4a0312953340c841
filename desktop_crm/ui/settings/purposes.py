"""What we ask: what data is used for, with the words people read, and the privacy notice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.services import purpose_editing, purposes
from desktop_crm.services.labels import joined
from desktop_crm.services.permission_table import Filter
from desktop_crm.services.purpose_editing import NoticeOf
from desktop_crm.services.purposes import PurposeCard
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_1, SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.purposes.purpose_sheet import PurposeSheet
from desktop_crm.ui.purposes.wording_sheet import NoticeSheet, WordingSheet
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Panel, capitals
from desktop_crm.ui.widgets.choice import Switch
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, flow, row
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class _Found:
    cards: list[PurposeCard]
    notices: list[NoticeOf]


class AskPane(Pane):
    """A purpose that is off is asked of nobody any more; what people said about it stays as they said it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, M("What we ask"), M("What you use data for. Whoever asks you gets these reasons as an answer.")
        )
        self.switches: dict[str, Switch] = {}
        self.changes: dict[str, Button] = {}
        self.rewords: dict[str, Button] = {}
        self.new = self._button(M("A purpose of your own"), "plus")
        self.notice = self._button(M("Change the privacy notice"), "pen")

    def come(self) -> None:
        office = self.desk.office
        self.ask(lambda: _Found(purposes.cards(office), purpose_editing.notices(office)), self._show)

    def _button(self, text: M, icon: str) -> Button:
        return self.desk.only(Button(self.say(text), icon=icon), permits.CHANGE_RULES)

    def _show(self, found: _Found) -> None:
        held = next((code for code, switch in self.switches.items() if switch.hasFocus()), "")
        clear(self.main)
        self.switches, self.changes, self.rewords = {}, {}, {}
        self.new = self._button(M("A purpose of your own"), "plus")
        self.new.clicked.connect(lambda _on: self._add())
        self.add(_spread(label(self.say(_FREE), Type.SMALL, "text2", wrap=True), self.new))
        for card in (one for one in found.cards if not one.offered):
            self.add(self._made(card))
        if any(one.offered for one in found.cards):
            self.add(capitals(self.say(M("Ready-made, not used yet"))))
        for card in (one for one in found.cards if one.offered):
            self.add(self._made(card))
        self.add(self._notice_card(found.notices))
        self.end()
        if held in self.switches:
            self.switches[held].setFocus()

    def _made(self, told_of: PurposeCard) -> Card:
        card = Card()
        card.add(self._head(told_of))
        if told_of.uncovered:
            card.add(self._to_ask_again(told_of))
        if told_of.wording:
            card.add(_wording(self.say(M("What people read")), told_of.wording))
        for icon, text, sub in self._facts(told_of):
            card.add(told(icon, self.say(text), sub))
        if not told_of.offered:
            card.add(self._acts(told_of))
        return card

    def _head(self, told_of: PurposeCard) -> QHBoxLayout:
        switch = Switch(told_of.name, on=told_of.active)
        switch.setEnabled(not told_of.needed and self.desk.may(permits.CHANGE_RULES))
        switch.clicked.connect(lambda on: self._turn(told_of.code, told_of.name, on))
        self.switches[told_of.code] = switch
        asked = Badge(
            self.say(M("Asked first") if told_of.asks else M("No need to ask")),
            Tone.SUCCESS if told_of.asks else Tone.INFO,
        )
        badges = [asked]
        if told_of.special is not None:
            badges.append(Badge(self.say(M("Very private")), Tone.VIOLET, "shield"))
        words = column(
            flow(label(told_of.name, Type.SECTION), *badges, space=10),
            label(told_of.what_for, Type.BODY, "text2", wrap=True),
            space=SPACE_1,
        )
        head = row(words, column(switch, STRETCH), space=SPACE_3)
        head.setStretch(0, 1)
        return head

    def _facts(self, told_of: PurposeCard) -> list[tuple[str, M, str]]:
        """What is so about a purpose, a line each: picture, words, and more words."""
        facts = [("info", M("Why we may keep this: {reason}", reason=told_of.basis), told_of.balancing)]
        if told_of.special is not None:
            facts.append(("shield", M("Very private: {condition}", condition=told_of.special), ""))
        if told_of.asks:
            facts.append(("send", M("Way: {channel}", channel=told_of.channel), ""))
        if told_of.data:
            facts.append(("user", M("Needs: {data}", data=joined(told_of.data)), ""))
        if told_of.recipients:
            facts.append(("users", M("Given to: {who}", who=told_of.recipients), ""))
        facts.append(("clock", M("How long: {time}", time=told_of.keep), ""))
        old = [one.name for one in told_of.words if not one.current]
        if old:
            facts.append(("alert", M("Old words, not asked with: {languages}", languages=", ".join(old)), ""))
        if told_of.needed:
            facts.append(("lock", M("No shop can do without this."), ""))
        return facts

    def _to_ask_again(self, told_of: PurposeCard) -> Banner:
        again = M(
            "The question means something else since {day}: {n} person said yes before and has to be asked again.",
            "The question means something else since {day}: {n} people said yes before and have to be asked again.",
            n=told_of.uncovered,
            day=told_of.asked_anew,
        )
        show = Button(self.say(M("Show them")), kind=Kind.LINK)
        show.clicked.connect(lambda _on: self.desk.go("permission", filter=Filter.TOO_OLD.value))
        return Banner(self.say(again), Tone.WARNING, "refresh", [show])

    def _acts(self, told_of: PurposeCard) -> QWidget:
        versions = M("Words: {versions}", versions=", ".join(f"{one.name} v{one.version}" for one in told_of.words))
        reword = self._button(M("Change the words"), "pen")
        reword.clicked.connect(partial(self._reword, told_of.code))
        change = self._button(M("Change the rest"), "gear")
        change.clicked.connect(partial(self._change, told_of.code))
        reword.setAccessibleName(self.say(M("Change the words: {name}", name=told_of.name)))
        change.setAccessibleName(self.say(M("Change the rest: {name}", name=told_of.name)))
        self.rewords[told_of.code], self.changes[told_of.code] = reword, change
        return _spread(label(self.say(versions), Type.SMALL, "text3", wrap=True), reword, change)

    def _notice_card(self, notices: list[NoticeOf]) -> Card:
        self.notice = self._button(M("Change the privacy notice"), "pen")
        self.notice.clicked.connect(lambda _on: NoticeSheet(self.desk, notices, self.come).open())
        card = Card(self.say(M("Privacy notice")), action=self.notice)
        for one in notices:
            said = M("{language}: version {n}, since {day}", language=one.name, n=one.version, day=one.since)
            card.add(told("file", self.say(said)))
        return card

    def _add(self) -> None:
        office = self.desk.office
        self.desk.open_sheet(
            lambda: purpose_editing.new_entry(office), lambda entry: PurposeSheet(self.desk, entry, self.come)
        )

    def _change(self, code: str, _on: bool = False) -> None:
        office = self.desk.office
        self.desk.open_sheet(
            lambda: purpose_editing.purpose_entry(office, code),
            lambda entry: PurposeSheet(self.desk, entry, self.come),
        )

    def _reword(self, code: str, _on: bool = False) -> None:
        office = self.desk.office
        self.desk.open_sheet(
            lambda: purpose_editing.purpose_entry(office, code),
            lambda entry: WordingSheet(self.desk, entry, self.come),
        )

    def _turn(self, code: str, name: str, on: bool) -> None:
        office = self.desk.office
        said = (
            M("{purpose} is used from now on.", purpose=name) if on else M("{purpose} is left out now.", purpose=name)
        )
        self.change(lambda: purposes.turn(office, code, on=on), lambda: purposes.turn(office, code, on=not on), said)


_FREE = M("One question for each use and each way. A no changes nothing, and every question says so.")


def _spread(words: QWidget, *buttons: QWidget) -> QWidget:
    """Words, and below what can be done."""
    return boxed(column(words, flow(*buttons), space=SPACE_2))


def _wording(head: str, text: str) -> Panel:
    panel = Panel("sunken", "line")
    panel.setLayout(
        column(label(head, Type.HINT, "text3"), label(text, Type.SMALL, "text", wrap=True), space=SPACE_1, margins=12)
    )
    return panel
