"""Nothing of an open file outlives its being locked, not even where objects hold each other."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tests.privacy.shop import ShopFile
from tests.ui.frame.living import Begin


@pytest.fixture
def no_other_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_other_collection")
def test_after_locking_the_page_and_the_open_file_are_gone(with_password: ShopFile, begin: Begin) -> None:
    living = begin(with_password)
    shell = living.come_in()
    held: dict[str, weakref.ref[object]] = {
        "page": weakref.ref(shell),
        "desk": weakref.ref(shell.desk),
        "file": weakref.ref(shell.desk.office),
    }
    del shell
    living.session.lock()
    living.page("locked")
    living.qtbot.waitUntil(lambda: all(one() is None for one in held.values()))
