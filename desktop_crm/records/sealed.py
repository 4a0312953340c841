"""A value that is encrypted once more, on its own: it passes through the program without being readable."""

from __future__ import annotations


class Sealed(bytes):
    """The sealed form of a text. Only `services.sensitive` opens it, for whoever may see it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<Sealed>"

    __str__ = __repr__
