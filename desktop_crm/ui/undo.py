"""*Undo* beside what was just done."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.services import changes
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.words import M


def toast_with_undo(desk: Desk, done: M, change: bytes | None) -> None:
    """Say what was done, and offer to take it back; a change that has no number changed nothing."""
    if change is not None:
        desk.toast(desk.say(done), act=desk.say(M("Undo")), then=lambda: take_back(desk, change))


def take_back(desk: Desk, change: bytes) -> None:
    """Take a change back; the screens that show it hear of it as of any other change."""
    desk.courier.ask(desk, lambda: changes.undo(desk.office, change), lambda _: None)


def adding(act: Callable[[Office], bytes], office: Office) -> bytes | None:
    """Add something and return the number under which that can be taken back. Runs on a worker thread."""
    return changes.last_of(office, act(office))
