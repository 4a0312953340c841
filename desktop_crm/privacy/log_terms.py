"""How long lines of the activity log are kept: ordinary ones by the shop's choice, those of safety and erasure longer.

The lines are personal data of those who work here, too: what is no longer needed as evidence goes.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from desktop_crm.records.audit import LogCheckpoint, Verb

LEAST_MONTHS = 6
USUAL_MONTHS = 12
MOST_MONTHS = 36
"""Also how long lines of safety and erasure are kept, whatever was chosen for the others."""
_LASTING = frozenset({Verb.ERASE, Verb.SET_UP, Verb.SIGN_IN, Verb.EXPORT, Verb.BACK_UP})
_KEYS = frozenset({"set_password", "keep_key_here", "remove_way", "change_lock"})
_PEOPLE = frozenset({"add_person", "change_role", "set_until", "reset_password", "remove_person", "drop_second_factor"})
_ROLES = frozenset({"save_role", "remove_role", "open_case", "close_case"})
_LASTING_ACTS = (
    _KEYS | _PEOPLE | _ROLES | {"prune", "put", "change_shop", "choose_months", "undo_import", "put_off_sheet"}
)


def is_lasting(act: str, verb: str) -> bool:
    """Whether a line tells of safety (who came in, keys, settings, what was handed out) or of an erasure."""
    return verb in _LASTING or act in _LASTING_ACTS


def cut_off(now: datetime, months: int) -> datetime:
    """The same day of the month so many months before, or the last one of a shorter month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def proves_due(one: LogCheckpoint) -> bool:
    """Whether the newest lines of a tidied stretch were old enough on the day on which they went."""
    terms = ((one.newest_ordinary, one.ordinary, one.months), (one.newest_lasting, one.lasting, MOST_MONTHS))
    return LEAST_MONTHS <= one.months <= MOST_MONTHS and all(
        newest is not None and newest < cut_off(one.made_at, months) if number else newest is None
        for newest, number, months in terms
    )
