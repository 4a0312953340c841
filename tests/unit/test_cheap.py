"""Row types are made cheaply and behave as frozen dataclasses do, for the first row and for every other."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from desktop_crm.cheap import fixed, frozen


@pytest.fixture
def row_type() -> Any:
    @frozen
    class Sign:
        """A sign over a door."""

        words: str
        lit: bool
        colour: str | None = None

    return Sign


def test_fields_are_given_by_name_and_keep_their_default(row_type: Any) -> None:
    for _ in range(2):
        row = row_type(words="Open", lit=True)
        assert (row.words, row.lit, row.colour) == ("Open", True, None)
    assert row_type(colour="red", words="Open", lit=False).colour == "red"


@pytest.mark.parametrize("given", [{}, {"words": "Open"}, {"words": "Open", "lit": True, "size": 3}])
def test_what_is_missing_or_unknown_is_refused_for_the_first_row_and_the_second(
    row_type: Any, given: dict[str, object]
) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            row_type(**given)
    with pytest.raises(TypeError):
        row_type("Open", True)


def test_rows_of_the_same_values_are_the_same_and_no_other(row_type: Any) -> None:
    row, same, other = (row_type(words=words, lit=True) for words in ("Open", "Open", "Shut"))
    assert row == same
    assert hash(row) == hash(same)
    assert {row, same, other} == {row, other}
    assert row != ("Open", True, None)


def _made(name: str) -> Any:
    return frozen(type(name, (), {"__annotations__": {"words": str}}))


def test_rows_of_two_types_are_never_the_same() -> None:
    one, other = (_made(name) for name in ("One", "Other"))
    assert one(words="Open") != other(words="Open")


def test_nothing_can_be_changed_added_or_taken_away(row_type: Any) -> None:
    row = row_type(words="Open", lit=True)
    for name in ("words", "size"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(row, name, "Shut")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del row.words
    assert not hasattr(row, "__dict__")
    assert row == row_type(words="Open", lit=True)


def test_dataclasses_know_it(row_type: Any) -> None:
    row = row_type(words="Open", lit=True)
    assert [field.name for field in dataclasses.fields(row_type)] == ["words", "lit", "colour"]
    assert dataclasses.replace(row, lit=False) == row_type(words="Open", lit=False)


@fixed
class _Room:
    """What stands behind a door."""

    name: str
    seats: int = 4
    signs: list[str] = dataclasses.field(default_factory=list)
    key: str = dataclasses.field(default="", compare=False, kw_only=True)

    def __post_init__(self) -> None:
        if self.seats < 0:
            raise ValueError


def test_a_fixed_value_is_given_in_order_or_by_name_and_lists_are_made_anew() -> None:
    one, other = _Room("Hall"), _Room(name="Hall", key="7")
    assert (one.name, one.seats, one.signs, one.key) == ("Hall", 4, [], "")
    assert one == other
    assert one.signs is not other.signs
    assert dataclasses.replace(other, seats=2) == _Room("Hall", 2)
    made: Any = _Room
    wrong: list[tuple[Any, ...]] = [(), ("Hall", 4, [], "7")]
    for given in wrong:
        with pytest.raises(TypeError):
            made(*given)


def test_a_fixed_value_is_checked_each_time_and_never_told() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match=r"^$"):
            _Room("Hall", -1)
    assert "Hall" not in repr(_Room("Hall"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(_Room("Hall"), "name", "Door")  # noqa: B010 - what mypy would refuse


def test_a_frozen_dataclass_may_go_on_from_a_fixed_one() -> None:
    @dataclasses.dataclass(frozen=True)
    class Cellar(_Room):
        deep: int = 1

    assert Cellar("Wine", deep=2).deep == 2
    assert Cellar("Wine") != _Room("Wine")
