"""The password asked for again: before what leaves the file, goes for good, or decides who gets in.

Which acts these are is declared in `privacy.rights` and, for what no undo brings back, with the act; it is checked in
one place (`Office.check_right`). It cannot be switched off. Where the file opens by the key of the computer account
alone, there is no password to ask for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop_crm.host.clock import Clock
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.services.acts import act
from desktop_crm.words import Exit, M, Problem

if TYPE_CHECKING:
    from desktop_crm.host.keystore import KeyStore
    from desktop_crm.services.office import Office
    from desktop_crm.vault.folder import VaultFolder


LASTS = timedelta(minutes=5)
"""So long after the password was given it is not asked for again."""


class Proof:
    """When whoever acts gave their password last."""

    def __init__(self, clock: Clock) -> None:
        """Not yet: whoever came in without a password is never asked for one."""
        self._clock = clock
        self._uptime = 0.0
        self.at: datetime | None = None

    def give(self) -> None:
        """The password was given just now."""
        self.at, self._uptime = self._clock.now(), self._clock.uptime()

    def require(self) -> None:
        """Raises ProveAgain where it was given too long ago. A clock that was set back does not help."""
        if self.at is None:
            return
        by_clock = self._clock.now() - self.at
        by_run = timedelta(seconds=self._clock.uptime() - self._uptime)
        if not (timedelta(0) <= by_clock <= LASTS and by_run <= LASTS):
            raise ProveAgain


class ProveAgain(Problem):
    """The password was given some time ago; see `prove`. What was asked for can then be asked for again."""

    def __init__(self) -> None:
        super().__init__(
            M("Your password is needed once more for this."),
            safe=M("Nothing was changed."),
            todo=M("It is asked again before data leaves the list or goes for good, and before who gets in changes."),
            code=Exit.LOCKED,
        )


class NeedsEnrolment(Problem):
    """The role demands a code from the telephone, and this person has none yet: that comes first."""

    def __init__(self) -> None:
        super().__init__(
            M("Your role needs a code from the telephone besides the password."),
            safe=M("Nothing was changed."),
            todo=M("Set it up first: it takes a minute and any app for such codes."),
            code=Exit.NOT_ALLOWED,
        )


def opens_by_password(folder: VaultFolder) -> bool:
    """Whether the list has a password of its own, which `prove` takes also from whoever came in without it."""
    from desktop_crm.vault import opening
    from desktop_crm.vault.slots import PHRASE

    return PHRASE in opening.ways_in(folder)


@act(Verb.SIGN_IN, AuditEntry)
def prove(
    office: Office, folder: VaultFolder, keystore: KeyStore | None, password: str, code: str | None = None
) -> None:
    """Whoever acts gives their password again, with the code from the telephone if they have one.

    Wrong ones count as they do on the locked page: they make pauses and are told in the log. Raises Problem.
    """
    from desktop_crm.services import passwords, signing_in, staff_sign_in
    from desktop_crm.vault import opening, staff
    from desktop_crm.vault.tries import Tries

    me = staff_sign_in.myself(office)

    def attempt() -> None:
        if me is None:
            opening.open_with_passphrase(folder, password).drop()
        else:
            staff.open_with_password(folder, keystore, me.number, password).drop()
            staff_sign_in.check_code(office, me, code)

    try:
        passwords.counted(attempt, Tries(folder, keystore, office.clock, me.number if me else ""))
    except Problem as problem:
        signing_in.count_failed(folder, office.clock, problem, me.number if me else "")
        raise
    office.looked(None)
    office.proof.give()
