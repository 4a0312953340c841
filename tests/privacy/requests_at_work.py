"""How the acts around privacy requests, erasures and keeping times are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.services import (
    access,
    due,
    erasing,
    keeping,
    looking_through,
    outside,
    papers,
    portability,
    requests,
    retention,
)
from desktop_crm.services.office import Office

DAY = date(2026, 12, 1)


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...
    @property
    def folder(self) -> Path: ...
    @property
    def request(self) -> str: ...
    @property
    def place(self) -> bytes: ...
    @property
    def waiting(self) -> list[bytes]: ...


PREPARED = {
    "access.answer": "request",
    "requests.note_identity": "request",
    "requests.set_channel": "request",
    "requests.set_received": "request",
    "requests.wait": "request",
    "requests.remember_copy": "request",
    "requests.close": "request",
    "requests.take_out_mistaken": "request",
    "requests.request": "request",
    "outside.rename_place": "place",
    "outside.remove_place": "place",
    "outside.tick": "place",
    "retention.release": "waiting",
    "keeping.going": "waiting",
}
CASES: dict[str, Callable[[Scene], object]] = {
    "access.answer": lambda s: access.answer(s.office, s.request, s.folder / "out"),
    "due.due_counts": lambda s: due.due_counts(s.office),
    "erasing.name_matches": lambda s: erasing.name_matches(s.office, s.person, "eva muster"),
    "keeping.going": lambda s: keeping.going(s.office, s.waiting),
    "keeping.held": lambda s: keeping.held(s.office),
    "keeping.queue_view": lambda s: keeping.queue_view(s.office),
    "keeping.rules_view": lambda s: keeping.rules_view(s.office),
    "keeping.runs": lambda s: keeping.runs(s.office),
    "keeping.touches_by": lambda s: keeping.touches_by(s.office, DAY),
    "looking_through.found": lambda s: looking_through.found(s.office, s.person),
    "looking_through.part_entries": lambda s: looking_through.part_entries(
        s.office, s.person, looking_through.Part.NOTES
    ),
    "outside.add_place": lambda s: outside.add_place(s.office, "Postfach"),
    "outside.of_person": lambda s: outside.of_person(s.office, s.person),
    "outside.places": lambda s: outside.places(s.office),
    "outside.rename_place": lambda s: outside.rename_place(s.office, s.place, "Auftragsbuch"),
    "outside.remove_place": lambda s: outside.remove_place(s.office, s.place),
    "outside.tick": lambda s: outside.tick(s.office, s.person, s.place),
    "papers.made": lambda s: papers.made(s.office),
    "portability.take_along": lambda s: portability.take_along(s.office, s.person, s.folder / "out"),
    "requests.register": lambda s: requests.register(s.office, s.person, RequestKind.ERASURE),
    "requests.open_requests": lambda s: requests.open_requests(s.office),
    "requests.closed_requests": lambda s: requests.closed_requests(s.office),
    "requests.open_of_person": lambda s: requests.open_of_person(s.office, s.person),
    "requests.request": lambda s: requests.request(s.office, s.request),
    "requests.note_identity": lambda s: requests.note_identity(s.office, s.request, IdentityCheck.KNOWN),
    "requests.set_channel": lambda s: requests.set_channel(s.office, s.request, Channel.PHONE),
    "requests.set_received": lambda s: requests.set_received(s.office, s.request, date(2026, 11, 20)),
    "requests.wait": lambda s: requests.wait(s.office, s.request, DAY),
    "requests.remember_copy": lambda s: requests.remember_copy(s.office, s.request, DAY),
    "requests.copies_to_delete": lambda s: requests.copies_to_delete(s.office),
    "requests.close": lambda s: requests.close(s.office, s.request),
    "requests.take_out_mistaken": lambda s: requests.take_out_mistaken(s.office, s.request),
    "retention.release": lambda s: retention.release(s.office, s.waiting),
}
