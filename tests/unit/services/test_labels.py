"""The plain words of codes."""

from __future__ import annotations

from collections import Counter

from desktop_crm.services import labels


def test_each_code_has_its_words_once() -> None:
    told = Counter((type(code), code.value) for code, _ in labels._PAIRS)
    assert [f"{kind.__name__}.{code}" for (kind, code), times in told.items() if times > 1] == []
