"""One run of a command: what was typed, where it answers, and the customer file it works with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop_crm.cli.grammar import usage
from desktop_crm.cli.terminal import Terminal
from desktop_crm.host.clock import Clock
from desktop_crm.host.instance import Locking
from desktop_crm.host.keystore import KeyStore, NoKeyStore, system_keystore
from desktop_crm.services.office import Office
from desktop_crm.vault import opening
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.slots import KEYSTORE, PHRASE, STAFF
from desktop_crm.words import Exit, M, Problem, Words

WITHOUT_LOOK = {"find", "show", "consent list", "init", "backup restore"}
"""Commands that close at once: somebody at the counter waits for them, or the file is new and empty.

The daily look comes with the next other command that opens the file.
"""


LockWindow = Callable[[Path | None], Locking]
"""Asks the window that is open on the customer file of a folder, or of the usual one, to lock it."""


def no_window(_folder: Path | None) -> Locking:
    """Where there are no windows."""
    return Locking.NO_WINDOW


class Call:
    """What a command gets. The customer file is opened when it is asked for, and closed by `close`."""

    def __init__(
        self, values: Mapping[str, Any], terminal: Terminal, clock: Clock, lock_window: LockWindow = no_window
    ) -> None:
        """`values` by the keys of the grammar; `lock_window` is how an open window is asked to lock."""
        self.lock_window = lock_window
        self.values = values
        self.terminal = terminal
        self.clock = clock
        self.must_finish = False
        """Past the point of no return: stopping now would leave half a thing."""
        self._closing = ExitStack()
        self._office: Office | None = None

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    @cached_property
    def folder(self) -> VaultFolder:
        """The folder of the customer file."""
        if self["data_dir"] is not None:
            return VaultFolder(self["data_dir"])
        from desktop_crm.host.paths import default_data_dir

        return VaultFolder(default_data_dir())

    @cached_property
    def office(self) -> Office:
        """The open customer file. Raises Problem."""
        return self.use(self._opened())

    def use(self, office: Office) -> Office:
        """Close this file at the end; from now on speak the shop's language, unless another was asked for."""
        self._closing.callback(office.close)
        self._office = office
        self.terminal.words = Words(self["lang"] or office.shop.language, office.shop.zone)
        return office

    def person(self) -> bytes:
        """The person meant by the argument CONTACT. Raises Problem if it is nobody or several."""
        return self.person_of(self["contact"])

    def person_of(self, typed: str) -> bytes:
        """The person meant by a number or an e-mail address. Raises Problem if it is nobody or several."""
        from desktop_crm.services.contacts import who_is

        return who_is(self.office, typed)

    @property
    def is_open(self) -> bool:
        """Whether a customer file was opened."""
        return self._office is not None

    def interrupt(self) -> None:
        """Stop the statement that runs in the database, if one does."""
        if self._office is not None:
            self._office.store.interrupt()

    def look(self, command: str) -> None:
        """After the answer: the daily look at keeping times, if it is due. Says so only if something new waits.

        It changes neither the answer nor the exit code; a clock that jumped is told in its sentence.
        """
        if self._office is None or command in WITHOUT_LOOK:
            return
        from desktop_crm.services.log_keeping import prune_daily
        from desktop_crm.services.renewals import count_daily
        from desktop_crm.services.retention import look_daily
        from desktop_crm.services.staff_leaving import forget_daily

        try:
            found = look_daily(self._office)
            count_daily(self._office)
            prune_daily(self._office)
            forget_daily(self._office)
        except Problem as problem:
            self.terminal.problem(problem)
            return
        self._look_after_copies(self._office)
        self._office.reserve.keep()
        if found is not None and found.new:
            self.terminal.say(
                M(
                    "{n} entry waits for your yes: retention queue",
                    "{n} entries wait for your yes: retention queue",
                    n=found.found,
                )
            )

    def _look_after_copies(self, office: Office) -> None:
        """Those whose time is over go, erasures are finished in them; one is made where a folder was chosen for it."""
        from desktop_crm.services import copies_daily

        problem = copies_daily.look_after(office).problem
        if problem is not None:
            self.terminal.problem(problem)

    def close(self) -> None:
        """Close the customer file, if it is open; says so if the end of its activity log turned out to be missing."""
        self._closing.close()
        if self._office is not None and self._office.log_cut_seen:
            self.terminal.say(M("The end of the activity log is missing. Please look: doctor"))

    def _opened(self) -> Office:
        from desktop_crm.services.setup import open_office

        passphrase = self.passphrase()
        if self["as"] is not None:
            return self._opened_as(self["as"], passphrase)
        if signs_in_by_name(self.folder):
            raise _needs_name()
        store = self.usual_keystore()
        if passphrase is None and store is None and PHRASE in opening.ways_in(self.folder):
            raise _needs_password()
        return open_office(self.folder, clock=self.clock, keystore=store, passphrase=passphrase)

    def _opened_as(self, name: str, passphrase: str | None) -> Office:
        from desktop_crm.privacy.folding import fold
        from desktop_crm.services.staff_sign_in import NeedsCode, open_as
        from desktop_crm.vault.staff import tiles

        if passphrase is None:
            raise _needs_name()
        store = system_keystore(probe=False)
        here = tiles(self.folder, store)
        numbers = [one.number for one in here if fold(one.name) == fold(name)]
        if not numbers:
            raise _nobody_of_that_name() if here else _nobody_here()
        try:
            return open_as(self.folder, numbers[0], passphrase, self["totp"], clock=self.clock, keystore=store)
        except NeedsCode as problem:
            raise Problem(problem.what, todo=M("Add --totp CODE."), code=Exit.LOCKED) from None

    def usual_keystore(self) -> KeyStore | None:
        """The key store that keeps the key of this file; None if none does, or none is to be had."""
        usual = opening.usual_keystore(self.folder)
        if usual is None:
            return None
        try:
            return system_keystore(usual=usual, probe=False)
        except NoKeyStore:
            return None

    def passphrase(self) -> str | None:
        """The password from the first line of the input; typed unseen where a person sits there. Asked for once."""
        return self._first_line if self["passphrase_stdin"] or self["password_stdin"] else None

    @cached_property
    def _first_line(self) -> str:
        return self._typed(M("Password: "), M("Give it as the first line."))

    def new_password(self) -> str:
        """A new password, from the line after that of the old one, or the first where the old one is not needed."""
        return self._typed(M("New password: "), M("Give it as the line after the old one, or as the first."))

    def unseen(self, asked: M, missing: M) -> str:
        """A line that is no word of the command, because it is nobody else's business; after the password if any."""
        self.office  # noqa: B018 - opening takes the line of the password first
        return self._line(asked, usage(missing))

    def next_line(self) -> str:
        """The next line of the input, which is nothing that has to stay unseen."""
        return _next_line()

    def _typed(self, asked: M, advice: M) -> str:
        return self._line(asked, usage(M("No password came on the input."), advice))

    def _line(self, asked: M, missing: Problem) -> str:
        if sys.stdin.isatty():
            import getpass

            typed = getpass.getpass(self.terminal.words.say(asked), stream=sys.stderr)
        else:
            typed = _next_line()
        if not typed:
            raise missing
        return typed


def _next_line() -> str:
    line = sys.stdin.buffer.readline()
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise usage(M("What came on the input is not written in UTF-8.")) from None


def signs_in_by_name(folder: VaultFolder) -> bool:
    """Whether the file opens in no other way than by the password of a person, or the sheet."""
    kinds = opening.ways_in(folder)
    return STAFF in kinds and not kinds & {PHRASE, KEYSTORE}


def _needs_name() -> Problem:
    return Problem(
        M("Everybody who works here opens this customer list with a password of their own."),
        todo=M("Add --as NAME --password-stdin and give your password, or take the recovery sheet."),
        code=Exit.LOCKED,
    )


def _nobody_of_that_name() -> Problem:
    return Problem(
        M("Nobody of this name signs in on this computer."),
        todo=M(
            "Look at the spelling. Your password can be set here by an owner, staff reset NAME, or with the recovery "
            "sheet: recover --code-file FILE --as NAME"
        ),
        code=Exit.LOCKED,
    )


def _nobody_here() -> Problem:
    """An owner would come in here no more than the others: the sheet stands first."""
    return Problem(
        M("Passwords were set on another computer or account, or this one has lost its part of the key."),
        todo=M(
            "Sign in where you did before, or set a password anew here with the recovery sheet: "
            "recover --code-file FILE --as NAME"
        ),
        code=Exit.LOCKED,
    )


def _needs_password() -> Problem:
    return Problem(
        M("This customer list opens with a password."),
        todo=M("Add --passphrase-stdin and give the password, or take your recovery sheet: recover --code-file FILE."),
        code=Exit.LOCKED,
    )
