"""How people and roles are told on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_crm.services.staff import Colleague
from desktop_crm.ui.desk import Desk
from desktop_crm.words import M


def title_of(desk: Desk, title: M | str) -> str:
    """The title of a role, or the name of a person: in our words, or in those of the shop."""
    return desk.say(title) if isinstance(title, M) else title


def line_of(desk: Desk, one: Colleague) -> str:
    """Role, and until when."""
    return " · ".join(_parts(desk, one))


def _parts(desk: Desk, one: Colleague) -> Iterator[str]:
    yield title_of(desk, one.role_title)
    if one.outside:
        yield desk.say(M("from outside"))
    if one.left_on is not None:
        yield desk.say(M("left on {day}", day=one.left_on))
    elif one.until is not None:
        over = one.until < desk.office.today()
        yield desk.say(M("until {day}, which is over", day=one.until) if over else M("until {day}", day=one.until))
