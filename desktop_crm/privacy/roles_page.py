"""The page of roles and rights: what each ready-made role may do, and which records each part of the data holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_crm.privacy.rights import BY_CASE, READY_ROLES, Deed, ReadyRole, hidden
from desktop_crm.records.declare import Declaration, Part
from desktop_crm.words import Words

_HEAD = """# Roles and rights

What each ready-made role may do to each part of the data, and which records belong to a part. This page is generated
from `desktop_crm/privacy/rights.py` and the declarations in `desktop_crm/records` (`python -m desktop_crm.app.docs`);
a test compares the two, and `tests/privacy/test_roles.py` walks each role through every act and the command line.

A part that a role may not *view* is absent for it: in lists, counts, searches, on the line of time, in papers, on the
command line. What tells, hands out or erases **all** that is held of somebody (a copy of their data, data to take
along, an erasure and its preview, somebody brought back out of a safety copy), and the list of the invoices that the
law keeps, is refused to whoever does not view every part: half an answer would be a wrong one. What data is used for
is changed by whoever may change *rules*. The shop's own settings are viewed by every role. `owner` is also whoever
opens the file by the computer account, the one password or the recovery sheet.
"""
_DEEDS = "view, change, export (hand out), erase"


def roles_page(inventory: Iterable[Declaration]) -> str:
    """Roles, rights and parts as Markdown, in English."""
    words = Words("en")
    return "\n".join([_HEAD, *_roles(words), *_rights(), *_parts(list(inventory), words)]) + "\n"


def _roles(words: Words) -> Iterator[str]:
    yield "## Roles\n"
    yield "| role | called | for whom | code from the telephone | sees everything |"
    yield "|---|---|---|---|---|"
    for role in READY_ROLES.values():
        whole = "no" if hidden(role.rights) else "yes"
        asked = "always" if role.second_factor else "if wanted"
        yield f"| `{role.code}` | {words.say(role.title)} | {words.say(role.for_whom)} | {asked} | {whole} |"
    yield ""


def _rights() -> Iterator[str]:
    yield "## Rights\n"
    yield f"Deeds: {_DEEDS}. A dash: nothing.\n"
    yield f"| part | {' | '.join(READY_ROLES)} |"
    yield "|---|" + "---|" * len(READY_ROLES)
    for part in Part:
        yield f"| {part.value} | {' | '.join(_deeds(role, part) for role in READY_ROLES.values())} |"
    yield ""


def _deeds(role: ReadyRole, part: Part) -> str:
    may = ", ".join(deed.value for deed in Deed if (deed, part) in role.rights)
    by_case = " (view in an opened case)" if role.cases and part in BY_CASE else ""
    return f"{may or '–'}{by_case}"


def _parts(inventory: list[Declaration], words: Words) -> Iterator[str]:
    yield "## What belongs to a part\n"
    yield "| part | records |"
    yield "|---|---|"
    for part in Part:
        mine = ", ".join(words.say(told.plural) for told in inventory if told.part is part)
        yield f"| {part.value} | {mine or '–'} |"
