"""The apostrophe before what a spreadsheet would compute: our own tables put one there, reading takes that one off."""

from __future__ import annotations

_COMPUTED = tuple("=+-@＝＋－＠\t\r\n")
"""What a spreadsheet begins to compute at, also in the wide forms of East Asian keyboards."""
_SIGN = "'"


def guarded(value: str) -> str:
    """The value with an apostrophe before it where a spreadsheet would compute it; blanks before do not hide it.

    Where it has apostrophes of its own in that place it gets one more, so that `bare` gives it back as it was.
    """
    return f"{_SIGN}{value}" if _would_compute(value.lstrip(_SIGN)) else value


def bare(value: str) -> str:
    """The value of a cell without the one apostrophe that `guarded` put before it."""
    return value[1:] if value[:1] == _SIGN and _would_compute(value.lstrip(_SIGN)) else value


def bare_row(cells: list[str]) -> list[str]:
    """A row without those apostrophes; most rows have none, and cost one look."""
    return [bare(cell) for cell in cells] if _SIGN in "".join(cells) else cells


def _would_compute(value: str) -> bool:
    return value.startswith(_COMPUTED) or value.strip().startswith(_COMPUTED)
