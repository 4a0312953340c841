"""What a page of the settings is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_crm.services import settings
from desktop_crm.services.settings import Choice
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, column, row
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

T = TypeVar("T")
_WIDEST = 860


class Pane(Page):
    """One page. Choices hold at once; each can be taken back from the toast."""

    def __init__(self, desk: Desk, title: M, told: M) -> None:
        super().__init__(PageHead(desk.say(title), desk.say(told)), widest=_WIDEST)
        self.desk = desk

    def come(self) -> None:
        """It is shown, or something was changed: ask for what is to be seen."""

    def say(self, message: M) -> str:
        """The message in the language of the person at the desk."""
        return self.desk.say(message)

    @property
    def folder(self) -> VaultFolder:
        """Where the customer file lies."""
        return VaultFolder(self.desk.office.store.database.parent)

    def ask(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask a service; of the same page the newest question is answered."""
        self.desk.courier.ask(self, work, then, newest="page")

    def change(
        self,
        work: Callable[[], object],
        back: Callable[[], object],
        said: M,
        *,
        failed: Callable[[Problem], bool] | None = None,
    ) -> None:
        """Change something at once; the toast takes it back.

        Where it fails the page shows again what holds, unless `failed` deals with it: nothing typed is lost.
        """
        then = self.come

        def undo() -> None:
            self.desk.courier.ask(self, back, lambda _: then())

        def done(_: object) -> None:
            then()  # what a field takes for stored must not lag behind what can be taken back
            self.desk.toast(self.say(said), undo=undo)

        self.desk.courier.ask(self, work, done, failed=failed or self._failed)

    def put(self, choice: Choice[Any], value: object, before: object, said: M) -> None:
        """Set one setting of the file."""
        office = self.desk.office
        self.change(lambda: settings.put(office, choice, value), lambda: settings.put(office, choice, before), said)

    def _failed(self, _: Problem) -> bool:
        QTimer.singleShot(0, self, self.come)
        return False


def setting(title: str, sub: str, control: QWidget) -> QWidget:
    """A line: what it is and what it does, and at the end what changes it."""
    words = column(label(title, Type.STRONG, wrap=True), label(sub, Type.SMALL, "text2", wrap=True), space=2)
    line = row(words, control, space=SPACE_4)
    line.setStretch(0, 1)
    return boxed(line)


def told(icon: str, text: str, sub: str = "", *, ink: str = "text2", end: QWidget | None = None) -> QWidget:
    """A line with a picture before it."""
    below = label(sub, Type.SMALL, "text2", wrap=True) if sub else None
    words = column(label(text, Type.STRONG if sub else Type.BODY, wrap=True), below, space=2)
    line = row(Mark(icon, size=18, ink=ink), words, end, space=SPACE_3)
    line.setStretch(1, 1)
    line.setContentsMargins(0, SPACE_2 // 2, 0, SPACE_2 // 2)
    return boxed(line)
