import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from desktop_crm.documents.access_report import access_report_json
from desktop_crm.documents.erasure_record import erasure_record_json
from desktop_crm.documents.schema import Schema, schema
from desktop_crm.resource_files import resource
from desktop_crm.words import Words
from tests.unit.documents import samples

WORDS = Words("de", "Europe/Berlin")
REPORT = json.loads(access_report_json(samples.report(), WORDS))
RECORD = json.loads(erasure_record_json(samples.RECORD, WORDS))
VALID = {"access-report": REPORT, "erasure-record": RECORD}


def published(name: str) -> Any:
    return json.loads(resource("schemas", f"{name}.schema.json").read_text("utf-8"))


def accepted(name: str, content: Any) -> bool:
    try:
        schema(name).check(content)
    except ValueError:
        return False
    return True


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to every part of a JSON value."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(content, dict):
        inner = list(content.items())
    elif isinstance(content, list):
        inner = list(enumerate(content))
    return [path, *(found for key, value in inner for found in places(value, (*path, key)))]


def changed(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy with another value at a path; without the part if the value is Ellipsis."""
    result = copy.deepcopy(content)
    at = result
    for key in path[:-1]:
        at = at[key]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return result


@pytest.mark.parametrize("name", VALID)
def test_the_published_schema_is_one_and_accepts_the_sample(name: str) -> None:
    Draft202012Validator.check_schema(published(name))
    Draft202012Validator(published(name)).validate(VALID[name])
    schema(name).check(VALID[name])


@pytest.mark.parametrize("name", VALID)
def test_every_part_at_the_top_is_needed(name: str) -> None:
    for part in VALID[name]:
        with pytest.raises(ValueError, match=f"/{part}"):
            schema(name).check(changed(VALID[name], (part,), ...))


def test_a_part_that_nobody_published_is_refused() -> None:
    assert not accepted("access-report", REPORT | {"surprise": 1})


def test_the_fault_names_the_place_and_no_value() -> None:
    broken = changed(REPORT, ("sections", 0, "entries", 0, "facts", 0, "kind"), "secret")
    with pytest.raises(ValueError, match="/sections/0/entries/0/facts/0/kind") as fault:
        schema("access-report").check(broken)
    assert "secret" not in str(fault.value)


VALUES = st.one_of(
    st.just(...),
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.floats(allow_nan=False),
    st.text(max_size=3),
    st.just([]),
    st.just({}),
    st.just({"minor": 1, "currency": "EUR"}),
    st.just("2026-11-21"),
)


@settings(max_examples=250, deadline=None)
@given(st.data(), st.sampled_from(sorted(VALID)))
def test_the_fast_check_agrees_with_the_general_one(data: st.DataObject, name: str) -> None:
    path = data.draw(st.sampled_from([path for path in places(VALID[name]) if path]))
    content = changed(VALID[name], path, data.draw(VALUES))
    assert accepted(name, content) == Draft202012Validator(published(name)).is_valid(content)


def test_a_keyword_that_is_not_checked_is_refused() -> None:
    with pytest.raises(ValueError, match="maxLength"):
        Schema({"type": "string", "maxLength": 3})
