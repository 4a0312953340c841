"""The pages of the settings in their order, with the words under which each is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_crm.privacy.folding import fold
from desktop_crm.privacy.rights import Right
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.settings.about import AboutPane
from desktop_crm.ui.settings.background import BackgroundPane
from desktop_crm.ui.settings.copies import CopiesPane
from desktop_crm.ui.settings.files import FilesPane
from desktop_crm.ui.settings.health import HealthPane
from desktop_crm.ui.settings.log import LogPane
from desktop_crm.ui.settings.look import LookPane
from desktop_crm.ui.settings.me import MePane
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.settings.people import PeoplePane
from desktop_crm.ui.settings.places import PlacesPane
from desktop_crm.ui.settings.plain import KeepingPane, KeysPane
from desktop_crm.ui.settings.purposes import AskPane
from desktop_crm.ui.settings.safety import LockPane, SheetPane
from desktop_crm.ui.settings.shop import ShopPane
from desktop_crm.ui.settings.ways import WaysPane
from desktop_crm.words import M, Words


@dataclass(frozen=True, slots=True)
class PaneEntry:
    """One page, for those who may do what it needs. `found_by` are more words that people look for."""

    key: str
    label: M
    icon: str
    found_by: M
    make: Callable[[Desk], Pane]
    rights: tuple[Right, ...] = ()
    by_name: bool = False
    """Only for those who signed in by name."""

    def is_for(self, desk: Desk) -> bool:
        """Whether whoever works here has this page."""
        signed_in = desk.office.who.staff is not None
        return desk.may(*self.rights) and (signed_in or not self.by_name)

    def matches(self, typed: str, words: Words) -> bool:
        """Whether every word that was typed is found."""
        text = fold(f"{words.say(self.label)} {words.say(self.found_by)}")
        return all(word in text for word in fold(typed).split())


_SHOP, _ASKING = (permits.CHANGE_SHOP,), (permits.SEE_CONSENTS,)
_PEOPLE = (permits.CHANGE_PEOPLE,)
_RULES, _PLACES = (permits.SEE_RULES,), (permits.CHANGE_REQUESTS,)

PANES: tuple[PaneEntry, ...] = (
    PaneEntry("shop", M("Shop"), "building", M("name address phone email region country responsible"), ShopPane, _SHOP),
    PaneEntry("look", M("Look and language"), "sun", M("dark light contrast theme English German"), LookPane),
    PaneEntry("me", M("Your sign-in"), "user", M("my password code telephone spare role"), MePane, by_name=True),
    PaneEntry(
        "people",
        M("People and roles"),
        "users",
        M("staff colleagues rights owner manager invite remove case"),
        PeoplePane,
        (permits.SEE_PEOPLE,),
    ),
    PaneEntry("lock", M("Lock"), "lock", M("minutes idle close"), LockPane, _SHOP),
    PaneEntry("ask", M("What we ask"), "pen", M("purposes permission newsletter wording"), AskPane, _ASKING),
    PaneEntry(
        "keeping", M("Keeping times"), "clock", M("rules delete tidy up years"), KeepingPane, (permits.SEE_RULES,)
    ),
    PaneEntry(
        "places",
        M("Outside places"),
        "folder",
        M("order book mailbox newsletter tool erase"),
        PlacesPane,
        (permits.CHANGE_REQUESTS,),
    ),
    PaneEntry("sheet", M("Recovery sheet"), "key", M("lost key password new sheet print"), SheetPane, _PEOPLE),
    PaneEntry(
        "copies",
        M("Safety copies"),
        "box",
        M("stick backup disk bring back lost broken restore"),
        CopiesPane,
        (permits.SEE_COPIES,),
    ),
    PaneEntry(
        "computer",
        M("Computer and file check"),
        "monitor",
        M("disk encryption screen clock space damage updates doctor"),
        HealthPane,
    ),
    PaneEntry("log", M("Activity log"), "list", M("months who looked notice staff tidy"), LogPane, (permits.SEE_LOG,)),
    PaneEntry("files", M("Where everything lies"), "file", M("folder files size encrypted place example"), FilesPane),
    PaneEntry("ways", M("Ways in"), "unlock", M("password account change the lock key open remove"), WaysPane, _PEOPLE),
    PaneEntry("background", M("Background"), "bell", M("sign tray notices schedule daily look"), BackgroundPane),
    PaneEntry("keys", M("Keyboard shortcuts"), "help", M("Ctrl Alt keys without mouse"), KeysPane),
    PaneEntry("about", M("About and licences"), "info", M("version Qt LGPL fonts libraries"), AboutPane),
)
