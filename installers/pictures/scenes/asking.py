"""Asking for permission."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import consents
from desktop_crm.services.asking import Answer
from desktop_crm.services.receipts import Receipted
from desktop_crm.services.saving import Saved
from desktop_crm.ui.asking.dialog import AskingSheet, open_asking
from desktop_crm.ui.asking.receipt import ReceiptSheet
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import Filled, Scene, Stage

WHO = "Kowalska"


def sheet(stage: Stage) -> AskingSheet:
    """The dialog on the stage."""
    top = Overlay.top(stage.shell)
    if not isinstance(top, AskingSheet):
        raise TypeError("another sheet is on the stage")
    return top


def _open(stage: Stage) -> None:
    person = stage.person(WHO)
    consents.give(stage.office, person, "birthday-card", refused=True)
    stage.go("contacts", person=person)
    open_asking(stage.desk, person)
    stage.window.activateWindow()
    stage.settle()
    sheet(stage).rows["photos"].card.setFocus(Qt.FocusReason.TabFocusReason)


def _answered(stage: Stage) -> None:
    _open(stage)
    dialog = sheet(stage)
    for code in ("photos", "newsletter"):
        if code in dialog.rows:
            dialog.rows[code].card.click()
    dialog.ways.chip(ConsentHow.PAPER).click()
    dialog.answering.rows["photos"].cards[Answer.NO].click()
    dialog.evidence.set_text("2026/12")


def _missing(stage: Stage) -> None:
    _open(stage)
    dialog = sheet(stage)
    dialog.rows["photos"].card.click()
    dialog.ways.chip(ConsentHow.PHONE).click()
    dialog.record_button.click()


def _receipt(stage: Stage) -> None:
    """The papers are invented: where they would lie differs from computer to computer."""
    person = stage.person(WHO)
    stage.go("contacts", person=person)
    number = "8d0c4c59-41f2-4c2e-9a51-6f1c6d1f7b10"
    endings = ("pdf", "json", "jsonld")
    papers = tuple(Saved(Path(f"/papers/receipt-{number}.{ending}"), bytes(32)) for ending in endings)
    ReceiptSheet(stage.desk, Receipted(number, 2, papers)).open()


def _scene(name: str, play: Callable[[Stage], object]) -> Scene:
    return Scene(name, play, Filled.EXAMPLE)


SCENES = (
    _scene("asking", _open),
    _scene("answered", _answered),
    _scene("missing", _missing),
    _scene("receipt", _receipt),
)
