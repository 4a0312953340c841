"""What stands on papers, told by other programs than the one that writes them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_crm.services.saving import Saved


def pdf_text(path: Path) -> str:
    """The words of a PDF (poppler), without blanks and line ends, so that a broken line hides nothing."""
    done = subprocess.run(["pdftotext", "-q", str(path), "-"], check=True, capture_output=True)
    return "".join(done.stdout.decode().split())


def json_text(path: Path) -> str:
    """Every text of a JSON paper."""
    return "\n".join(_texts(json.loads(path.read_text(encoding="utf-8"))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def path_of(papers: Iterable[Saved], ending: str) -> Path:
    """The one paper with that ending of its name."""
    (found,) = [paper.path for paper in papers if paper.path.name.endswith(ending)]
    return found


def holding(text: str, wanted: Iterable[str]) -> set[str]:
    return {one for one in wanted if one in text}
