"""Safety copies: make, list, check, bring back."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop_crm.cli.answer import Answer, Block, Cell, Facts, Table
from desktop_crm.cli.beginning import code_from, trusted_keystore
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.cli.locale_names import country_of
from desktop_crm.host.ids import parse_id
from desktop_crm.host.keystore import KeyStore
from desktop_crm.host.zone import usual_zone
from desktop_crm.records.safety_copy import CopyCheck, CopyKind
from desktop_crm.services import bringing_back, copies, copies_page, copy_box, one_person, resealing, settings
from desktop_crm.services.bringing_back import Present, Ready, WaysIn
from desktop_crm.services.copies_page import CopyView
from desktop_crm.services.copy_box import Access, Tell
from desktop_crm.services.one_person import Entry, Return
from desktop_crm.services.passwords import keys_alone
from desktop_crm.services.signs import dotted
from desktop_crm.vault import container, opening, swapping
from desktop_crm.vault.copy_problems import OtherShop
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.words import Exit, M, Problem, Words

_CHECKS = {
    CopyCheck.NOT_YET: M("not yet"),
    CopyCheck.FINE: M("whole"),
    CopyCheck.DAMAGED: M("damaged"),
}
_MAKING = M("Making the safety copy")
_OPENING = M("Opening the safety copy")


def backup_create(call: Call) -> Answer:
    """`backup create`."""
    office = call.office
    to: Path | None = call["to"]
    if to is None:
        chosen = settings.get(office, settings.COPIES_FOLDER)
        if not chosen:
            raise usage(M("It is not known where to."), M("Give the folder or stick with --to."))
        to = Path(chosen)
    to = to.absolute()
    if call["every_day"]:
        settings.put(office, settings.COPIES_FOLDER, str(to))
    with call.terminal.progress(_MAKING) as bar:
        row = copies.make_copy(office, to, tell=bar)
    said = [M("The safety copy was opened and is whole."), *copies_page.place_said(to, call.folder.path)]
    if not row.for_sheet:
        said.append(_NOT_FOR_SHEET)
    path = to / row.file_name
    data = {"copy": row.id, "file": path, "size": row.size, "made_at": row.made_at, "opens_with_sheet": row.for_sheet}
    return Answer(data, (Facts([(M("Safety copy"), path), (M("Number"), row.id)]),), tuple(said))


_NOT_FOR_SHEET = M(
    "It opens on this computer only: the recovery sheet is older than safety copies. Make a new sheet in the window, "
    "or open once with the sheet: recover --code-file FILE."
)


def backup_list(call: Call) -> Answer:
    """`backup list`."""
    page = copies_page.copies_page(call.office)
    closed = [one.row for one in page.copies if one.row.kind is CopyKind.COPY and not one.row.for_sheet]
    rows: list[tuple[Cell, ...]] = [
        (
            one.row.made_at,
            M("kept aside") if one.row.kind is CopyKind.SET_ASIDE else M("safety copy"),
            str(one.file),
            M("yes") if one.here else M("no"),
            _CHECKS[one.row.result],
            one.row.checked_at,
            one.until,
            one.erased or "",
            one.row.id,
        )
        for one in page.copies
    ]
    heads = (
        M("Made"),
        M("What"),
        M("File"),
        M("To be reached"),
        M("Found to be"),
        M("Checked"),
        M("Goes by"),
        M("Erased since"),
        M("Number"),
    )
    said = [one.still_holds for one in page.copies if one.still_holds is not None]
    if page.for_sheet and (left := resealing.said_of(closed)) is not None:
        said.append(left)
    if page.folder is not None and not page.folder_here:
        said.append(M("The folder for every day, “{folder}”, cannot be reached just now.", folder=str(page.folder)))
    if not page.copies:
        said.append(M("There is no safety copy yet."))
    data = {
        "folder": page.folder,
        "last": page.last,
        "tested": page.tested,
        "copies": [_copy_data(one) for one in page.copies],
    }
    return Answer(data, (Table(heads, rows),), tuple(dict.fromkeys(said)))


def _copy_data(one: CopyView) -> dict[str, Any]:
    return {
        "copy": one.row.id,
        "kind": one.row.kind,
        "made_at": one.row.made_at,
        "file": one.file,
        "size": one.row.size,
        "here": one.here,
        "has_key": one.has_key,
        "opens_with_sheet": one.row.for_sheet,
        "check": one.row.result,
        "checked_at": one.row.checked_at,
        "last_seen": one.row.last_seen,
        "erased_since": one.erased,
        "goes_by": one.until,
    }


def backup_verify(call: Call) -> Answer:
    """`backup verify`."""
    with _reached(call) as (access, _), call.terminal.progress(_OPENING) as bar:
        folder = call.folder if call.folder.path.is_dir() else VaultFolder(access.file.parent)
        with copy_box.work_folder(folder.path / swapping.LOOKING) as work:
            manifest = copy_box.proved(access, work, bar)
    rows = sum(manifest.counts.values())
    data = {"whole": True, "made_at": _moment(access), "rows": rows, "counts": dict(manifest.counts)}
    shown: list[tuple[M, Cell]] = [
        (M("Made"), _moment(access)),
        (M("Rows"), rows),
        (M("Contacts"), manifest.counts.get("contact", 0)),
    ]
    return Answer(data, (Facts(shown),), (M("The safety copy was opened: it is whole."),))


def _moment(access: Access) -> Cell:
    from datetime import datetime

    return datetime.fromisoformat(access.label.made_at)


def backup_restore(call: Call) -> Answer:
    """`backup restore`."""
    into: Path | None = call["into"]
    if into is not None and call["in_place"]:
        raise usage(M("Only one of both: --into or --in-place."))
    if into is None and not call["in_place"]:
        raise usage(M("Say where to: into an empty folder with --into, or --in-place."))
    if into is not None:
        _require_empty(into)
    with _reached(call, into) as (access, present):
        target = VaultFolder(into.absolute()) if into is not None else swapping.ready_folder(call.folder)
        if into is None:
            swapping.sweep(call.folder)
        ways = _ways(call, present)
        with call.terminal.progress(_OPENING) as bar:
            ready = _made_ready(call, access, target, present, ways, bar)
        keystore = ways.keystore if present.keys is None and ways is not None else _store_or_none(call)
    call.close()
    if into is None and ready.over and not call["yes"]:
        swapping.sweep(call.folder)
        unsaid = M("Nothing was replaced yet: if this is right, add --yes.")
        return _restored(call, ready, into, (unsaid,), Exit.REFUSED)
    if into is None:
        call.must_finish = True
        bringing_back.put_in_place(call.folder, clock=call.clock, keystore=keystore)
    return _restored(call, ready, into, (*_with_password(ways), _placed(into, over=ready.over)), Exit.DONE)


def _require_empty(into: Path) -> None:
    if VaultFolder(into).state() is State.NOTHING and into.is_dir() and any(into.iterdir()):
        raise Problem(
            M("The folder “{folder}” is not empty.", folder=str(into)),
            safe=M("Nothing was changed."),
            todo=M("Choose an empty one for the customer file that comes back."),
        )


def _made_ready(
    call: Call, access: Access, target: VaultFolder, present: Present, ways: WaysIn | None, bar: Tell
) -> Ready:
    named: str | None = call["replace_other_shop"]
    try:
        return bringing_back.make_ready(access, target, present, ways, clock=call.clock, tell=bar, other_shop=named)
    except OtherShop as problem:
        todo = M(
            "Bring it back into a folder of its own with --into. If it is to take the place here: --replace-other-shop "
            "“{shop}”",
            shop=problem.shop,
        )
        raise Problem(problem.what, safe=problem.safe, todo=todo, code=problem.code) from None


def _with_password(ways: WaysIn | None) -> tuple[M, ...]:
    if ways is None or ways.passphrase is None:
        return ()
    return (M("It opens with the password that was given now, and with the recovery sheet."),)


def _restored(call: Call, ready: Ready, into: Path | None, said: Sequence[M], code: Exit) -> Answer:
    place = call.folder.path if into is None else into
    facts: list[tuple[M, Cell]] = [
        (M("Customer file"), place),
        (M("As it was on"), ready.made_at),
        (M("Contacts"), ready.people),
        (M("Erased again"), ready.replayed.people),
    ]
    blocks: list[Block] = [Facts(facts)]
    if ready.differences:
        heads = (M("What"), M("comes back"), M("is other"), M("is missing then"))
        rows = [(one.what, one.added, one.changed, one.missing) for one in ready.differences]
        blocks.append(Table(heads, rows))
    elif ready.differences is not None:
        said = (M("It is the same as what is here now."), *said)
    data = {
        "data_dir": place,
        "made_at": ready.made_at,
        "contacts": ready.people,
        "erased_again": ready.replayed.people,
        "found": ready.replayed.found,
        "in_place": into is None,
        "done": code is Exit.DONE,
        "differences": [
            {"record": one.record, "added": one.added, "changed": one.changed, "missing": one.missing}
            for one in ready.differences or ()
        ],
    }
    return Answer(data, tuple(blocks), (*bringing_back.said_of(ready), *said), code)


def _placed(into: Path | None, *, over: bool) -> M:
    if into is None and not over:
        return M("It is the customer file here from now on.")
    if into is None:
        return M("It took the place of the customer file. The earlier one is kept aside in the same folder.")
    return M("The present customer file was not touched. Open this one with --data-dir.")


def backup_person(call: Call) -> Answer:
    """`backup person`."""
    office = call.office
    with _reached(call) as (access, _), call.terminal.progress(_OPENING) as bar:
        found = one_person.look_in_copy(office, access, " ".join(call["text"]), tell=bar)
        one = _the_one(found)
        only, also = _entries(call["entry"]), call["also_changed"]
        one = one.alone(only) if only is not None else one
        nothing = _nothing_said(one, also_other=also or only is not None)
        if nothing is not None:
            return _returned(one, (), nothing, Exit.DONE)
        entries = one_person.entries_in_copy(office, one)
        if not call["yes"]:
            unsaid = M("Nothing was brought back yet: if this is right, add --yes.")
            return _returned(one, entries, unsaid, Exit.REFUSED)
        done = one_person.bring_back_person(office, access, one.person, also_other=also, only=only, tell=bar)
        return _returned(done, entries, M("Brought back."), Exit.DONE, done=True)


def _entries(typed: Sequence[str] | None) -> frozenset[bytes] | None:
    """The entries that are meant, if only some are. Raises Problem."""
    if not typed:
        return None
    keys = [parse_id(one) for one in typed]
    found = frozenset(key for key in keys if key is not None)
    if None in keys:
        raise usage(M("One of these is not the number of an entry."), M("Without --yes the numbers are shown."))
    return found


def _nothing_said(one: Return, *, also_other: bool) -> M | None:
    """Where there is nothing that could come back."""
    if one.rows or (one.other and also_other):
        return None
    if one.other:
        return M("Nothing of theirs is missing here. What is other stays as it is now, unless you add --also-changed.")
    return M("Nothing of theirs is missing here, and nothing is other.")


def _returned(one: Return, entries: Sequence[Entry], said: M, code: Exit, *, done: bool = False) -> Answer:
    rows: list[tuple[Cell, ...]] = [(what, number, "") for what, number in one.parts]
    rows += [(what, "", number) for what, number in one.other_parts]
    data = {
        "person": one.person,
        "here": one.is_here,
        "comes_back": sum(number for _, number in one.parts),
        "other": sum(number for _, number in one.other_parts),
        "done": done,
        "entries": [{"id": e.key, "record": e.kind, "says": e.values, "here": e.is_here} for e in entries],
    }
    table = Table((M("What"), M("comes back"), M("is other")), rows)
    lines: list[tuple[Cell, ...]] = [(e.key, e.kind, dotted(e.values), e.is_here) for e in entries]
    each = Table((M("Number"), M("What"), M("What it says"), M("is other")), lines)
    return Answer(data, (Facts([(M("Name"), one.name)]), table, each), (said,), code)


def _the_one(found: Sequence[Return]) -> Return:
    if len(found) == 1:
        return found[0]
    if not found:
        raise Problem(M("Nobody in the safety copy is found by these words."))
    raise Problem(
        M("{n} person is found by these words.", "{n} people are found by these words.", n=len(found)),
        todo=M("Please give more of the name, or an email address."),
    )


def backup_expire(call: Call) -> Answer:
    """`backup expire`."""
    keys = [parse_id(one) for one in call["copies"]]
    chosen = [key for key in keys if key is not None]
    if len(chosen) < len(keys):
        raise usage(M("One of these is not the number of a safety copy."), M("The list shows the numbers."))
    if not call["yes"]:
        rows = [copies.row_of(call.office, one) for one in chosen]
        return Answer(
            {"expired": 0, "copies": [row.id for row in rows]},
            said=(M("Nothing was destroyed yet. This cannot be undone: if these are the right ones, add --yes."),),
            code=Exit.REFUSED,
        )
    number = copies.expire(call.office, chosen)
    return Answer({"expired": number}, (Facts([(M("Destroyed"), number)]),))


@contextlib.contextmanager
def _reached(call: Call, into: Path | None = None) -> Iterator[tuple[Access, Present]]:
    """The safety copy with its keys, by the sheet if a code is given, and the present file as far as there is one."""
    file: Path = call["file"].absolute()
    code = code_from(call["code_file"]) if call["code_file"] is not None else None
    if code is not None:
        _tell_time_as_here(call)
        access = copy_box.with_sheet(file, code)
        yield access, _present(call, access, code) or Present(VaultFolder(into or call.folder.path))
        return
    label = container.read_label(file)
    present = _present(call, None, None)
    if present is None or present.keys is None:
        raise _no_file_here()
    access = copy_box.with_keys(file, present.folder, present.keys)
    assert access.label == label  # noqa: S101 - read twice, a moment apart
    yield access, present


def _tell_time_as_here(call: Call) -> None:
    """Until a customer file is open, which knows the shop's zone, that of this computer serves."""
    zone = usual_zone(call.clock, country_of(os.environ) or "")
    call.terminal.words = Words(call.terminal.words.language, zone)


def _present(call: Call, access: Access | None, code: str | None) -> Present | None:
    """The customer file that is here; None where there is none, or only one of other people."""
    folder = call.folder
    if folder.state() not in (State.COMPLETE, State.DATABASE_MISSING, State.DATABASE_EMPTIED):
        return None
    if access is not None and folder.headers()[0].vault_id != access.label.vault_id:
        return None
    if folder.state() is State.COMPLETE and code is None:
        try:
            return Present(folder, call.office, call.office.keys)
        except Problem as problem:
            if problem.code is not Exit.DAMAGED:
                raise
    elif folder.state() is State.COMPLETE and _password_fits(call):
        with contextlib.suppress(Problem):
            return Present(folder, call.office, call.office.keys)
    return Present(folder, None, _keys_alone(call, code), by_sheet=code is not None)


def _password_fits(call: Call) -> bool:
    """With the sheet, a password may be meant for the file that comes back: then it is no wrong attempt here."""
    passphrase = call.passphrase()
    if passphrase is None:
        return True
    with contextlib.suppress(Problem):
        opening.open_with_passphrase(call.folder, passphrase).drop()
        return True
    return False


def _keys_alone(call: Call, code: str | None) -> Keys | None:
    passphrase = None if code is not None else call.passphrase()
    try:
        return keys_alone(
            call.folder, keystore=_store_or_none(call), passphrase=passphrase, code=code, clock=call.clock
        )
    except Problem:
        if code is None:
            raise
        # The copy opens with this sheet all the same; the key file here is for another one.
        return None


def _store_or_none(call: Call) -> KeyStore | None:
    with contextlib.suppress(Problem):
        return call.usual_keystore()
    return None


def _ways(call: Call, present: Present) -> WaysIn | None:
    """None where the key file that is here serves as it is."""
    if call["code_file"] is None:
        return None
    passphrase = call.passphrase()
    if present.keys is not None and passphrase is None:
        return None
    keystore = trusted_keystore() if passphrase is None else None
    return WaysIn(code_from(call["code_file"]), keystore, passphrase)


def _no_file_here() -> Problem:
    return Problem(
        M("There is no customer file here whose key would open this safety copy."),
        safe=M("Nothing was changed."),
        todo=M("Take your recovery sheet: --code-file FILE."),
        code=Exit.LOCKED,
    )
