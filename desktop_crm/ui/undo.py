"""*Undo* beside what was just done."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.services import changes
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.words import M


def toast_with_undo(desk: Desk, done: M, *numbers: bytes | None) -> None:
    """Say what was done, and offer to take it back; a change that has no number changed nothing."""
    undone = [number for number in numbers if number is not None]
    if undone:
        desk.toast(desk.say(done), undo=lambda: _take_back(desk, undone))


def _take_back(desk: Desk, numbers: list[bytes]) -> None:
    """Take changes back that belong together, the newest first; the screens hear of it as of any other change."""

    def work() -> None:
        for number in reversed(numbers):
            changes.undo(desk.office, number)

    desk.courier.ask(desk, work, lambda _: desk.toast(desk.say(M("Taken back."))))


def adding(act: Callable[[Office], bytes], office: Office) -> bytes | None:
    """Add something and return the number under which that can be taken back. Runs on a worker thread."""
    return changes.last_of(office, act(office))
