"""A chain shows every change of its lines, and can only be sealed by who has the key."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.chain import CHAIN_START, first_break, in_order, is_whole, seal

KEY = b"k" * 32


@dataclass(frozen=True)
class Told:
    """The simplest line."""

    text: str
    previous: bytes
    seal: bytes = CHAIN_START


def seal_of(line: Told) -> bytes:
    return seal(KEY, "told", line.previous, line.text)


def chained(texts: list[str]) -> list[Told]:
    lines: list[Told] = []
    for text in texts:
        line = Told(text, lines[-1].seal if lines else CHAIN_START)
        lines.append(replace(line, seal=seal_of(line)))
    return lines


TEXTS = st.lists(st.text(max_size=3), min_size=2, max_size=8)


@given(TEXTS, st.randoms())
def test_a_chain_is_whole_in_any_order(texts: list[str], shuffle: random.Random) -> None:
    lines = chained(texts)
    mixed = shuffle.sample(lines, len(lines))
    assert in_order(mixed) == lines
    assert is_whole(mixed, seal_of)
    assert first_break(lines, seal_of) is None


def test_no_line_is_a_whole_chain() -> None:
    assert is_whole([], seal_of)


@given(TEXTS, st.data())
def test_a_changed_line_is_found(texts: list[str], data: st.DataObject) -> None:
    lines = chained(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = replace(lines[at], text=lines[at].text + "!")
    assert first_break(lines, seal_of) == lines[at]
    assert not is_whole(lines, seal_of)


@given(TEXTS, st.data())
def test_a_removed_line_is_found_but_for_the_last(texts: list[str], data: st.DataObject) -> None:
    lines = chained(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    last = at == len(lines) - 1
    del lines[at]
    assert is_whole(lines, seal_of) is last
    assert (first_break(lines, seal_of) is None) is last


@given(TEXTS, st.data())
def test_a_line_put_in_or_doubled_is_found(texts: list[str], data: st.DataObject) -> None:
    lines = chained(texts)
    at = data.draw(st.integers(0, len(lines) - 1))
    twin = Told("more", lines[at].previous)
    assert not is_whole([*lines, replace(twin, seal=seal(b"x" * 32, "told", twin.previous, twin.text))], seal_of)
    assert not is_whole([*lines, lines[at]], seal_of)


@pytest.mark.parametrize("ends_first", [True, False])
def test_a_fork_is_no_chain(ends_first: bool) -> None:
    """Two lines that both follow the first one, each truly sealed."""
    one, two = chained(["a", "b"]), chained(["a", "c"])
    lines = [*one, two[1]]
    assert not is_whole(lines[::-1] if ends_first else lines, seal_of)


def test_a_circle_ends() -> None:
    lines = [Told("a", CHAIN_START, b"x" * 32), Told("b", b"x" * 32, CHAIN_START)]
    assert in_order(lines) == lines


def test_a_seal_depends_on_key_ledger_and_every_part_and_on_where_it_ends() -> None:
    parts = (("ab", "c"), ("a", "bc"), ("abc",), ("abc", None), ("abc", ""), ("ab", b"c"))
    seals = [seal(KEY, "told", CHAIN_START, *those) for those in parts]
    assert len(set(seals)) == 5, "text and its bytes are alike, nothing else is"
    seals += [
        seal(KEY, "other", CHAIN_START, "abc"),
        seal(b"x" * 32, "told", CHAIN_START, "abc"),
        seal(KEY, "told", b"x" * 32, "abc"),
        seal(KEY, "tol", b"d" + CHAIN_START, "abc"),
    ]
    assert len(set(seals)) == 9


def test_without_the_key_there_is_no_seal() -> None:
    data = b"".join(len(part).to_bytes(8, "big") + part for part in (b"told", CHAIN_START, b"abc"))
    assert seal(KEY, "told", CHAIN_START, "abc") != hashlib.sha256(data).digest()
