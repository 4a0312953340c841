"""Ready-made purposes, as they get into a customer file: with their words in every language, and the data they need."""

from __future__ import annotations

import hashlib
from datetime import datetime

from desktop_crm.privacy.wordings import PurposeTemplate, load_wordings
from desktop_crm.records.purpose import Purpose, PurposeData, Wording
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import one_of
from desktop_crm.words import LANGUAGES


def templates(language: str) -> dict[str, PurposeTemplate]:
    """All there are, by code, in the words of a language."""
    return {template.code: template for template in load_wordings(language)}


def codes() -> frozenset[str]:
    """The codes of all there are."""
    return frozenset(templates(LANGUAGES[0]))


def usual() -> frozenset[str]:
    """The codes of those a shop begins with; the others are offered."""
    return frozenset(code for code, template in templates(LANGUAGES[0]).items() if template.usual)


def add(office: Office, writing: Writing, shop: Shop, code: str) -> Purpose:
    """Put one into the file, in use. KeyError if there is none of that code."""
    template, now = templates(shop.language)[code].filled(shop.name), office.clock.now()
    made = Purpose(
        id=office.new_id(),
        code=code,
        name=template.name,
        basis=template.basis,
        channel=str(template.channels[0]),
        valid_days=template.validity_days or None,
        created_at=now,
        kind=template.kind,
        balancing=template.balancing,
        special=template.special,
        recipients=template.recipients,
        what_for=template.what_for,
    )
    writing.insert(made)
    need(office, writing, made.id, template.data)
    for language in LANGUAGES:
        words = templates(language)[code].filled(shop.name).wording
        put_words(office, writing, made.id, language, words, version=1, at=now)
    return made


def need(office: Office, writing: Writing, purpose: bytes, fields: tuple[str, ...]) -> None:
    """Note what data a purpose cannot do without."""
    for field in fields:
        writing.insert(PurposeData(id=office.new_id(), purpose_id=purpose, field=field, required=True))


def put_words(
    office: Office, writing: Writing, purpose: bytes, language: str, text: str, *, version: int, at: datetime
) -> None:
    """Add a version of the words of a purpose."""
    writing.insert(
        Wording(
            id=office.new_id(),
            purpose_id=purpose,
            language=language,
            version=version,
            text=text,
            text_sha256=hashlib.sha256(text.encode()).digest(),
            created_at=at,
        )
    )


def take_out(writing: Writing) -> None:
    """Take all ready-made ones out, before they are made anew; what the shop made itself stays."""
    ours = [purpose.id for purpose in writing.find(Purpose, one_of("code", codes()))]
    for record in (Wording, PurposeData):
        writing.delete_rows(record, writing.find(record, one_of("purpose_id", ours)))
    writing.delete_rows(Purpose, writing.find(Purpose, one_of("id", ours)))
