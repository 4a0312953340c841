"""What is left to do about papers: our copy goes, and a record that was not written is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_crm.services import erasing, requests
from desktop_crm.services.saving import Saved
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.made.folder import papers_folder, with_folder
from desktop_crm.ui.made.sheet import Again, open_paper
from desktop_crm.words import M


def copy_is_deleted(desk: Desk, number: str) -> None:
    """Note that our copy of the answer is deleted; for a moment that can be taken back."""

    def note() -> date | None:
        day = requests.request(desk.office, number).delete_copy_on
        requests.remember_copy(desk.office, number, None)
        return day

    desk.courier.ask(desk, note, partial(_noted, desk, number))


def _noted(desk: Desk, number: str, day: date | None) -> None:
    def back() -> None:
        desk.courier.ask(desk, partial(requests.remember_copy, desk.office, number, day), lambda _: None)

    told = M("Noted: your copy of {number} is deleted.", number=number)
    desk.toast(desk.say(told), undo=back)


def show_papers_folder(desk: Desk) -> None:
    """Open the folder that papers go to."""
    desk.courier.ask(desk, partial(papers_folder, desk.office), lambda folder: open_paper(desk, folder.path))


def make_record(desk: Desk, owner: QWidget, number: str) -> None:
    """Write the record of an erasure, from the ledger, and show it."""
    with_folder(desk, owner, partial(_write, desk, number), once=(make_record, number))


def _write(desk: Desk, number: str, folder: Path) -> None:
    def made(saved: Sequence[Saved]) -> Again:
        return Again(desk, number, saved)

    desk.open_sheet(partial(erasing.erasure_record, desk.office, number, folder), made, once=(make_record, number))
