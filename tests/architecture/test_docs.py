"""The pages of docs/ that are made from the program are what the program says now."""

import re
from pathlib import Path

import pytest

from desktop_crm.app.docs import FOLDER, pages
from installers.pictures.__main__ import README, parts
from installers.pictures.papers import PICTURES
from installers.pictures.stage import DRESSES
from tests.architecture.source import ROOT

_LARGEST = 150_000
_LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_up_to_date(name: str) -> None:
    written = (FOLDER / name).read_text("utf-8")
    assert written == pages()[name], "write it anew: python -m desktop_crm.app.docs"


def test_the_architecture_fits_on_two_pages() -> None:
    lines = (FOLDER / "ARCHITECTURE.md").read_text("utf-8").splitlines()
    assert len(lines) <= 118


def test_the_pictures_of_the_readme_are_those_that_are_drawn_for_it() -> None:
    shown = {
        Path(link).stem for link in _LINK.findall((ROOT / "README.md").read_text("utf-8")) if link.endswith(".png")
    }
    assert shown == {*README.values(), *PICTURES.values()} == {path.stem for path in (FOLDER / "pictures").iterdir()}


def test_each_of_them_is_a_scene_and_loads_fast() -> None:
    scenes = {(part, scene.name) for part, of_part in parts(()).items() for scene in of_part}
    assert {(part, scene) for part, scene, _ in README} <= scenes
    assert {dress for _, _, dress in README} <= {dress.name for dress in DRESSES}
    assert [path.name for path in (FOLDER / "pictures").iterdir() if path.stat().st_size > _LARGEST] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(FOLDER.glob("*.md"))], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
