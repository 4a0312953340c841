"""Permission on paper and by telephone, and telling people how their data is used."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import asking, paper_forms
from desktop_crm.services.asking import Answer
from desktop_crm.services.permission_table import Filter
from desktop_crm.ui.asking.dialog import AskingSheet, open_asking
from desktop_crm.ui.paper.blank import BlankSheet, open_blank
from desktop_crm.ui.paper.filing import FilingSheet, open_filing
from desktop_crm.ui.paper.signing_up import SignUpSheet, open_sign_up
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import Filled, Scene, Stage

WHO = "Maximilian"


S = TypeVar("S", bound=Overlay)


def _top(stage: Stage, kind: type[S]) -> S:
    """The sheet on the stage."""
    stage.settle()
    top = Overlay.top(stage.shell)
    if not isinstance(top, kind):
        raise TypeError("another sheet is on the stage")
    return top


def _code(stage: Stage, person: bytes | None) -> str:
    with tempfile.TemporaryDirectory() as folder:
        if person is None:
            return paper_forms.print_blank(stage.office, ["newsletter"], Path(folder)).code
        found = asking.questions(stage.office, person)
        codes = [question.code for question in found.questions]
        return paper_forms.print_form(stage.office, found, codes, Path(folder), own_accord=True).code


def _filing(stage: Stage, person: bytes | None) -> FilingSheet:
    code = _code(stage, person)
    if person is None:
        stage.go("permission")
    open_filing(stage.desk, Path("Scan 2026-11-21 10.14.pdf"))
    top = _top(stage, FilingSheet)
    top.code.set_text(code)
    top.look.click()
    stage.settle()
    return top


def _filed(stage: Stage) -> None:
    person = stage.person(WHO)
    stage.go("contacts", person=person)
    sheet = _filing(stage, person)
    for row in sheet.answering.rows.values():
        row.cards[Answer.NO].click()


def _signed(stage: Stage) -> None:
    stage.go("permission")
    open_sign_up(stage.desk)
    top = _top(stage, SignUpSheet)
    top.occasion.set_text("Herbstmarkt")
    top.day.set_date(stage.office.today())
    top.purpose.choose("newsletter")
    top.scan.show_path(Path("Liste Herbstmarkt.jpg"))
    top.lines.set_text("Ali Öz; ali@oez.example\nمحمد الهاشمي; m@example.com\nAli Öz; ali@oez.example")
    top.look_button.click()
    stage.settle()


def _phone(stage: Stage) -> None:
    person = stage.person("Kowalska")
    stage.go("contacts", person=person)
    open_asking(stage.desk, person)
    top = _top(stage, AskingSheet)
    stage.window.activateWindow()
    stage.settle()
    top.rows["photos"].card.setFocus(Qt.FocusReason.TabFocusReason)
    top.rows["photos"].card.click()
    top.ways.chip(ConsentHow.PHONE).click()


def _blank(stage: Stage) -> None:
    stage.go("permission")
    open_blank(stage.desk)
    _top(stage, BlankSheet)


def _untold(stage: Stage) -> None:
    stage.go("contacts", person=stage.person("Clara"))


SCENES = (
    Scene("filing", _filed, Filled.EXAMPLE),
    Scene("filing-blank", lambda stage: _filing(stage, None), Filled.EXAMPLE),
    Scene("sign-up", _signed, Filled.EXAMPLE),
    Scene("phone", _phone, Filled.EXAMPLE),
    Scene("blank", _blank, Filled.EXAMPLE),
    Scene("untold", _untold, Filled.EXAMPLE),
    Scene("not-told", lambda stage: stage.go("permission", filter=Filter.NOT_TOLD), Filled.EXAMPLE),
)
