"""Every value of every sample is in the draft or named as left out: told by another reader than the one tested."""

from __future__ import annotations

import csv
import quopri
import re
from pathlib import Path

import pytest

from desktop_crm.intake.person import PersonDraft
from desktop_crm.intake.reading import open_list
from desktop_crm.resource_files import resource
from tests.unit.intake.lists import SAMPLES, strings

TABLES = {"google-contacts.csv": "utf-8", "hubspot-export.csv": "utf-8-sig", "outlook-de-windows1252.csv": "cp1252"}
CARDS = sorted(path.name for path in (SAMPLES / "vcard").glob("*.vcf"))
STRUCTURE = {"BEGIN", "END", "VERSION", "PHOTO", "KEY"}


def drafts_of(path: Path) -> list[PersonDraft]:
    return list(open_list(path, country="DE").people())


def is_in(value: str, draft: PersonDraft) -> bool:
    texts = strings(draft)
    days = {re.sub(r"\D", "", text) for text in (*texts, *(note.rpartition(": ")[2] for note in draft.notes))}
    if value in texts or any(value in text for text in texts if len(value) > 3):
        return True
    if re.fullmatch(r"\d{8}|\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}", value):
        digits = re.sub(r"\D", "", value)
        return digits in days or digits[4:] + digits[2:4] + digits[:2] in days
    if value == "TRUE":
        return draft.newsletter is False
    pieces = [piece.strip().removeprefix("* ") for piece in re.split(r":::|[;\n]", value) if piece.strip()]
    if all(piece in texts or f"* {piece}" in texts for piece in pieces):
        return True
    everything = " ".join(texts).replace(",", " ").split()
    return value.casefold() in {text.casefold() for text in texts} or set(value.replace(",", " ").split()) <= set(
        everything
    )


@pytest.mark.parametrize(("name", "encoding"), TABLES.items())
def test_every_cell_of_a_table_is_carried_or_named(name: str, encoding: str) -> None:
    with (SAMPLES / name).open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=";" if "outlook" in name else ","))
    drafts = drafts_of(SAMPLES / name)
    assert len(drafts) == len(rows) - 1
    for row, draft in zip(rows[1:], drafts, strict=True):
        missing = [
            header for header, cell in zip(rows[0], row, strict=True) if cell.strip() and not is_in(cell.strip(), draft)
        ]
        assert not missing
        assert draft.name
        assert draft.emails[0].normal


def properties(path: Path) -> list[list[tuple[str, str]]]:
    """A plain reading of the cards: unfolded, unquoted, unescaped values by property name."""
    text = path.read_bytes().decode().replace("\r\r\n", "\n").replace("\r\n", "\n")
    text = re.sub(r"(QUOTED-PRINTABLE:.*?[^=\n]?)(?<!=)\n", r"\1\n", text)
    cards: list[list[tuple[str, str]]] = []
    soft = re.sub(r"=\n", "", text)
    for line in re.sub(r"\n[ \t]", "", soft).split("\n"):
        head, colon, value = line.partition(":")
        name = re.split(r"[;.]", re.sub(r"^item\d+\.", "", head))[0].upper()
        if name == "BEGIN":
            cards.append([])
        elif colon and cards and name not in STRUCTURE:
            if "QUOTED-PRINTABLE" in head:
                value = quopri.decodestring(value.encode()).decode(errors="replace")
            cards[-1].append((name, value))
    return cards


@pytest.mark.parametrize("name", CARDS)
def test_every_property_of_a_card_is_carried_or_named(name: str) -> None:
    path = SAMPLES / "vcard" / name
    drafts, cards = drafts_of(path), properties(path)
    assert len(drafts) == len(cards)
    for card, draft in zip(cards, drafts, strict=True):
        for prop, value in card:
            parts = re.split(r"(?<!\\)[;]" if prop in {"N", "ADR", "ORG"} else r"\0", value)
            for part in parts:
                plain = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], part).replace("\r\n", "\n").strip()
                plain = re.sub(r"^_\$!<(.*)>!\$_$", r"\1", plain)
                assert not plain or is_in(plain, draft), (prop, name)


@pytest.mark.parametrize("name", CARDS)
def test_pictures_and_keys_are_named_with_their_size(name: str) -> None:
    path = SAMPLES / "vcard" / name
    named = [left for draft in drafts_of(path) for left in draft.left_out if left.column in {"PHOTO", "KEY"}]
    expected = len(re.findall(r"(?m)^(?:PHOTO|KEY)[;:]", path.read_bytes().decode()))
    assert len(named) == expected
    assert all(re.fullmatch(r"\(\d{2,} bytes\)", left.value) for left in named)


def test_hostile_names_come_through_unharmed() -> None:
    names = {draft.name for draft in drafts_of(SAMPLES / "google-contacts.csv")}
    assert "Bo</para> <b Jensen" in names
    assert '=HYPERLINK("http://x") Formel' in names
    assert "王小明" in names


def test_known_programs_are_recognised() -> None:
    for name, program in (("google-contacts.csv", "Google Contacts"), ("hubspot-export.csv", "HubSpot")):
        layout = open_list(SAMPLES / name, country="DE").layout
        assert layout.program is not None
        assert layout.program.text == program
    layout = open_list(SAMPLES / "outlook-de-windows1252.csv", country="DE").layout
    assert (layout.program and layout.program.text, layout.encoding, layout.delimiter) == ("Outlook", "cp1252", ";")


def test_hubspot_opt_outs_are_never_lost() -> None:
    with (SAMPLES / "hubspot-export.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    drafts = drafts_of(SAMPLES / "hubspot-export.csv")
    for row, draft in zip(rows, drafts, strict=True):
        assert (draft.newsletter is False) == (row["Unsubscribed from all email"] == "TRUE")
        assert draft.stage == "lead"
        assert draft.basis_hint


def test_the_shipped_list_of_a_florist() -> None:
    path = resource("sample", "annas-liste.csv")
    drafts = drafts_of(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(drafts) == len(rows) == 212
    for row, draft in zip(rows, drafts, strict=True):
        for header, cell in row.items():
            answer = header == "Newsletter" and draft.newsletter is {"ja": True, "nein": False}.get(cell)
            assert not cell.strip("* ") or answer or is_in(cell.strip(), draft), (header, draft.row)
    emails = [email.normal for draft in drafts for email in draft.emails if email.normal]
    phones = [phone.e164 for draft in drafts for phone in draft.phones if phone.e164]
    twice = len(emails) - len(set(emails)) + len(phones) - len(set(phones))
    assert sum(bool(draft.faults) for draft in drafts) + twice == 9, "need a look"
    assert all(
        re.search(r"@example(\.(com|org|net))?$", email.value.replace("(at)", "@"))
        for d in drafts
        for email in d.emails
    )
    assert all(re.match(r"\+49(1713920|3023125|8999998|2214710|4066969|6990009)", phone) for phone in phones)
