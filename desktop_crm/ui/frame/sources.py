"""What palette and sidebar ask the services. Everything here runs on worker threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop_crm.cheap import fixed
from desktop_crm.services import listing
from desktop_crm.services.due import due_counts
from desktop_crm.services.listing import ListRow
from desktop_crm.services.office import Office
from desktop_crm.ui.frame.palette_rows import MOST_PEOPLE, Hit
from desktop_crm.ui.frame.sidebar import Mark
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.permits import SEE_REQUESTS, may
from desktop_crm.words import M


@fixed
class Sources:
    """People by what was typed, people opened last, those of this session first, and the numbers beside screens."""

    find: Callable[[Office, str], Sequence[Hit]]
    last: Callable[[Office, Sequence[bytes]], Sequence[Hit]]
    marks: Callable[[Office], Mapping[str, Mark]]


def find_people(office: Office, text: str) -> list[Hit]:
    """The first people that fit what was typed."""
    return people(office, listing.search(office, text, limit=MOST_PEOPLE))


def people(office: Office, ids: Sequence[bytes]) -> list[Hit]:
    """These people, those who are still here."""
    return [_hit(row) for row in listing.rows(office, ids)]


def opened_last(office: Office, ids: Sequence[bytes]) -> list[Hit]:
    """Who was opened in this session, by their ids; where nobody was, who was opened before."""
    from desktop_crm.services import today

    return people(office, ids or [one.person for one in today.opened_last(office)])


def _hit(row: ListRow) -> Hit:
    return Hit(row.id, row.name, row.tag.text if row.tag is not None else row.line)


def marks(office: Office) -> dict[str, Mark]:
    """How many requests are open, and how much waits for a yes."""
    if not may(office.who.rights, SEE_REQUESTS):
        return {}
    due = due_counts(office)
    asked, late = len(due.answers), due.answers_within(-1, office.today())
    return {
        "requests": Mark(asked, Tone.DANGER if late else Tone.WARNING, M("{n} open", "{n} open", n=asked)),
        "keeping": Mark(due.waiting, Tone.NEUTRAL, M("{n} waits for your yes", "{n} wait for your yes", n=due.waiting)),
    }


SERVICES = Sources(find_people, opened_last, marks)
