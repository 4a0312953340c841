"""Erasing somebody: the sheet, the points that are open, the way there, and the certificate."""

from __future__ import annotations

from datetime import timedelta

from desktop_crm.records.erasure import Ground
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purchase import Original
from desktop_crm.records.request import RequestKind
from desktop_crm.services import contacts, outside, requests
from desktop_crm.ui.courier import Job
from desktop_crm.ui.erasing.running import EraseJob, Told
from desktop_crm.ui.erasing.sheet import EraseSheet, open_erasing
from desktop_crm.words import M, Money
from installers.pictures.scenes.requests import sheet, with_papers, with_places
from installers.pictures.stage import Scene, Stage


def _behind(stage: Stage) -> None:
    """What lies behind the sheet."""
    stage.go("requests")


def _person(stage: Stage, name: str) -> bytes:
    with_papers(stage)
    person = stage.person(name)
    places = with_places(stage)
    outside.tick(stage.office, person, places[2])
    today = stage.office.today()
    for years, number in ((1, "2025-077"), (2, "2024-031")):
        contacts.purchase(
            stage.office,
            person,
            Money(4_800, "EUR"),
            bought_on=today - timedelta(days=365 * years),
            invoice_no=number,
            description="Table flowers",
            original=Original.HERE,
        )
    return person


def erase_sheet(stage: Stage, name: str = "Kowalska") -> EraseSheet:
    """The sheet of somebody with something in every column."""
    person = _person(stage, name)
    requests.register(stage.office, person, RequestKind.ERASURE, Channel.EMAIL)
    _behind(stage)
    open_erasing(stage.desk, person)
    return sheet(stage, EraseSheet)


def _looked(stage: Stage) -> None:
    """Nobody asked yet, as far as is known."""
    person = _person(stage, "Maximilian")
    _behind(stage)
    open_erasing(stage.desk, person)
    asked = sheet(stage, EraseSheet).asked
    if asked is not None:
        asked.ways.chip(Channel.PHONE).click()


def _filled(stage: Stage, name: str = "Łucja Kowalska") -> EraseSheet:
    made = erase_sheet(stage, name)
    if made.copy is not None:
        made.copy.tick.setChecked(True)
    made.why.chips.choose(Ground.NO_LONGER_NEEDED)
    made.who.field.set_text(name)
    stage.settle()
    return made


def _open_point(stage: Stage) -> None:
    made = _filled(stage)
    made.why.chips.choose(None)
    made.who.field.set_text("Lucia")
    made.erase.click()


def _mentioned(stage: Stage) -> None:
    person = stage.person("Ziegler")
    with_papers(stage)
    contacts.note(stage.office, stage.person("Kowalska"), "Comes with Jonas Ziegler, who brings the vases.")
    _behind(stage)
    open_erasing(stage.desk, person)


def _progress(stage: Stage, step: int = 1) -> None:
    _filled(stage)
    told = Told()
    stage.window.told = told  # type: ignore[attr-defined]  # kept as long as the picture
    title = M("Erasing {n} entry of {name}", "Erasing {n} entries of {name}", n=26, name="Łucja Kowalska")
    job = Job(stage.desk.say(title), can_cancel=True)
    shown = EraseJob(stage.desk, job, told)
    shown.open()
    shown.show_step(step)
    if step > 1:
        shown.show_searched(3_400_000, 5_200_000)


def _certificate(stage: Stage) -> None:
    _filled(stage, "Günther Albrecht").erase.click()
    stage.settle()


SCENES = (
    Scene("sheet", erase_sheet),
    Scene("looked", _looked),
    Scene("filled", _filled),
    Scene("open-point", _open_point),
    Scene("mentioned", _mentioned),
    Scene("progress", _progress),
    Scene("progress-search", lambda stage: _progress(stage, 2)),
    Scene("certificate", _certificate),
)
