"""The daily acts for a person: a note, a call, a task, an order."""

from __future__ import annotations

from desktop_crm.services.editing import form_of
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.form import open_when_ready, opened
from desktop_crm.ui.forms.order import OrderForm
from desktop_crm.ui.forms.spoken import CallForm, NoteForm
from desktop_crm.ui.forms.task import TaskSheet
from desktop_crm.words.amounts import currency_of


def open_note(desk: Desk, person: bytes) -> None:
    """Write down something about a person."""
    open_when_ready(desk, lambda: opened(desk, NoteForm.place, person), lambda found: NoteForm(desk, person, found))


def open_call(desk: Desk, person: bytes) -> None:
    """Ring a person and write down what was said."""
    open_when_ready(
        desk,
        lambda: (opened(desk, CallForm.place, person), form_of(desk.office, person).phones),
        lambda found: CallForm(desk, person, *found),
    )


def open_task(desk: Desk, person: bytes | None = None) -> None:
    """Note something to be done, for a person or for nobody."""
    open_when_ready(
        desk,
        lambda: (opened(desk, TaskSheet.place, person), desk.office.today()),
        lambda found: TaskSheet(desk, person, *found),
    )


def open_order(desk: Desk, person: bytes) -> None:
    """Enter what a person ordered, and to whom it goes."""
    open_when_ready(
        desk,
        lambda: (
            opened(desk, OrderForm.place, person),
            desk.office.today(),
            currency_of(desk.office.shop.country, desk.words.locale),
        ),
        lambda found: OrderForm(desk, person, *found),
    )
