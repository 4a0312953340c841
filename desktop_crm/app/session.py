"""The life of the window: welcome, open, locked, and the end. The customer file is open in one of them only."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_crm.app.background import Background
from desktop_crm.app.daily import DailyNotice
from desktop_crm.app.handing import Handing
from desktop_crm.app.notice import Notice
from desktop_crm.cheap import fixed
from desktop_crm.host.clock import Clock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.services import settings, setup
from desktop_crm.services.office import Office
from desktop_crm.services.starting import Opening, OpeningState, Pause, opening_state, refused
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.copied import Copied
from desktop_crm.ui.courier import Courier, Failed, Job
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.leaving import Leaving, leave_by_hand
from desktop_crm.ui.frame.problems import Problems, Way
from desktop_crm.ui.frame.progress import JobSheets
from desktop_crm.ui.frame.put_away import put_away
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.frame.sidebar import Person
from desktop_crm.ui.frame.sources import SERVICES, Sources
from desktop_crm.ui.frame.waiting import Waiting
from desktop_crm.ui.frame.window import Window
from desktop_crm.ui.look.spoken import speak
from desktop_crm.ui.screens.entries import SCREENS, ScreenEntry
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem, Words

_LET_GO_MS = 1_000
"""By then the thread that closed a file holds nothing of it any more."""


@fixed
class Pages:
    """What the pages of the session are made with."""

    welcome: Callable[[Doorstep], QWidget]
    locked: Callable[[Doorstep], QWidget]
    enrolling: Callable[[Doorstep], QWidget]
    """For somebody whose role demands a code from the telephone, and who has none yet."""
    screens: Sequence[ScreenEntry] = SCREENS
    sources: Sources = SERVICES
    due: Callable[[Office], Notice] = lambda _: Notice()
    """What is due next, in numbers alone: asked just before the file is closed."""


@fixed
class _Entered:
    """A file just opened, with what must be known of it before it is shown."""

    office: Office
    lock_after: int
    being_set_up: bool
    example: bool
    person: Person | None = None
    signed_in: bool = False
    """It was opened by somebody who comes in, and not begun or shown anew just now."""


@fixed
class _Closed:
    """A file was closed: what was due in it, what lies in the folder now, and what the program did wrong on the way."""

    notice: Notice
    state: OpeningState
    faults: Sequence[Exception]
    problem: Problem | None = None
    """Why what was to be done in between was not."""


@fixed
class _Open:
    """What there is while a file is open."""

    office: Office
    shell: OpenDesk
    background: Background
    example: bool
    person: Person | None = None

    def shut(self) -> None:
        """Let what was asked for end, and close the file. On a worker thread, or at the very end."""
        try:
            self.shell.desk.courier.close()
            self.background.stop()
        finally:
            self.office.close()


class Session(QObject):
    """Leads from page to page, and closes the file whatever happens."""

    opened = Signal(int)
    """A file is open; after how many minutes without a touch it is to be locked. Again when that changes."""
    locked = Signal()
    """No file is shown any more; it is being closed."""
    shut = Signal()
    """It is closed."""
    due_known = Signal(object)
    """What is due next, in numbers and without names, as messages."""
    moved = Signal(object)
    """The customer file lies in another folder from now on."""
    ended = Signal()
    """The program may end."""

    def __init__(
        self, window: Window, folder: VaultFolder, clock: Clock, chosen: Chosen, pages: Pages, *, language: str = "en"
    ) -> None:
        """`language` is spoken until a person or the shop chooses another."""
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._clock = clock
        self._chosen = chosen
        self._pages = pages
        self._language = language
        self._pause = Pause(clock)
        self._door = threading.Lock()
        self._courier = Courier()
        self._copied = Copied(self)
        self.handing = Handing(window, self._copied.clear, self.opened.emit)
        self._open: _Open | None = None
        self._step: Doorstep | None = None
        self._fresh: Office | None = None
        self._brought: Path | None = None
        self.daily = DailyNotice(pages.due, self)
        self.daily.due.connect(self.due_known)
        self._outside = Problems(window, self.words, self._courier, folder.path)
        self._jobs = JobSheets(window, self.words, self._courier)
        self._courier.problem.connect(self.show_problem)
        self._courier.bug.connect(self._outside.show_bug)
        chosen.changed.connect(self._speak)
        chosen.refused.connect(self.show_problem)

    @property
    def words(self) -> Words:
        """The language chosen for the window, else the shop's, else the account's."""
        zone = self._open.office.shop.zone if self._open is not None else "UTC"
        return Words(self._chosen.now.language or self._language, zone)

    @property
    def is_open(self) -> bool:
        """Whether a file is open."""
        return self._open is not None

    @property
    def jobs(self) -> Sequence[Job]:
        """The long jobs that are running."""
        return (self._open.shell.desk.courier if self._open is not None else self._courier).jobs

    def begin(self) -> None:
        """Show the page that belongs to what lies in the folder."""
        self._window.show_page(Waiting(self.words))
        self.look_again()

    def look_again(self) -> None:
        """Look anew what lies in the folder, and show the page that belongs to it."""
        self._courier.ask(self, partial(opening_state, self._folder, self._clock), self._found, newest="state")

    def enter(self, work: Callable[[], Office], failed: Failed | None = None) -> None:
        """Open the file with `work` on a worker thread and show it; a Problem goes to `failed`."""
        self._courier.ask(self, partial(self._enter, work), self._entered, failed=failed)

    def come_in(self, office: Office, screen: str = "", **where: object) -> None:
        """Show a file that is open already, at a place in it."""

        def show(entered: _Entered) -> None:
            self._fresh = None
            self._show_open(entered, screen, **where)

        self._courier.ask(self, partial(self._enter, lambda: office), show)

    def use_folder(self, folder: VaultFolder) -> None:
        """The customer file lies there from now on. `look_again` shows the page that belongs to it."""
        self._folder = folder
        self.moved.emit(folder.path)

    @property
    def problems(self) -> Problems:
        """Where problems are shown now."""
        return self._open.shell.problems if self._open is not None else self._outside

    def show_problem(
        self, problem: Problem, retry: Callable[[], None] | None = None, *, other: Way | None = None
    ) -> None:
        """Show a problem, wherever the window is."""
        self.problems.show(problem, retry, other=other)

    def bring_in(self, path: Path) -> None:
        """Begin to bring in a list: now if a file is open, else once one is."""
        if self._open is not None and not self.handing.on:
            self._open.shell.bring_in(path)
        else:
            self._brought = path

    def lock(self) -> None:
        """Take everything off the screen at once, and close the file."""
        if self._open is not None:
            self._once_idle(self._lock)
        elif self._step is not None and self._step.office is not None and self._step.enrolling:
            office, self._step.office = self._step.office, None
            put_away()
            self._window.show_page(_blank())
            self._copied.clear()
            self.locked.emit()
            self._courier.ask(self, office.close, lambda _: self.look_again())

    def quit(self) -> None:
        """End the program, once no long job runs any more."""
        self._once_idle(self.ended.emit)

    def end(self) -> None:
        """Close whatever is open, and wait for it. Called last, however the program ends."""
        self._copied.clear()
        gone, self._open = self._open, None
        if gone is not None:
            gone.background.hold()
            gone.shell.keep_drafts()
            gone.shut()
        self._courier.close()
        left = (self._fresh, self._step.office if self._step is not None else None)
        for office in left:
            if office is not None and (gone is None or office is not gone.office):
                office.close()
        self._fresh = self._step = None

    def _found(self, state: OpeningState) -> None:
        if state.page is Opening.READY:
            work = partial(setup.open_office, self._folder, clock=self._clock, keystore=state.store, passphrase=None)

            def failed(problem: Problem) -> bool:
                # The key was there a moment ago; now the page for what is in the way is shown.
                work = partial(refused, self._folder, problem, self._clock)
                self._courier.ask(self, work, self._found, newest="state")
                return True

            self.enter(work, failed)
        else:
            self._show_outside(state)

    def _show_outside(self, state: OpeningState | None, office: Office | None = None, shop: str = "") -> Doorstep:
        begins = office is not None or (state is not None and state.page in (Opening.NO_FILE, Opening.UNFINISHED))
        step = Doorstep(
            self._window, self, self._folder, self._clock, self._courier, self._chosen, self.words, self._pause
        )
        step.state, step.office, step.shop = state, office, shop
        speak(step.words)
        step.enrolling = office is not None and office.must_enrol
        pages = self._pages
        page = (pages.enrolling if step.enrolling else pages.welcome if begins else pages.locked)(step)
        step.setParent(page)
        self._step = step
        self._window.show_page(page, shop=shop, keep=self._open is not None)
        return step

    def _enter(self, work: Callable[[], Office]) -> _Entered:
        with self._door:
            office = self._fresh = work()
            if office.must_enrol:
                return _Entered(office, settings.LOCK_AFTER.default, False, False)
            minutes = settings.get(office, settings.LOCK_AFTER)
            office.shop  # noqa: B018 - read here, so that the window need not wait for it
            being_set_up, example = (settings.get(office, one) for one in (settings.BEING_SET_UP, settings.IS_EXAMPLE))
            return _Entered(office, minutes, being_set_up, example, _who(office))

    def _entered(self, entered: _Entered) -> None:
        self._fresh = None
        if entered.office.must_enrol:
            self._show_outside(None, entered.office, entered.office.shop.name)
            self.opened.emit(entered.lock_after)
        elif entered.being_set_up:
            self._show_outside(None, entered.office)
        else:
            self._show_open(replace(entered, signed_in=True))

    def _show_open(self, entered: _Entered, screen: str = "", **where: object) -> None:
        office = entered.office
        self._step = None
        self._language = office.shop.language
        words = Words(self._chosen.now.language or office.shop.language, office.shop.zone)
        speak(words)
        shell = OpenDesk(
            office,
            Courier(),
            words,
            self._chosen,
            entries=self._pages.screens,
            sources=self._pages.sources,
            person=entered.person,
        )
        shell.lock_asked.connect(lambda: leave_by_hand(self._window, self.words, self.lock))
        shell.quit_asked.connect(lambda: leave_by_hand(self._window, self.words, self.quit))
        swap = partial(_swap, VaultFolder(office.store.database.parent), self._clock)
        shell.swap_asked.connect(
            lambda store: self._once_idle(partial(self._lock, self.look_again, between=partial(swap, store)))
        )
        shell.named.connect(self._window.name)
        background = Background(shell, entered.lock_after, tells_of_log=entered.signed_in and not entered.example)
        self._open = _Open(office, shell, background, entered.example, entered.person)
        shell.desk.handed.connect(partial(self.handing.begin, shell, background))
        self.daily.watch(None if entered.example else shell)
        if entered.example:
            # Without a list of one's own, the welcome begins.
            shell.tell_example(lambda: self._once_idle(partial(self._lock, self.look_again)))
        shell.example_asked.connect(lambda: self._once_idle(partial(self._lock, self._enter_example)))
        self._window.show_page(shell, shop=office.shop.name)
        shell.go(screen or self._pages.screens[0].key, **where)
        self._open.background.begin_when_calm()
        self._open.background.lock_after.connect(self.opened)
        self.opened.emit(entered.lock_after)
        brought, self._brought = self._brought, None
        if brought is not None:
            shell.bring_in(brought)

    def _once_idle(self, leave: Callable[[], None]) -> None:
        """Do it at once, or ask where a long job runs."""
        jobs = self.jobs
        if not jobs:
            leave()
            return
        self._window.come_forward()
        over = self._open.shell if self._open is not None else self._window
        Leaving(over, self.words, jobs, leave).open()

    def _enter_example(self) -> None:
        """Open the example shop beside one's own list, which is closed by now."""
        folder, clock, language = self._folder, self._clock, self.words.language

        def work() -> Office:
            from desktop_crm.services import sample

            return sample.visit(folder, clock=clock, language=language)

        def failed(problem: Problem) -> bool:
            self.show_problem(problem)
            self.look_again()
            return True

        title = self.words.say(M("Opening the example shop"))
        self._courier.run(self, title, lambda _: self._enter(work), self._entered, failed=failed, cancel=False)

    def _lock(self, then: Callable[[], None] | None = None, *, between: Callable[[], None] = lambda: None) -> None:
        """Close what is open, do `between` while no file is, and go on to the locked page or, unasked, to `then`."""
        gone = self._open
        if gone is None:
            return
        put_away()
        self.handing.over()
        gone.background.hold()
        self.daily.watch(None)
        gone.shell.keep_drafts()
        step: Doorstep | None = None
        if then is not None:
            self._window.show_page(_blank(), keep=True)
        else:
            # Behind the example shop lies one's own list, of which nothing is known here.
            step = self._show_outside(None, shop="" if gone.example else gone.office.shop.name)
        self._open = None
        self._copied.clear()
        self.locked.emit()
        look = partial(opening_state, self._folder, self._clock)
        close = partial(_close, gone, self._door, self._pages.due, between, look)
        self._courier.ask(self, close, partial(self._told, gone, step, then or self.look_again))

    def _told(self, gone: _Open, step: Doorstep | None, then: Callable[[], None], closed: _Closed) -> None:
        gone.shell.destroyed.connect(_forget)
        gone.shell.deleteLater()
        self.shut.emit()
        notice = closed.notice
        for fault in closed.faults:
            self._outside.show_bug(fault)
        if closed.problem is not None:
            self.show_problem(closed.problem)
        if step is None:
            then()
            return
        if notice.notify:
            if notice.say():
                self.daily.told(gone.office.today())
            step.told.connect(lambda: self.due_known.emit(step.due))
        if self._step is step:
            step.learn(closed.state, notice.say)

    def _speak(self) -> None:
        """Another language was chosen: the pages are made anew in it."""
        self._outside.speak(self.words)
        now = self._open
        if now is None or now.shell.desk.words.language == self.words.language or self.jobs:
            return
        now.background.hold()
        now.shell.keep_drafts()
        now.shell.desk.rest()
        entered = _Entered(now.office, now.background.minutes, False, now.example, now.person)
        self._show_open(entered, now.shell.current)
        self._courier.ask(self, partial(_let_go, now), lambda _: None)


def is_settled(session: Session) -> bool:
    """Whether no file is just being opened or closed."""
    return session._courier.waiting == 0


def sets_up(session: Session) -> bool:
    """Whether a file is open that is not shown yet, since it is just being set up."""
    return session._step is not None and session._step.office is not None and not session._step.enrolling


def enrols(session: Session) -> bool:
    """Whether a file is open that is not shown yet, since whoever came in sets up a code from the telephone first."""
    return session._step is not None and session._step.office is not None and session._step.enrolling


def _who(office: Office) -> Person | None:
    """Who signed in by name; what that needs is loaded only where people do."""
    if office.who.staff is None:
        return None
    from desktop_crm.services import staff_rules, staff_sign_in

    me = staff_sign_in.myself(office)
    if me is None:
        return None
    role = office.read(lambda reading: staff_rules.role_of(reading, me.role))
    return Person(me.name or "", role.title if role is not None else "")


def _swap(folder: VaultFolder, clock: Clock, keystore: KeyStore | None) -> None:
    """Let what was made ready beside take the place of the file; what that needs is loaded only now."""
    from desktop_crm.services import bringing_back

    bringing_back.put_in_place(folder, clock=clock, keystore=keystore)


def _close(
    gone: _Open,
    door: threading.Lock,
    due_of: Callable[[Office], Notice],
    between: Callable[[], None],
    look: Callable[[], OpeningState],
) -> _Closed:
    """Close the file; what was due, and what lies in the folder now. Nobody opens it in between.

    It goes on whatever fails: a page that waits for this must not wait for ever.
    """
    notice = Notice()
    faults: list[Exception] = []
    with door:
        with _kept_in(faults):
            notice = Notice() if gone.example else due_of(gone.office)
        with _kept_in(faults):
            gone.shut()
        problem = None
        try:
            between()
        except Problem as refused:
            problem = refused
        return _Closed(notice, look(), faults, problem)


@contextmanager
def _kept_in(faults: list[Exception]) -> Iterator[None]:
    """A Problem of the file is over once it is closed; a fault of the program is kept, to be told."""
    try:
        yield
    except Problem:
        return
    except Exception as fault:
        faults.append(fault)


def _let_go(before: _Open) -> None:
    before.shell.desk.courier.close()
    before.background.stop()


def _forget() -> None:
    """Objects that hold each other outlive the page whose names they hold; nothing else looks for them while locked."""
    QTimer.singleShot(_LET_GO_MS, gc.collect)


def _blank() -> QWidget:
    page = QFrame()
    page.setProperty("kind", "canvas")
    return page
