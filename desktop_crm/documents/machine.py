"""The same content for machines: values beside the words, checked against the published schema."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain, repeat
from typing import Any

from desktop_crm.documents.formats import fact_text
from desktop_crm.documents.model import Fact, File, Shop
from desktop_crm.documents.schema import check
from desktop_crm.documents.text import plain_unicode
from desktop_crm.words import M, Money, Value, Words

Json = dict[str, Any]

_ENGLISH = Words("en")
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DEPTH = 4
"""Down to here an answer is taken apart: its parts, their entries."""


class RememberingWords(Words):
    """Words that remember the days, instants and amounts they have said: a long report says each many times."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.language, words.zone)
        self._said: dict[date | Money, str] = {}

    def value(self, value: Value) -> str:
        if not isinstance(value, date | Money):
            return super().value(value)
        if value not in self._said:
            self._said[value] = super().value(value)
        return self._said[value]


def written(content: Json, name: str) -> bytes:
    """The content as UTF-8 JSON, once the schema `resources/schemas/<name>.schema.json` allows it.

    Raises:
        ValueError: a part is missing or of the wrong form; the message tells the place, never a value.
    """
    check(name, content)
    return "".join(_pieces(content, _DEPTH)).encode("utf-8")


def _pieces(content: Any, depth: int) -> Iterator[str]:
    """Small pieces: nothing else runs while one is made, and a report of many years would hold up the window."""
    if depth and content and isinstance(content, dict):
        for sign, (name, value) in zip(chain("{", repeat(",")), content.items(), strict=False):
            yield f"{sign}{_ENCODER.encode(name)}:"
            yield from _pieces(value, depth - 1)
        yield "}"
    elif depth and content and isinstance(content, list):
        for sign, value in zip(chain("[", repeat(",")), content, strict=False):
            yield sign
            yield from _pieces(value, depth - 1)
        yield "]"
    else:
        yield _ENCODER.encode(content)


def said(words: Words, value: Value) -> str:
    """A value in words, in a form that can be written as UTF-8."""
    return plain_unicode(words.value(value))


def said_or_none(words: Words, value: Value) -> str | None:
    """The same, and None for nothing."""
    return None if value is None else said(words, value)


def instant(at: datetime) -> str:
    """An instant as UTC text with Z and microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day(value: date | None) -> str | None:
    """A day as ISO 8601 text."""
    return None if value is None else value.isoformat()


def valued(value: Value | File) -> Json:
    """A value with its kind: amounts in minor units with their currency, days and instants in ISO 8601, files whole."""
    return {"kind": "file", "value": _file(value)} if isinstance(value, File) else _plain(value)


def _plain(value: Value) -> Json:
    match value:
        case None:
            return {"kind": "nothing", "value": None}
        case M():
            return {"kind": "words", "value": said(_ENGLISH, value)}
        case bool():
            return {"kind": "yes_no", "value": value}
        case str():
            return {"kind": "text", "value": plain_unicode(value)}
        case int() | float():
            return {"kind": "number", "value": value}
        case Money():
            return {"kind": "money", "value": {"minor": value.minor, "currency": value.currency}}
        case datetime():
            return {"kind": "instant", "value": instant(value)}
        case date():
            return {"kind": "day", "value": value.isoformat()}


def _file(value: File) -> Json:
    return {
        "media_type": plain_unicode(value.media_type),
        "size": len(value.content),
        "sha256": value.sha256,
        "base64": base64.b64encode(value.content).decode(),
    }


def fact(one: Fact, words: Words) -> Json:
    """A fact with its value for machines and its text for people."""
    text = said(words, fact_text(words, one))
    return {"name": one.name, "label": words.say(one.label), **valued(one.value), "text": text}


def shop(values: Shop) -> Json:
    """Who holds the data."""
    names = ("name", "strapline", "street", "postal_code", "city", "country", "phone", "email", "responsible", "role")
    found = {name: getattr(values, name) for name in names}
    return {name: None if value is None else plain_unicode(value) for name, value in found.items()}
