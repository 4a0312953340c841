"""Said once answers are recorded, however they were given."""

from __future__ import annotations

from functools import partial

from desktop_crm.ui.asking.receipt import give_receipt
from desktop_crm.ui.desk import Desk
from desktop_crm.words import M


def tell_recorded(desk: Desk, person: bytes, number: int) -> None:
    """Say how many, with the receipt to be given."""
    said = desk.say(M("{n} answer is recorded.", "{n} answers are recorded.", n=number))
    desk.toast(said, act=desk.say(M("Receipt …")), then=partial(give_receipt, desk, person))
