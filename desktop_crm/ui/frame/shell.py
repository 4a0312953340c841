"""The open customer file on the screen: sidebar, one page at a time, and what lies over them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.host.keystore import KeyStore
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.technical import Setting
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.ui import permits
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.acts import Acts
from desktop_crm.ui.frame.drop import DropTarget, no_list, not_now, not_yours
from desktop_crm.ui.frame.palette_rows import Hit
from desktop_crm.ui.frame.problems import Problems, Way
from desktop_crm.ui.frame.progress import JobSheets
from desktop_crm.ui.frame.sidebar import Mark, Person, Sidebar
from desktop_crm.ui.frame.sources import SERVICES, Sources
from desktop_crm.ui.frame.toasting import Toasting
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.screens.entries import SCREENS, ScreenEntry
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Problem, Words


def empty(shell: OpenDesk) -> None:
    """Hold nobody on the screen and do nothing any more, until `wake`: the screen is handed to a customer.

    What is disabled has no shortcut and takes no focus, also where something new opens on it out of sight.
    """
    for screen in shell._screens.values():
        shell.pages.removeWidget(screen)
        screen.deleteLater()
    shell._screens.clear()
    for overlay in shell.findChildren(Overlay):
        overlay.close()
    shell.toasting.forget()
    _allow(shell, allowed=False)


def wake(shell: OpenDesk) -> None:
    """Be at work again, with nothing shown yet."""
    _allow(shell, allowed=True)


def _allow(shell: OpenDesk, *, allowed: bool) -> None:
    shell.setEnabled(allowed)
    for action in shell.actions():
        action.setEnabled(allowed)


WIDE = 1280
"""Below this width the sidebar shows icons alone."""
_RECENT = 6


class OpenDesk(QWidget):
    """Everything of an open file. Destroyed at locking, and with it every name on the screen."""

    lock_asked = Signal()
    quit_asked = Signal()
    example_asked = Signal()
    """The example shop is to be opened in place of this file."""
    swap_asked = Signal(object)
    """What was made ready beside is to take the place of this file; with this computer's place for keys."""
    named = Signal(str)
    """The shop is called otherwise now."""

    def __init__(
        self,
        office: Office,
        courier: Courier,
        words: Words,
        chosen: Chosen,
        *,
        entries: Sequence[ScreenEntry] = SCREENS,
        sources: Sources = SERVICES,
        person: Person | None = None,
    ) -> None:
        """`entries` are the screens, `sources` what palette and sidebar ask the services, `person` who signed in."""
        super().__init__()
        self.desk = Desk(office, courier, words, self, self, chosen)
        self.problems = Problems(self, words, courier, office.store.database.parent)
        self._chosen = chosen
        entries = [entry for entry in entries if self.desk.may(*entry.rights)]
        self._entries = {entry.key: entry for entry in entries}
        self._sources = sources
        self._screens: dict[str, Screen] = {}
        self._marks: Mapping[str, Mark] = {}
        self.is_example = False
        self._recent: deque[bytes] = deque(maxlen=_RECENT)
        self._lay_out(office, entries, person)
        self._put_over()
        self._listen(courier)
        self._count()

    def _lay_out(self, office: Office, entries: Sequence[ScreenEntry], person: Person | None) -> None:
        self.sidebar = Sidebar(self.desk.words, office.shop.name, office.shop.responsible, entries, person)
        self.pages = QStackedWidget()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.sidebar)
        line.addLayout(self._above_pages(), 1)
        ground = QFrame(self)
        ground.setProperty("kind", "canvas")
        ground.lower()
        self._ground = ground

    def _above_pages(self) -> QVBoxLayout:
        self._above = QVBoxLayout()
        self._above.setContentsMargins(0, 0, 0, 0)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._above)
        whole.addWidget(self.pages, 1)
        return whole

    def tell_example(self, leave: Callable[[], None]) -> None:
        """Say above every page that these people are made up; `leave` goes back to one's own list."""
        say = self.desk.say
        self.is_example = True
        self.home = Button(say(M("Back to your own list")))
        self.home.clicked.connect(lambda _on: leave())
        text = M("This is the example shop. Everybody in it is made up, and nothing you do here touches your own list.")
        self._above.addWidget(Banner(say(text), Tone.ACCENT, "building", [self.home]))
        self._above.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)

    def _put_over(self) -> None:
        """What lies over the page when it is needed."""
        words, courier = self.desk.words, self.desk.courier
        self.toasting = Toasting(self)
        self.jobs = JobSheets(self, words, courier)
        self.drop = DropTarget(self)
        self.acts = Acts(self, self._entries, self._chosen)

    def _listen(self, courier: Courier) -> None:
        courier.problem.connect(self.problem)
        courier.bug.connect(self.problems.show_bug)
        courier.proof_wanted.connect(self._ask_proof)
        self.desk.changed.connect(self._count)
        self.desk.changed.connect(self._changed)
        self.sidebar.chosen.connect(self.go)
        self.sidebar.search.connect(self.open_palette)
        self.sidebar.lock.connect(self.lock_asked)
        self.drop.brought.connect(self.bring_in)
        self.drop.scanned.connect(self.acts.file_scan)
        self.drop.refused.connect(lambda: self.problem(no_list()))

    @property
    def current(self) -> str:
        """The key of the page that is shown."""
        return next((key for key, screen in self._screens.items() if screen is self.shown), "")

    @property
    def shown(self) -> Screen | None:
        """The page that is shown."""
        shown = self.pages.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def go(self, screen: str, **where: object) -> None:
        """Show a screen, made at its first visit, at a place in it."""
        if screen not in self._screens:
            self._screens[screen] = self._entries[screen].make(self.desk)
            self.pages.addWidget(self._screens[screen])
        self._remember(where.get("person"))
        page = self._screens[screen]
        self.pages.setCurrentWidget(page)
        self.sidebar.show_current(screen)
        if where:
            page.show_at(**where)

    def toast(
        self,
        text: str,
        *,
        act: str = "",
        then: Callable[[], None] | None = None,
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Say something in passing."""
        if undo is not None:
            self.toasting.say(text, act=self.desk.say(M("Undo")), then=undo, undoes=True)
        else:
            self.toasting.say(text, act=act, then=then)

    def problem(
        self,
        problem: Problem,
        retry: Callable[[], None] | None = None,
        *,
        typed: str = "",
        other: Way | None = None,
    ) -> None:
        """Show what went wrong."""
        self.problems.show(problem, retry, typed=typed, other=other)

    def do(self, key: str) -> None:
        """Do a declared action, as if it was chosen in a menu."""
        self.acts.do(key)

    def change_places(self, keystore: KeyStore | None) -> None:
        """Let what was made ready beside take the place of this file."""
        self.swap_asked.emit(keystore)

    def bring_in(self, path: Path | None) -> None:
        """Begin to bring in a list; nothing is brought in before somebody has looked at it, and one at a time."""
        if not self.desk.may(permits.CHANGE_CONTACTS):
            self.problem(not_yours())
        elif self.desk.courier.jobs:
            self.problem(not_now())
        else:
            self.go("contacts", import_path=path)

    def keep_drafts(self) -> None:
        """Let every screen and sheet put what is being typed into the file, before it is closed."""
        parts: list[Screen | Overlay] = [*self._screens.values(), *self.findChildren(Overlay)]
        for part in parts:
            part.keep_draft()

    def open_palette(self) -> None:
        """Search and do, over the page; asked for again, it goes away."""
        from desktop_crm.ui.frame.palette import Palette

        top = Overlay.top(self)
        if isinstance(top, Palette):
            top.close()
        elif top is None:
            made = Palette(
                self,
                self.desk.words,
                self.desk.courier,
                self.acts.bindings,
                find=partial(self._sources.find, self.desk.office),
                recent=self._last,
                notes=self._notes,
            )
            made.person_chosen.connect(lambda person: self.go("contacts", person=person))
            made.action_chosen.connect(self.acts.do)
            made.newcomer_named.connect(lambda name: self.go("contacts", new=True, name=name))
            made.open()

    def _ask_proof(self, then: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Whoever works here gives their password once more; what needed it is then done as it was asked for."""
        from desktop_crm.ui.frame.proving import ask_again

        ask_again(self.desk, self.desk.office, then, give_up)

    def _remember(self, person: object) -> None:
        if isinstance(person, bytes):
            if person in self._recent:
                self._recent.remove(person)
            self._recent.appendleft(person)

    def _last(self, _: str) -> Sequence[Hit]:
        return self._sources.last(self.desk.office, tuple(self._recent))

    def _count(self, _: object = None) -> None:
        """The numbers in the sidebar, asked anew after each change."""
        self.desk.courier.ask(
            self,
            partial(self._sources.marks, self.desk.office),
            self._show_marks,
            newest="marks",
            failed=lambda _: True,
        )

    def _changed(self, records: frozenset[type]) -> None:
        if Erasure in records:
            self.toasting.forget()
        if Setting in records:
            self.desk.courier.ask(self, self.desk.office.shop_now, self._name, newest="shop", failed=lambda _: True)

    def _name(self, shop: Shop) -> None:
        self.sidebar.name(shop.name, shop.responsible)
        self.named.emit(shop.name)

    def _show_marks(self, marks: Mapping[str, Mark]) -> None:
        self._marks = marks
        self.sidebar.show_marks(marks)

    def _notes(self) -> Mapping[str, str]:
        return {key: self.desk.say(mark.text) for key, mark in self._marks.items() if mark.count}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ground.setGeometry(self.rect())
        self.sidebar.fold(self.width() < WIDE)
