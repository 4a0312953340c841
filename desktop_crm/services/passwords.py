"""Opening with a password: wrong ones are counted across starts, and make pauses."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from desktop_crm.host.clock import Clock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.vault import opening, problems
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.tries import FREE, Tries
from desktop_crm.words import Exit, M, Problem

_MINUTE = 60
T = TypeVar("T")


class WrongPassword(Problem):
    """The password opens nothing, or it is not even tried because there is a pause; `pause` is how long that is."""

    def __init__(self, what: M, pause: timedelta, *, tried: bool = True) -> None:
        todo = self.advice() if tried else M("Wait, or take your recovery sheet.")
        super().__init__(what, safe=M("Nothing has been deleted, and nothing will be."), todo=todo, code=Exit.LOCKED)
        self.pause = pause
        self.tried = tried

    @staticmethod
    def advice() -> M | None:
        """What to do."""
        return problems.wrong_password().todo


class WrongCode(WrongPassword):
    """The password was right, but the code from the telephone was not."""

    @staticmethod
    def advice() -> M | None:
        """What to do."""
        return wrong_code().todo


def wrong_code() -> Problem:
    """The code opens nothing, or was used already."""
    return Problem(
        M("Not right: this code is not the one that your telephone shows now, or it was used already."),
        safe=M("Nothing has been deleted, and nothing will be."),
        todo=M("Wait for the next code. If none is right, set the clocks of telephone and computer right."),
        code=Exit.LOCKED,
    )


def open_with_passphrase(folder: VaultFolder, passphrase: str, keystore: KeyStore | None, clock: Clock) -> Keys:
    """The keys behind the password of the file. Hold the InstanceLock. Raises WrongPassword and other Problems."""
    return counted(lambda: opening.open_with_passphrase(folder, passphrase, renew=True), Tries(folder, keystore, clock))


def keys_alone(
    folder: VaultFolder, *, keystore: KeyStore | None, passphrase: str | None, code: str | None, clock: Clock
) -> Keys:
    """As `opening.keys_alone`, for a person at the keyboard: wrong passwords count here as well. Raises Problem."""

    def attempt() -> Keys:
        return opening.keys_alone(folder, keystore=keystore, passphrase=passphrase, code=code)

    if code is not None or passphrase is None:
        return attempt()
    return counted(attempt, Tries(folder, keystore, clock))


def counted(attempt: Callable[[], T], tries: Tries, *, anew: bool = True) -> T:
    """Try a password, unless there is a pause; a wrong one is counted, a right one begins the count anew.

    Unless `anew`, what was counted before stays: where the password is not all that is asked for.
    """
    left = tries.pause_left()
    if left:
        raise WrongPassword(pausing(left), left, tried=False)
    before = tries.count()
    try:
        answer = attempt()
    except Problem as problem:
        if problem.what == wrong_code().what:
            raise _wrong(tries, WrongCode) from None
        if problem.what == problems.wrong_password().what:
            raise _wrong(tries, WrongPassword) from None
        tries.put_back(before)
        raise
    if anew:
        tries.right(before)
    else:
        tries.put_back(before)
    return answer


def pausing(left: timedelta) -> M:
    """What is said during a pause."""
    seconds = math.ceil(left.total_seconds())
    return M(
        "A pause: {n} second left; nothing is deleted.",
        "A pause: {n} seconds left; nothing is deleted.",
        n=seconds,
    )


def _wrong(tries: Tries, kind: type[WrongPassword]) -> WrongPassword:
    pause, left = tries.pause_left(), tries.left
    if left == FREE:
        # Neither folder nor key store can be written: nothing was counted.
        return WrongPassword(M("Not right; nothing is deleted."), pause)
    if not pause:
        told = M(
            "Not right. After {n} more try there is a pause; nothing is deleted.",
            "Not right. After {n} more tries there is a pause; nothing is deleted.",
            n=left,
        )
        return kind(told, pause)
    seconds = math.ceil(pause.total_seconds())
    if seconds < 2 * _MINUTE:
        told = M("Not right. Now there is a pause of {n} seconds; nothing is deleted.", n=seconds)
    else:
        minutes = math.ceil(seconds / _MINUTE)
        told = M("Not right. Now there is a pause of {n} minutes; nothing is deleted.", n=minutes)
    return kind(told, pause)
