"""Papers that are made to be printed: written into the folder for papers, and opened where they can be printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_crm.services import informing, paper_forms
from desktop_crm.services.asking import Asking
from desktop_crm.services.informing import Letters
from desktop_crm.services.paper_forms import Printed
from desktop_crm.services.saving import Saved
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.made.folder import with_folder
from desktop_crm.ui.made.sheet import open_paper
from desktop_crm.words import M


def print_form(desk: Desk, owner: QWidget, asking: Asking, codes: Sequence[str], *, own_accord: bool) -> None:
    """Make the form of these questions, and open it."""
    make = partial(paper_forms.print_form, desk.office, asking, tuple(codes), own_accord=own_accord)
    _print(desk, owner, make)


def print_blank(desk: Desk, owner: QWidget, codes: Sequence[str], language: str) -> None:
    """Make a form that anybody can fill in, and open it."""
    _print(desk, owner, partial(paper_forms.print_blank, desk.office, tuple(codes), language=language))


def print_sign_up(desk: Desk, owner: QWidget, code: str, occasion: str, language: str) -> None:
    """Make a list that many sign, and open it."""
    _print(desk, owner, partial(paper_forms.print_sign_up, desk.office, code, occasion, language=language))


def _print(desk: Desk, owner: QWidget, make: Callable[[Path], Printed]) -> None:
    def made(printed: Printed) -> None:
        open_paper(desk, printed.paper.path)
        desk.toast(desk.say(M("Form {code} is ready to be printed.", code=printed.code)))

    with_folder(desk, owner, lambda folder: desk.courier.ask(owner, lambda: make(folder), made, once=(_print, owner)))


def print_notices(desk: Desk, owner: QWidget, people: Sequence[bytes]) -> None:
    """Write the notice to each of these people, note that they are told, and open the letters."""

    def made(letters: Letters) -> None:
        open_paper(desk, letters.paper.path)
        said = M(
            "{n} letter is ready to be printed; noted as told today.",
            "{n} letters are ready to be printed; noted as told today.",
            n=letters.number,
        )
        desk.toast(desk.say(said))

    def write(folder: Path) -> None:
        work = partial(informing.print_notices, desk.office, tuple(people), folder)
        desk.courier.ask(owner, work, made, once=(print_notices, owner))

    with_folder(desk, owner, write)


def print_notice(desk: Desk, owner: QWidget) -> None:
    """Make the notice for the counter, and open it."""

    def made(saved: Saved) -> None:
        open_paper(desk, saved.path)

    with_folder(
        desk, owner, lambda folder: desk.courier.ask(owner, partial(informing.print_notice, desk.office, folder), made)
    )
