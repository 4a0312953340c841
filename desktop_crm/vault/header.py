"""The key file: what stands in it, how it is written down, and how it is known to be whole and true.

Two seals with two jobs. The checksum needs no key: it tells a damaged copy from a whole one. The authentication code is
keyed from the root key and is compared once the file has been opened: it tells a forged file from ours. A header of a
later format keeps the outer form and the checksum, so that it is told as newer and not as damaged.

Format 2 brought ways in with locks of their own and `next_check`, which stands there while the database key is being
changed. A file of format 1 is read and sealed as such until something in it changes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.slots import LASTING, Slot

FORMAT = 2
_ABOUT = "Keys of a Desktop CRM customer file. Keep it beside customers.db: without it nothing opens that file."
FEWEST_WAYS = 2


class HeaderDamaged(Exception):
    """This copy is not whole."""


class HeaderNewer(Exception):
    """This copy is whole and was written by a later version of the program."""


@fixed
class Header:
    """What the key file says. `complete` turns true once the database beside it exists."""

    vault_id: str
    created_at: str
    sequence: int
    complete: bool
    key_check: str
    slots: tuple[Slot, ...]
    seal: str = ""
    next_check: str = ""
    """Not empty while the database key is being changed: tells a right next key from a wrong one."""
    branch: str = ""
    """Tells a file that was brought back apart from the one its safety copy was made of: their logs end apart."""
    format: int = FORMAT

    @property
    def log_id(self) -> str:
        """Under this name the end of the activity log is remembered outside the file."""
        return f"{self.vault_id} {self.branch}".rstrip()

    @property
    def lasting(self) -> tuple[Slot, ...]:
        """The ways in that stay."""
        return tuple(slot for slot in self.slots if slot.kind in LASTING)

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        """The slots of one kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def is_true(self, keys: Keys) -> bool:
        """Whether `keys` are the right ones and wrote this header."""
        right_key = hmac.compare_digest(self.key_check, keys.check_value().hex())
        right_next = hmac.compare_digest(self.next_check, keys.next_check_value().hex())
        return right_key and right_next and hmac.compare_digest(self.seal, _seal(self, keys))

    def next(self, keys: Keys, **changes: Any) -> Header:
        """The header that follows this one, sealed with `keys`. ValueError if it has fewer than two lasting ways in."""
        checks: dict[str, Any] = {"key_check": keys.check_value().hex(), "next_check": keys.next_check_value().hex()}
        following = replace(self, sequence=self.sequence + 1, format=FORMAT, **checks, **changes)
        if len(following.lasting) < FEWEST_WAYS:
            raise ValueError("a customer file needs two ways in")
        return replace(following, seal=_seal(following, keys))


def to_bytes(header: Header) -> bytes:
    """The key file's text."""
    body = _body(header)
    whole = {"about": _ABOUT, "body": body, "seal": header.seal, "checksum": _checksum(body, header.seal)}
    return (json.dumps(whole, indent=1) + "\n").encode("ascii")


def from_bytes(data: bytes) -> Header:
    """Reads a key file. Raises HeaderDamaged or HeaderNewer."""
    try:
        whole = json.loads(data)
        body, seal = whole["body"], whole["seal"]
        if not hmac.compare_digest(whole["checksum"], _checksum(body, seal)):
            raise HeaderDamaged
        if body["format"] > FORMAT:
            raise HeaderNewer
        return _from_body(body, _ascii(seal))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise HeaderDamaged from None


def _from_body(body: Mapping[str, Any], seal: str) -> Header:
    return Header(
        vault_id=str(body["customer_file"]),
        created_at=str(body["created_at"]),
        sequence=int(body["sequence"]),
        complete=body["complete"] is True,
        key_check=_ascii(body["key_check"]),
        slots=tuple(_slot(entry) for entry in body["slots"]),
        seal=seal,
        next_check=_ascii(body.get("next_check", "")),
        branch=_ascii(body.get("branch", "")),
        format=int(body["format"]),
    )


def _ascii(value: object) -> str:
    if not isinstance(value, str) or not value.isascii():
        raise HeaderDamaged
    return value


def _slot(entry: Mapping[str, Any]) -> Slot:
    rest = dict(entry)
    return Slot(str(rest.pop("id")), str(rest.pop("kind")), rest)


def _body(header: Header) -> dict[str, Any]:
    fields = {"next_check": header.next_check, "branch": header.branch}
    present = {name: value for name, value in fields.items() if value}
    return {
        "format": header.format,
        "customer_file": header.vault_id,
        "created_at": header.created_at,
        "sequence": header.sequence,
        "complete": header.complete,
        "key_check": header.key_check,
        **present,
        "slots": [{"id": slot.id, "kind": slot.kind, **slot.fields} for slot in header.slots],
    }


def _seal(header: Header, keys: Keys) -> str:
    return hmac.digest(keys.header_key(), _canonical(_body(header)), "sha256").hex()


def _checksum(body: object, seal: object) -> str:
    return hashlib.sha256(_canonical([body, seal])).hexdigest()


def _canonical(value: object) -> bytes:
    """One way of writing it down, whatever the spacing and order in the file."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")
