"""The sidebar: whose shop it is, the search, where one can go, and the lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.cheap import fixed
from desktop_crm.ui.actions import BY_KEY, key_text
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import BUTTON, RADIUS, SIDEBAR, SIDEBAR_FOLDED, Tone
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.screens.entries import ScreenEntry
from desktop_crm.ui.widgets.avatar import paint_avatar
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Elided
from desktop_crm.ui.widgets.nav import NavItem, Pressable
from desktop_crm.words import M, Words

_PERSON = 44
_BOTTOM_GROUP = 2
"""Entries of this group stand at the bottom."""


@fixed
class Mark:
    """A number beside a screen: how many, how urgent, and in a few words."""

    count: int
    tone: Tone
    text: M


@fixed
class Person:
    """Who signed in by name, and in which role."""

    name: str
    role: M | str


class ShopMark(QWidget):
    """The shop's mark: a shield with a tick on our colour."""

    def __init__(self, size: int = 36) -> None:
        super().__init__()
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        side = self.width()
        paint.box(painter, self.rect(), side * 0.28, fill="accent")
        paint.glyph(painter, self.rect(), "shield", "on_accent", side // 2)


class SearchButton(Pressable):
    """Looks like a search field and opens the palette."""

    def __init__(self, text: str, keys: str) -> None:
        super().__init__(text, f"{text}, {keys}")
        self.setFixedHeight(BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keys = keys

    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR_FOLDED - 24, BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        paint.box(painter, self.rect(), 8, fill="hover" if self.underMouse() else "surface", edge="border")
        paint.glyph(painter, paint.visual(self, QRect(11, 9, 18, 18)), "search", "text2")
        if self.width() > SIDEBAR_FOLDED:
            self._paint_words(painter)
        if self.ringed:
            paint.ring(painter, self.rect(), 8)

    def _paint_words(self, painter: QPainter) -> None:
        wide = QFontMetrics(font(Type.BADGE)).horizontalAdvance(self._keys) + 4
        chip = paint.visual(self, QRect(self.width() - wide - 12, 7, wide + 8, 22))
        paint.text(
            painter,
            paint.visual(self, QRect(37, 0, self.width() - wide - 55, 36)),
            self.text(),
            font(Type.SMALL),
            "text2",
        )
        paint.box(painter, chip, 6, fill="neutral_soft", edge="border" if tokens().plain else None)
        paint.text(painter, chip, self._keys, font(Type.BADGE), "text2", Qt.AlignmentFlag.AlignHCenter)


class Sidebar(QFrame):
    """Folds to icons where the window is narrow."""

    chosen = Signal(str)
    """The key of a screen."""
    search = Signal()
    lock = Signal()

    def __init__(
        self,
        words: Words,
        shop: str,
        responsible: str,
        entries: Sequence[ScreenEntry],
        person: Person | None = None,
    ) -> None:
        """`responsible` stands below the shop's name; `person` is who signed in by name, and stands beside the lock."""
        super().__init__()
        self.setProperty("kind", "sidebar")
        self.setAccessibleName(words.say(M("Sidebar")))
        self._words = words
        self._entries = entries
        self.items = {entry.key: self._item(entry) for entry in entries}
        self._beside: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 14, 12, 10)
        self._column.setSpacing(0)
        self._signed_in = person
        self._add_head(shop, responsible)
        self._add_items()
        self._add_foot()
        self.fold(False)

    @property
    def signed_in(self) -> bool:
        """Whether somebody signed in by name, so that somebody else can."""
        return self._signed_in is not None

    def _item(self, entry: ScreenEntry) -> NavItem:
        made = NavItem(self._words.say(entry.label), entry.icon)
        made.clicked.connect(lambda: self.chosen.emit(entry.key))
        return made

    def _add_head(self, shop: str, person: str) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(ShopMark())
        names = QWidget()
        lines = QVBoxLayout(names)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        self._shop = Elided("", Type.CARD)
        self._person = Elided("", Type.HINT, "text2")
        lines.addWidget(self._shop)
        lines.addWidget(self._person)
        self.name(shop, person)
        head.addWidget(names, 1)
        self._beside.append(names)
        self._column.addLayout(head)
        self.search_button = SearchButton(self._words.say(M("Search")), key_text(BY_KEY["palette"].keys, self._words))
        self.search_button.clicked.connect(self.search)
        self._column.addSpacing(16)
        self._column.addWidget(self.search_button)
        self._column.addSpacing(14)

    def name(self, shop: str, person: str) -> None:
        """Whose file it is, and who is responsible; whoever signed in by name stands at the foot instead."""
        self._shop.setText(shop)
        self._person.setText(person)
        self._person.setVisible(bool(person) and not self.signed_in)

    def _add_items(self) -> None:
        before = self._entries[0].group
        for entry in self._entries:
            if entry.group == _BOTTOM_GROUP and before != _BOTTOM_GROUP:
                self._column.addStretch(1)
            elif entry.group != before:
                self._column.addSpacing(12)
            before = entry.group
            self._column.addWidget(self.items[entry.key])
            self._column.addSpacing(2)

    def _add_foot(self) -> None:
        rule = QFrame()
        rule.setProperty("kind", "rule")
        self._column.addSpacing(8)
        self._column.addWidget(rule)
        foot = self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.setContentsMargins(0, 8, 0, 0)
        foot.setSpacing(8)
        self.lock_button = Button(icon="lock", kind=Kind.ICON, name=self._words.say(M("Lock")))
        self.lock_button.setToolTip(f"{self._words.say(M('Lock'))} ({key_text(BY_KEY['lock'].keys, self._words)})")
        self.lock_button.clicked.connect(self.lock)
        if self._signed_in is not None:
            self.person = PersonButton(self._signed_in, self._words)
            self.person.clicked.connect(self.lock)
            foot.addWidget(self.person, 1)
        else:
            sign = NavSign("monitor")
            said = Elided(self._words.say(M("Open · on this computer")), Type.HINT, "text2")
            foot.addWidget(sign)
            foot.addWidget(said, 1)
            self._beside += [sign, said]
        foot.addWidget(self.lock_button)
        self._column.addLayout(foot)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or icons with their words."""
        self.folded = folded
        self.setFixedWidth(SIDEBAR_FOLDED if folded else SIDEBAR)
        for widget in self._beside:
            widget.setVisible(not folded)
        for item in self.items.values():
            item.fold(folded)
        way = QBoxLayout.Direction
        self._foot.setDirection(way.TopToBottom if folded and self.signed_in else way.LeftToRight)
        text = self.search_button.text()
        self.search_button.setToolTip(text if folded else "")

    def show_current(self, key: str) -> None:
        """Mark the screen that is shown."""
        for name, item in self.items.items():
            item.setChecked(name == key)

    def show_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show the numbers beside the screens, and none beside the others."""
        for key, item in self.items.items():
            mark = marks.get(key)
            if mark is None:
                item.set_count(None)
            else:
                item.set_count(mark.count, mark.tone, self._words.say(mark.text))


class PersonButton(Pressable):
    """Who works here now. Pressed, it locks, so that somebody else can sign in."""

    def __init__(self, person: Person, words: Words) -> None:
        role = words.say(person.role) if isinstance(person.role, M) else person.role
        switch = words.say(M("Let somebody else in"))
        super().__init__(person.name, f"{person.name}, {role}. {switch}")
        self._role = role
        self.setToolTip(f"{person.name}, {role}\n{switch} ({key_text(BY_KEY['switch'].keys, words)})")
        self.setFixedHeight(_PERSON)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, _PERSON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self.underMouse():
            paint.box(painter, self.rect(), RADIUS, fill="hover")
        paint_avatar(painter, paint.visual(self, QRect(6, (_PERSON - 30) // 2, 30, 30)), self.text())
        wide = self.width() - 52
        for at, kind, ink, text in ((4, Type.BUTTON, "text", self.text()), (22, Type.HINT, "text2", self._role)):
            if wide > 0:  # folded there is room for the round picture alone
                paint.text(painter, paint.visual(self, QRect(46, at, wide, 18)), text, font(kind), ink)
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS)


class NavSign(QWidget):
    """An icon in the grid of the sidebar's lines."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.glyph(paint.painter_on(self), paint.visual(self, QRect(13, 7, 18, 18)), self._icon, "text2")
