"""One way of comparing text, for search, duplicates and do-not-bring-back marks alike."""

import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t"}
)
_SINGLE = (
    (0x0E00, 0x0E7F),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FA1F),
)


def fold(text: str) -> str:
    """The text without case and accents: `Łucja` and `lucja` fold alike."""
    if text.isascii():
        return text.lower()
    # Letters are replaced once they stand alone: `ǽ` is one sign or two, by how it was typed.
    parts = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LETTERS)
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", plain).casefold()


def _stands_alone(char: str) -> bool:
    code = ord(char)
    return any(low <= code <= high for low, high in _SINGLE)


def index_text(text: str) -> str:
    """Folded text for the full-text index: Han, Kana and Thai have no spaces, so each character is a word."""
    folded = fold(text)
    if folded.isascii() or not any(map(_stands_alone, folded)):
        return folded
    return "".join(f" {c} " if _stands_alone(c) else c for c in folded)


def digits(text: str) -> str:
    """Only the digits: how phone numbers are compared when they have no international form."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdecimal())
