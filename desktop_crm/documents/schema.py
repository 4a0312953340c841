"""Checks content against a published JSON Schema, fast enough for a report with thousands of entries.

The schema is turned into functions once. Only the keywords that our schemas use are known, and any other stops the
program, so that nothing in a published schema is silently not checked. The general checker takes 1.2 s for 5,000
entries; tests compare both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from desktop_crm.resource_files import resource

Check = Callable[[Any], str | None]
"""Tells the place of the first fault, None if there is none."""

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_NOTES = frozenset({"$schema", "$defs", "title", "description"})


class Schema:
    """A schema that is ready to check with."""

    def __init__(self, source: dict[str, Any]) -> None:
        """Raises ValueError for a keyword that is not known here."""
        self._definitions = source.get("$defs", {})
        self._known: dict[str, Check] = {}
        self._check = self._compiled(source)

    def check(self, content: Any) -> None:
        """Raises ValueError with the place of the first fault, never with a value."""
        place = self._check(content)
        if place is not None:
            raise ValueError(f"not what the schema asks for: {place or 'the whole'}")

    def _compiled(self, source: dict[str, Any]) -> Check:
        if "$ref" in source:
            return self._reference(source["$ref"])
        makers: dict[str, Callable[[dict[str, Any]], Check]] = {
            "type": _type,
            "const": lambda rule: _one_of([rule["const"]]),
            "enum": lambda rule: _one_of(rule["enum"]),
            "pattern": _pattern,
            "minLength": lambda rule: _at_least(str, len, rule["minLength"]),
            "minItems": lambda rule: _at_least(list, len, rule["minItems"]),
            "minimum": lambda rule: _at_least((int, float), lambda value: value, rule["minimum"]),
            "required": _required,
            "additionalProperties": _only,
            "properties": self._properties,
            "items": self._items,
        }
        unknown = set(source) - set(makers) - _NOTES
        if unknown:
            raise ValueError(f"unknown in a schema: {sorted(unknown)}")
        checks = [make(source) for keyword, make in makers.items() if keyword in source]
        return lambda value: next((place for check in checks if (place := check(value)) is not None), None)

    def _reference(self, name: str) -> Check:
        key = name.removeprefix("#/$defs/")
        if key not in self._known:
            self._known[key] = self._compiled(self._definitions[key])
        return self._known[key]

    def _properties(self, source: dict[str, Any]) -> Check:
        checks = [(name, self._compiled(rule)) for name, rule in source["properties"].items()]

        def check(value: Any) -> str | None:
            if not isinstance(value, dict):
                return None
            for name, inner in checks:
                if name in value and (place := inner(value[name])) is not None:
                    return f"/{name}{place}"
            return None

        return check

    def _items(self, source: dict[str, Any]) -> Check:
        inner = self._compiled(source["items"])

        def check(value: Any) -> str | None:
            if not isinstance(value, list):
                return None
            for at, item in enumerate(value):
                if (place := inner(item)) is not None:
                    return f"/{at}{place}"
            return None

        return check


def _type(source: dict[str, Any]) -> Check:
    names = [source["type"]] if isinstance(source["type"], str) else source["type"]
    allowed = tuple(kind for name in names for kind in _TYPES[name])
    truth_allowed = "boolean" in names
    whole_allowed = "integer" in names

    def check(value: Any) -> str | None:
        if isinstance(value, bool):
            return None if truth_allowed else ""
        fits = isinstance(value, allowed) or (whole_allowed and isinstance(value, float) and value.is_integer())
        return None if fits else ""

    return check


def _one_of(allowed: list[Any]) -> Check:
    kinds = [(isinstance(one, bool), one) for one in allowed]
    return lambda value: None if (isinstance(value, bool), value) in kinds else ""


def _pattern(source: dict[str, Any]) -> Check:
    search = re.compile(source["pattern"]).search
    return lambda value: "" if isinstance(value, str) and not search(value) else None


def _at_least(kind: type | tuple[type, ...], size: Callable[[Any], Any], least: int) -> Check:
    return lambda value: "" if isinstance(value, kind) and size(value) < least else None


def _required(source: dict[str, Any]) -> Check:
    names = frozenset(source["required"])

    def check(value: Any) -> str | None:
        missing = names - value.keys() if isinstance(value, dict) else None
        return f"/{min(missing)}" if missing else None

    return check


def _only(source: dict[str, Any]) -> Check:
    if source["additionalProperties"] is not False:
        raise ValueError("additional properties are closed in our schemas")
    names = frozenset(source.get("properties", {}))

    def check(value: Any) -> str | None:
        strange = isinstance(value, dict) and value.keys() - names
        return "" if strange else None

    return check


@cache
def schema(name: str) -> Schema:
    """The published schema `resources/schemas/<name>.schema.json`."""
    return Schema(json.loads(resource("schemas", f"{name}.schema.json").read_text("utf-8")))
