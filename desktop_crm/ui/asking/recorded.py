"""Said once answers are recorded, however they were given."""

from __future__ import annotations

from desktop_crm.ui.desk import Desk
from desktop_crm.words import M


def tell_recorded(desk: Desk, person: bytes, number: int) -> None:
    """Say how many, with a way to what was recorded."""
    said = desk.say(M("{n} answer is recorded.", "{n} answers are recorded.", n=number))
    desk.toast(said, act=desk.say(M("Look")), then=lambda: desk.go("permission", person=person))
