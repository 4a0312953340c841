"""What can be done for a person from their page and from anywhere: by the keys of `ui.actions`."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.ui.desk import Desk


def do_for(desk: Desk, key: str, person: bytes) -> None:
    """Do an act for a person. KeyError for one that is not known."""
    _ACTS[key](desk, person)


def _note(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.forms.happenings import open_note

    open_note(desk, person)


def _call(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.forms.happenings import open_call

    open_call(desk, person)


def _task(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.forms.happenings import open_task

    open_task(desk, person)


def _order(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.forms.happenings import open_order

    open_order(desk, person)


def _edit(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.forms.person import open_person_form

    open_person_form(desk, person)


def _ask(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.asking.dialog import open_asking

    open_asking(desk, person)


def _copy(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.requests.start import give_copy

    give_copy(desk, person)


def _erase(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.erasing.sheet import open_erasing

    open_erasing(desk, person)


def _case(desk: Desk, person: bytes) -> None:
    from desktop_crm.ui.people.case import open_case

    open_case(desk, person)


def _log(desk: Desk, person: bytes) -> None:
    desk.go("log", person=person)


_ACTS: dict[str, Callable[[Desk, bytes], None]] = {
    "note": _note,
    "call": _call,
    "task": _task,
    "order": _order,
    "edit": _edit,
    "permission.ask": _ask,
    "copy.give": _copy,
    "erase": _erase,
    "log": _log,
    "case": _case,
}
