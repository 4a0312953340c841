"""Proof 4: nothing leaves but through the gate."""

from __future__ import annotations

import ast
import copy

import pytest

from desktop_crm.privacy import gate
from desktop_crm.privacy.gate import AboutOnePerson, Released, names_nobody, to_the_person
from tests.architecture.source import imported, sources

A, B = b"a" * 16, b"b" * 16


@pytest.mark.parametrize("proof", [None, True, object(), "pass"])
def test_nobody_else_releases_data(proof: object) -> None:
    with pytest.raises(TypeError):
        Released("data", proof)


def test_a_person_gets_their_own_data() -> None:
    assert to_the_person(AboutOnePerson(A, "data"), asked_by=A).content == "data"


@pytest.mark.parametrize("asking", [B, b"", A[:-1]])
def test_nobody_gets_the_data_of_another(asking: bytes) -> None:
    with pytest.raises(ValueError, match="another"):
        to_the_person(AboutOnePerson(A, "data"), asked_by=asking)


def test_what_names_nobody_may_leave() -> None:
    assert names_nobody(3).content == 3


def test_released_data_says_nothing_of_itself() -> None:
    assert "secret" not in repr(names_nobody("secret"))
    assert "secret" not in repr(AboutOnePerson(A, "secret"))


def test_released_has_no_other_way_in() -> None:
    with pytest.raises(AttributeError):
        names_nobody(1).other = 2  # type: ignore[attr-defined]
    assert copy.copy(names_nobody(1)).content == 1


def test_only_the_gate_makes_released_data() -> None:
    """The pass is used in no other file, nor is the class called."""
    for file in sources():
        if file.path.endswith("privacy/gate.py"):
            continue
        names = {node.id for node in ast.walk(file.tree) if isinstance(node, ast.Name)}
        assert "_PASS" not in {*names, *(full.rpartition(".")[2] for full in imported(file.tree))}, file.path
        calls = (node.func for node in ast.walk(file.tree) if isinstance(node, ast.Call))
        assert not any(isinstance(call, ast.Name) and call.id == "Released" for call in calls), file.path
    assert gate.Released is Released
