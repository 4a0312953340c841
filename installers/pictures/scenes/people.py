"""The people who work here: at the locked page, in the sidebar, in the settings, and the password asked again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.rights import DATA_PROTECTION, MANAGER, OWNER, READ_ONLY, STAFF, ReadyRole
from desktop_crm.services import contacts, staff
from desktop_crm.services.actor import Actor
from desktop_crm.services.staff import Enrolment, NewPerson
from desktop_crm.services.starting import Opening, OpeningState
from desktop_crm.ui.frame.proving import ProveSheet, ask_again
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.frame.sidebar import Person
from desktop_crm.ui.locked.enrolling import Enrolling
from desktop_crm.ui.locked.page import Locked
from desktop_crm.ui.locked.person_card import PersonCard
from desktop_crm.ui.locked.tiles_card import TilesCard
from desktop_crm.ui.people.add import AddPerson
from desktop_crm.ui.people.edit import EditPerson
from desktop_crm.ui.people.factor_sheet import FactorSheet
from desktop_crm.ui.people.role_sheet import OwnRole, RoleSheet
from desktop_crm.ui.record.entry_points import do_for
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.me import MePane, OwnPassword
from desktop_crm.ui.settings.people import PeoplePane
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault.staff import Tile
from desktop_crm.words import M
from installers.bench.keys import KeysInMemory
from installers.pictures.scenes.welcome import doorstep, of_kind
from installers.pictures.stage import Filled, Scene, Stage

_NAMES = (
    "Anna Weber",
    "Berta Śliwińska",
    "Dr. Maximiliane-Elisabeth Freifrau von und zu Schneidewind-Kowalczyk",
    "Emre Yıldız",
    "Farida Haddad",
    "Giorgos Papadopoulos",
    "Hana Nováková",
    "Ingrid Sørensen",
    "João Ferreira da Silva",
    "Kaori Tanaka",
    "Łucja Nowak",
    "Tom Becker",
)
_PASSWORD = "four plain wooden chairs"  # noqa: S105 - of nobody
_SECRET = bytes(range(40, 60))


# At the locked page


def _tiles(number: int) -> tuple[Tile, ...]:
    return tuple(Tile(f"{at:032x}", name) for at, name in enumerate(_NAMES[:number], 1))


def _locked(number: int, *, shared: bool = False) -> Callable[[Stage], QWidget]:
    def made(stage: Stage) -> QWidget:
        door = doorstep(stage)
        door.state = OpeningState(Opening.PEOPLE, store=KeysInMemory(), tiles=_tiles(number), shared=shared)
        door.shop = "Blumen Weber"
        return Locked(door)

    return made


def _card(stage: Stage) -> object:
    return of_kind(stage.window.centralWidget(), Locked).card


def _at_tiles(_: Stage) -> None:
    """As it comes."""


def _password(stage: Stage) -> PersonCard:
    of_kind(_card(stage), TilesCard).tiles[2].click()
    stage.settle()
    return of_kind(_card(stage), PersonCard)


def _wrong(stage: Stage) -> None:
    card = _password(stage)
    told = M(
        "Not right. After {n} more try there is a pause; nothing is deleted.",
        "Not right. After {n} more tries there is a pause; nothing is deleted.",
        n=4,
    )
    card.password.set_text("lavender tra")
    card.password.error(stage.words.say(told))


def _code(stage: Stage) -> None:
    card = _password(stage)
    card.password.set_text(_PASSWORD)
    card.ask_code(True)


def _by_sheet(stage: Stage) -> None:
    of_kind(_card(stage), TilesCard).sheet.click()


def _enrolling(stage: Stage) -> QWidget:
    _people(stage)
    door = doorstep(stage)
    door.office = stage.office
    return Enrolling(door)


# In the open file


def _people(stage: Stage) -> None:
    """An owner who signed in, and four others."""
    office, folder, keys = stage.office, stage.folder, KeysInMemory()
    day = office.today() + timedelta(days=160)
    said = (
        NewPerson(_NAMES[0], OWNER.code, _PASSWORD),
        NewPerson(_NAMES[11], MANAGER.code, _PASSWORD, alone_ends=True),
        NewPerson(_NAMES[2], STAFF.code, _PASSWORD),
        NewPerson("Steuerbüro Krüger", READ_ONLY.code, _PASSWORD, outside=True, until=day),
        NewPerson(_NAMES[4], DATA_PROTECTION.code, _PASSWORD),
        NewPerson(_NAMES[3], STAFF.code, _PASSWORD),
    )
    ids = [staff.add_person(office, folder, keys, one) for one in said]
    staff.remove_person(office, folder, ids[-1])
    me = next(one for one in staff.people(office) if one.id == ids[0])
    office.who = Actor(me.number, OWNER.rights, ids[0])
    staff.open_case(office, ids[4], contacts.find(office, "Kowalska")[0].id, "Beschwerde vom 18.11.", 7)


def _open(stage: Stage) -> QWidget:
    _people(stage)
    role = OWNER.title
    return OpenDesk(stage.office, stage.courier, stage.words, stage.chosen, person=Person(_NAMES[0], role))


def _as_staff(stage: Stage) -> QWidget:
    return _open_as(stage, _NAMES[2], STAFF)


def _as_checker(stage: Stage) -> QWidget:
    """The data protection officer, who is shown neither notes nor purchases."""
    return _open_as(stage, _NAMES[4], DATA_PROTECTION)


def _open_as(stage: Stage, name: str, role: ReadyRole) -> QWidget:
    _people(stage)
    me = next(one for one in staff.people(stage.office) if one.name == name)
    stage.office.who = Actor(me.number, role.rights, me.id)
    return OpenDesk(stage.office, stage.courier, stage.words, stage.chosen, person=Person(name, role.title))


def _pane(stage: Stage, page: str) -> object:
    stage.go("settings", page=page)
    stage.settle()
    return cast(Settings, stage.shell.shown).page


def _list(stage: Stage) -> PeoplePane:
    return of_kind(_pane(stage, "people"), PeoplePane)


def _alone(stage: Stage) -> None:
    _list(stage)


def _first(stage: Stage) -> None:
    _list(stage).begin.click()


def _add(stage: Stage) -> AddPerson:
    _list(stage).add_button.click()
    stage.settle()
    return of_kind(Overlay.top(stage.shell), AddPerson)


def _second(stage: Stage) -> None:
    sheet = _add(stage)
    sheet.name.set_text(_NAMES[5])
    sheet.ask_yes()


def _edit(stage: Stage) -> EditPerson:
    _list(stage).people.rows[2].click()
    stage.settle()
    return of_kind(Overlay.top(stage.shell), EditPerson)


def _leaving(stage: Stage) -> None:
    _edit(stage).acts["remove"].click()


def _new_password(stage: Stage) -> None:
    _edit(stage).acts["password"].click()


def _role(stage: Stage, number: int) -> RoleSheet:
    _list(stage).roles.rows[number].click()
    stage.settle()
    return of_kind(Overlay.top(stage.shell), RoleSheet)


def _own_role(stage: Stage) -> None:
    _role(stage, 2).copy.click()
    stage.settle()
    of_kind(Overlay.top(stage.shell), OwnRole).title.set_text("Aushilfe am Samstag")


def _me(stage: Stage) -> MePane:
    return of_kind(_pane(stage, "me"), MePane)


def _own_password(stage: Stage) -> None:
    OwnPassword(_me(stage)).open()


def _fixed_secret(stage: Stage) -> Enrolment:
    from desktop_crm.vault import codes

    return Enrolment(_SECRET, codes.uri(_SECRET, _NAMES[0], stage.office.shop.name))


def _factor(stage: Stage) -> FactorSheet:
    _me(stage)
    sheet = FactorSheet(stage.desk, lambda: None)
    sheet.open()
    stage.settle()
    sheet.part.show_enrolment(_fixed_secret(stage))  # always the same, so that two pictures differ by what changed
    return sheet


def _spare(stage: Stage) -> None:
    _factor(stage).part.show_spare([f"{at}ABCD-EFGH{at}" for at in range(2, 10)] + ["KMNPQ-RSTVW", "XYZ23-45678"])


def _prove(stage: Stage) -> None:
    stage.go("contacts", person=stage.person("Kowalska"))
    ProveSheet(stage.desk, stage.office, lambda: None, lambda: None).open()


def _case(stage: Stage) -> None:
    stage.go("contacts", person=stage.person("Kowalska"))
    do_for(stage.desk, "case", stage.person("Kowalska"))


def _record(stage: Stage) -> None:
    stage.go("contacts", person=stage.person("Kowalska"))


def _record_of_another(stage: Stage) -> None:
    stage.go("contacts", person=stage.person("Kranz"))


def _enrolling_long(stage: Stage) -> None:
    door = of_kind(stage.window.centralWidget(), Enrolling)._door
    ask_again(door, stage.office, lambda: None, lambda: None)


SCENES = (
    Scene("tiles-4", _at_tiles, Filled.EMPTY, _locked(4)),
    Scene("tiles-1", _at_tiles, Filled.EMPTY, _locked(1)),
    Scene("tiles-12", _at_tiles, Filled.EMPTY, _locked(12)),
    Scene("tiles-shared", _at_tiles, Filled.EMPTY, _locked(2, shared=True)),
    Scene("password", lambda stage: cast(object, _password(stage)), Filled.EMPTY, _locked(4)),
    Scene("password-wrong", _wrong, Filled.EMPTY, _locked(4)),
    Scene("code", _code, Filled.EMPTY, _locked(4)),
    Scene("by-sheet", _by_sheet, Filled.EMPTY, _locked(4)),
    Scene("enrolling", _at_tiles, Filled.EXAMPLE, _enrolling),
    Scene("enrolling-long", _enrolling_long, Filled.EXAMPLE, _enrolling),
    Scene("today", lambda stage: stage.go("today"), Filled.EXAMPLE, _open),
    Scene("list", _list, Filled.EXAMPLE, _open),
    Scene("alone", _alone, Filled.EMPTY),
    Scene("first", _first, Filled.EMPTY),
    Scene("add", _add, Filled.EXAMPLE, _open),
    Scene("second", _second, Filled.EXAMPLE, _open),
    Scene("edit", _edit, Filled.EXAMPLE, _open),
    Scene("new-password", _new_password, Filled.EXAMPLE, _open),
    Scene("leaving", _leaving, Filled.EXAMPLE, _open),
    Scene("role", lambda stage: _role(stage, 2), Filled.EXAMPLE, _open),
    Scene("role-checker", lambda stage: _role(stage, 4), Filled.EXAMPLE, _open),
    Scene("own-role", _own_role, Filled.EXAMPLE, _open),
    Scene("me", _me, Filled.EXAMPLE, _open),
    Scene("own-password", _own_password, Filled.EXAMPLE, _open),
    Scene("factor", _factor, Filled.EXAMPLE, _open),
    Scene("spare", _spare, Filled.EXAMPLE, _open),
    Scene("prove", _prove, Filled.EXAMPLE, _open),
    Scene("case", _case, Filled.EXAMPLE, _open),
    Scene("as-staff", lambda stage: stage.go("today"), Filled.EXAMPLE, _as_staff),
    Scene("record-as-staff", _record, Filled.EXAMPLE, _as_staff),
    Scene("record-as-checker", _record_of_another, Filled.EXAMPLE, _as_checker),
)
