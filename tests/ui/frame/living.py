"""A session in its window, from start to end: what tests of its life share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.app.notice import Notice
from desktop_crm.app.session import Pages, Session
from desktop_crm.host.instance import InstanceLock
from desktop_crm.services import setup
from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.frame.window import Window
from desktop_crm.words import M, Problem
from tests.privacy.shop import ShopFile
from tests.ui.frame.framed import small_screens

PASSWORD = "a password made up for this test"
DUE = M("One answer is due in {n} days", n=3)


class Page(QWidget):
    """A page outside the file, with the step it was given."""

    def __init__(self, kind: str, step: Doorstep) -> None:
        super().__init__()
        self.kind = kind
        self.step = step
        self.told = 0
        step.told.connect(self._hear)
        QVBoxLayout(self).addWidget(QLabel(kind))

    def _hear(self) -> None:
        self.told += 1


class Living:
    """A session in its window, and what it shows."""

    def __init__(self, qtbot: QtBot, file: ShopFile, chosen: Chosen) -> None:
        self.qtbot = qtbot
        self.file = file
        self.window = Window(chosen)
        qtbot.addWidget(self.window)
        pages = Pages(
            lambda step: Page("welcome", step),
            lambda step: Page("locked", step),
            lambda step: Page("enrolling", step),
            screens=small_screens(),
            due=lambda _: Notice(lambda: (DUE,)),
        )
        self.session = Session(self.window, file.folder, file.clock, chosen, pages)
        self.window.resize(1366, 800)
        self.window.show()
        self.session.begin()

    def page(self, kind: str) -> Page:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, Page) and self.window.page.kind == kind)
        assert isinstance(self.window.page, Page)
        return self.window.page

    def shell(self) -> OpenDesk:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, OpenDesk))
        assert isinstance(self.window.page, OpenDesk)
        return self.window.page

    def by_password(self, typed: str = PASSWORD) -> Callable[[], Office]:
        return lambda: setup.open_office(self.file.folder, clock=self.file.clock, keystore=None, passphrase=typed)

    def come_in(self) -> OpenDesk:
        self.page("locked").step.enter(self.by_password())
        return self.shell()

    def is_closed(self) -> bool:
        """Whether another program could open the file now."""
        lock = InstanceLock(self.file.folder.path)
        try:
            lock.acquire()
        except Problem:
            return False
        lock.release()
        return True


Begin = Callable[[ShopFile], Living]
