"""Who does the declared actions while a file is open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop_crm.ui.actions import ACTIONS, BY_KEY, Bindings, Group, Needs, in_group
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.frame.menus import Commands
from desktop_crm.ui.frame.panes import focus_next
from desktop_crm.ui.look.theme import Mode
from desktop_crm.ui.widgets.sheet import Overlay

if TYPE_CHECKING:
    from desktop_crm.ui.frame.shell import OpenDesk

_GO = "go."
_OVER_SHEETS = frozenset({"lock", "switch", "quit", "palette"})
"""What can be done while a sheet is open."""


class Acts(QObject):
    """Binds each action to the frame or to a screen, which gets its part by the keywords of `show_at`."""

    def __init__(self, shell: OpenDesk, screens: Container[str], chosen: Chosen) -> None:
        super().__init__(shell)
        self._shell = shell
        self._chosen = chosen
        self._rights = shell.desk.office.who.rights
        self.bindings = Bindings(self)
        self._bind_screens(screens)
        self._bind_frame()
        self.commands = Commands(shell, shell.desk.words, self.do, self.can, self._rights)
        if sys.platform == "darwin":
            # A bar of no window is the one at the top of a Mac's screen.
            self._bar = QMenuBar()
            shell.destroyed.connect(self._bar.deleteLater)
            self.commands.fill(self._bar)

    def can(self, key: str) -> bool:
        """Whether an action can be done now, as typed or chosen in a menu."""
        return self.bindings.can(key, self._person(key))

    def do(self, key: str, person: bytes | None = None) -> None:
        """Do an action, for this person or the one whose record is open."""
        if key in _OVER_SHEETS or Overlay.top(self._shell) is None:
            self.bindings.do(key, person or self._person(key))

    def _person(self, key: str) -> bytes | None:
        shown = self._shell.shown
        return shown.person if shown is not None and BY_KEY[key].needs is Needs.PERSON else None

    def _bind_screens(self, screens: Container[str]) -> None:
        for action in in_group(Group.GO, self._rights):
            screen = action.key.removeprefix(_GO)
            if screen in screens:
                self._bind(action.key, partial(self._shell.go, screen))
        if "settings" in screens:
            self._bind("settings", partial(self._shell.go, "settings"))
        if "contacts" in screens:
            self._bind("contact.new", partial(self._shell.go, "contacts", new=True))
            self._bind("import", partial(self._shell.bring_in, None))
            for action in ACTIONS:
                if action.needs is Needs.PERSON and self._shell.desk.may(*action.rights):
                    self.bindings.bind(action.key, partial(self._do_for, action.key))

    def _bind_frame(self) -> None:
        shell = self._shell
        self._bind("find", self._find)
        self._bind("undo", shell.toasting.undo, lambda: shell.toasting.can_undo)
        self._bind("palette", shell.open_palette)
        self._bind("shortcuts", self._show_shortcuts)
        self._bind("pane.next", self._next_pane)
        self._bind("menu", self._open_menu)
        self._bind("example", shell.example_asked.emit, lambda: not shell.is_example)
        self._bind("scan.file", self.file_scan)
        self._bind("list.enter", self._sign_up)
        self._bind("form.blank", self._blank)
        self._bind("lock", shell.lock_asked.emit)
        self._bind("switch", shell.lock_asked.emit, lambda: shell.sidebar.signed_in)
        self._bind("quit", shell.quit_asked.emit)
        for mode in Mode:
            self._bind(f"look.{mode.value}", partial(self._use_look, mode), partial(self._is_other_look, mode))

    def file_scan(self, path: Path | None = None) -> None:
        """File a form that came back signed; not while a sheet is open, which would be lost below it."""
        from desktop_crm.ui.paper.filing import open_filing

        if self._shell.desk.may(*BY_KEY["scan.file"].rights) and Overlay.top(self._shell) is None:
            open_filing(self._shell.desk, path)

    def _sign_up(self) -> None:
        from desktop_crm.ui.paper.signing_up import open_sign_up

        open_sign_up(self._shell.desk)

    def _blank(self) -> None:
        from desktop_crm.ui.paper.blank import open_blank

        open_blank(self._shell.desk)

    def _bind(self, key: str, act: Callable[[], object], enabled: Callable[[], bool] = lambda: True) -> None:
        """Bind what is for nobody in particular, if whoever works here may do it."""
        if self._shell.desk.may(*BY_KEY[key].rights):
            self.bindings.bind(key, lambda _: act(), enabled)

    def _do_for(self, key: str, person: bytes | None) -> None:
        self._shell.go("contacts", person=person, do=key)

    def _find(self) -> None:
        """Into the search of the page; where it has none, into the one over everything."""
        shown = self._shell.shown
        if shown is None or not shown.go_to_search():
            self._shell.open_palette()

    def _next_pane(self) -> None:
        shown = self._shell.shown
        focus_next((self._shell.sidebar, *(shown.panes() if shown is not None else ())))

    def _show_shortcuts(self) -> None:
        from desktop_crm.ui.frame.shortcuts import ShortcutSheet

        ShortcutSheet(self._shell, self._shell.desk.words, self._rights).open()

    def _open_menu(self) -> None:
        menu = QMenu(self._shell)
        self.commands.fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._shell.mapToGlobal(self._shell.sidebar.geometry().topLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _use_look(self, mode: Mode) -> None:
        self._chosen.change(look=mode.value)

    def _is_other_look(self, mode: Mode) -> bool:
        return (self._chosen.now.look or Mode.SYSTEM.value) != mode.value
