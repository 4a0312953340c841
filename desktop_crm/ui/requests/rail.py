"""Beside a request: until when it is answered, who asked, what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import IdentityCheck
from desktop_crm.services import labels, requests
from desktop_crm.services.requests import Happening, RequestPage
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.requests.phrases import IDENTITY, days_caption, days_tone, has_entry
from desktop_crm.ui.requests.sure import Sure
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.ui.widgets.nav import TextLink
from desktop_crm.ui.widgets.progress import Ring
from desktop_crm.ui.widgets.timeline import Entry, Timeline
from desktop_crm.words import M

_ICONS = {
    "register": "inbox",
    "note_identity": "id",
    "found": "search",
    "answer": "file",
    "access_report": "file",
    "take_along": "download",
    "wait": "clock",
    "close": "check",
}


class DueCard(Card):
    """Until when the answer has to be there, and why then."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Answer by")))
        self._desk = desk
        self.ring = Ring("", "", 0.0)
        self._day = label("", Type.CARD, wrap=True)
        larger = font(Type.CARD, larger=2)
        self._day.setFont(larger)
        self._received = label("", Type.SMALL, "text2", wrap=True)
        self._state = label("", Type.SMALL, "text2", wrap=True)
        self._reason = label("", Type.HINT, "text3", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        for part in (self._day, self._received, self._state):
            words.addWidget(part)
        words.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(18)
        across.addWidget(self.ring)
        across.addLayout(words, 1)
        self.add(across)
        self.add(self._reason)

    def show_page(self, page: RequestPage) -> None:
        """Show the time of this request."""
        row, say = page.row, self._desk.say
        whole = max(1, (row.due_on - row.received_on).days)
        share = 1.0 if row.days_left < 0 else row.days_left / whole
        self.ring.show_number(
            str(abs(row.days_left)), say(days_caption(row.days_left)), share, days_tone(row.days_left)
        )
        self.ring.setVisible(row.closed_on is None)
        weekday = self._desk.words.part(row.due_on, "EEE")
        self._day.setText(say(M("{weekday} {day}", weekday=weekday, day=row.due_on)))
        self._received.setText(say(M("Received {day}", day=row.received_on)))
        self._state.setText(say(M("Closed {day}", day=row.closed_on)) if row.closed_on else "")
        self._state.setVisible(row.closed_on is not None)
        if row.closed_on is None and row.days_left < 0:
            self._state.setText(say(M("Late: answer now, and say why it took longer.")))
            self._state.set_ink("danger")
            self._state.show()
        self._reason.setText(say(page.reason))


class WhoCard(Card):
    """Who asked, which way it came, and how it was made sure that it is them: one click."""

    def __init__(self, desk: Desk, page: RequestPage) -> None:
        super().__init__(desk.say(M("Who asked")))
        self._desk = desk
        self._number = page.row.number
        self._open = page.row.closed_on is None
        self._changes = desk.may(permits.CHANGE_REQUESTS)
        name = page.row.who.name if page.row.who else desk.say(M("Somebody"))
        self.name = TextLink(name, Type.STRONG)
        self.name.clicked.connect(lambda: desk.go("contacts", person=page.row.person))
        self.name.setEnabled(has_entry(page.row))
        self.channel = TextLink("", Type.SMALL)
        self.channel.setToolTip(desk.say(M("Change the way it came")))
        self.channel.clicked.connect(self._pick_channel)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeading)
        words.addWidget(self.channel, 0, Qt.AlignmentFlag.AlignLeading)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(Avatar(name))
        across.addLayout(words, 1)
        self.add(across)
        self._identity = QVBoxLayout()
        self._identity.setSpacing(4)
        self.sure: Sure | None = None
        self.add(2)
        self.separator()
        self.add(self._identity)
        # As high as its chips need, which wrap.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_page(page)

    def show_page(self, page: RequestPage) -> None:
        """Show what is known now."""
        self._open = page.row.closed_on is None
        way = labels.of(page.row.channel)
        told = page.row.way_told
        self.channel.setText(self._desk.say(way if told else M("{way} (assumed)", way=way)))
        spoken = M("It came {channel}", channel=way) if told else M("It came {channel}, as we assume", channel=way)
        self.channel.setAccessibleName(self._desk.say(spoken))
        self.channel.setEnabled(self._open and self._changes)
        self.channel.updateGeometry()
        clear(self._identity)
        self.sure = None
        if page.identity is not None:
            self._show_checked(page.identity, page)
        elif self._open and self._changes:
            self.ask_identity()

    def ask_identity(self) -> None:
        """Offer the ways to be sure."""
        clear(self._identity)
        self.sure = Sure(self._desk, self._number)
        self._identity.addWidget(self.sure)

    def _show_checked(self, how: IdentityCheck, page: RequestPage) -> None:
        say = self._desk.say
        again = Button(say(M("Change it")), kind=Kind.LINK, name=say(M("Change how you know that it is them")))
        again.clicked.connect(self._ask_again)
        across = QHBoxLayout()
        across.addWidget(label(say(IDENTITY[how]), Type.STRONG, wrap=True), 1)
        across.addWidget(again)
        self._identity.addLayout(across)
        again.setVisible(self._open and self._changes)
        if page.identity_on is not None:
            told = M("Made sure on {day}", day=page.identity_on)
            self._identity.addWidget(label(say(told), Type.SMALL, "text2", wrap=True))

    def _ask_again(self) -> None:
        self.ask_identity()
        if self.sure is not None:
            self.sure.ways.chip(IdentityCheck.KNOWN).setFocus()

    def _pick_channel(self) -> None:
        menu = Menu(self, name=self._desk.say(M("Change the way it came")))
        for channel in Channel:
            menu.add(self._desk.say(labels.of(channel)), partial(self._set_channel, channel))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.channel.mapToGlobal(QPoint(0, self.channel.height() + 4)))

    def _set_channel(self, channel: Channel) -> None:
        work = partial(requests.set_channel, self._desk.office, self._number, channel)
        self._desk.courier.ask(self, work, lambda _: None)


class HappenedCard(Card):
    """What was done about the request, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("What happened")))
        self._desk = desk
        self.course = Timeline()
        self.add(self.course)

    def show_happened(self, happened: Sequence[Happening]) -> None:
        """Show these."""
        self.course.show_entries([self._entry(one) for one in happened])

    def _entry(self, one: Happening) -> Entry:
        sub = self._desk.say(M("{who} · {at}", who=one.who, at=one.at))
        return Entry(self._desk.say(one.what), sub, icon=_ICONS.get(one.act, "pen"), tone=Tone.NEUTRAL)


def menu_below(button: Button, name: str, acts: Sequence[tuple[str, str, Callable[[], None]]]) -> None:
    """Open a menu below a button; `acts` are icon, text and what is done."""
    menu = Menu(button, name=name)
    for icon, text, do in acts:
        menu.add(text, do, icon=icon)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))
