"""What the shop needs to know of people at all: the details that some purpose in use asks for."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.purpose import Purpose, PurposeData
from desktop_crm.services.acts import act
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq


@act(Verb.LIST, Contact)
def asked_fields(office: Office) -> Mapping[str, tuple[str, ...]]:
    """Each detail that purposes in use ask for, as `contact.birthday`, with their names."""

    def work(reading: Reading) -> dict[str, tuple[str, ...]]:
        # Whoever enters people may know what is asked, without seeing who agreed to what.
        whole = reading.whole()
        used = {purpose.id: purpose.name for purpose in whole.find(Purpose, eq("active", True), order=("name",))}
        found: dict[str, list[str]] = {}
        for wanted in whole.find(PurposeData):
            if wanted.purpose_id in used:
                found.setdefault(wanted.field, []).append(used[wanted.purpose_id])
        return {field: tuple(sorted(names)) for field, names in found.items()}

    return office.read(work)
