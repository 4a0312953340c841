"""What a role may do, in plain words: deeds and parts, and which deeds there are of which part."""

from __future__ import annotations

from typing import Final

from desktop_crm.privacy.rights import Deed, Right
from desktop_crm.records.declare import Part
from desktop_crm.words import M

DEEDS: Final[dict[Deed, M]] = {
    Deed.VIEW: M("see"),
    Deed.CHANGE: M("change"),
    Deed.EXPORT: M("hand out"),
    Deed.ERASE: M("erase"),
}
PARTS: Final[dict[Part, M]] = {
    Part.CONTACTS: M("Contacts and tasks"),
    Part.NOTES: M("Notes and events"),
    Part.PURCHASES: M("Purchases and deliveries"),
    Part.SENSITIVE: M("Very private details"),
    Part.CONSENTS: M("Permissions"),
    Part.REQUESTS: M("Copies of data and erasures"),
    Part.RULES: M("Keeping times and purposes"),
    Part.LOG: M("Activity log"),
    Part.PEOPLE: M("People and roles"),
    Part.COPIES: M("Safety copies"),
    Part.SHOP: M("Shop, settings and lock"),
}
_BOTH = (Deed.VIEW, Deed.CHANGE)
_OF: Final[dict[Part, tuple[Deed, ...]]] = {
    Part.CONTACTS: tuple(Deed),
    Part.REQUESTS: tuple(Deed),
    Part.RULES: (*_BOTH, Deed.ERASE),
    Part.LOG: (Deed.VIEW, Deed.EXPORT),
    Part.PEOPLE: (*_BOTH, Deed.EXPORT),
}
MEANT: Final[frozenset[Right]] = frozenset((deed, part) for part in Part for deed in _OF.get(part, _BOTH))
"""Every right that some act needs; what it does not name, nobody can do."""
NEEDED: Final[frozenset[Right]] = frozenset({(Deed.VIEW, Part.CONTACTS), (Deed.VIEW, Part.SHOP)})
"""Without these a role could not even come in."""
