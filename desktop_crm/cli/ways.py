"""Ways into the customer file, a new recovery sheet, and changing the lock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_crm.cli.answer import Answer, Facts, Table
from desktop_crm.cli.beginning import ADVICE, keep_sheet, reserve, trusted_keystore
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.host.drives import is_removable
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem, system_keystore
from desktop_crm.services import recovery_sheet as sheets
from desktop_crm.services import resealing, ways
from desktop_crm.services.ways import LockDue
from desktop_crm.vault.slots import INVITATION, KEYSTORE, PHRASE, RECOVERY, STAFF
from desktop_crm.vault.ways import Way
from desktop_crm.words import M, Problem

_CALLED = {
    PHRASE: M("the password"),
    RECOVERY: M("the recovery sheet"),
    STAFF: M("the password of one person"),
    INVITATION: M("a code for another account, not used yet"),
}


def ways_list(call: Call) -> Answer:
    """`ways list`."""
    found = ways.ways_in(call.office, call.folder)
    state = ways.lock_state(call.office)
    rows = [(str(at), called(way), way.added_on, way.until) for at, way in enumerate(found, 1)]
    data = [
        {"number": at, "kind": way.kind, "own": way.own, "added_on": way.added_on, "until": way.until}
        for at, way in enumerate(found, 1)
    ]
    said = () if state.due is LockDue.NO else (_DUE[state.due],)
    changed = Facts([(M("Lock changed"), state.changed_on)])
    return Answer(
        {"ways": data, "lock_changed_on": state.changed_on, "lock_due": state.due.value},
        (Table((M("Number"), M("Opens with"), M("Since"), M("Until")), rows), changed),
        said,
    )


_DUE = {
    LockDue.YEARLY: M("The lock has not been changed for a year: rotate-key"),
    LockDue.WAY_REMOVED: M(
        "A way in was taken away. Old copies of the keys open the file until the lock is changed: rotate-key"
    ),
}


def called(way: Way) -> M:
    """What a way in is called."""
    if way.kind == KEYSTORE:
        return M("this computer account") if way.own else M("another account or computer")
    return _CALLED.get(way.kind, M("a way in of a later version"))


def ways_remove(call: Call) -> Answer:
    """`ways remove`."""
    found = ways.ways_in(call.office, call.folder)
    number: int = call["number"]
    if number > len(found):
        raise usage(M("There is no way in of that number."), M("Look them up: ways list"))
    ways.remove_way(call.office, call.folder, found[number - 1].id, _store_at_hand())
    return Answer({"removed": found[number - 1].kind}, (), (M("This way in is gone."), _DUE[LockDue.WAY_REMOVED]))


def _store_at_hand() -> KeyStore | None:
    """The place for keys, to tidy up in; there need be none."""
    try:
        return system_keystore(probe=False)
    except KeyStoreProblem:
        return None


def ways_password(call: Call) -> Answer:
    """`ways password`."""
    office = call.office
    before = any(way.kind == PHRASE for way in ways.ways_in(office, call.folder))
    ways.set_password(office, call.folder, call.new_password())
    said = M("The customer file has the new password. The one before opens nothing any more.")
    return Answer({"way_in": "passphrase"}, (), (said if before else M("The customer file opens with this password."),))


def ways_this_account(call: Call) -> Answer:
    """`ways this-account`."""
    ways.keep_key_here(call.office, call.folder, trusted_keystore())
    return Answer(
        {"way_in": "keystore"}, (), (M("This computer account opens the customer file without a password now."),)
    )


def ways_invite(call: Call) -> Answer:
    """`ways invite`."""
    sheet = ways.invite(call.office, call.folder)
    vain = ways.invited_in_vain(call.folder)
    said = (
        *([vain] if vain is not None else []),
        M("Type this code under the other account, within a day: recover --code-file FILE, or in the window."),
        M("It works once. Whoever has it gets in and can do everything: give it to nobody else."),
    )
    return Answer({"code": sheet.code}, (Facts([(M("Code for the other account"), sheet.code)]),), said)


def rotate_key(call: Call) -> Answer:
    """`rotate-key`."""
    office = call.office
    invited = any(way.kind == INVITATION for way in ways.ways_in(office, call.folder))
    with call.terminal.progress(M("changing the lock")) as bar:

        def told(done: int, total: int) -> None:
            bar(done, total)
            # From the last page on it is finished, whatever is pressed.
            call.must_finish = done == total

        ways.change_lock(office, call.folder, told)
    said = (
        M("The lock is changed: every page is written anew, and the old key is gone."),
        M("All ways in open it as before. Old copies of the folder hold the state of that day, and nothing newer."),
        *([_CODE_OVER] if invited else []),
        M("A fresh safety copy is a good idea now: backup create"),
    )
    return Answer({"lock_changed_on": office.today()}, (), said)


_CODE_OVER = M("A code for another account that nobody used is over: make a new one if it is needed.")


def recovery_sheet(call: Call) -> Answer:
    """`recovery-sheet`: the file that was written and read back stands for the paper on which groups are typed back."""
    path: Path = call["out"]
    if not call["anybody_who_finds_it"] and not is_removable(path.absolute().parent):
        raise Problem(
            M("Whoever finds this file can open everything."),
            safe=M("Nothing was saved, and the sheet you have stays valid."),
            todo=M(
                "Save it on a drive that can be unplugged. Or, if you are sure that nobody else finds it here, add "
                "--anybody-who-finds-it."
            ),
        )
    office = call.office
    sheet = sheets.new_sheet()
    reserve(path)
    try:
        keep_sheet(office, call.folder, path, sheet)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    with call.terminal.progress(M("Letting the new sheet open your safety copies")) as bar:
        left = resealing.seal_for_sheet(office, tell=bar)
    told: dict[str, Any] = {"recovery_file": path, "not_opened": [row.id for row in left]}
    still = resealing.said_of(left)
    before = M("The one before opens nothing any more: destroy it.") if still is None else still
    said = (M("This sheet opens the customer file from now on."), before, *ADVICE)
    return Answer(told, (Facts([(M("Recovery sheet"), path)]),), said)
