"""Everything a person can do from anywhere, declared once. Menus, palette and the page of shortcuts all derive."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from desktop_crm.cheap import fixed
from desktop_crm.privacy.rights import EVERYTHING, Right, Rights
from desktop_crm.ui import permits
from desktop_crm.ui.screens.entries import SCREENS, ScreenEntry
from desktop_crm.words import M, Words

Key = str | QKeySequence.StandardKey


class Group(Enum):
    """Under which head an action stands."""

    PEOPLE = M("People")
    DO = M("Do")
    GO = M("Go to")
    APP = M("Program")


class Needs(Enum):
    """What an action cannot do without."""

    NOTHING = auto()
    PERSON = auto()


@fixed
class Action:
    """One thing to do.

    `named` is its label with the name of a person in it. `keys` is how it is typed: a text such as `Ctrl+K` (Qt makes
    it ⌘K on a Mac) or the key the system has for it. `palette` is False for what makes no sense in the palette.
    `rights` is what a role must be allowed; for others there is no such action.
    """

    key: str
    label: M
    icon: str
    group: Group
    keys: Key = ""
    needs: Needs = Needs.NOTHING
    named: Callable[[str], M] | None = None
    palette: bool = True
    rights: tuple[Right, ...] = ()

    @property
    def shortcuts(self) -> list[QKeySequence]:
        """Every way to type it; the first is the one that is shown."""
        return sequences(self.keys)

    def label_for(self, name: str) -> M:
        """The label, of a person where there is one."""
        return self.named(name) if self.named is not None and name else self.label


def sequences(keys: Key) -> list[QKeySequence]:
    """Key sequences of a text or of a key that the system defines."""
    if not isinstance(keys, str):
        return QKeySequence.keyBindings(keys)
    return [QKeySequence(keys)] if keys else []


def _of_person(
    key: str, label: M, icon: str, named: Callable[[str], M], keys: Key = "", *, rights: tuple[Right, ...]
) -> Action:
    return Action(key, label, icon, Group.DO, keys, Needs.PERSON, named, rights=rights)


def _go_to(number: int, entry: ScreenEntry) -> Action:
    return Action(f"go.{entry.key}", entry.label, entry.icon, Group.GO, f"Ctrl+{number}", rights=entry.rights)


_STANDARD = QKeySequence.StandardKey
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_CONTACTS, _NOTES = (permits.CHANGE_CONTACTS,), (permits.CHANGE_NOTES,)
_PURCHASES, _CONSENTS = (permits.CHANGE_PURCHASES,), (permits.CHANGE_CONSENTS,)

ACTIONS: tuple[Action, ...] = (
    Action("contact.new", M("New contact"), "plus", Group.PEOPLE, _STANDARD.New, rights=_CONTACTS),
    Action("find", M("Find on this page"), "search", Group.PEOPLE, _STANDARD.Find, palette=False),
    Action("import", M("Bring in a list"), "upload", Group.PEOPLE, rights=_CONTACTS),
    _of_person("note", M("Note"), "note", lambda name: M("Note for {name}", name=name), "Ctrl+Shift+N", rights=_NOTES),
    _of_person("call", M("Call"), "phone", lambda name: M("Call {name}", name=name), rights=_NOTES),
    _of_person("task", M("Task"), "check", lambda name: M("Task for {name}", name=name), rights=_CONTACTS),
    _of_person("order", M("Order"), "bag", lambda name: M("Order of {name}", name=name), rights=_PURCHASES),
    _of_person(
        "permission.ask",
        M("Ask for permission"),
        "pen",
        lambda name: M("Ask {name} for permission", name=name),
        "Ctrl+Shift+C",
        rights=_CONSENTS,
    ),
    _of_person(
        "copy.give",
        M("Give a copy of their data"),
        "copy",
        lambda name: M("Give {name} a copy of their data", name=name),
        "Ctrl+R",
        rights=permits.MAKE_PAPERS,
    ),
    _of_person("erase", M("Erase …"), "trash", lambda name: M("Erase {name} …", name=name), rights=permits.ERASE),
    Action("scan.file", M("File a scan …"), "file", Group.DO, rights=_CONSENTS),
    Action("list.enter", M("Enter a sign-up list …"), "table", Group.DO, rights=(*_CONSENTS, *_CONTACTS)),
    Action("form.blank", M("Print blank forms …"), "printer", Group.DO, rights=_CONSENTS),
    Action("undo", M("Undo"), "undo", Group.DO, _STANDARD.Undo, palette=False),
    *(_go_to(number, entry) for number, entry in enumerate(SCREENS, 1)),
    Action("palette", M("Search and do"), "search", Group.APP, "Ctrl+K", palette=False),
    Action("settings", M("Settings"), "gear", Group.APP, "Ctrl+,", palette=False),
    Action("look.system", M("Look: like the system"), "monitor", Group.APP),
    Action("look.light", M("Look: light"), "sun", Group.APP),
    Action("look.dark", M("Look: dark"), "moon", Group.APP),
    Action("look.contrast", M("Look: high contrast"), "contrast", Group.APP),
    Action("example", M("Look around the example shop"), "building", Group.APP),
    Action("shortcuts", M("Keyboard shortcuts"), "help", Group.APP, _STANDARD.HelpContents),
    Action("pane.next", M("Next part of the window"), "arrow-right", Group.APP, "F6", palette=False),
    Action("menu", M("Menu"), "dots", Group.APP, "F10", palette=False),
    Action("lock", M("Lock"), "lock", Group.APP, "Ctrl+L"),
    Action("switch", M("Let somebody else in"), "users", Group.APP, "Ctrl+Shift+L"),
    Action("quit", M("Quit"), "x", Group.APP, "Ctrl+Q"),
)

BY_KEY = {action.key: action for action in ACTIONS}


def in_group(group: Group, rights: Rights = EVERYTHING) -> tuple[Action, ...]:
    """The actions under one head, in their order: those that a role may do."""
    return tuple(one for one in ACTIONS if one.group is group and permits.may(rights, *one.rights))


def key_text(keys: Key, words: Words) -> str:
    """How a shortcut is written beside its action: `Ctrl Shift N`, in the language of the reader."""
    found = sequences(keys)
    if not found:
        return ""
    # A Mac has signs of its own; elsewhere Qt would name the keys in the language of the computer.
    form = QKeySequence.SequenceFormat.NativeText if sys.platform == "darwin" else _PORTABLE
    named = {"Ctrl": M("Ctrl"), "Shift": M("Shift"), "Alt": M("Alt")}
    return " ".join(words.say(named[part]) if part in named else part for part in found[0].toString(form).split("+"))


class Bindings(QObject):
    """Who does what: a handler for the key of an action. An action without one is neither shown nor done."""

    changed = Signal()
    """An action was bound or let go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers: dict[str, tuple[Callable[[bytes | None], object], Callable[[], bool]]] = {}

    def bind(
        self, key: str, handler: Callable[[bytes | None], object], enabled: Callable[[], bool] = lambda: True
    ) -> None:
        """Let `handler` do the action; it gets the person it is for, or None. The last one bound is asked."""
        if key not in BY_KEY:
            raise KeyError(key)
        self._handlers[key] = (handler, enabled)
        self.changed.emit()

    def release(self, key: str) -> None:
        """Nobody does this action any more."""
        self._handlers.pop(key, None)
        self.changed.emit()

    def can(self, key: str, person: bytes | None = None) -> bool:
        """Whether the action can be done now, for this person or for nobody."""
        if key not in self._handlers:
            return False
        if BY_KEY[key].needs is Needs.PERSON and person is None:
            return False
        return self._handlers[key][1]()

    def do(self, key: str, person: bytes | None = None) -> bool:
        """Do it; False where it cannot be done now."""
        if not self.can(key, person):
            return False
        self._handlers[key][0](person)
        return True
