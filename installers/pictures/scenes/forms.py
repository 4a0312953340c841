"""What is typed for people: the person themselves, a note, a call, a task, an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QLineEdit

from desktop_crm.ui.forms import happenings
from desktop_crm.ui.forms.form import FormSheet
from desktop_crm.ui.forms.order import OrderForm
from desktop_crm.ui.forms.person import PersonForm, open_person_form
from desktop_crm.ui.forms.spoken import NoteForm
from desktop_crm.ui.forms.task import TaskSheet
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import Filled, Scene, Stage

F = TypeVar("F", bound=Overlay)
WHO = "Kowalska"


def top(stage: Stage, kind: type[F]) -> F:
    """The sheet on the stage."""
    shown = Overlay.top(stage.shell)
    if not isinstance(shown, kind):
        raise TypeError("another sheet is on the stage")
    return shown


def _at(stage: Stage) -> bytes:
    person = stage.person(WHO)
    stage.go("contacts", person=person)
    return person


def _new(stage: Stage) -> None:
    open_person_form(stage.desk)
    stage.settle()


def _new_faults(stage: Stage) -> None:
    _new(stage)
    form = top(stage, PersonForm)
    _leave(form, form.emails.first.edit, "amelia.example.com")
    form.save_button.click()


def _leave(form: FormSheet, edit: object, text: str) -> None:
    """Type into a field and go on to the next."""
    if not isinstance(edit, QLineEdit):
        raise TypeError("another sheet is on the stage")
    edit.setFocus()
    edit.setText(text)
    form.save_button.setFocus()


def _new_more(stage: Stage) -> None:
    _new(stage)
    top(stage, PersonForm).unfold(True)


def _edit(stage: Stage) -> None:
    open_person_form(stage.desk, _at(stage))
    stage.settle()


def _edit_end(stage: Stage) -> None:
    _edit(stage)
    stage.window.activateWindow()
    stage.settle()
    top(stage, PersonForm).more.informed_on.edit.setFocus()


def _note(stage: Stage) -> None:
    happenings.open_note(stage.desk, _at(stage))
    stage.settle()
    top(stage, NoteForm).text.set_text("White roses again, nothing with a strong scent.\nRings back on Friday.")


def _private(stage: Stage) -> None:
    _note(stage)
    top(stage, NoteForm).text.set_text("Flowers to the hospital, ward 4. Allergic to lilies.")


def _call(stage: Stage) -> None:
    happenings.open_call(stage.desk, _at(stage))
    stage.settle()


def _task(stage: Stage) -> None:
    happenings.open_task(stage.desk, _at(stage))
    stage.settle()
    form = top(stage, TaskSheet)
    form.text.set_text("Ring about the table flowers")
    form.chips.chip("tomorrow").click()


def _order(stage: Stage) -> None:
    happenings.open_order(stage.desk, _at(stage))
    stage.settle()
    form = top(stage, OrderForm)
    form.what.set_text("Bridal bouquet and table flowers")
    form.amount.set_text("640,00")


def _delivery(stage: Stage) -> None:
    _order(stage)
    form = top(stage, OrderForm)
    form.deliver.click()
    form.to.set_text("Gasthof Lindenhof")
    form.save_button.click()


def _leaving(stage: Stage) -> None:
    _note(stage)
    top(stage, NoteForm).dismiss()


def _draft(stage: Stage) -> None:
    _note(stage)
    form = top(stage, NoteForm)
    form.keep_draft()
    stage.settle()
    form.close()
    happenings.open_note(stage.desk, _at(stage))
    stage.settle()


def _scene(name: str, play: Callable[[Stage], object]) -> Scene:
    return Scene(name, play, Filled.EXAMPLE)


SCENES = (
    _scene("new", _new),
    _scene("new-faults", _new_faults),
    _scene("new-more", _new_more),
    _scene("edit", _edit),
    _scene("edit-end", _edit_end),
    _scene("note", _note),
    _scene("private", _private),
    _scene("call", _call),
    _scene("task", _task),
    _scene("order", _order),
    _scene("delivery", _delivery),
    _scene("leaving", _leaving),
    _scene("draft", _draft),
)
