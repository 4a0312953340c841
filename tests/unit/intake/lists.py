"""Small files that the tests write, and what they ask of every draft."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_crm.intake.person import PersonDraft
from desktop_crm.intake.reading import ListFile, open_list
from desktop_crm.words import Problem, Words

SAMPLES = Path(__file__).parents[2] / "samples"


def write(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def read(
    folder: Path, content: str | bytes, country: str = "DE", mapping: Mapping[str, str] | None = None
) -> list[PersonDraft]:
    return list(opened(folder, content, country, mapping).people())


def opened(
    folder: Path, content: str | bytes, country: str = "DE", mapping: Mapping[str, str] | None = None
) -> ListFile:
    return open_list(write(folder, content), country=country, mapping=mapping)


def strings(draft: PersonDraft) -> list[str]:
    """Every text a draft carries or leaves out."""
    found = [getattr(draft, name) for name in ("name", "prefix", "given", "middle", "family", "suffix", "nickname")]
    found += [draft.company, draft.job_title, draft.department, draft.birthday, draft.language, draft.stage]
    found += [draft.basis_hint, draft.uid, *draft.notes, *draft.tags]
    for each in (*draft.emails, *draft.phones, *draft.addresses, *draft.websites):
        found += list(each)
    found += [left.value for left in draft.left_out]
    return [text for text in found if text]


def said(problem: Problem) -> str:
    return " ".join(Words("en").say(sentence) for sentence in problem.sentences())
