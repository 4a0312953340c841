"""A desk to put a screen on: a real customer file, the real courier, and a frame that writes down what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.host.keystore import KeyStore, NoKeyStore
from desktop_crm.services.office import Office
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.desk import Desk
from desktop_crm.words import M, Problem, Words
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import ShopFile, opened
from tests.ui.seeing import calm


@dataclass
class NotedShell:
    """A frame that remembers where it was sent and what it was told."""

    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    toasts: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    retries: list[Callable[[], None]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    others: list[tuple[M, Callable[[], None]] | None] = field(default_factory=list)
    swapped: list[KeyStore | None] = field(default_factory=list)

    def change_places(self, keystore: KeyStore | None) -> None:
        self.swapped.append(keystore)

    def go(self, screen: str, **where: object) -> None:
        self.went.append((screen, where))

    def do(self, key: str) -> None:
        self.done.append(key)

    def toast(
        self,
        text: str,
        *,
        act: str = "",
        then: Callable[[], None] | None = None,
        undo: Callable[[], None] | None = None,
    ) -> None:
        self.toasts.append((text, undo or then))

    def problem(
        self,
        problem: Problem,
        retry: Callable[[], None] | None = None,
        *,
        typed: str = "",
        other: tuple[M, Callable[[], None]] | None = None,
    ) -> None:
        self.typed.append(typed)
        self.problems.append(problem)
        if retry is not None:
            self.retries.append(retry)
        self.others.append(other)


class AtDesk:
    """A window with one screen in it, and patience."""

    def __init__(self, qtbot: QtBot, office: Office, language: str = "en") -> None:
        self.qtbot = qtbot
        self.shell = NotedShell()
        self.courier = Courier()
        self.faults: list[object] = []
        self.courier.bug.connect(self.faults.append)
        self.window = QWidget()
        self.window.resize(1122, 800)
        QVBoxLayout(self.window).setContentsMargins(0, 0, 0, 0)
        qtbot.addWidget(self.window)
        self.desk = Desk(office, self.courier, Words(language, office.shop.zone), self.window, self.shell)
        self.courier.problem.connect(self.desk.problem)

    def put(self, screen: QWidget) -> None:
        """Show a screen and wait until it is filled."""
        layout = self.window.layout()
        assert layout is not None
        layout.addWidget(screen)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.calm()

    def calm(self) -> None:
        """Wait until every question is answered; raises what a worker thread raised by mistake."""
        calm(self.qtbot, self.courier)
        for fault in self.faults:
            assert isinstance(fault, BaseException)
            raise fault


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(ShopFile(tmp_path / "data")) as office:
        yield office


@pytest.fixture
def at_desk(qtbot: QtBot, office: Office) -> Iterator[AtDesk]:
    made = AtDesk(qtbot, office)
    yield made
    made.courier.close()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyStore:
    """The safe place for keys of this computer, in memory."""
    store = MemoryKeyStore()
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: store)
    return store


@pytest.fixture
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a safe place for keys."""

    def none(**_: object) -> object:
        raise NoKeyStore(M("This computer has no safe place for keys."), todo=M("Choose a password."))

    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", none)
