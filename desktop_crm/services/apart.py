"""Opening and sealing values that are kept apart, and who has the key to them: parts of acts, and no act itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_crm.privacy.rights import READY_ROLES, Deed
from desktop_crm.records.declare import Column, Part, declaration
from desktop_crm.records.registry import inventory
from desktop_crm.records.sealed import Sealed
from desktop_crm.records.staff import RoleRight, Staff
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import problems, sensitive
from desktop_crm.vault.field_seal import open_text, seal_text
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.handing import DoesNotFit
from desktop_crm.words import Exit, M, Problem

_WITH_EARLIER = 2
"""With fewer keys than this there is no earlier one under which something could lie."""
MASK = "••••••••"
"""What stands for a value that is kept apart, always as long as this: no last digits, no length."""


def sealed(office: Office, record: type[Any], column: str, row: bytes, text: str) -> Sealed:
    """A text as it is stored in this column of this row."""
    return Sealed(seal_text(office.keys, _place(record, column, row), text))


def opened(office: Office, row: Any, column: Column) -> str:
    """The text of a sealed value. Raises Problem where this way in is without the key, or the value was tampered with.

    The act that asks for it is checked by the right to see such details, and leaves its line in the log.
    """
    if not office.keys.sensitive:
        raise problems.without_sensitive()
    try:
        return _opened(office, row, column)[0]
    except DoesNotFit:
        raise Problem(
            M("This detail does not open: it was changed or moved outside the program, or its key is gone."),
            safe=M("Everything else is as it was."),
            todo=M("Bring it back from a safety copy, with the recovery sheet, or take it out and enter it again."),
            code=Exit.DAMAGED,
        ) from None


def prepare(office: Office, writing: Writing) -> None:
    """Make sure that there is a key, in the hands of all who may have it, and that nothing lies under an earlier one.

    Raises Problem where this way in is without the key.
    """
    sensitive.begin(folder_of(office), office.keys, who_may(writing))
    seal_anew(office, writing)


def share_key(office: Office, writing: Writing) -> None:
    """After a change of people, roles or ways in: exactly those who may see such details have the key.

    Where somebody lost that right, the key is changed and every value written anew under it, in this transaction.
    Raises Problem where something has to change and this way in is without the key.
    """
    if sensitive.share(folder_of(office), office.keys, who_may(writing)):
        seal_anew(office, writing)


def change_key(office: Office, folder: VaultFolder, writing: Writing) -> None:
    """Along with the lock: a new key, and every value under it; nothing while there is none."""
    if sensitive.change(folder, office.keys):
        seal_anew(office, writing)


def take_over(office: Office, writing: Writing, keys: Sequence[bytes]) -> None:
    """Rows came in out of a safety copy that was opened with these keys: they are sealed with the present one."""
    sensitive.adopt(folder_of(office), office.keys, keys)
    seal_anew(office, writing)


def seal_anew(office: Office, writing: Writing) -> int:
    """Write every value anew that lies under an earlier key; returns in how many rows.

    There are such after a crash, and after an old safety copy came back. What no key opens stays as it is.
    """
    if len(office.keys.sensitive) < _WITH_EARLIER:
        return 0
    rows = [(row, values) for row in _with_sealed(writing) if (values := _anew(office, row))]
    for row, values in rows:
        # Whoever takes a right away or changes the lock need not be allowed to change such details.
        writing.reseal(type(row), _key(row), **values)
    return len(rows)


def who_may(reading: Reading) -> frozenset[str]:
    """The numbers of those who work here and whose role shows such details."""
    people = reading.find(Staff, eq("left_on", None))
    return frozenset(one.number for one in people if _shows_them(reading, one.role))


def _shows_them(reading: Reading, role: str) -> bool:
    if role in READY_ROLES:
        return (Deed.VIEW, Part.SENSITIVE) in READY_ROLES[role].rights
    of_role = eq("role", role), eq("deed", Deed.VIEW), eq("of", Part.SENSITIVE)
    return reading.count(RoleRight, *of_role) > 0


def _with_sealed(reading: Reading) -> list[Any]:
    records = [told.record for told in inventory() if any(column.sensitive for column in told.columns)]
    return [row for record in records for row in reading.find(record)]


def _anew(office: Office, row: Any) -> dict[str, Sealed]:
    """The values of a row that are to be written anew."""
    values = {}
    for column in declaration(type(row)).columns:
        if not column.sensitive or getattr(row, column.name) is None:
            continue
        try:
            text, is_present = _opened(office, row, column)
        except DoesNotFit:
            continue
        if not is_present:
            values[column.name] = sealed(office, type(row), column.name, _key(row), text)
    return values


def _opened(office: Office, row: Any, column: Column) -> tuple[str, bool]:
    return open_text(office.keys, _place(type(row), column.name, _key(row)), getattr(row, column.name))


def _place(record: type[Any], column: str, row: bytes) -> str:
    return f"{declaration(record).name}|{column}|{row.hex()}"


def _key(row: Any) -> bytes:
    key: bytes = getattr(row, declaration(type(row)).key)
    return key
