"""The result as plain lines, and as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise

from desktop_crm import __version__
from installers.bench.measure import Figure

HEAD = f"{'what':46} {'people':>9}  {'value':>12} {'reference':>12} {'ratio':>7}  goal"


def line(figure: Figure) -> str:
    """One figure as a line: value, reference, ratio, goal, and what the reference is."""
    value, reference = (f"{number(x)} {figure.unit}" for x in (figure.value, figure.reference))
    told = f"{figure.what:46} {figure.size:>9,}  {value:>12} {reference:>12} {figure.ratio:>6.2f}×  {_goal(figure):22}"
    note = f"; {figure.note}" if figure.note else ""
    return f"{told} against: {figure.against}{note}"


def number(value: float) -> str:
    """Three significant digits, without an exponent."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:,.{digits}f}"


def _goal(figure: Figure) -> str:
    wanted = []
    if figure.goal is not None:
        wanted.append(f"≤ {figure.goal:g}×")
    if figure.limit is not None:
        wanted.append(f"< {figure.limit:g} {figure.unit}")
    if not wanted:
        return ""
    return f"{', '.join(wanted)}: {'met' if figure.met else 'MISSED'}"


def growth(figures: Iterable[Figure]) -> list[str]:
    """How each figure grows from size to size; what does not grow with the people keeps a factor near 1."""
    named: dict[str, list[Figure]] = {}
    for figure in figures:
        named.setdefault(figure.name, []).append(figure)
    return [_growth(sorted(same, key=lambda f: f.size)) for same in named.values() if len(same) > 1]


def _growth(same: Sequence[Figure]) -> str:
    steps = (f"{one.size:,} → {other.size:,}: {other.value / one.value:.2f}×" for one, other in pairwise(same))
    return f"{same[0].name:20} {'   '.join(steps)}"


def missed(figures: Iterable[Figure]) -> list[str]:
    """What misses its goal, and by how much."""
    return [line(figure) for figure in figures if figure.met is False]


def as_json(figures: Sequence[Figure]) -> str:
    """Everything for machines."""
    listed = [
        {
            "name": f.name,
            "what": f.what,
            "people": f.size,
            "unit": f.unit,
            "value": f.value,
            "reference": f.reference,
            "against": f.against,
            "ratio": f.ratio,
            "goal": f.goal,
            "limit": f.limit,
            "met": f.met,
            "note": f.note,
        }
        for f in figures
    ]
    return json.dumps(
        {"computer": computer(), "figures": listed, "growth": growth(figures)}, indent=2, ensure_ascii=False
    )


def computer() -> dict[str, str]:
    """On what it was measured."""
    return {
        "program": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": str(os.cpu_count()),
        "implementation": sys.implementation.name,
    }
