"""One row of a customer list as the file has it, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_crm.words import M


class Reach(NamedTuple):
    """An e-mail or web address as typed, with the file's label; `normal` is the form to compare and write to.

    `normal` is None where the value does not look like an e-mail address; for websites it is always None.
    """

    value: str
    label: str | None = None
    normal: str | None = None


class Phone(NamedTuple):
    """A phone number as typed, with the file's label; `e164` is the international form or None if unreadable."""

    value: str
    label: str | None = None
    e164: str | None = None


class Address(NamedTuple):
    """A postal address in its parts; `written` is the whole in one piece where the file has no parts."""

    street: str | None = None
    extra: str | None = None
    po_box: str | None = None
    postal_code: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    label: str | None = None
    written: str | None = None


class LeftOut(NamedTuple):
    """A value of the file that is not carried: the column or property it stood in, the value, and why."""

    column: str
    value: str
    reason: M


@dataclass(slots=True, kw_only=True)
class PersonDraft:
    """One person of a list: strings as the file has them, without the blanks around them.

    Every value of the row is in one of the fields or in `left_out`; `faults` are what a person should look at.
    """

    row: int
    """Row as a spreadsheet counts it (the header is row 1), or the number of the card."""
    name: str = ""
    prefix: str | None = None
    given: str | None = None
    middle: str | None = None
    family: str | None = None
    suffix: str | None = None
    nickname: str | None = None
    company: str | None = None
    job_title: str | None = None
    department: str | None = None
    birthday: str | None = None
    """ISO 8601 day, or `--MM-DD` where the year is not known."""
    language: str | None = None
    stage: str | None = None
    """`lead`, `customer`, `former` or `supplier`, where the file says so."""
    basis_hint: str | None = None
    """What the other program noted as the lawful basis, in its words: a hint, never taken over."""
    newsletter: bool | None = None
    """What the list claims: True subscribed, False unsubscribed; False wins where columns contradict."""
    uid: str | None = None
    """The other program's own number for this person."""
    emails: tuple[Reach, ...] = ()
    phones: tuple[Phone, ...] = ()
    addresses: tuple[Address, ...] = ()
    websites: tuple[Reach, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    faults: tuple[M, ...] = ()

    def __repr__(self) -> str:
        """The row alone: a repr ends up in logs, and everything else is a customer's."""
        return f"PersonDraft(row={self.row})"

    @property
    def reachable(self) -> bool:
        """Whether there is any e-mail, phone or postal address, readable or not."""
        return bool(self.emails or self.phones or self.addresses)
