"""What was ticked and answered and not recorded yet: kept as a draft, for a lock in the middle of it loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_crm.services import asking, drafts
from desktop_crm.services.asking import Answer, Asking
from desktop_crm.services.office import Office

PLACE = "asking"
_LANGUAGE, _ANSWERS, _HOW, _EVIDENCE, _OWN = "language", "answers", "how", "evidence", "own"


@dataclass(frozen=True, slots=True, repr=False)
class HalfAsked:
    """Each question that is ticked, with its answer so far; how it was answered, and whether of their own accord."""

    answers: Mapping[str, Answer | None]
    how: str
    evidence: str
    own_accord: bool
    language: str

    @property
    def any(self) -> bool:
        """Whether there is something worth keeping."""
        return bool(self.answers or self.how)


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """The questions, and what was filled in before."""

    asking: Asking
    half: HalfAsked


def begin(office: Office, person: bytes) -> Begun:
    """The questions in the language they were begun in. Runs on a worker thread."""
    half = _read(drafts.take(office, PLACE, person))
    return Begun(asking.questions(office, person, half.language or None), half)


def keep(office: Office, person: bytes, half: HalfAsked) -> None:
    """Keep it in place of what was kept before. Runs on a worker thread."""
    given = " ".join(f"{code}={answer or ''}" for code, answer in half.answers.items())
    fields = {_ANSWERS: given, _HOW: half.how, _EVIDENCE: half.evidence, _OWN: "yes" if half.own_accord else ""}
    drafts.keep(office, PLACE, person, {**fields, _LANGUAGE: half.language} if half.any else {})


def forget(office: Office, person: bytes) -> None:
    """It was recorded, or is not wanted. Runs on a worker thread."""
    drafts.drop(office, PLACE, person)


def _read(fields: Mapping[str, str]) -> HalfAsked:
    pairs = (one.partition("=") for one in fields.get(_ANSWERS, "").split())
    answers = {code: Answer(answer) if answer in set(Answer) else None for code, _, answer in pairs}
    how, evidence, own, language = (fields.get(name, "") for name in (_HOW, _EVIDENCE, _OWN, _LANGUAGE))
    return HalfAsked(answers, how, evidence, bool(own), language)
