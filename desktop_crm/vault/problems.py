"""What is told when a customer file cannot be begun or opened, in plain words."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_crm.vault.names import DATABASE, KEYS, KEYS_COPY
from desktop_crm.words import Exit, M, Problem


def nothing_here(folder: Path) -> Problem:
    """No file of ours is in the folder."""
    return Problem(
        M("There is no customer file in “{folder}” yet.", folder=str(folder)),
        todo=M("Set one up first, or choose the folder in which yours lies."),
    )


def here_already(folder: Path) -> Problem:
    """A complete customer file is in the folder."""
    return Problem(
        M("There is a customer file in “{folder}” already.", folder=str(folder)),
        safe=M("It has not been touched."),
        todo=M("Open it, or choose another folder for a new one."),
    )


def interrupted(folder: Path) -> Problem:
    """Setting up began and did not end."""
    return Problem(
        M("Setting up the customer file in “{folder}” was interrupted.", folder=str(folder)),
        safe=M("No customer was in it yet."),
        todo=M("Set it up again: it begins afresh, with a new recovery sheet."),
    )


def header_missing(folder: Path) -> Problem:
    """A database without a key file."""
    return _hurt(
        M("Your customer file is in “{folder}”, but the key file beside it is missing.", folder=str(folder)),
        _bring_back_keys(),
    )


def header_damaged(folder: Path) -> Problem:
    """Neither copy of the key file can be read."""
    return _hurt(
        M("Both copies of the key file beside your customer file in “{folder}” are damaged.", folder=str(folder)),
        _bring_back_keys(),
    )


def header_newer(folder: Path) -> Problem:
    """The key file is of a later format."""
    return _hurt(
        M("The customer file in “{folder}” was last opened with a later version of this program.", folder=str(folder)),
        M("Install the later version, and open it with that."),
    )


def database_missing(folder: Path) -> Problem:
    """A key file without a database."""
    return _hurt(
        M("The keys are in “{folder}”, but the customer file “{name}” is missing.", folder=str(folder), name=DATABASE),
        _bring_back_database(),
    )


def database_emptied(folder: Path) -> Problem:
    """A key file beside a database of 0 bytes."""
    return _hurt(
        M(
            "The customer file “{name}” in “{folder}” has been emptied: it is 0 bytes long.",
            folder=str(folder),
            name=DATABASE,
        ),
        _bring_back_database(),
    )


def _hurt(what: M, todo: M) -> Problem:
    return Problem(what, safe=_nothing_deleted(), todo=todo, code=Exit.DAMAGED)


def _nothing_deleted() -> M:
    return M("Nothing has been deleted, and nothing will be.")


def _bring_back_keys() -> M:
    return M(
        "Copy “{first}” or “{second}” back into the folder from any safety copy of it, however old. Then open the "
        "customer file as always, or with your recovery sheet.",
        first=KEYS,
        second=KEYS_COPY,
    )


def _bring_back_database() -> M:
    return M("Look whether it was moved or renamed; else bring back a safety copy. Set up nothing new in this folder.")


def _this_computer() -> M:
    return {"win32": M("Windows"), "darwin": M("This Mac")}.get(sys.platform, M("This computer"))


def _locked(what: M, todo: M) -> Problem:
    return Problem(what, safe=_nothing_deleted(), todo=todo, code=Exit.LOCKED)


def _take_sheet() -> M:
    return M("Take your recovery sheet.")


def key_gone() -> Problem:
    """The key store answers and holds no key for this file."""
    return _locked(
        M(
            "Your customer list is here and undamaged. {system} has lost the key to it (this happens after a password "
            "reset).",
            system=_this_computer(),
        ),
        _take_sheet(),
    )


def key_does_not_fit() -> Problem:
    """The key store holds a key that opens nothing."""
    return _locked(
        M("Your customer list is here. {system} keeps a key for it that does not fit.", system=_this_computer()),
        _take_sheet(),
    )


def other_account() -> Problem:
    """Every key of this file lies in another account's key store."""
    return _locked(
        M("This customer list was set up under another account or on another computer, which keeps the key to it."),
        M("Open it there and let this account in, in the settings under “Ways in”. Or take your recovery sheet."),
    )


def other_store(before: str, now: str) -> Problem:
    """The key lies in a store of another kind than the one in use now."""
    return _locked(
        M(
            "Your customer list is here. Its key lies in “{before}”, but this computer now keeps keys in “{now}”.",
            before=before,
            now=now,
        ),
        M("Start “{before}” again as it was before, or take your recovery sheet.", before=before),
    )


def store_unreachable() -> Problem:
    """No key store is to be had."""
    return _locked(
        M("Your customer list is here, but the place where this computer keeps its key does not answer."),
        M("Log out of your computer account and in again. If that does not help, take your recovery sheet."),
    )


def only_password() -> Problem:
    """No key store holds a key of this file."""
    return _locked(M("This customer list opens with a password."), M("Type the password, or take your recovery sheet."))


def people_sign_in() -> Problem:
    """Only the people who work here, and the sheet, open it."""
    return _locked(
        M("Everybody who works here opens this customer list with a password of their own."),
        M("Choose your name and type your password, or take the recovery sheet."),
    )


def no_password() -> Problem:
    """The file has no password."""
    return _locked(
        M("This customer list has no password: this computer keeps the key to it."),
        M("Open it without a password, or take your recovery sheet."),
    )


def wrong_password() -> Problem:
    """The password opens nothing."""
    return _locked(
        M("Not right: this password does not open the customer list."),
        M("Type it again, with an eye on capitals and the keyboard's language, or take your recovery sheet."),
    )


def other_sheet() -> Problem:
    """The code is whole and opens nothing."""
    return _locked(
        M("The groups are typed without a slip, but this sheet does not open this customer list."),
        M("Look for the sheet of this list: it may be a newer one, or that of another list."),
    )


def no_way_in() -> Problem:
    """Neither a key store nor a password was given."""
    return _locked(M("This computer has no safe place for keys."), M("Choose a password that you type at each start."))


def not_kept(name: str) -> Problem:
    """The key store did not give back what it was given."""
    return _locked(
        M("The safe place for keys on this computer ({name}) does not give back what it was given.", name=name),
        M("Choose a password that you type at each start."),
    )


def not_ours() -> Problem:
    """The key file is whole, but these keys did not write it."""
    return _hurt(
        M("The key file beside your customer file was changed by something other than this program."),
        _bring_back_keys(),
    )


def last_ways() -> Problem:
    """Two ways in must remain, and the sheet is one of them."""
    return Problem(
        M("This way in stays: at least two must be left, and the recovery sheet is always one of them."),
        safe=M("Nothing has been changed."),
        todo=M("Add another way in first. A recovery sheet is not removed but made anew."),
    )


def way_of_a_person() -> Problem:
    """A person's way in goes with the person alone."""
    return Problem(
        M("This way in belongs to a person who works here."),
        safe=M("Nothing has been changed."),
        todo=M("Remove the person, if they no longer work here: the way in goes with them."),
    )


def invitation_over() -> Problem:
    """The code for another account is too old."""
    return _locked(
        M("This code is too old: it lets another account in for one day only."),
        M("Ask for a new one, where the list is open: in the settings, under “Ways in”."),
    )


def no_place_for_invited() -> Problem:
    """Another account without a key store of its own."""
    return _locked(
        M("This account has no safe place for keys, so the code cannot let it in."),
        M("Set a password where the list is open, in the settings under “Ways in”, and type that here."),
    )


def other_computer() -> Problem:
    """A person's password was set elsewhere, or this account has lost its part of it."""
    return _locked(
        M("Your password was set on another computer or account, or this one has lost its part of the key."),
        M("Sign in where you did before, or ask the owner to set your password anew here."),
    )


def nobody_of_that_number() -> Problem:
    """The person has no way in of their own."""
    return _locked(M("This person has no password of their own."), M("Ask the owner to set one."))


def moved_way_in() -> Problem:
    """The password is right, but the way in was made for somebody else."""
    return _hurt(
        M("The password is right, but this way in was made for another person: somebody changed the key file."),
        _bring_back_keys(),
    )


def old_way_in(kind: str) -> Problem:
    """A way in from before the lock could be changed."""
    todo = {
        "recovery": M("Make a new recovery sheet first, in the settings."),
        "passphrase": M("Open the list once with the password, or set a new one, and try again."),
        "keyring": M("Open the list once under the other account, or remove its way in, and try again."),
    }.get(kind, M("Remove that way in first."))
    return Problem(
        M("One way in is from an earlier version and cannot get a new key by itself."),
        safe=M("Nothing has been changed."),
        todo=todo,
    )
