"""What is written for machines is made in pieces: the text is the same, and no piece holds up the window for long."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.documents import machine

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
CONTENT = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=60)


@given(CONTENT, st.integers(0, 5))
def test_the_pieces_are_the_same_text_as_the_whole(content: object, depth: int) -> None:
    whole = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    assert "".join(machine._pieces(content, depth)) == whole


def test_a_long_answer_is_made_of_short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "check", lambda *_: None)
    entries = [{"title": "Bought roses", "values": [{"kind": "text", "value": "x" * 100}]}] * 2_000
    content = {"number": "R-2026-001", "sections": [{"key": "orders", "entries": entries}]}
    assert json.loads(machine.written(content, "access-report")) == content
    assert max(map(len, machine._pieces(content, machine._DEPTH))) < 1_000
