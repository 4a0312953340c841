"""What data is used for: purposes, the words people read, the privacy notice."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from desktop_crm.cli.answer import Answer, Block, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.privacy.fair_asking import PurposeForm
from desktop_crm.services import purpose_editing, purposes
from desktop_crm.services.purpose_editing import NoticeOf
from desktop_crm.services.purposes import PurposeCard, WordsOf
from desktop_crm.words import M, Problem

_LARGEST = 100_000


def purpose_list(call: Call) -> Answer:
    """`purpose list`."""
    cards = purposes.cards(call.office)
    heads = (
        M("Code"),
        M("What it is for"),
        M("Why we may"),
        M("By which way"),
        M("In use"),
        M("Words"),
        M("Ask again"),
    )
    return Answer([_data(card) for card in cards], (Table(heads, [_row(card) for card in cards]),))


def _data(one: PurposeCard | WordsOf | NoticeOf) -> dict[str, Any]:
    found = {field.name: getattr(one, field.name) for field in fields(one)}
    return found | {"words": [_data(words) for words in one.words]} if isinstance(one, PurposeCard) else found


def _row(card: PurposeCard) -> tuple[Cell, ...]:
    state = M("on offer") if card.offered else M("yes") if card.active else M("no")
    words = ", ".join(f"{one.language} v{one.version}" for one in card.words if one.current)
    return (card.code, card.name, card.basis, card.channel, state, words, card.uncovered or None)


def purpose_add(call: Call) -> Answer:
    """`purpose add`."""
    form = PurposeForm(
        name=call["name"],
        what_for=call["what_for"],
        basis=call["basis"],
        kind=call["kind"],
        channels=(call["channel"],),
        valid_days=call["days"],
        recipients=call["recipients"],
        balancing=call["balancing"],
        special=call["special"],
        data=tuple(call["needs"]),
        texts={_language(call): _text(call["file"])} if call["file"] else {},
    )
    code = purpose_editing.add_purpose(call.office, form)
    return Answer({"code": code}, (Facts([(M("Code"), code)]),), (M("The purpose is in use from now on."),))


def purpose_use(call: Call) -> Answer:
    """`purpose use`."""
    purposes.turn(call.office, call["code"], on=not call["off"])
    said = M("Data is used for this no more.") if call["off"] else M("The purpose is in use from now on.")
    return Answer({"code": call["code"], "in_use": not call["off"]}, said=(said,))


def purpose_wording(call: Call) -> Answer:
    """`purpose wording`."""
    code, language = call["code"], _language(call)
    if call["file"] is None:
        if call["means_something_else"]:
            raise Problem(M("There are no new words."), todo=M("Give them with --file FILE."))
        return _words(call, code)
    version = purpose_editing.reword(
        call.office, code, language, _text(call["file"]), means_else=call["means_something_else"]
    )
    again = len(purposes.no_longer_covered(call.office, code))
    said: list[M] = []
    if call["means_something_else"]:
        said.append(M("{n} person has to be asked again.", "{n} people have to be asked again.", n=again))
        said.append(M("Nobody is asked in a language whose words are older: please put them anew, too."))
    return Answer(
        {"code": code, "language": language, "version": version, "ask_again": again},
        (Facts([(M("Version"), version)]),),
        tuple(said),
    )


def _words(call: Call, code: str) -> Answer:
    entry = purpose_editing.purpose_entry(call.office, code)
    chosen = [one for one in entry.words if call["language"] in (None, one.language)]
    shown: list[Block] = []
    for one in chosen:
        old = M("not asked with: the question means something else by now")
        rows: list[tuple[M, Cell]] = [(M("Language"), one.name), (M("Version"), one.version), (M("Since"), one.since)]
        shown += [Facts(rows if one.current else [*rows, (M("Old words"), old)]), one.text]
    none = () if chosen else (M("There are no words for this in the chosen language."),)
    return Answer([_data(one) for one in chosen], tuple(shown), none)


def purpose_notice(call: Call) -> Answer:
    """`purpose notice`."""
    if call["file"] is not None:
        language = _language(call)
        version = purpose_editing.renew_notice(call.office, language, _text(call["file"]))
        return Answer({"language": language, "version": version}, (Facts([(M("Version"), version)]),))
    found = [one for one in purpose_editing.notices(call.office) if call["language"] in (None, one.language)]
    shown: list[Block] = []
    for one in found:
        shown += [
            Facts([(M("Language"), one.language), (M("Version"), one.version), (M("Since"), one.since)]),
            one.text,
        ]
    return Answer([_data(one) for one in found], tuple(shown))


def _language(call: Call) -> str:
    return str(call["language"] or call.office.shop.language)


def _text(path: Path) -> str:
    """What a text file says. Raises Problem."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Problem(
            M("The file with the words cannot be read."),
            safe=M("Nothing was saved."),
            todo=M("Check its name, and that it is a text file in UTF-8."),
        ) from None
