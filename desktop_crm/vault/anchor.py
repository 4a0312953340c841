"""The end of the activity log, remembered outside the customer file: a log that is cut short then no longer fits.

Missing means that nothing was remembered; older than the log is fine; newer than the log means that the log was cut.
"""

from __future__ import annotations

import contextlib

from desktop_crm.cheap import fixed
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem


@fixed
class Head:
    """Number of the last entry of the activity log, and its chained code as hexadecimal text."""

    sequence: int
    code: str


class Anchor:
    """The remembered end of one customer file's activity log, an item of its own in the key store."""

    def __init__(self, keystore: KeyStore, log_id: str) -> None:
        """Asks nothing yet. `log_id`: see Header."""
        self._keystore = keystore
        self._item = f"audit-head {log_id}"

    def store(self, head: Head) -> None:
        """Remembers `head` in place of the one before. Raises KeyStoreProblem."""
        self._keystore.put(self._item, f"{head.sequence}:{head.code}".encode("ascii"))

    def read(self) -> Head | None:
        """What was remembered; None if nothing was, or nothing that makes sense. Raises KeyStoreProblem."""
        text = (self._keystore.get(self._item) or b"").decode("ascii", "replace")
        sequence, colon, code = text.partition(":")
        return Head(int(sequence), code) if colon and sequence.isdecimal() else None

    def forget(self) -> None:
        """Removes what was remembered, of a file that is given up. Tidiness only: a store that refuses stops nobody."""
        with contextlib.suppress(KeyStoreProblem):
            self._keystore.delete(self._item)
