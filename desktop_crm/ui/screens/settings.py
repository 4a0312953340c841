"""Settings: a list of pages with a search over it, and the page that was chosen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.records.place import Place
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.records.retention import RetentionRun
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.records.staff import OpenCase, Role, Staff
from desktop_crm.records.technical import Setting
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_1, SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.settings.entries import PANES
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import Scroll, line
from desktop_crm.ui.widgets.nav import NavItem
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.words import M

_LIST = 252


class Settings(Screen):
    """`show_at(page=…)` goes to a page by its key. Pages are made at their first visit."""

    watches: ClassVar[frozenset[type]] = frozenset(
        {Setting, Purpose, Wording, Notice, Place, RetentionRun, SafetyCopy, Staff, Role, OpenCase}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.search = SearchField(self.say(M("Search the settings")))
        self.search.typed.connect(self._filter)
        self.search.down.connect(self._go_into_list)
        self.search.entered.connect(self._open_first)
        self.items: dict[str, NavItem] = {}
        self._entries = {entry.key: entry for entry in PANES if entry.is_for(desk)}
        self._nothing = label(self.say(M("Nothing of that name here.")), Type.SMALL, "text3", wrap=True)
        self._pages = QStackedWidget()
        self._made: dict[str, Pane] = {}
        self._list = self._made_list()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._list)
        across.addWidget(line("post"))
        across.addWidget(self._pages, 1)
        self._open(next(iter(self._entries)), fill=False)

    @property
    def page(self) -> Pane:
        """The page that is shown."""
        return self._made[self._key]

    def refresh(self) -> None:
        self.page.come()

    def show_at(self, **where: object) -> None:
        wanted = where.get("page")
        if isinstance(wanted, str) and wanted in self._entries:
            self._open(wanted)

    def go_to_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def panes(self) -> tuple[QWidget, ...]:
        return (self._list, self._pages)

    def _made_list(self) -> QFrame:
        made = QFrame()
        made.setProperty("kind", "canvas")
        made.setFixedWidth(_LIST)
        every = QVBoxLayout(made)
        every.setContentsMargins(SPACE_4, 21, SPACE_4, SPACE_3)
        every.setSpacing(SPACE_3)
        every.addWidget(label(self.say(M("Settings")), Type.PAGE))
        every.addWidget(self.search)
        items = QWidget()
        below = QVBoxLayout(items)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_1 // 2)
        for entry in self._entries.values():
            item = NavItem(self.say(entry.label), entry.icon)
            item.clicked.connect(lambda _on=False, key=entry.key: self._open(key))
            self.items[entry.key] = item
            below.addWidget(item)
        self._nothing.hide()
        below.addWidget(self._nothing)
        below.addStretch(1)
        every.addWidget(Scroll(items), 1)
        return made

    def _open(self, key: str, *, fill: bool = True) -> None:
        self._key = key
        if key not in self._made:
            self._made[key] = self._entries[key].make(self.desk)
            self._pages.addWidget(self._made[key])
        self._pages.setCurrentWidget(self.page)
        for other, item in self.items.items():
            item.setChecked(other == key)
        if fill:
            self.page.come()

    def _found(self) -> list[str]:
        return [key for key, item in self.items.items() if not item.isHidden()]

    def _filter(self, typed: str) -> None:
        for entry in self._entries.values():
            self.items[entry.key].setVisible(entry.matches(typed, self.desk.words))
        self._nothing.setVisible(not self._found())

    def _go_into_list(self) -> None:
        found = self._found()
        if found:
            self.items[found[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def _open_first(self) -> None:
        found = self._found()
        if found:
            self._open(found[0])
            self._go_into_list()
