"""Before the customer file is open: open it, recover it, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm.services.starting import Opening, OpeningState
from desktop_crm.ui.locked.advice import open_advice
from desktop_crm.ui.locked.open_card import PasswordCard
from desktop_crm.ui.locked.page import Locked
from desktop_crm.ui.locked.recover_card import RecoverCard
from desktop_crm.vault import problems, recovery
from desktop_crm.words import M, Problem
from installers.bench.keys import KeysInMemory
from installers.pictures.scenes.welcome import HOME, doorstep, of_kind
from installers.pictures.stage import MORNING, Filled, Scene, Stage

CODE = recovery.as_groups(bytes(range(20, 40)))
_DUE = M("One answer is due in {n} day", "One answer is due in {n} days", n=3)


def _in_state(state: OpeningState | None, *, shop: str = "", due: bool = False) -> Callable[[Stage], QWidget]:
    def made(stage: Stage) -> QWidget:
        door = doorstep(stage)
        door.state, door.shop = state, shop
        door.due = (_DUE,) if due else ()
        return Locked(door)

    return made


def _page(stage: Stage) -> Locked:
    return of_kind(stage.window.centralWidget(), Locked)


def _state(page: Opening, problem: Problem | None = None, *, keys: bool = True, again: bool = False) -> OpeningState:
    changed = MORNING - timedelta(hours=15)
    return OpeningState(page, problem, again, 41_300_000, changed, KeysInMemory() if keys else None)


def _wrong(stage: Stage) -> None:
    card = of_kind(_page(stage).card, PasswordCard)
    door = _page(stage).door
    card.password.set_text("lavender tra")
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, "M")
    QApplication.sendEvent(card.password.edit, press)
    told = M(
        "Not right. After {n} more try there is a pause; nothing is deleted.",
        "Not right. After {n} more tries there is a pause; nothing is deleted.",
        n=4,
    )
    card.password.error(door.say(told))


def _pause(stage: Stage) -> None:
    page = _page(stage)
    page.door.pause.begin(timedelta(seconds=47))
    page.show_state()


def _card(stage: Stage) -> RecoverCard:
    return of_kind(_page(stage).card, RecoverCard)


def _typed(stage: Stage) -> None:
    card = _card(stage)
    slip = "Z" if CODE[3][1] != "Z" else "Y"
    for at, (field, group) in enumerate(zip(card.fields, CODE, strict=True)):
        field.set_text(group[0] + slip + group[2:] if at == 3 else group)
    card.fields[-1].leaving.emit()


def _by_sheet(stage: Stage) -> None:
    of_kind(_page(stage).card, PasswordCard).sheet.click()


def _lost(stage: Stage) -> None:
    open_advice(_page(stage).door)


def _nothing(_: Stage) -> None:
    """The page as it comes."""


def _scene(name: str, state: OpeningState | None, play: Callable[[Stage], object] = _nothing, **more: object) -> Scene:
    return Scene(name, play, Filled.EMPTY, _in_state(state, **more))  # type: ignore[arg-type]


_IN_USE = M(
    "The customer file is already open: account “{account}” on “{host}” (process {pid}).",
    account="tom",
    host="theke",
    pid="4711",
)

SCENES = (
    _scene("key", _state(Opening.READY), shop="Blumen Weber", due=True),
    _scene("password", _state(Opening.PASSWORD, keys=False), due=True),
    _scene("password-wrong", _state(Opening.PASSWORD, keys=False), _wrong, due=True),
    _scene("password-pause", _state(Opening.PASSWORD, keys=False), _pause),
    _scene("by-sheet", _state(Opening.PASSWORD, keys=False), _by_sheet),
    _scene("key-gone", _state(Opening.KEY_GONE, problems.key_gone())),
    _scene("key-gone-slip", _state(Opening.KEY_GONE, problems.key_gone()), _typed),
    _scene("no-store", _state(Opening.KEY_GONE, problems.store_unreachable(), keys=False, again=True)),
    _scene("other-account", replace(_state(Opening.KEY_GONE, problems.other_account()), by_code=True)),
    _scene("lost", _state(Opening.KEY_GONE, problems.key_gone()), _lost),
    _scene(
        "in-use",
        _state(
            Opening.IN_USE,
            Problem(_IN_USE, safe=M("Nothing has been changed."), todo=M("Close it there, then try again.")),
        ),
    ),
    _scene("damaged", _state(Opening.DAMAGED, problems.header_missing(HOME))),
    _scene("newer", _state(Opening.NEWER, problems.header_newer(HOME))),
)
