"""*Papers*: what can be made, what was made, and the list for the tax office."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop_crm.records.erasure import Ground
from desktop_crm.records.purchase import Original
from desktop_crm.records.request import RequestKind
from desktop_crm.services import access, contacts, erasing, requests
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.ui.made.kept import KeptInvoices
from desktop_crm.ui.made.pick import PickSheet
from desktop_crm.ui.screens.papers import Papers
from desktop_crm.words import Money
from installers.pictures.scenes.requests import seen, sheet, with_papers
from installers.pictures.stage import Filled, Scene, Stage


def _made(stage: Stage) -> Papers:
    """A file in which papers were made."""
    with_papers(stage)
    office, folder = stage.office, Path(stage.folder.path / "Documents")
    person = stage.person("Kowalska")
    access.answer(office, requests.open_of_person(office, person)[0].number, folder)
    contacts.purchase(
        office,
        stage.person("Ziegler"),
        Money(64_000, "EUR"),
        bought_on=office.today() - timedelta(days=200),
        invoice_no="2026-044",
        original=Original.HERE,
    )
    for name in ("Ziegler", "Krüger"):
        erasing.erase(office, stage.person(name), folder, ErasureOrder(Ground.NO_LONGER_NEEDED, given_up=True))
    number = requests.register(office, person, RequestKind.ACCESS)
    access.answer(office, number, folder, closing=False)
    return papers(stage)


def papers(stage: Stage) -> Papers:
    """The screen on the stage."""
    stage.go("papers")
    return seen(stage.shell.shown, Papers)


def _again(stage: Stage) -> None:
    next(iter(_made(stage).again.values())).click()


def _pick(stage: Stage) -> None:
    _made(stage).cards[0].button.click()
    made = sheet(stage, PickSheet)
    made.picker.search.setText("ma")


def _kept(stage: Stage, *, shown: bool) -> None:
    _made(stage).cards[2].button.click()
    made = sheet(stage, KeptInvoices)
    if shown:
        made.show_button.click()


SCENES = (
    Scene("made", _made),
    Scene("empty", papers, Filled.EMPTY),
    Scene("again", _again),
    Scene("pick", _pick),
    Scene("kept", lambda stage: _kept(stage, shown=False)),
    Scene("kept-shown", lambda stage: _kept(stage, shown=True)),
)
