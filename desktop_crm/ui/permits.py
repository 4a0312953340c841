"""What the window offers to whoever works here: nothing that their role may not do. `privacy.rights` decides.

What is not allowed is absent, not grey: a screen, a line of the settings, an action, a button says here what it needs.
"""

from __future__ import annotations

from typing import Final

from desktop_crm.privacy.rights import Deed, Right, Rights
from desktop_crm.records.declare import Part

SEE_REQUESTS: Final[Right] = (Deed.VIEW, Part.REQUESTS)
SEE_RULES: Final[Right] = (Deed.VIEW, Part.RULES)
SEE_LOG: Final[Right] = (Deed.VIEW, Part.LOG)
SEE_PEOPLE: Final[Right] = (Deed.VIEW, Part.PEOPLE)
SEE_COPIES: Final[Right] = (Deed.VIEW, Part.COPIES)
SEE_CONSENTS: Final[Right] = (Deed.VIEW, Part.CONSENTS)
SEE_CONTACTS: Final[Right] = (Deed.VIEW, Part.CONTACTS)
SEE_PURCHASES: Final[Right] = (Deed.VIEW, Part.PURCHASES)
CHANGE_CONTACTS: Final[Right] = (Deed.CHANGE, Part.CONTACTS)
TAKE_OUT_LISTS: Final[Right] = (Deed.ERASE, Part.CONTACTS)
CHANGE_NOTES: Final[Right] = (Deed.CHANGE, Part.NOTES)
CHANGE_PURCHASES: Final[Right] = (Deed.CHANGE, Part.PURCHASES)
CHANGE_CONSENTS: Final[Right] = (Deed.CHANGE, Part.CONSENTS)
CHANGE_REQUESTS: Final[Right] = (Deed.CHANGE, Part.REQUESTS)
CHANGE_RULES: Final[Right] = (Deed.CHANGE, Part.RULES)
CHANGE_SHOP: Final[Right] = (Deed.CHANGE, Part.SHOP)
CHANGE_COPIES: Final[Right] = (Deed.CHANGE, Part.COPIES)
CHANGE_PEOPLE: Final[Right] = (Deed.CHANGE, Part.PEOPLE)
MAKE_LISTS: Final[tuple[Right, ...]] = (SEE_CONSENTS, SEE_CONTACTS, (Deed.EXPORT, Part.CONTACTS))
HAND_OUT_LOG: Final[Right] = (Deed.EXPORT, Part.LOG)

WHOLE: Final[tuple[Right, ...]] = tuple(
    (Deed.VIEW, part) for part in Part if part not in {Part.PEOPLE, Part.COPIES, Part.SHOP}
)
"""What a paper about the whole of a person is made from; with less it would be incomplete, and is not made."""
MAKE_PAPERS: Final[tuple[Right, ...]] = (*WHOLE, CHANGE_REQUESTS, (Deed.EXPORT, Part.REQUESTS))
ERASE_BY_RULE: Final[tuple[Right, ...]] = (*WHOLE, (Deed.ERASE, Part.RULES), (Deed.ERASE, Part.REQUESTS))
ERASE: Final[tuple[Right, ...]] = (*WHOLE, CHANGE_REQUESTS, (Deed.ERASE, Part.REQUESTS))


def may(rights: Rights, *wanted: Right) -> bool:
    """Whether all of this is allowed."""
    return rights.issuperset(wanted)
