"""Proof 4: whatever a role without the right to them asks for, no details that are kept apart are in the answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.privacy import rights
from desktop_crm.privacy.rights import ReadyRole, allowed
from desktop_crm.records.sensitive import ApartKind
from desktop_crm.services import contacts, sensitive
from desktop_crm.services.actor import OWNER, Actor
from desktop_crm.services.apart import MASK
from desktop_crm.services.office import Office
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.words import M, Problem
from tests.privacy import pages
from tests.privacy.apart_at_work import IBAN
from tests.privacy.test_acts import CASES, PREPARED, Scene, declared

ALLERGY = "Zwergwalnussallergie"


def texts(answer: Any, seen: dict[int, Any] | None = None) -> Iterator[str]:
    """Every text in an answer, however deep, also in files that it names."""
    # What was seen is kept alive: the number of an object counts only as long as it lives.
    seen = {} if seen is None else seen
    if id(answer) in seen:
        return
    seen[id(answer)] = answer
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, bytes):
        yield answer.decode("latin-1")
    elif isinstance(answer, Path):
        yield answer.read_bytes().decode("latin-1") if answer.is_file() else str(answer)
    elif isinstance(answer, M):
        yield from texts([answer.text, answer.values], seen)
    elif isinstance(answer, Mapping):
        yield from texts([*answer.keys(), *answer.values()], seen)
    elif isinstance(answer, (list, tuple, set, frozenset)):
        for part in answer:
            yield from texts(part, seen)
    elif dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        yield from texts([getattr(answer, field.name) for field in dataclasses.fields(answer)], seen)


@pytest.fixture
def scene(office: Office, tmp_path: Path) -> Scene:
    person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    made = Scene(office, person, tmp_path / "out")
    made.folder.mkdir()
    sensitive.add_detail(office, person, NewDetail(ApartKind.HEALTH, ALLERGY, office.today()))
    assert made.apart
    return made


def told(scene: Scene, name: str) -> str:
    return "\n".join(texts(CASES[name](scene)))


def test_this_proof_would_find_it(scene: Scene) -> None:
    assert IBAN.text in told(scene, "sensitive.reveal")
    assert MASK in told(scene, "record_page.what_we_hold")
    assert IBAN.text not in told(scene, "record_page.what_we_hold"), "not even for the owner"
    database, key = scene.office.store.database, bytes(scene.office.keys.database_key)
    scene.office.store.checkpoint()
    assert pages.in_pages(database, key, [IBAN.text, ALLERGY]) == {}


@pytest.mark.parametrize("role", [rights.STAFF, rights.READ_ONLY, rights.DATA_PROTECTION])
def test_no_act_answers_with_it_to_a_role_without_the_right(scene: Scene, role: ReadyRole) -> None:
    for prepared in sorted(set(PREPARED.values()) - {"number"}):
        getattr(scene, prepared)
    scene.office.who = Actor("bb" * 16, role.rights)
    answered = 0
    acts = declared()
    names = [name for name in sorted(CASES) if allowed(role.rights, acts[name].verb, acts[name].part)]
    for name in names:
        try:
            answer = told(scene, name)
        except (Problem, RuntimeError):
            # Taken away by an act before it, or opened by somebody else: no answer, so nothing in it.
            continue
        answered += 1
        assert not [one for one in (IBAN.text, ALLERGY, MASK) if one in answer], name
    assert answered > 15
    assert not {name for name in names if name.startswith("sensitive.")}
    for path in scene.folder.rglob("*"):
        assert not path.is_file() or IBAN.text.encode() not in path.read_bytes()
    scene.office.who = OWNER
    assert sensitive.reveal(scene.office, scene.apart) == IBAN.text
