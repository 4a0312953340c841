"""Pictures that a telephone reads (QR codes), as rows of dots."""

from __future__ import annotations

Dots = tuple[tuple[bool, ...], ...]


def dots_of(text: str) -> Dots:
    """The rows of dots of a text; True is dark. Around them belong four dots of white."""
    import segno

    return tuple(tuple(bool(dot) for dot in row) for row in segno.make(text, error="m", micro=False).matrix)
