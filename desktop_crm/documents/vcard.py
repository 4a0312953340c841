"""A person as a vCard 4.0 (RFC 6350), which telephones and address books of every make read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_crm.documents.text import plain_unicode

_LINE = 75
_TOKEN = re.compile(r"[A-Za-z0-9-]+")
_BIRTHDAY = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)")
_ADDRESS = ("po_box", "extra", "street", "city", "region", "postal_code", "country")
"""The parts of ADR in the order of the standard."""
_NAME = ("family", "given", "middle", "prefix", "suffix")
"""The parts of N in the order of the standard."""
_KINDS = {"mobile": "cell", "handy": "cell", "business": "work", "private": "home", "personal": "home"}
"""Kinds that the standard calls differently."""

Values = Mapping[str, str]
"""The values of one row by the names of its columns; `company` is the name of the company."""


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """What a vCard is made of: the person, and each way to reach them."""

    person: Values
    emails: Sequence[Values] = ()
    phones: Sequence[Values] = ()
    addresses: Sequence[Values] = ()
    websites: Sequence[Values] = ()


def vcard(card: Card) -> bytes:
    """The card as UTF-8 text with folded lines."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(card)).encode("utf-8")


def _lines(card: Card) -> Iterable[str]:
    person = card.person
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"FN:{_text(person.get('name', ''))}"
    if any(person.get(part) for part in _NAME):
        yield f"N:{_parts(person, _NAME)}"
    yield from _single("NICKNAME", person.get("nickname"))
    if person.get("company") or person.get("department"):
        yield f"ORG:{_parts(person, ('company', 'department'))}"
    yield from _single("TITLE", person.get("job_title"))
    yield from _single("BDAY", _birthday(person.get("birthday", "")))
    yield from _single("LANG", person.get("language"))
    yield from (f"EMAIL{_kind(one)}:{_text(one['address'])}" for one in card.emails)
    yield from (f"TEL{_kind(one)}:{_text(one['number'])}" for one in card.phones)
    yield from (f"ADR{_kind(one)}:{_parts(one, _ADDRESS)}" for one in card.addresses)
    yield from (f"URL{_kind(one)}:{_text(one['url'])}" for one in card.websites)
    yield "END:VCARD"


def _single(name: str, value: str | None) -> Iterable[str]:
    return (f"{name}:{_text(value)}",) if value else ()


def _parts(values: Values, names: Sequence[str]) -> str:
    return ";".join(_text(values.get(name, "")) for name in names)


def _text(value: str) -> str:
    """A value in which nothing is taken for a sign of the format."""
    plain = plain_unicode(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n?|\n", r"\\n", plain)


def _kind(values: Values) -> str:
    """The kind as a parameter; what are no bare words is quoted, its own quotes by carets (RFC 6868)."""
    label = plain_unicode(values.get("label", ""))
    kind = _KINDS.get(label.casefold(), label)
    if not kind:
        return ""
    words = kind.split()
    if all(_TOKEN.fullmatch(word) for word in words):
        return f";TYPE={','.join(words)}"
    shielded = re.sub(r"\r\n?|\n", "^n", kind.replace("^", "^^")).replace('"', "^'")
    return f';TYPE="{shielded}"'


def _birthday(text: str) -> str:
    """`1981-08-16` as `19810816`, `--08-16` as `--0816`; anything else as it is."""
    found = _BIRTHDAY.fullmatch(text)
    return f"{found[1] or '--'}{found[2]}{found[3]}" if found else text


def _folded(line: str) -> str:
    """Cut into lines of 75 bytes at most, each going on behind a blank, no letter cut apart."""
    lines, room = [""], _LINE
    for letter in line:
        long = len(letter.encode("utf-8"))
        if long > room:
            lines.append(" ")
            room = _LINE - 1
        lines[-1] += letter
        room -= long
    return "\r\n".join(lines)
