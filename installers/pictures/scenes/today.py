"""The first page of the day: full, before anybody is in the file, and with the recovery sheet still to be made."""

from __future__ import annotations

from datetime import timedelta

from desktop_crm.host.clock import FixedClock
from desktop_crm.services import record_page, requests
from desktop_crm.services.settings import SHEET_CHECKED_ON, put
from desktop_crm.services.unmade import wait_for_papers
from installers.pictures.stage import MORNING, Filled, Scene, Stage


def _full(stage: Stage) -> None:
    for minutes, name in ((3 * 24 * 60, "Nguyễn"), (10, "Łucja")):
        stage.office.clock = FixedClock(MORNING - timedelta(minutes=minutes))
        record_page.open_record(stage.office, stage.person(name))
    stage.office.clock = FixedClock(MORNING)
    stage.go("today")


def _no_sheet(stage: Stage) -> None:
    stage.window.setProperty("sheet-insisted", True)
    put(stage.office, SHEET_CHECKED_ON, None)
    stage.go("today")


def _left_over(stage: Stage) -> None:
    """Duties that are left of papers: a copy of ours that should go, an erasure that was cut short."""
    office, today = stage.office, stage.office.today()
    requests.remember_copy(office, requests.closed_requests(office)[0].number, today - timedelta(days=2))
    office.store.write(lambda writing: wait_for_papers(writing, "E-2026-002"))
    stage.go("today")


def _begin(stage: Stage) -> None:
    stage.go("today")


SCENES = (
    Scene("today", _full),
    Scene("no-sheet", _no_sheet),
    Scene("left-over", _left_over),
    Scene("begin", _begin, Filled.EMPTY),
)
