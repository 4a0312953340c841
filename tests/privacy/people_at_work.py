"""How the acts of people and roles are made to run (for `test_acts`), and a shop in which people sign in by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from desktop_crm.privacy.rights import DATA_PROTECTION, OWNER, STAFF, Deed
from desktop_crm.records.declare import Part
from desktop_crm.records.staff import Staff
from desktop_crm.services import proving, signing_in, staff, staff_leaving, staff_report, staff_sign_in
from desktop_crm.services.actor import Actor
from desktop_crm.services.office import Office
from desktop_crm.services.staff_rules import rights_of
from desktop_crm.storage.where import eq
from desktop_crm.vault import codes
from desktop_crm.vault import staff as ways
from desktop_crm.vault.folder import VaultFolder
from tests.memory_keystore import MemoryKeyStore

PASSWORD = "four plain wooden chairs"
NAME = "Änne Ödegård"

NO_ACTS = {
    "staff_leaving.forget_daily": "the act `forget_names` under the program's own name, if there is somebody",
    "staff_rules.check_days": "arithmetic",
    "staff_rules.require_all": "a part of acts: looks at the rights of whoever acts",
    "staff_rules.require_other": "a part of acts: compares two numbers",
    "staff_rules.require_over": "a part of acts: reads inside the reading it is given",
    "staff_rules.require_role": "a part of acts: reads inside the reading it is given",
    "staff_sign_in.check_code": "a part of signing in: lets the act `use_code` happen",
    "staff_sign_in.myself": "a part of acts: the row of whoever acts",
    "staff_sign_in.require_me": "a part of acts: the row of whoever acts",
    "staff_sign_in.spare_mark": "arithmetic",
}
"""Functions that take the office and are no acts, each with its reason."""


@dataclass
class Crew:
    """The people of a shop: an owner, somebody at the counter, a data protection officer; a role of its own."""

    office: Office
    keystore: MemoryKeyStore = field(default_factory=MemoryKeyStore)
    ids: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, role in ((NAME, OWNER), ("Tom", STAFF), ("Dora", DATA_PROTECTION)):
            new = staff.NewPerson(name, role.code, PASSWORD, alone_ends=True)
            self.ids[name] = staff.add_person(self.office, self.folder, self.keystore, new)
        form = staff.RoleForm(None, "Lager", frozenset({(Deed.VIEW, Part.CONTACTS)}))
        self.own_role = staff.save_role(self.office, form)

    @property
    def folder(self) -> VaultFolder:
        return VaultFolder(self.office.store.database.parent)

    @property
    def owner(self) -> bytes:
        return self.ids[NAME]

    @property
    def tom(self) -> bytes:
        return self.ids["Tom"]

    @property
    def dora(self) -> bytes:
        return self.ids["Dora"]

    def row(self, person: bytes) -> Staff:
        return self.office.read(lambda reading: reading.find(Staff, eq("id", person))[0])

    def acting(self, person: bytes) -> Office:
        """The same file, in which this person acts."""
        row = self.row(person)
        actor = Actor(row.number, self.office.read(lambda reading: rights_of(reading, row.role)), person)
        return Office(self.office.store, self.office.keys, self.office.clock, who=actor)

    def enrolled(self, person: bytes) -> bytes:
        """The secret of the telephone that this person has from now on."""
        office = self.acting(person)
        enrolment = staff.begin_second_factor(office)
        staff.confirm_second_factor(office, enrolment, shown(enrolment.secret, office))
        return enrolment.secret


def shown(secret: bytes, office: Office, later: timedelta = timedelta(0)) -> str:
    """The code that a telephone shows."""
    at = (office.clock.now() + later).timestamp()
    return codes._totp(secret).generate(int(at)).decode()


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...
    @property
    def folder(self) -> Path: ...
    @property
    def crew(self) -> Crew: ...
    @property
    def case(self) -> bytes: ...


def _add(s: Scene) -> bytes:
    new = staff.NewPerson(NAME, OWNER.code, PASSWORD)
    return staff.add_person(s.office, VaultFolder(s.office.store.database.parent), MemoryKeyStore(), new)


def _confirm(s: Scene) -> None:
    secret = codes.new_secret()
    office = s.crew.acting(s.crew.tom)
    staff.confirm_second_factor(office, staff.Enrolment(secret, ""), shown(secret, office))


def _use_code(s: Scene) -> None:
    crew = s.crew
    secret = codes.new_secret()
    s.office.store.write(lambda writing: writing.update(Staff, crew.tom, second_factor=secret))
    office = crew.acting(crew.tom)
    staff_sign_in.use_code(office, crew.tom, shown(secret, office))


def _own_password(s: Scene) -> None:
    crew = s.crew
    staff.change_own_password(crew.acting(crew.tom), crew.folder, crew.keystore, PASSWORD, "another seven green doors")


def _own_rights(s: Scene) -> None:
    form = staff.RoleForm(s.crew.own_role, "Lager", frozenset({(Deed.VIEW, Part.NOTES)}))
    staff.save_role(s.office, form)


CASES: dict[str, Callable[..., object]] = {
    "proving.prove": lambda s: proving.prove(s.crew.acting(s.crew.tom), s.crew.folder, s.crew.keystore, PASSWORD),
    "signing_in.mend_ways": lambda s: signing_in.mend_ways(
        s.office, s.crew.folder, frozenset(ways.people(s.crew.folder, s.office.keys))
    ),
    "staff.add_person": _add,
    "staff.begin_second_factor": lambda s: staff.begin_second_factor(s.crew.acting(s.crew.tom)),
    "staff.cases": lambda s: staff.cases(s.office),
    "staff.change_own_password": _own_password,
    "staff.change_role": lambda s: staff.change_role(s.office, s.crew.tom, s.crew.own_role),
    "staff.close_case": lambda s: staff.close_case(s.office, s.case),
    "staff.confirm_second_factor": _confirm,
    "staff.drop_second_factor": lambda s: staff.drop_second_factor(s.office, s.crew.tom),
    "staff.open_case": lambda s: staff.open_case(s.office, s.crew.dora, s.person, "Beschwerde", 7),
    "staff.people": lambda s: staff.people(s.office),
    "staff.remove_person": lambda s: staff.remove_person(s.office, s.crew.folder, s.crew.tom),
    "staff.remove_role": lambda s: staff.remove_role(s.office, s.crew.own_role),
    "staff.rename_person": lambda s: staff.rename_person(s.office, s.crew.folder, s.crew.keystore, s.crew.tom, "Thom"),
    "staff.reset_password": lambda s: staff.reset_password(
        s.office, s.crew.folder, s.crew.keystore, s.crew.tom, "another seven green doors"
    ),
    "staff.roles": lambda s: staff.roles(s.office),
    "staff.save_role": _own_rights,
    "staff.set_until": lambda s: staff.set_until(s.office, s.crew.tom, date(2027, 1, 1)),
    "staff_leaving.forget_names": lambda s: staff_leaving.forget_names(s.office),
    "staff_report.own_report": lambda s: staff_report.own_report(s.crew.acting(s.crew.tom), s.folder / "out"),
    "staff_report.staff_report": lambda s: staff_report.staff_report(s.office, s.crew.tom, s.folder / "out"),
    "staff_sign_in.use_code": _use_code,
}
PREPARED = {
    name: "crew"
    for name in CASES
    if name not in {"staff.add_person", "staff.cases", "staff.people", "staff.roles", "staff_leaving.forget_names"}
} | {"staff.close_case": "case"}
