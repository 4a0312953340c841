from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.host import preferences
from desktop_crm.host.paths import CRASH_FILE, example_folder
from desktop_crm.services import files_page, settings
from desktop_crm.services.office import Office
from desktop_crm.words import Words
from tests.privacy.shop import ShopFile

SAY = Words("en").say


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(preferences, "config_dir", lambda: tmp_path / "config")
    return tmp_path / "config"


def test_every_file_that_is_kept_is_told(office: Office, file: ShopFile, own_settings: Path, tmp_path: Path) -> None:
    preferences.save(preferences.Preferences(language="de"))
    papers = tmp_path / "papers"
    papers.mkdir()
    settings.put(office, settings.PAPERS_FOLDER, str(papers))
    told = files_page.files(office, file.folder, tmp_path / "usual")
    there = {*file.folder.path.iterdir(), *own_settings.iterdir(), papers}
    assert {fact.path for fact in told} == there
    assert {fact.path.name for fact in told if fact.encrypted} >= {"customers.db", "customers.db-wal", "customers.keys"}


def test_papers_are_told_wherever_they_went(office: Office, file: ShopFile, tmp_path: Path) -> None:
    usual, chosen = tmp_path / "usual", tmp_path / "chosen"

    def told() -> list[Path]:
        every = files_page.files(office, file.folder, usual)
        return [fact.path for fact in every if "papers you saved" in fact.purpose.text]

    assert told() == []
    usual.mkdir()
    assert told() == [usual]
    chosen.mkdir()
    settings.put(office, settings.PAPERS_FOLDER, str(chosen))
    assert told() == [chosen, usual]
    settings.put(office, settings.PAPERS_FOLDER, str(usual))
    assert told() == [usual]


def test_what_lies_elsewhere_is_told(office: Office, file: ShopFile, own_settings: Path, tmp_path: Path) -> None:
    own_settings.mkdir()
    crash = own_settings / CRASH_FILE.format(window="abc")
    crash.touch()
    example = example_folder(file.folder.path)
    example.mkdir()
    assert {crash, example} <= {fact.path for fact in files_page.files(office, file.folder, tmp_path / "usual")}


def test_size_and_rights_are_those_of_the_moment(office: Office, file: ShopFile, tmp_path: Path) -> None:
    database = next(
        fact for fact in files_page.files(office, file.folder, tmp_path / "usual") if fact.path == file.folder.database
    )
    assert database.size == file.folder.database.stat().st_size > 0
    assert SAY(database.rights) == "Your computer account alone."
    file.folder.database.chmod(0o644)
    assert SAY(database.rights) == "Other accounts of this computer are let at it too."
    file.folder.database.chmod(0o600)


def test_before_it_is_open_the_same_is_known_without_papers(file: ShopFile) -> None:
    assert files_page.known_files(file.folder) == []
