"""What is checked of a shop's own name and address, wherever they are typed."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.words import M

_SHORTEST = 3
Wrong = Callable[[str], M | None]
"""What is wrong with a typed text, or None."""


def said_by(say: Callable[[M], str], wrong: Wrong) -> Callable[[str], str | None]:
    """The check as a field wants it, in the language of the reader."""

    def check(text: str) -> str | None:
        found = wrong(text)
        return say(found) if found is not None else None

    return check


def wrong_name(text: str) -> M | None:
    """What is wrong with the name of a shop, or None."""
    return None if text else M("Please give the name of the shop: it stands on every paper.")


def wrong_email(text: str) -> M | None:
    """What is wrong with the email address of a shop, or None; it may be left out."""
    from desktop_crm.services.editing import check_email

    return None if check_email(text) is None else M("An email address looks like shop@example.com.")


def wrong_phone(text: str) -> M | None:
    """What is wrong with the phone number of a shop, or None; it may be left out.

    Only what cannot be dialled is refused: how numbers are written differs by country, and some are short.
    """
    dialled = sum(sign.isdecimal() for sign in text)
    return None if not text or dialled >= _SHORTEST else M("A phone number looks like 0341 555 01 23.")
