"""The privacy notice as a letter to each of some people, in one file for the printer; or alone, for the counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_crm.documents.blocks import sentence
from desktop_crm.documents.consent_form import notice
from desktop_crm.documents.finish import paper
from desktop_crm.documents.letterhead import information, letterhead, running_head, window
from desktop_crm.documents.model import Shop
from desktop_crm.documents.page import Sheet
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Words


@dataclass(frozen=True, slots=True, repr=False)
class NoticeLetter:
    """The notice for one person, in the `version` that is told; `source`: from whom we have their details."""

    shop: Shop
    addressee: tuple[str, ...]
    words: Words
    made_at: datetime
    version: int
    text: str
    source: str = ""


def where_from(source: str) -> M:
    """What people are told whose details came from somebody else (Art. 14(2)(f) GDPR)."""
    return M("We have your details from: {source}. So we tell you:", source=source)


def notice_letters_pdf(letters: Sequence[Released[NoticeLetter]], title: str, language: str) -> bytes:
    """The letters one after the other, each from a page of its own. ValueError for none."""
    if not letters:
        raise ValueError("a letter needs somebody who gets it")
    every = [one.content for one in letters]
    return paper(_Letters(every).written(), title, language, every[0].made_at)


class _Letters:
    """Letters while they are written."""

    def __init__(self, letters: Sequence[NoticeLetter]) -> None:
        self._letters = letters
        self._later: NoticeLetter | None = None
        self._sheet = Sheet(self._head)

    def written(self) -> bytes:
        """The pages as a raw PDF."""
        for place, letter in enumerate(self._letters):
            self._later = None
            if place:
                self._sheet.turn()
            self._write(letter)
        self._sheet.footer(self._letters[0].shop.name, None)
        return self._sheet.finish()

    def _head(self, sheet: Sheet) -> None:
        if self._later is not None:
            running_head(sheet, self._later.shop, _version(self._later))

    def _write(self, letter: NoticeLetter) -> None:
        sheet, say = self._sheet, letter.words.say
        letterhead(sheet, letter.shop, letter.words)
        if letter.addressee:
            window(sheet, letter.shop, letter.addressee)
            day = letter.words.instant(letter.made_at, long=True).rsplit(",", 1)[0]
            notice_version = letter.words.number(letter.version)
            information(sheet, ((say(M("Date")), day), (say(M("Privacy notice, version")), notice_version)))
        self._later = letter
        sheet.y = 250.0 if letter.addressee else 104.0
        if letter.source:
            sentence(sheet, say(where_from(letter.source)))
            sheet.y += 8
        notice(sheet, letter.text)
        if not letter.addressee:
            sentence(sheet, _version(letter), before=10)


def _version(letter: NoticeLetter) -> str:
    return letter.words.say(M("Privacy notice, version {n}", n=letter.version))
