from __future__ import annotations

import pytest

from desktop_crm.vault.anchor import Anchor, Head
from tests.memory_keystore import MemoryKeyStore


def test_the_end_of_the_log_is_remembered_apart_from_the_key(keystore: MemoryKeyStore) -> None:
    anchor = Anchor(keystore, "file")
    assert anchor.read() is None
    anchor.store(Head(1, "aa"))
    anchor.store(Head(212, "bb" * 32))
    assert Anchor(keystore, "file").read() == Head(212, "bb" * 32)
    assert Anchor(keystore, "another file").read() is None
    assert keystore.items == {"audit-head file": b"212:" + b"bb" * 32}


@pytest.mark.parametrize("text", [b"", b":", b"12", b"x:aa", b"-1:aa", b"\xff:aa"])
def test_text_of_no_sense_is_no_anchor(text: bytes, keystore: MemoryKeyStore) -> None:
    keystore.put("audit-head file", text)
    assert Anchor(keystore, "file").read() is None
