"""Everything that lives as long as the window: puts session, tray and idle lock together, and ends them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QWidget

from desktop_crm.app.away import Away
from desktop_crm.app.crash import Crashes, CrashFile
from desktop_crm.app.first import First
from desktop_crm.app.notice import notice_of
from desktop_crm.app.session import Pages, Session
from desktop_crm.app.signals import EndSignals
from desktop_crm.host.clock import SystemClock
from desktop_crm.host.files import make_private_folder
from desktop_crm.host.preferences import config_dir
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.files import forget_folders
from desktop_crm.ui.frame.drop import first_list, no_list
from desktop_crm.ui.frame.leaving import leave_by_hand
from desktop_crm.ui.idle import Idle
from desktop_crm.ui.instance import Claim, FirstInstance
from desktop_crm.ui.look.theme import Mode
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M

if TYPE_CHECKING:
    from desktop_crm.ui.tray import Tray

_SOON_MS = 1_000
"""By then the first page is there; what it does not need has waited so long."""


class Program(QObject):
    """Everything that lives as long as the window."""

    def __init__(self, first: First, claim: Claim, files: Sequence[Path], language: str) -> None:
        """`files` are lists to bring in once a customer file is open; `language` is the account's."""
        app, chosen = first.app, first.chosen
        super().__init__(app)
        self._app = app
        self._chosen = chosen
        self._files = files
        self._language = language
        self._theme = first.theme
        self._translator = QTranslator(app)
        self._tray: Tray | None = None
        app.setQuitOnLastWindowClosed(False)
        self._dress()
        self.window = first.window
        pages = Pages(_welcome, _locked, _enrolling, due=notice_of)
        self.session = Session(self.window, VaultFolder(claim.folder), SystemClock(), chosen, pages, language=language)
        self._claim = claim
        self._idle = Idle(app, SystemClock(), busy=lambda: bool(self.session.jobs))
        self._away = Away(self.session, self)
        self._crashes = Crashes(self)
        self._crash_file = CrashFile(config_dir(), claim.folder)
        self._signals = EndSignals(self)
        self._connect()

    def begin(self) -> None:
        """Show in the window what belongs into it."""
        self._crashes.watch()
        self._place_tray()
        self.session.begin()
        last = self._crash_file.take_last()
        if last:
            self.session.problems.show_report(last)
        make_private_folder(config_dir())
        self._crash_file.watch()
        QTimer.singleShot(_SOON_MS, self, self._go_on)
        self._bring(self._files)

    def _go_on(self) -> None:
        """What may come a moment later: the sign in the bar, whoever calls, and whether nobody sits there any more.

        A second start and a command that locks wait for it, since the claim is held already.
        """
        from desktop_crm.ui.look.drawn import icon

        self._app.setWindowIcon(icon("shield", "accent", 64))
        self._away.begin()
        self._instance  # noqa: B018 - it listens once it is made

    @cached_property
    def _instance(self) -> FirstInstance:
        made = FirstInstance(self._claim, self)
        made.called.connect(self._called)
        made.lock_asked.connect(self._away.lock)
        self._away.became.connect(made.answer)
        return made

    def end(self) -> None:
        """Close the file, whatever else is going on, and leave no trace of a crash."""
        self._idle.stop()
        self._away.end()
        if "_instance" in self.__dict__:
            self._instance.close()
        self._claim.let_go()
        self.session.end()
        self._crashes.leave()
        self._crash_file.leave()
        self._signals.close()
        forget_folders()

    def _move(self, folder: Path) -> None:
        self._instance.move(folder)

    def _connect(self) -> None:
        session = self.session
        self.window.asked_close.connect(self._close_or_hide)
        self._idle.passed.connect(session.lock)
        self._crashes.happened.connect(self._show_bug)
        self._signals.asked_end.connect(session.quit)
        self._chosen.changed.connect(self._dress)
        self._chosen.changed.connect(self._place_tray)
        session.opened.connect(self._idle.watch)
        session.opened.connect(lambda _: self._show_state(is_open=True))
        session.opened.connect(lambda _: self._speak(session.words.language))
        session.locked.connect(self._idle.stop)
        session.locked.connect(lambda: self._show_state(is_open=False))
        session.due_known.connect(self._tell_due)
        session.handing.changed.connect(self._handed)
        session.moved.connect(self._move)
        session.moved.connect(self._crash_file.move)
        session.ended.connect(self.window.close_for_good)
        session.ended.connect(self._app.quit)

    def _show_bug(self, error: BaseException) -> None:
        self.session.problems.show_bug(error)

    def _handed(self) -> None:
        """Before a customer the window is light, and there is no sign beside the clock."""
        self._theme.use(Mode.LIGHT if self.session.handing.on else Mode.named(self._chosen.now.look))
        self._place_tray()

    def _dress(self) -> None:
        """Look and language as they were chosen."""
        self._theme.use(Mode.named(self._chosen.now.look))
        self._speak(self._chosen.now.language or self._language)

    def _speak(self, language: str) -> None:
        """What Qt itself says, and the side on which lines begin."""
        locale = QLocale(language)
        QLocale.setDefault(locale)
        self._app.setLayoutDirection(locale.textDirection())
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(locale, "qtbase", "_", folder):
            self._app.installTranslator(self._translator)

    def _place_tray(self) -> None:
        if not self._chosen.now.tray and self._tray is None:
            return
        from desktop_crm.ui.look.drawn import icon
        from desktop_crm.ui.tray import Tray, tray_is_there

        wanted = self._chosen.now.tray and tray_is_there() and not self.session.handing.on
        if self._tray is not None and not (wanted and self._tray.speaks(self.session.words)):
            self._tray.close()
            self._tray = None
        if wanted and self._tray is None:
            tray = self._tray = Tray(self.session.words, icon("shield", "accent", 64), self)
            tray.asked_open.connect(self.window.come_forward)
            tray.asked_lock.connect(partial(self._by_hand, self.session.lock))
            tray.asked_quit.connect(partial(self._by_hand, self.session.quit))
            tray.set_open(self.session.is_open)

    def _show_state(self, *, is_open: bool) -> None:
        if self._tray is not None:
            self._tray.set_open(is_open)

    def _tell_due(self, due: Sequence[M]) -> None:
        if self._tray is not None and due:
            self._tray.tell(due[0])

    def _close_or_hide(self) -> None:
        """With a sign beside the clock, closing the window leaves the program running there."""
        if self._tray is None:
            self._by_hand(self.session.quit)
        else:
            self.window.remember_place()
            self.window.hide()

    def _by_hand(self, leave: Callable[[], None]) -> None:
        leave_by_hand(self.window, self.session.words, leave)

    def _called(self, files: Sequence[Path]) -> None:
        self.window.come_forward()
        self._bring(files)

    def _bring(self, files: Sequence[Path]) -> None:
        if not files:
            return
        found = first_list(files)
        if found is None:
            self.session.show_problem(no_list())
        else:
            self.session.bring_in(found)


def _welcome(step: Doorstep) -> QWidget:
    from desktop_crm.ui.welcome.page import Welcome

    return Welcome(step)


def _locked(step: Doorstep) -> QWidget:
    from desktop_crm.ui.locked.page import Locked

    return Locked(step)


def _enrolling(step: Doorstep) -> QWidget:
    from desktop_crm.ui.locked.enrolling import Enrolling

    return Enrolling(step)
