"""Takes out what no database or paper can hold; everything else, however odd, stays as it is."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def is_clean(text: str) -> bool:
    """Quick test that needs no look at each character in the usual case."""
    return text.isprintable() or ("\r" not in text and _UNSTORABLE.search(text) is None)


def cleaned(text: str) -> tuple[str, str]:
    r"""The text that can be stored, and the code points that were in the way (`U+0000 U+D800`), empty if none.

    C0 controls but line break and tab go; a lone surrogate becomes U+FFFD; surrogate pairs, as some phones write
    them in UTF-8, become the character they mean. All line breaks become `\n`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    taken = sorted(set(_UNSTORABLE.findall(text)))
    for character in taken:
        text = text.replace(character, "\ufffd" if character >= "\ud800" else "")
    return text, " ".join(f"U+{ord(character):04X}" for character in taken)
