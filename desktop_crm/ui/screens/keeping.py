"""*Keeping times*: what waits for a yes, the rules, what was tidied, and what must not be deleted."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.records.contact import Contact
from desktop_crm.records.retention import RetentionItem, RetentionRule, RetentionRun
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.keeping.held import HeldPane
from desktop_crm.ui.keeping.look_now import look_now
from desktop_crm.ui.keeping.queue import QueuePane
from desktop_crm.ui.keeping.rules import RulesPane
from desktop_crm.ui.keeping.runs import RunsPane
from desktop_crm.ui.keeping.standing import Standing, Touched, standing, touched
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.nav import Tabs
from desktop_crm.ui.widgets.page import PageHead
from desktop_crm.words import M

TABS: tuple[tuple[str, M], ...] = (
    ("queue", M("Waiting for your yes")),
    ("rules", M("Rules")),
    ("runs", M("Already tidied")),
    ("held", M("Do not delete")),
)


class Keeping(Screen):
    """A head with tabs, and one pane below it."""

    watches: ClassVar[frozenset[type]] = frozenset({RetentionItem, RetentionRun, RetentionRule, Contact})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._counted: tuple[object, ...] = ()
        self._now: Standing | None = None
        self._filled: set[str] = set()
        """The tabs that show what is the case now; the others are filled when somebody goes there."""
        self.look = Button(self.say(M("Look now")), icon="refresh")
        self.look.clicked.connect(lambda: look_now(desk, self))
        self.tabs = Tabs([(key, self.say(text)) for key, text in TABS], name=self.say(M("Keeping times")))
        self.tabs.picked.connect(self._show_tab)
        self.head = PageHead(self.say(M("Keeping times")), " ", actions=[self.look], below=self.tabs)
        self.queue, self.rules = QueuePane(desk), RulesPane(desk)
        self.runs, self.held = RunsPane(desk), HeldPane(desk)
        self._panes: dict[str, QueuePane | RulesPane | RunsPane | HeldPane] = {
            "queue": self.queue,
            "rules": self.rules,
            "runs": self.runs,
            "held": self.held,
        }
        self._stack = QStackedWidget()
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Ask for all four tabs; what takes seconds to count comes afterwards."""
        self.desk.courier.ask(self, partial(standing, self.desk.office), self._show, newest="standing")

    def show_at(self, **where: object) -> None:
        """`tab`: queue, rules, runs or held."""
        tab = where.get("tab")
        if isinstance(tab, str) and tab in self._panes:
            self.tabs.choose(tab)
            self._show_tab(tab)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.head, self._stack)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self._panes[key])
        if self._now is not None and key not in self._filled:
            self._filled.add(key)
            self._panes[key].show_standing(self._now)

    def _show(self, now: Standing) -> None:
        n = now.waiting
        told = M(
            "{n} entry has passed its time. Nothing goes until you say so.",
            "{n} entries have passed their time. Nothing goes until you say so.",
            n=n,
        )
        nothing = M("Nothing has passed its time. Nothing goes until you say so.")
        self.head.set_title(self.say(M("Keeping times")), self.say(told if n else nothing))
        self.tabs.set_count("queue", n)
        self.tabs.set_count("rules", len(now.rules))
        self.tabs.set_count("held", len(now.held))
        self._now = now
        self._filled.clear()
        self._show_tab(self.tabs.chosen)
        if now.counted != self._counted:
            self._counted = now.counted
            self.desk.courier.ask(self, partial(touched, self.desk.office), self._show_touched, newest="touched")

    def _show_touched(self, found: Touched) -> None:
        self.queue.show_touched(found)
        self.rules.show_touched(found)
