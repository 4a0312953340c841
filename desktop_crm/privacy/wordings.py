"""The texts a shop starts with: ready-made purposes with their questions, and a short privacy notice.

Files: `resources/wordings/<language>/`. They are templates, copied into the customer file as version 1; from then on
only the versions there count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from desktop_crm.cheap import fixed
from desktop_crm.privacy.strict_toml import Table, read_table
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import PurposeKind, SpecialGround
from desktop_crm.resource_files import resource
from desktop_crm.words import LANGUAGES


@fixed
class Words:
    """The parts of the words a person reads: one question, what it means, the way back, and that a no costs nothing."""

    question: str
    text: str
    take_back: str
    free: str

    @property
    def whole(self) -> str:
        """The exact words put before a person, a sentence group a line."""
        return "\n".join(part for part in (self.question, self.text, self.take_back, self.free) if part)


def parts(whole: str) -> Words:
    """The parts of such words: the first line asks, the last two are the way back and the free choice.

    What is missing stays empty, from the end.
    """
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    if len(lines) > 3:
        return Words(lines[0], "\n".join(lines[1:-2]), lines[-2], lines[-1])
    return Words(*(lines + [""] * 4)[:4])


@fixed
class PurposeTemplate:
    """A ready-made purpose with the words people are asked with; `{shop}` stands for the shop's name.

    A purpose on consent has a `question`, a `take_back` (how to withdraw) and a `free` sentence (a no costs nothing);
    another has none of them. `validity_days` is 0 where nothing expires. `data` are the fields it cannot do without,
    as `contact.birthday`. `usual`: a shop begins with it; the others are offered.
    """

    code: str
    name: str
    what_for: str
    hint: str
    basis: Basis
    channels: tuple[Channel, ...]
    validity_days: int
    question: str
    text: str
    take_back: str
    free: str
    kind: PurposeKind
    usual: bool
    special: SpecialGround | None
    balancing: str | None
    recipients: str | None
    data: tuple[str, ...]

    @property
    def wording(self) -> str:
        """The exact words put before a person."""
        return Words(self.question, self.text, self.take_back, self.free).whole

    def filled(self, shop: str) -> PurposeTemplate:
        """The same with the shop's name in its place."""
        named = {"shop": shop}
        return replace(
            self,
            what_for=_fill(self.what_for, named),
            hint=_fill(self.hint, named),
            question=_fill(self.question, named),
            text=_fill(self.text, named),
            take_back=_fill(self.take_back, named),
            free=_fill(self.free, named),
        )


@fixed
class NoticeTemplate:
    """The short privacy notice of Art. 13 GDPR: a title and (heading, text) sections, with NOTICE_PLACEHOLDERS."""

    title: str
    sections: tuple[tuple[str, str], ...]

    def filled(self, **values: str) -> NoticeTemplate:
        """The same with every placeholder filled; KeyError if a value is missing."""
        sections = tuple((_fill(head, values), _fill(text, values)) for head, text in self.sections)
        return NoticeTemplate(_fill(self.title, values), sections)


NOTICE_PLACEHOLDERS = frozenset({"shop", "contact", "authority", "invoice_years"})
"""What a notice may leave open: the shop's name, how to reach it, the authority, the years invoices stay."""

MOST_DAYS = 3650
"""So long a yes may be valid at most."""
_CONSENT_TEXTS = ("question", "take_back", "free")


@cache
def load_wordings(language: str) -> tuple[PurposeTemplate, ...]:
    """The ready-made purposes in a language, in the order of their codes.

    Raises:
        ValueError: there are none in this language, or a file is wrong (the message names file and key).
    """
    paths = sorted(path for path in _wordings(language).glob("*.toml") if path.stem != "notice")
    return tuple(_purpose(path.stem, read_table(path)) for path in paths)


@cache
def load_notice(language: str) -> NoticeTemplate:
    """The short privacy notice in a language. Raises ValueError as `load_wordings`."""
    file = read_table(_wordings(language) / "notice.toml")
    title = _template(file, "title", NOTICE_PLACEHOLDERS)
    sections = []
    for row in file.rows("sections"):
        sections.append((_template(row, "heading", NOTICE_PLACEHOLDERS), _template(row, "text", NOTICE_PLACEHOLDERS)))
        row.done()
    file.done()
    return NoticeTemplate(title, tuple(sections))


def _wordings(language: str) -> Path:
    if language not in LANGUAGES:
        raise ValueError("there are no wordings in this language")
    return resource("wordings", language)


def _purpose(code: str, file: Table) -> PurposeTemplate:
    basis = file.choice("basis", Basis)
    asked = basis is Basis.CONSENT
    texts = {key: _template(file, key, frozenset({"shop"})) for key in ("what_for", "hint", "text")}
    for key in _CONSENT_TEXTS:
        texts[key] = _template(file, key, frozenset({"shop"})) if asked else ""
    purpose = PurposeTemplate(
        code=code,
        name=file.text("name"),
        basis=basis,
        channels=file.choices("channels", Channel),
        validity_days=file.whole("validity_days", 1 if asked else 0, MOST_DAYS if asked else 0),
        kind=file.choice("kind", PurposeKind),
        usual=file.flag("usual"),
        special=file.choice("special", SpecialGround) if file.has("special") else None,
        balancing=file.text("balancing") if file.has("balancing") else None,
        recipients=file.text("recipients") if file.has("recipients") else None,
        data=file.texts("data") if file.has("data") else (),
        **texts,
    )
    if "{shop}" not in purpose.text:
        raise file.fault("text", "does not name the {shop}")
    file.done()
    return purpose


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _template(table: Table, key: str, allowed: frozenset[str]) -> str:
    text = table.text(key).strip()
    if unknown := set(_PLACEHOLDER.findall(text)) - allowed:
        raise table.fault(key, f"leaves open what nobody fills: {sorted(unknown)}")
    return text


def _fill(text: str, values: Mapping[str, str]) -> str:
    """In one pass, so that a shop called `{contact}` stays called so."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)
