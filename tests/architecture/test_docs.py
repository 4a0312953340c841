"""The pages of docs/ that are made from the program are what the program says now."""

import pytest

from desktop_crm.app.docs import FOLDER, pages


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_up_to_date(name: str) -> None:
    written = (FOLDER / name).read_text("utf-8")
    assert written == pages()[name], "write it anew: python -m desktop_crm.app.docs"


def test_the_architecture_fits_on_two_pages() -> None:
    lines = (FOLDER / "ARCHITECTURE.md").read_text("utf-8").splitlines()
    assert len(lines) <= 110
