"""The screens in the order of the sidebar."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.cheap import fixed
from desktop_crm.privacy.rights import Right
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.words import M


@fixed
class ScreenEntry:
    """One line of the sidebar, for roles with these rights. `make` imports the screen when it is first visited."""

    key: str
    label: M
    icon: str
    group: int
    make: Callable[[Desk], Screen]
    rights: tuple[Right, ...] = ()


def _today(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.today import Today

    return Today(desk)


def _contacts(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.contacts import Contacts

    return Contacts(desk)


def _requests(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.requests import Requests

    return Requests(desk)


def _permission(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.permission import Permission

    return Permission(desk)


def _keeping(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.keeping import Keeping

    return Keeping(desk)


def _papers(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.papers import Papers

    return Papers(desk)


def _log(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.log import ActivityLog

    return ActivityLog(desk)


def _settings(desk: Desk) -> Screen:
    from desktop_crm.ui.screens.settings import Settings

    return Settings(desk)


SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry("today", M("Today"), "sun", 0, _today, (permits.SEE_CONTACTS,)),
    ScreenEntry("contacts", M("Contacts"), "users", 0, _contacts, (permits.SEE_CONTACTS,)),
    ScreenEntry("requests", M("Copy or erase"), "inbox", 0, _requests, (permits.SEE_REQUESTS,)),
    ScreenEntry("permission", M("Permission"), "pen", 0, _permission, (permits.SEE_CONSENTS,)),
    ScreenEntry("keeping", M("Keeping times"), "clock", 1, _keeping, (permits.SEE_RULES,)),
    ScreenEntry("papers", M("Papers"), "file", 1, _papers, (permits.SEE_REQUESTS,)),
    ScreenEntry("log", M("Activity log"), "list", 1, _log, (permits.SEE_LOG,)),
    ScreenEntry("settings", M("Settings"), "gear", 2, _settings),
)
