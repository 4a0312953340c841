"""Menus, made from the declared actions: the bar of a Mac, and elsewhere a menu on F10."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop_crm.privacy.rights import EVERYTHING, Rights
from desktop_crm.ui.actions import Action, Group, in_group
from desktop_crm.words import Words

Do = Callable[[str], None]


class Commands(QObject):
    """The actions as Qt knows them: their shortcuts work in the whole window, and every menu shows the same ones."""

    def __init__(
        self, widget: QWidget, words: Words, do: Do, can: Callable[[str], bool], rights: Rights = EVERYTHING
    ) -> None:
        """`do` and `can` get the key of an action, as typed or chosen in a menu, where nobody is named.

        For what the role with these `rights` may not do there is neither a line nor a shortcut.
        """
        super().__init__(widget)
        self._words = words
        self._can = can
        self._groups = {group: in_group(group, rights) for group in Group}
        self.by_key = {one.key: self._made(one, do) for group in self._groups.values() for one in group}
        widget.addActions(list(self.by_key.values()))

    def _made(self, action: Action, do: Do) -> QAction:
        made = QAction(self)
        made.setText(self._words.say(action.label))
        made.setShortcuts(action.shortcuts)
        made.setMenuRole(_role(action))
        made.triggered.connect(lambda: do(action.key))
        return made

    def fill(self, menu: QMenu | QMenuBar) -> None:
        """Add a menu for each group that has anything in it."""
        from desktop_crm.ui.look.drawn import icon

        for group, actions in self._groups.items():
            inside = menu.addMenu(self._words.say(group.value))
            for action in actions:
                made = self.by_key[action.key]
                made.setIcon(icon(action.icon))
                inside.addAction(made)
            inside.aboutToShow.connect(lambda group=group: self._enable(group))
            inside.aboutToHide.connect(lambda group=group: self._enable_all(group))

    def _enable(self, group: Group) -> None:
        for action in self._groups[group]:
            self.by_key[action.key].setEnabled(self._can(action.key))

    def _enable_all(self, group: Group) -> None:
        """A disabled action has no shortcut; whether it can be done is asked when it is typed."""
        for action in self._groups[group]:
            self.by_key[action.key].setEnabled(True)


def _role(action: Action) -> QAction.MenuRole:
    """What a Mac moves into the menu of the program."""
    roles = {"settings": QAction.MenuRole.PreferencesRole, "quit": QAction.MenuRole.QuitRole}
    return roles.get(action.key, QAction.MenuRole.NoRole)
