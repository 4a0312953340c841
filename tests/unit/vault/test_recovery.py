from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.vault import recovery
from desktop_crm.words import Exit, Problem, Words

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.binary(min_size=20, max_size=20)
PLACES = st.integers(1, 9)


def _told(text: str) -> str:
    with pytest.raises(Problem) as told:
        recovery.read_code(text)
    assert told.value.code is Exit.LOCKED
    return Words("en").say(told.value.what)


def _named(place: int) -> str:
    return "The check group does not fit." if place == 9 else f"Group {place} does not fit."


def test_a_code_has_nine_groups_of_four_signs() -> None:
    groups = recovery.as_groups(bytes(range(20)))
    assert groups == ("000G", "40R4", "0M30", "E209", "185G", "R38E", "1W81", "24GK", groups[8])
    assert recovery.as_text(bytes(range(20))) == "-".join(groups)
    assert len(recovery.new_code()) == 20


@given(CODES)
def test_a_code_survives_the_paper(code: bytes) -> None:
    assert recovery.read_code(recovery.as_text(code)) == code


@given(CODES, st.sampled_from([" ", "\n", "-", " - ", "–", "\u00a0", "", "_", ". "]), st.booleans())
def test_capitals_spaces_and_hyphens_do_not_matter(code: bytes, between: str, small: bool) -> None:
    text = between.join(recovery.as_groups(code))
    assert recovery.read_code(f"  {text.lower() if small else text}\n") == code


@given(CODES)
def test_signs_that_look_alike_are_understood(code: bytes) -> None:
    text = recovery.as_text(code)
    for sign, read in (("0", "O"), ("1", "I"), ("1", "l"), ("V", "u")):
        assert recovery.read_code(text.replace(sign, read)) == code


@given(CODES, PLACES, st.integers(0, 3), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_placed_by_the_paper_alone(code: bytes, place: int, at: int, sign: str) -> None:
    groups = list(recovery.as_groups(code))
    wrong = groups[place - 1][:at] + sign + groups[place - 1][at + 1 :]
    if wrong != groups[place - 1]:
        groups[place - 1] = wrong
        assert _told("-".join(groups)) == _named(place)


@given(CODES, PLACES, st.sampled_from(list(combinations(range(4), 2))))
def test_two_swapped_signs_are_placed_by_the_paper_alone(code: bytes, place: int, pair: tuple[int, int]) -> None:
    groups = list(recovery.as_groups(code))
    signs = list(groups[place - 1])
    signs[pair[0]], signs[pair[1]] = signs[pair[1]], signs[pair[0]]
    if "".join(signs) != groups[place - 1]:
        groups[place - 1] = "".join(signs)
        assert _told("-".join(groups)) == _named(place)


def test_no_typical_slip_can_be_taken_for_one_elsewhere() -> None:
    """Every slip at every place, on one code: the check is linear, so what holds for one holds for all."""
    right = recovery.read_groups(recovery.as_text(bytes(20)))
    slips = [change << shift for change in range(1, 32) for shift in (0, 5, 10, 15)]
    slips += [c << a | c << b for c in range(1, 32) for a, b in combinations((0, 5, 10, 15), 2)]
    for place in range(9):
        for slip in slips:
            typed = (*right[:place], right[place] ^ slip, *right[place + 1 :])
            assert recovery.slip(typed) == place + 1


@given(CODES, PLACES, st.integers(1, (1 << 20) - 1))
def test_any_single_wrong_group_is_noticed_and_has_one_repair(code: bytes, place: int, change: int) -> None:
    right = recovery.read_groups(recovery.as_text(code))
    typed = (*right[: place - 1], right[place - 1] ^ change, *right[place:])
    assert not recovery.fits(typed)
    repairs = recovery.corrections(typed)
    assert [at for at, _ in repairs] == list(range(1, 10))
    assert (place, code) in repairs
    assert [at for at, repaired in repairs if repaired == code] == [place]


@given(CODES, st.permutations(range(8)))
def test_groups_in_another_order_are_noticed(code: bytes, order: list[int]) -> None:
    groups = recovery.as_groups(code)
    moved = [groups[place] for place in order]
    if moved != list(groups[:8]):
        with pytest.raises(Problem):
            recovery.read_code("-".join([*moved, groups[8]]))


@pytest.mark.parametrize("place", range(1, 10))
@pytest.mark.parametrize("wrong", ["ABC", "ABCDE", "AB*D", "ABÄD", "AB٣D"])
def test_a_group_of_wrong_length_or_sign_is_named(place: int, wrong: str) -> None:
    groups = list(recovery.as_groups(bytes(range(20))))
    groups[place - 1] = wrong
    if wrong == "AB*D":
        # A foreign sign splits the group; the count of signs is then told.
        assert "35 signs" in _told("-".join(groups))
    else:
        assert _told("-".join(groups)) == _named(place)


@pytest.mark.parametrize(("text", "said"), [("", "these are 0 signs"), ("A", "this is 1 sign"), ("A" * 37, "37 signs")])
def test_too_few_and_too_many_signs_are_counted(text: str, said: str) -> None:
    assert said in _told(text)


def test_no_sentence_holds_what_was_typed() -> None:
    groups = list(recovery.as_groups(bytes(range(20))))
    groups[2], groups[4] = "ZZZZ", "YYYX"
    with pytest.raises(Problem) as told:
        recovery.read_code("-".join(groups))
    assert told.value.what.text.startswith("More than one group")
    assert "ZZZZ" not in repr(told.value) + str(told.value.args)
