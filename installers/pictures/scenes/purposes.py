"""What we ask: cards, a purpose of one's own, new words, and the question what they mean."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from desktop_crm.host.clock import FixedClock
from desktop_crm.services import purpose_editing, purposes
from desktop_crm.ui.purposes.purpose_sheet import PurposeSheet
from desktop_crm.ui.purposes.wording_sheet import Meaning, NoticeSheet, WordingSheet
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.purposes import AskPane
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import MORNING, Scene, Stage


def _pane(stage: Stage) -> AskPane:
    stage.go("settings", page="ask")
    return cast(AskPane, cast(Settings, stage.shell.shown).page)


def _top(stage: Stage) -> Overlay | None:
    stage.settle()
    return Overlay.top(stage.desk.window)


def _asked_anew(stage: Stage) -> None:
    """The newsletter means something else, the English words are old, and what is offered is below."""
    stage.office.clock = FixedClock(MORNING + timedelta(hours=3))
    purposes.turn(stage.office, "allergies", on=True)
    now = next(one for one in purpose_editing.purpose_entry(stage.office, "newsletter").words)
    purpose_editing.reword(stage.office, "newsletter", now.language, now.text, means_else=True)
    pane = _pane(stage)
    pane.scroller.ensureWidgetVisible(pane.rewords["newsletter"])


def _offered(stage: Stage) -> None:
    pane = _pane(stage)
    pane.scroller.ensureWidgetVisible(pane.notice)


def _own(stage: Stage) -> PurposeSheet:
    _pane(stage).new.click()
    return cast(PurposeSheet, _top(stage))


def _unfair(stage: Stage) -> None:
    sheet = _own(stage)
    sheet.name.set_text("Newsletter and photos")
    sheet.what_for.set_text("To write to you and show photos.")
    sheet.part.fields.question.set_text("Newsletter and photos: may we?")
    sheet.part.fields.text.set_text("Only if you agree can we deliver.")
    sheet.save.click()


def _good_reason(stage: Stage) -> None:
    sheet = _own(stage)
    sheet.basis.choose("legitimate-interest")
    sheet.basis.picked.emit("legitimate-interest")
    sheet.save.click()


def _changed(stage: Stage) -> None:
    _pane(stage).changes["photos"].click()
    _top(stage)


def _words(stage: Stage) -> WordingSheet:
    _pane(stage).rewords["newsletter"].click()
    return cast(WordingSheet, _top(stage))


def _meaning(stage: Stage) -> None:
    sheet = _words(stage)
    text = sheet.part.fields.text
    text.set_text(f"{text.text()} Also on Sundays.")
    sheet.save.click()
    cast(Meaning, _top(stage)).other.click()


def _notice(stage: Stage) -> None:
    _pane(stage).notice.click()
    cast(NoticeSheet, _top(stage))


SCENES = (
    Scene("asked-anew", _asked_anew),
    Scene("offered", _offered),
    Scene("own", _own),
    Scene("unfair", _unfair),
    Scene("good-reason", _good_reason),
    Scene("changed", _changed),
    Scene("words", _words),
    Scene("meaning", _meaning),
    Scene("notice", _notice),
)
