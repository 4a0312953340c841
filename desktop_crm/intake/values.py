"""Reads the values of a row that need more than a look: addresses of several kinds in one cell, yes and no, stages."""

from __future__ import annotations

import re

from desktop_crm.intake import reasons
from desktop_crm.intake.checking import has_national_zero, normal_email, phone_e164
from desktop_crm.intake.person import LeftOut, Phone, Reach
from desktop_crm.words import M

_YES = frozenset(
    "yes y true 1 x ja j wahr oui si sí tak on subscribed angemeldet abonniert opt-in ✓ ✔ t vrai verdadero "
    "prawda sim sì".split()
)
_NO = frozenset(
    "no n false 0 nein falsch non nie off unsubscribed abgemeldet opt-out - f faux falso fałsz nee não never "
    "nicht".split()
)
_STAGES = {
    **dict.fromkeys(("lead", "interessent", "interessentin", "interessent/in", "prospect", "subscriber"), "lead"),
    **dict.fromkeys(("marketing qualified lead", "sales qualified lead", "opportunity", "abonnent"), "lead"),
    **dict.fromkeys(("customer", "kunde", "kundin", "kunde/kundin", "client", "cliente", "klient"), "customer"),
    **dict.fromkeys(("evangelist", "stammkunde", "stammkundin", "bestandskunde"), "customer"),
    **dict.fromkeys(("former", "former customer", "ehemalig", "ehemaliger kunde", "ehemalige kundin"), "former"),
    **dict.fromkeys(("supplier", "vendor", "lieferant", "lieferantin", "fournisseur", "proveedor"), "supplier"),
}
_STAGE_REASON = {
    "lead": reasons.STAGE_AS_LEAD,
    "customer": reasons.STAGE_AS_CUSTOMER,
    "former": reasons.STAGE_AS_FORMER,
    "supplier": reasons.STAGE_AS_SUPPLIER,
}
_ANGLED = re.compile(r"(.*?)\s*<([^<>\s]+@[^<>\s]+)>", re.DOTALL).fullmatch
_EMAIL_GAPS = re.compile(r"\s*(?::::|[;,\n|]|\s/\s|\s)\s*")
_PHONE_GAPS = re.compile(r"\s*(?::::|[;,\n|]|\s/\s|\s(?:oder|or|ou|lub|o)\s)\s*")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE).fullmatch
_MANY = 50


def yes_or_no(text: str) -> bool | None:
    """True, False, or None if it is neither; in the languages of the headings."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def stage_of(text: str) -> tuple[str | None, M | None]:
    """The stage a word means, and why the word itself is not carried (None where it says the same)."""
    stage = _STAGES.get(text.casefold())
    if stage is None:
        return None, reasons.STAGE_UNCLEAR
    return stage, None if text.casefold() == stage else _STAGE_REASON[stage]


def read_emails(text: str, label: str | None, column: str, left_out: list[LeftOut], faults: list[M]) -> list[Reach]:
    """One cell's e-mail addresses: one, several with something between, `Anna <anna@…>`, or a doubtful one as typed."""
    normal = normal_email(text)
    if normal:
        return [Reach(text, label, normal)]
    if match := _ANGLED(text):
        inner = normal_email(match[2])
        if inner:
            if match[1]:
                left_out.append(LeftOut(column, match[1].strip("\"' "), reasons.NAME_BESIDE))
            return [Reach(match[2], label, inner)]
    pieces = [piece for piece in _EMAIL_GAPS.split(text) if piece] if text.count("@") > 1 else []
    normals = [normal_email(piece) for piece in pieces[:_MANY]]
    if len(pieces) > 1 and all(normals) and len(pieces) <= _MANY:
        return [Reach(*each) for each in zip(pieces, labels(label, len(pieces)), normals, strict=True)]
    faults.append(reasons.EMAIL_ODD)
    return [Reach(text, label)]


def read_phones(text: str, label: str | None, country: str, faults: list[M]) -> list[Phone]:
    """One cell's phone numbers: one, several with something between, or a doubtful one as typed."""
    number = phone_e164(text, country)
    if number:
        if text[0] not in "0+(" and has_national_zero(country) and text.isdigit():
            faults.append(reasons.PHONE_BARE)
        return [Phone(text, label, number)]
    pieces = [piece for piece in _PHONE_GAPS.split(text) if piece] if len(text) < 20 * _MANY else []
    numbers = [phone_e164(piece, country) for piece in pieces[:_MANY]]
    if len(pieces) > 1 and all(numbers) and len(pieces) <= _MANY:
        return [Phone(*each) for each in zip(pieces, labels(label, len(pieces)), numbers, strict=True)]
    faults.append(reasons.PHONE_CUT if _SCIENTIFIC(text) else reasons.PHONE_ODD)
    return [Phone(text, label)]


def labels(label: str | None, count: int) -> list[str | None]:
    """The labels of several values of one cell: Google writes as many, with `:::` between, others one for all."""
    pieces = [clean_label(piece) for piece in label.split(":::")] if label else []
    return [*pieces] if len(pieces) == count else [label] * count


def clean_label(text: str) -> str | None:
    """A label without Google's star of the preferred one and Apple's wrapping `_$!<Home>!$_`."""
    return text.strip().removeprefix("*").removeprefix("_$!<").removesuffix(">!$_").strip() or None


def split_tags(text: str) -> list[str]:
    """The tags of one cell: between them stands `:::` (Google), a semicolon (Outlook) or a comma."""
    between = next((mark for mark in (":::", ";", ",", "\n") if mark in text), None)
    return [tag for tag in map(str.strip, text.split(between)) if tag] if between else [text]
