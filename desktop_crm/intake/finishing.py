"""The last step of every draft, from a table or a card: the display name, and what a person should look at."""

from __future__ import annotations

from desktop_crm.intake import reasons
from desktop_crm.intake.names import display_name, same_words
from desktop_crm.intake.person import LeftOut, PersonDraft
from desktop_crm.words import M


def finish(
    draft: PersonDraft,
    left_out: list[LeftOut],
    faults: list[M],
    notes: list[str],
    tags: list[str],
    *,
    named: bool = True,
) -> PersonDraft:
    """Completes a draft whose values are all read; `named` says whether the list has names at all."""
    _name(draft, faults, named=named)
    if not draft.reachable:
        faults.append(reasons.NO_REACH)
    if notes:
        draft.notes = tuple(notes)
    if tags:
        draft.tags = tuple(tags)
    if left_out:
        draft.left_out = tuple(left_out)
    if faults:
        draft.faults = tuple(dict.fromkeys(faults))
    return draft


def _name(draft: PersonDraft, faults: list[M], *, named: bool) -> None:
    """The name given as a whole stays where it says something that its parts do not."""
    composed = display_name(draft.given, draft.middle, draft.family)
    if draft.name:
        parts = (draft.prefix, draft.given, draft.middle, draft.family, draft.suffix)
        if composed and (same_words(draft.name, *parts) or same_words(draft.name, draft.given, draft.family)):
            draft.name = composed
        return
    draft.name = composed or draft.company or draft.nickname or ""
    if draft.name:
        return
    if draft.emails:
        draft.name = draft.emails[0].value
        if named:
            faults.append(reasons.NAME_IS_EMAIL)
    else:
        faults.append(reasons.NO_NAME)
