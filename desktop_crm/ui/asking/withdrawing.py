"""Taking a permission back: as easy as giving it, and effective at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import consents
from desktop_crm.ui.asking.receipt import give_receipt
from desktop_crm.ui.desk import Desk
from desktop_crm.words import M


def withdraw(
    desk: Desk,
    person: bytes,
    code: str,
    *,
    how: ConsentHow = ConsentHow.NOT_NOTED,
    then: Callable[[], None] = lambda: None,
) -> None:
    """Take a person's permission for a purpose back. There is no way to undo it: what was said stays on record."""

    def done(_: bytes) -> None:
        said = desk.say(M("Taken back from now on. This is on record; a new yes can be given at any time."))
        desk.toast(said, act=desk.say(M("Receipt …")), then=partial(give_receipt, desk, person, code))
        then()

    work = partial(consents.withdraw, desk.office, person, code, how=how)
    desk.courier.ask(desk.window, work, done, once=(withdraw, person, code))
