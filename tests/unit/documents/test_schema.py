import copy
import json
from typing import Any

import jsonschema_rs
import pytest

from desktop_crm.documents.schema import check
from desktop_crm.resource_files import resource
from desktop_crm.words import Words
from tests.unit.documents import samples
from tests.unit.documents.papers import access_report_json, erasure_record_json

WORDS = Words("de", "Europe/Berlin")
REPORT = json.loads(access_report_json(samples.report(), WORDS))
RECORD = json.loads(erasure_record_json(samples.RECORD, WORDS))
VALID = {"access-report": REPORT, "erasure-record": RECORD}


def published(name: str) -> Any:
    return json.loads(resource("schemas", f"{name}.schema.json").read_text("utf-8"))


def accepted(name: str, content: Any) -> bool:
    try:
        check(name, content)
    except ValueError:
        return False
    return True


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
    assert jsonschema_rs.meta.is_valid(published(name))
    check(name, VALID[name])


@pytest.mark.parametrize("name", VALID)
def test_every_part_at_the_top_is_needed(name: str) -> None:
    for part in VALID[name]:
        with pytest.raises(ValueError, match="not what the schema asks for"):
            check(name, changed(VALID[name], (part,), ...))


def test_a_part_that_nobody_published_is_refused() -> None:
    assert not accepted("access-report", REPORT | {"surprise": 1})


def test_the_fault_names_the_place_and_no_value() -> None:
    broken = changed(REPORT, ("sections", 0, "entries", 0, "facts", 0, "kind"), "secret")
    with pytest.raises(ValueError, match="/sections/0/entries/0/facts/0/kind") as fault:
        check("access-report", broken)
    assert "secret" not in str(fault.value)
