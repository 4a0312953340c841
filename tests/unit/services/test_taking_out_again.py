"""Somebody who was added by mistake goes again whole, unless somebody went on with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop_crm.records.request import RequestKind
from desktop_crm.services import changes, consents, contacts, editing, entries, requests, tasks
from desktop_crm.services.editing import AddressLine, ContactForm, Line
from desktop_crm.services.office import Office
from desktop_crm.words import Money, Problem
from tests.privacy.shop import TickingClock
from tests.unit.services.test_changes import DAY, everything, index_is_whole, of


def test_somebody_who_was_added_can_be_taken_out_again_whole(office: Office, clock: TickingClock) -> None:
    before = everything(office)
    form = ContactForm(
        name="Eva Muster",
        company="Muster & Co",
        emails=(Line(text="eva@muster.example"),),
        addresses=(AddressLine(street="Weg 1", city="Leipzig"),),
        tags=("Stammkundin",),
    )
    added = editing.new_contact(office, form)
    changes.undo(office, of(office, contacts.note(office, added, "gleich wieder weg")))
    clock.at += timedelta(minutes=1)
    changes.undo(office, of(office, added))
    assert everything(office) == before
    assert changes.last_of(office, added) is None
    index_is_whole(office)
    assert contacts.find(office, "muster") == []


LATER: dict[str, Callable[[Office, bytes], object]] = {
    "note": lambda office, who: contacts.note(office, who, "Mag keine Lilien"),
    "purchase": lambda office, who: contacts.purchase(office, who, Money(4500, "EUR"), bought_on=DAY),
    "delivery": lambda office, who: contacts.deliver(office, who, name="Gerda", deliver_on=DAY),
    "task": lambda office, who: tasks.add_task(office, tasks.TaskForm(text="Vasen kaufen", person=who)),
    "permission": lambda office, who: consents.give(office, who, "newsletter"),
    "request": lambda office, who: requests.register(office, who, RequestKind.ACCESS),
    "an edit": lambda office, who: contacts.change(office, who, {"nickname": "Evi"}),
    "a label": lambda office, who: entries.tag(office, [who], "Neu"),
    "what was taken out since": lambda office, who: entries.remove_note(office, contacts.note(office, who, "da")),
}


@pytest.mark.parametrize("kind", LATER)
def test_somebody_with_whom_was_gone_on_stays(office: Office, kind: str) -> None:
    added = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    change = of(office, added)
    LATER[kind](office, added)
    before = everything(office)
    with pytest.raises(Problem):
        changes.undo(office, change)
    assert everything(office) == before
