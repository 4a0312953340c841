"""Takes vCards apart into properties: versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as real programs write them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from desktop_crm.intake import problems

LONGEST_CARD = 32 << 20
"""Characters of one card; a card with a large picture has a tenth of that."""
_MOST_PROPERTIES = 10_000
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_HEAD = re.compile(r'\s*(?:([\w-]+)\.)?([\w-]+)\s*((?:;(?:[^":;]|"[^"]*")*)*):(.*)', re.DOTALL).fullmatch
_PARAM = re.compile(r';((?:[^":;]|"[^"]*")*)')
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\s*").fullmatch
_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE).fullmatch
_END = re.compile(r"\s*END\s*:\s*VCARD\s*", re.IGNORECASE).fullmatch
_ESCAPED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_UNREAD = re.compile("[\udc80-\udcff]")
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}


class Property(NamedTuple):
    """One property: its name in capitals, its group (`item1`), parameters, and decoded but still escaped value.

    `size` counts the bytes of a picture, sound or key, whose value is not kept; `damaged` lists bytes that are no
    letters in the encoding the card names; `is_broken` marks a line that is no property at all.
    """

    name: str
    value: str
    group: str = ""
    params: Mapping[str, list[str]] = MappingProxyType({})
    size: int = 0
    damaged: str = ""
    is_broken: bool = False


@dataclass(slots=True)
class Card:
    """One card of a file; `ended` is False where its END is missing."""

    number: int
    properties: list[Property] = field(default_factory=list)
    version: str = ""
    ended: bool = False


class _Line:
    """A logical line that is being put together."""

    __slots__ = ("is_base64", "is_binary", "is_quoted", "pieces", "size")

    def __init__(self, text: str) -> None:
        head, _, value = text.partition(":")
        upper = head.upper()
        name = upper.partition(";")[0].rpartition(".")[2].strip()
        self.is_quoted = "QUOTED-PRINTABLE" in upper
        self.is_base64 = "BASE64" in upper or "ENCODING=B" in upper or (name in _BINARY and ";base64," in value[:60])
        self.is_binary = self.is_base64 and name in _BINARY
        self.size = _letters(value) if self.is_binary else 0
        self.pieces = [f"{head}:" if self.is_binary else text]

    def add(self, text: str) -> None:
        if self.is_binary:
            self.size += _letters(text)
        else:
            self.pieces.append(text)

    def is_open(self) -> bool:
        """Whether a soft line break of quoted-printable asks for the next line."""
        return self.is_quoted and self.pieces[-1].endswith("=")

    def soften(self) -> None:
        """Takes the soft line break off."""
        self.pieces[-1] = self.pieces[-1][:-1]


def _letters(text: str) -> int:
    """Letters of base64 that stand for something; four make three bytes."""
    return len(text.rpartition(",")[2].strip().rstrip("="))


class CardReader:
    """Reads the cards of a file one by one; text outside of cards is collected in `outside`."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = _whole_line_ends(lines)
        self._card: Card | None = None
        self._line: _Line | None = None
        self._length = 0
        self._count = 0
        self.outside: list[str] = []

    def __iter__(self) -> Iterator[Card]:
        for raw in self._lines:
            text = raw.rstrip("\r\n").removeprefix("\ufeff")
            card = self._card
            if card is None:
                self._between(text)
                continue
            self._length += len(raw)
            if self._length > LONGEST_CARD:
                raise problems.card_too_long(self._count)
            if self._continues(text):
                continue
            self._finish_line()
            if _END(text):
                card.ended = True
                self._card = None
                yield card
            elif _BEGIN(text) and not self._skip_agent(card, text):
                self._begin()
                yield card
            elif text.strip() and not _BEGIN(text):
                self._line = _Line(text)
        if self._card is not None:
            self._finish_line()
            yield self._card

    def _between(self, text: str) -> None:
        if _BEGIN(text):
            self._begin()
        elif text.strip() and len(self.outside) < 100:
            self.outside.append(text.strip()[:1000])

    def _begin(self) -> None:
        self._count += 1
        self._length = 0
        self._card = Card(self._count)

    def _skip_agent(self, card: Card, begin: str) -> bool:
        """In version 2.1 the card of an agent stands inside, behind `AGENT:`; it is kept as one text."""
        if not card.properties or card.properties[-1].name != "AGENT" or card.properties[-1].value:
            return False
        inner, depth = [begin], 1
        while depth and (raw := next(self._lines, "")):
            self._length += len(raw)
            if self._length > LONGEST_CARD:
                raise problems.card_too_long(self._count)
            inner.append(raw.rstrip("\r\n"))
            depth += 1 if _BEGIN(inner[-1]) else -1 if _END(inner[-1]) else 0
        card.properties[-1] = card.properties[-1]._replace(value="\n".join(inner))
        return True

    def _continues(self, text: str) -> bool:
        """Whether this line belongs to the one before: soft break, folding, or base64 without folding."""
        line = self._line
        if line is None:
            return False
        if line.is_open():
            line.soften()
            if not _END(text):
                line.add(text)
                return True
        elif text[:1] in {" ", "\t"} and (text.strip() or self._card is None or self._card.version != "2.1"):
            line.add(self._unfolded(text, line))
            return True
        elif line.is_base64 and _BASE64(text):
            line.add(text)
            return True
        return False

    def _unfolded(self, text: str, line: _Line) -> str:
        """Since 3.0 the first blank of a folded line is no part of the text; in 2.1 it is."""
        if line.is_base64 or line.is_quoted:
            return text.strip()
        is_old = self._card is not None and self._card.version == "2.1"
        return f" {text.lstrip()}" if is_old else text[1:]

    def _finish_line(self) -> None:
        line, self._line = self._line, None
        if line is None or self._card is None:
            return
        if len(self._card.properties) >= _MOST_PROPERTIES:
            raise problems.card_too_long(self._count)
        found = _property(line)
        if found.name == "VERSION" and not self._card.version:
            self._card.version = found.value.strip()
        else:
            self._card.properties.append(found)


def _whole_line_ends(lines: Iterator[str]) -> Iterator[str]:
    r"""Some phones end lines with `\r\r\n`, which is one line end, not an empty line that would end a picture."""
    before = ""
    for line in lines:
        if not (line in {"\n", "\r\n"} and before.endswith("\r")):
            yield line
        before = line


def _property(line: _Line) -> Property:
    text = "".join(line.pieces)
    match = _HEAD(text)
    if match is None:
        return Property("", text, is_broken=True)
    group, name, rest, value = match.groups()
    params = _params(rest)
    damaged = ""
    if line.is_quoted:
        value, damaged = _unquoted(value, params.get("CHARSET", [""])[0])
    size = line.size * 3 // 4
    return Property(name.upper(), value, (group or "").lower(), params, size, damaged)


def _params(text: str) -> dict[str, list[str]]:
    """Parameters by name in capitals; version 2.1 writes types bare (`TEL;HOME;VOICE`)."""
    params: dict[str, list[str]] = {}
    for part in _PARAM.findall(text):
        name, equals, value = part.partition("=")
        if not equals:
            name, value = "TYPE", part
        values = [value] if value.startswith('"') else value.split(",")
        cleaned = (re.sub(r"\^[n'^]", lambda m: _CARET[m[0]], each.strip().strip('"')) for each in values)
        params.setdefault(name.strip().upper(), []).extend(each for each in cleaned if each)
    return params


def _unquoted(text: str, charset: str) -> tuple[str, str]:
    """Decodes quoted-printable; bytes that are no letters become U+FFFD and are told."""
    data = _ESCAPED_BYTE.sub(lambda m: bytes((int(m[1], 16),)), text.encode("utf-8", "surrogatepass"))
    if not charset:
        try:
            return data.decode("utf-8"), ""
        except UnicodeDecodeError:
            charset = "cp1252"
    try:
        codecs.lookup(charset)
    except LookupError:
        charset = "utf-8"
    decoded = data.decode(charset, "surrogateescape")
    damaged = " ".join(f"0x{ord(character) - 0xDC00:02X}" for character in _UNREAD.findall(decoded))
    return _UNREAD.sub("\ufffd", decoded), damaged


def unescaped(text: str, version: str) -> str:
    """Takes the backslashes off a value; version 2.1 knows them before separators only."""
    if "\\" not in text:
        return text
    if version == "2.1":
        return re.sub(r"\\([;,:])", r"\1", text)
    return re.sub(r"\\([nN;,:\\])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def split_value(text: str, separator: str) -> list[str]:
    """The parts of a structured value; an escaped separator does not part."""
    if "\\" not in text:
        return text.split(separator)
    return re.findall(rf"((?:\\.|[^\\{separator}]|\\$)*)(?:{separator}|$)", text, re.DOTALL)
