"""Words in a free text that may tell something very private (Art. 9 GDPR): health, faith, politics and the like.

Lists: `resources/very-private/<language>.toml`. They give a quiet hint and nothing else: nothing is refused, changed or
written down because of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain

from desktop_crm.privacy.strict_toml import read_table
from desktop_crm.resource_files import resource
from desktop_crm.words import LANGUAGES


class PrivateKind(StrEnum):
    """The special categories that a word in a note can give away."""

    HEALTH = "health"
    FAITH = "faith"
    POLITICS = "politics"
    UNION = "union"
    SEX_LIFE = "sexlife"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one kind: what gives it away, and what only looks so."""

    kind: PrivateKind
    found: re.Pattern[str]
    harmless: re.Pattern[str] | None

    def is_in(self, text: str) -> bool:
        """Whether one of the words stands in a text that is compared as `_compared` writes it."""
        rest = self.harmless.sub("·", text) if self.harmless else text
        return self.found.search(rest) is not None


def kinds_in(text: str, lists: Iterable[WordList]) -> list[PrivateKind]:
    """The kinds a text seems to tell something about, each once, in the order of PrivateKind."""
    compared = _compared(text)
    told = {one.kind for one in lists if one.is_in(compared)}
    return [kind for kind in PrivateKind if kind in told]


@cache
def word_lists(*languages: str) -> tuple[WordList, ...]:
    """The words of some languages, by kind; English where there is none of a language.

    Raises:
        ValueError: a file is wrong; the message names file and key.
    """
    known = {language if language in LANGUAGES else "en" for language in languages}
    read = [_words(language) for language in sorted(known)]
    return tuple(_united(kind, [each[kind] for each in read]) for kind in PrivateKind)


def _words(language: str) -> dict[PrivateKind, tuple[tuple[str, ...], tuple[str, ...]]]:
    file = read_table(resource("very-private", f"{language}.toml"))
    made = {}
    for kind in PrivateKind:
        table = file.table(kind)
        made[kind] = table.texts("words"), table.texts("not")
        table.done()
    file.done()
    return made


def _united(kind: PrivateKind, read: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> WordList:
    """One list of several languages: what is harmless in one of them is so in all, since notes mix them."""
    words, harmless = (list(chain.from_iterable(each)) for each in zip(*read, strict=True))
    return WordList(kind, _pattern(words), _pattern(harmless) if harmless else None)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words or groups of them; `*` stands for any letters, `#` for a number."""
    each = (re.escape(_compared(word)).replace(r"\*", r"\w*").replace(r"\#", r"\d+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def _compared(text: str) -> str:
    """Without capitals, in one line. Accents stay: `schwül` is the weather."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
