"""How the acts around using data, and what stands against it, are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Protocol

from desktop_crm.documents.list_model import ListForm
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeKind
from desktop_crm.services import contacts, handing, locks, mending, using
from desktop_crm.services.handing import ListOrder, Shape
from desktop_crm.services.office import Office

ORDER = ListOrder("orders", Channel.EMAIL)


class Against:
    """Somebody against the use of whose data something stands already."""

    def __init__(self, office: Office, folder: Path) -> None:
        key = office.new_id()
        self.person = contacts.add(office, contacts.NewContact(name=key.hex(), emails=(f"{key.hex()}@x.example",)))
        code = f"survey-{key.hex()}"
        survey = Purpose(
            id=key,
            code=code,
            name="Umfrage",
            basis=Basis.LEGITIMATE_INTEREST,
            channel=Channel.EMAIL,
            created_at=office.clock.now(),
            kind=PurposeKind.OTHER,
        )
        office.store.write(lambda writing: writing.insert(survey))
        handing.make_list(office, ListOrder(code, Channel.EMAIL), Shape(ListForm.CSV), folder)
        self.objection = locks.object_to(office, self.person, code)
        self.wish = locks.add_wish(office, self.person, Channel.PHONE)
        self.copies = [one.id for one in mending.to_mend(office, self.person)]
        self.restriction = locks.restrict(office, self.person, "streitig")


class Prepared:
    """What a scene has of it, made when it is first asked for."""

    office: Office
    folder: Path

    @cached_property
    def against(self) -> Against:
        return Against(self.office, self.folder / "left")


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...
    @property
    def folder(self) -> Path: ...
    @property
    def against(self) -> Against: ...


NO_ACTS = {
    "consents.enter": "a part of acts: writes inside the writing it is given",
    "consents.permissions": "a part of acts: reads inside the reading it is given",
    "changes.without_reviews": "a part of acts: writes inside the writing it is given",
    "using.may_be_thought_of": "a part of acts: reads inside the reading it is given",
    "greeting.greeting": "a part of `today`: reads inside the reading it is given",
    "using.intended": "arithmetic over the rules of the country",
    "using.verdicts": "a part of acts: reads inside the reading it is given",
    "mending.over": "a part of acts: writes inside the writing it is given",
}
"""Functions that take the office and are no acts, each with its reason."""
_STANDING = (
    "locks.restrict",
    "locks.lift",
    "locks.weigh",
    "locks.take_objection_back",
    "locks.drop_wish",
    "mending.mended",
)
PREPARED = dict.fromkeys(_STANDING, "against")
CASES: dict[str, Callable[[Scene], object]] = {
    "using.check": lambda s: using.check(s.office, "newsletter", Channel.EMAIL),
    "handing.preview_list": lambda s: handing.preview_list(s.office, ORDER),
    "handing.make_list": lambda s: handing.make_list(s.office, ORDER, Shape(ListForm.CSV), s.folder / "lists"),
    "handing.copy_addresses": lambda s: handing.copy_addresses(s.office, ORDER),
    "handing.reach_person": lambda s: handing.reach_person(s.office, s.person, Channel.EMAIL),
    "handing.purposes_to_use": lambda s: handing.purposes_to_use(s.office),
    "locks.locks": lambda s: locks.locks(s.office, s.person),
    "locks.restrict": lambda s: locks.restrict(s.office, s.against.person, "streitig"),
    "locks.lift": lambda s: locks.lift(s.office, s.against.person),
    "locks.object_to": lambda s: locks.object_to(s.office, s.person, None),
    "locks.weigh": lambda s: locks.weigh(s.office, s.against.objection, upheld=True, assessment="stimmt"),
    "locks.take_objection_back": lambda s: locks.take_objection_back(s.office, s.against.objection),
    "locks.add_wish": lambda s: locks.add_wish(s.office, s.person, Channel.POST),
    "locks.drop_wish": lambda s: locks.drop_wish(s.office, s.against.wish),
    "mending.to_mend": lambda s: mending.to_mend(s.office),
    "mending.mended": lambda s: mending.mended(s.office, s.against.copies),
}
