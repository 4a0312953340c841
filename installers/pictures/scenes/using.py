"""Using data: a list with those it leaves out, copies to mend, and what a person says against it."""

from __future__ import annotations

from dataclasses import replace

from desktop_crm.documents.list_model import ListForm
from desktop_crm.records.interaction import Channel
from desktop_crm.services import consents, editing, handing, locks, using
from desktop_crm.services.handing import ListOrder, Shape
from desktop_crm.services.record_page import open_record
from desktop_crm.ui.against.sheets import Locking, Wishing, open_objecting
from desktop_crm.ui.record.head import PERMISSION
from desktop_crm.ui.use.making import Making, open_making
from desktop_crm.ui.use.mending import open_mending
from installers.pictures.scenes.contacts import contacts
from installers.pictures.scenes.requests import sheet
from installers.pictures.stage import Scene, Stage

_NEWS = ListOrder("newsletter", Channel.EMAIL)


def _making(stage: Stage) -> None:
    stage.go("permission")
    open_making(stage.desk)
    stage.settle()
    making = sheet(stage, Making)
    making.purpose.choose("newsletter")
    making.purpose.picked.emit("newsletter")


def _made(stage: Stage) -> None:
    _making(stage)
    stage.settle()
    making = sheet(stage, Making)
    making.form.choose(ListForm.CSV)
    making.make.click()


def _mending(stage: Stage) -> None:
    stage.go("permission")
    handing.make_list(stage.office, _NEWS, Shape(ListForm.CSV), stage.folder.path)
    for person in using.check(stage.office, "newsletter", Channel.EMAIL).usable[:2]:
        consents.withdraw(stage.office, person, "newsletter")
    form = editing.form_of(stage.office, stage.person("Kowalska"))
    editing.edit(stage.office, stage.person("Kowalska"), replace(form, name="Łucja Nowak"))
    open_mending(stage.desk)


def _against(stage: Stage) -> None:
    person = stage.person("Kowalska")
    locks.object_to(stage.office, person, None)
    locks.add_wish(stage.office, person, Channel.PHONE, only_service=True, note="Bitte nicht anrufen")
    locks.restrict(stage.office, person, "She says that the address is wrong; we are checking.")
    contacts(stage, person=person).record.show_tab(PERMISSION)


def _locked(stage: Stage) -> None:
    person = stage.person("Kowalska")
    locks.restrict(stage.office, person, "She says that the address is wrong; we are checking.")
    contacts(stage, person=person)


def _objecting(stage: Stage) -> None:
    contacts(stage, person=stage.person("Kowalska"))
    open_objecting(stage.desk, open_record(stage.office, stage.person("Kowalska")))


def _locking(stage: Stage) -> None:
    contacts(stage, person=stage.person("Kowalska"))
    Locking(stage.desk, stage.person("Kowalska")).open()


def _wishing(stage: Stage) -> None:
    contacts(stage, person=stage.person("Kowalska"))
    Wishing(stage.desk, open_record(stage.office, stage.person("Kowalska"))).open()


SCENES = (
    Scene("making", _making),
    Scene("made", _made),
    Scene("mending", _mending),
    Scene("against", _against),
    Scene("locked", _locked),
    Scene("objecting", _objecting),
    Scene("locking", _locking),
    Scene("wishing", _wishing),
)
