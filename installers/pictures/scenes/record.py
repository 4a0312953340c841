"""The page of one contact."""

from __future__ import annotations

from desktop_crm.records.sensitive import ApartKind
from desktop_crm.services import contacts as people
from desktop_crm.services import sensitive
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.ui.forms.apart import ApartSheet
from desktop_crm.ui.record.head import DETAILS, HELD, PERMISSION
from desktop_crm.ui.record.record import Record
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.page import FOLD_BELOW
from installers.pictures.scenes.contacts import contacts
from installers.pictures.stage import Scene, Stage

_LONG = (
    "Maria Theresia Wilhelmine Freifrau von Hohenlohe-Waldenburg-Schillingsfürst, geborene Gräfin zu "
    "Castell-Rüdenhausen"
)


def _record(stage: Stage, name: str = "Kowalska") -> Record:
    return contacts(stage, person=stage.person(name)).record


def _permission(stage: Stage) -> None:
    _record(stage).show_tab(PERMISSION)


def _details(stage: Stage) -> None:
    """The rail where it is a tab: in a narrow window."""
    record = _record(stage)
    if stage.window.width() < FOLD_BELOW:
        record.show_tab(DETAILS)


def _taking_back(stage: Stage) -> None:
    record = _record(stage)
    record.show_tab(PERMISSION)
    for button in record.permission.findChildren(Button):
        if button.kind is Kind.QUIET:
            button.click()


def _held(stage: Stage) -> None:
    _record(stage).show_tab(HELD)


def _typing(stage: Stage) -> None:
    _record(stage, "Maximilian Groß").note.setPlainText("No lilies: an allergic guest.\nBack entrance.")


def _long(stage: Stage) -> None:
    one = people.NewContact(
        name=_LONG, emails=("maria.theresia.wilhelmine.von.hohenlohe-waldenburg@sehr-langer-name.example",)
    )
    person = people.add(stage.office, one)
    people.note(stage.office, person, "White and green. " * 30)
    contacts(stage, person=person)


def _new(stage: Stage) -> None:
    person = people.add(stage.office, people.NewContact(name="Ida", phones=("0341 555 0177",)))
    contacts(stage, person=person)


def _kept_apart(stage: Stage) -> Record:
    person = stage.person("Kowalska")
    sensitive.add_detail(stage.office, person, NewDetail(ApartKind.BANK, "DE02 1203 0000 0000 2020 51"))
    yes = stage.office.today()
    sensitive.add_detail(stage.office, person, NewDetail(ApartKind.HEALTH, "Allergic to lilies and hyacinths", yes))
    return _record(stage)


def _apart_shown(stage: Stage) -> None:
    record = _kept_apart(stage)
    stage.settle()
    record.rail.apart.rows[0].show_button.click()


def _apart_adding(stage: Stage) -> None:
    record = _kept_apart(stage)
    stage.settle()
    record.rail.apart.add_button.click()
    stage.settle()
    sheet = stage.window.findChild(ApartSheet)
    if sheet is not None:
        sheet.kind.choose(ApartKind.HEALTH)


SCENES = (
    Scene("record", _record),
    Scene("company", lambda stage: _record(stage, "Hofmann")),
    Scene("arabic-name", lambda stage: _record(stage, "Noura")),
    Scene("typing", _typing),
    Scene("long", _long),
    Scene("new", _new),
    Scene("permission", _permission),
    Scene("taking-back", _taking_back),
    Scene("held", _held),
    Scene("details", _details),
    Scene("kept-apart", _kept_apart),
    Scene("apart-shown", _apart_shown),
    Scene("apart-adding", _apart_adding),
)
