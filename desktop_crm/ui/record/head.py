"""The head of a contact's page: who it is, the daily acts, what stands out, and the tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.rights import Right
from desktop_crm.services.record_page import RecordPage
from desktop_crm.ui import permits
from desktop_crm.ui.actions import BY_KEY
from desktop_crm.ui.against import LOCK, OBJECT, WISH
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_7, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Elided
from desktop_crm.ui.widgets.layout import STRETCH, FlowLayout, clear, column, flow, row
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.ui.widgets.nav import Tabs
from desktop_crm.ui.widgets.page import sides
from desktop_crm.words import M

EDGE = SPACE_7
TIMELINE, PERMISSION, HELD, DETAILS = "timeline", "permission", "held", "details"
_AVATAR = 56
_LEAST_NAME = 260
"""A name keeps this much room before the buttons beside it lose their words."""

_DAILY = (
    ("note", M("Note"), "note"),
    ("call", M("Call"), "phone"),
    ("task", M("Task"), "task"),
    ("order", M("Order"), "bag"),
)
_MORE = (
    ("edit", M("Edit …"), "pen"),
    ("labels", M("Labels …"), "tag"),
    ("permission.ask", M("Ask for permission …"), "check"),
    (OBJECT, M("Stop using this …"), "x"),
    (LOCK, M("Lock: keep, don't use …"), "lock"),
    (WISH, M("How to reach this person …"), "phone"),
    ("log", M("Activity of this person"), "list"),
    ("case", M("Open a case …"), "eye"),
)
_CLOSED_BY_LOCK = frozenset({"note", "call", "task", "order", "edit", "labels", LOCK})
"""What is not done with the data of somebody that is kept and not used."""
_NEEDED: dict[str, tuple[Right, ...]] = {
    **dict.fromkeys((OBJECT, LOCK, WISH), (permits.CHANGE_CONSENTS,)),
    "edit": (permits.CHANGE_CONTACTS,),
    "labels": (permits.CHANGE_CONTACTS,),
    "log": (permits.SEE_LOG,),
    "request": (permits.SEE_REQUESTS,),
    "case": (*permits.WHOLE, permits.CHANGE_REQUESTS, permits.SEE_PEOPLE),
}
"""What a role needs for what is no action to be had anywhere."""


class RecordHead(QWidget):
    """Says what was asked for by the keys of `ui.actions`, and by edit, labels, log and request."""

    acted = Signal(str)
    tab_picked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._request = ""
        self._locked = False
        self._avatar = Avatar("", _AVATAR)
        self._name = Elided("", Type.PAGE)
        self._line = Elided("", Type.BODY, "text2")
        self.daily = {key: self._button(key, text, icon, Kind.SECONDARY) for key, text, icon in _DAILY}
        self._badges = flow(space=SPACE_2)
        self.copy = self._button("copy.give", M("Give a copy"), "copy", Kind.QUIET)
        self.erase = self._button("erase", M("Erase …"), "trash", Kind.QUIET)
        self.more = Button(icon="dots", kind=Kind.ICON, name=desk.say(M("More")))
        self.more.clicked.connect(self._open_menu)
        if not any(map(self._may, (*(key for key, _, _ in _MORE), "request"))):
            self.more.withhold()
        held = [(HELD, desk.say(M("What we hold")))] if desk.may(*permits.WHOLE) else []
        self.tabs = Tabs(
            [
                (TIMELINE, desk.say(M("Timeline"))),
                (PERMISSION, desk.say(M("Permission"))),
                *held,
                (DETAILS, desk.say(M("Details"))),
            ],
            name=desk.say(M("Parts of this page")),
            trailing=(self.copy, self.erase, self.more),
        )
        self.tabs.picked.connect(self.tab_picked)
        self._lay_out()

    def show_page(self, page: RecordPage) -> None:
        """Show whose page it is."""
        say = self._desk.say
        self._request = page.request or ""
        self._locked = page.lock is not None
        for key, button in self.daily.items():
            button.setDisabled(self._locked and key in _CLOSED_BY_LOCK)
        self._avatar.set_name(page.name)
        self._name.setText(page.name)
        since = say(M("Since {month}", month=self._desk.words.part(page.since, "LLLL y")))
        line = say(page.line) if isinstance(page.line, M) else page.line
        self._line.setText(" · ".join((since, line, *page.tags)))
        self._show_badges(list(self._badges_of(page)))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left, right = sides(self, EDGE)
        self._all.setContentsMargins(left, 20, right, 1)
        self._fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), paint.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, paint.color("border"))

    def _badges_of(self, page: RecordPage) -> Iterator[Badge]:
        say = self._desk.say
        for badge in page.badges:
            yield Badge(say(badge.text), Tone(badge.tone.value), badge.icon)
        if page.held:
            yield Badge(say(M("Do not delete (dispute)")), Tone.VIOLET, "lock")
        if page.under_age:
            yield Badge(say(M("Under age")), Tone.WARNING, "user")
        if page.deceased:
            yield Badge(say(M("Deceased")), Tone.NEUTRAL, "info")

    def _show_badges(self, badges: Sequence[Badge]) -> None:
        layout = self._badges.layout()
        if isinstance(layout, FlowLayout):
            clear(layout)
            for badge in badges:
                layout.addWidget(badge)
        self._badges.updateGeometry()

    def _lay_out(self) -> None:
        beside = row(self._name, *self.daily.values(), space=SPACE_2)
        beside.setStretch(0, 1)
        words = column(beside, self._line, STRETCH, space=0)
        who = row(self._avatar, 14, words, space=0)
        who.setStretch(2, 1)
        self._all = column(who, 14, self._badges, SPACE_2, self.tabs, space=0, margins=(EDGE, 20, EDGE, 1))
        self.setLayout(self._all)

    def _fold(self) -> None:
        """Where room is short, the acts show their icons alone: first those beside the tabs, then the daily ones."""
        room = self.width() - sum(sides(self, EDGE))
        name = QFontMetrics(self._name.font()).horizontalAdvance(self._name.text())
        beside = _AVATAR + 14 + SPACE_2 + min(name, _LEAST_NAME)
        _fold_to(list(self.daily.values()), room - beside - SPACE_2 * len(self.daily))
        tabs = self.tabs.tabs_width() + self.more.sizeHint().width()
        _fold_to([self.copy, self.erase], room - tabs)

    def _button(self, key: str, text: M, icon: str, kind: Kind) -> Button:
        made = Button(self._desk.say(text), icon=icon, kind=kind)
        made.clicked.connect(lambda: self.acted.emit(key))
        return self._desk.only(made, *_needed(key))

    def _may(self, key: str) -> bool:
        several = self._desk.office.who.staff is not None  # a case is opened to somebody who signs in by name
        return self._desk.may(*_needed(key)) and (key != "case" or several)

    def _open_menu(self) -> None:
        menu = Menu(self, name=self._desk.say(M("More")))
        for key, text, icon in _MORE:
            if self._may(key) and not (self._locked and key in _CLOSED_BY_LOCK):
                menu.add(self._desk.say(text), partial(self.acted.emit, key), icon=icon)
        if self._request and self._may("request"):
            go = self._desk.say(M("Go to {number}", number=self._request))
            menu.add(go, partial(self.acted.emit, "request"), icon="inbox")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_below(self.more)


def _needed(key: str) -> tuple[Right, ...]:
    return _NEEDED[key] if key in _NEEDED else BY_KEY[key].rights


def _fold_to(buttons: Sequence[Button], room: int) -> None:
    for button in buttons:
        button.fold(False)
    folded = sum(button.sizeHint().width() for button in buttons if not button.isHidden()) > room
    for button in buttons:
        button.fold(folded)
