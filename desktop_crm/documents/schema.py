"""Checks content against a published JSON Schema before it leaves the program."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs

from desktop_crm.resource_files import resource


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(resource("schemas", f"{name}.schema.json").read_text("utf-8"))


def check(name: str, content: Any) -> None:
    """Raises ValueError with the place of the first fault in `<name>.schema.json`, never with a value."""
    for fault in _validator(name).iter_errors(content):
        place = "/".join(map(str, fault.instance_path))
        rule = "/".join(map(str, fault.schema_path))
        raise ValueError(f"not what the schema asks for: /{place} (rule {rule})")
