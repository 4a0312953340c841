"""The rights of a person, as every access report prints them (GDPR Art. 15(1)(e) and (f))."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class Right:
    """A right in everyday words; `article` is its place in the GDPR."""

    name: M
    text: M
    article: int


RIGHTS = (
    Right(
        M("Correction"),
        M("Something is wrong or missing? We put it right, also wherever we passed it on."),
        16,
    ),
    Right(
        M("Erasure"),
        M("We erase what we need not keep, and tell you what stays and until when."),
        17,
    ),
    Right(
        M("Locking"),
        M("We keep the data but do not use it, for example while something is disputed."),
        18,
    ),
    Right(
        M("Take along"),
        M("You get what you gave us as a file, for another shop."),
        20,
    ),
    Right(
        M("Objection"),
        M("“Please stop using this”: for advertising at once and without a reason."),
        21,
    ),
    Right(
        M("Taking back"),
        M("You can take back every yes at any time."),
        7,
    ),
)
