import json
import shlex
from pathlib import Path

import pytest

from desktop_crm.app import demo
from desktop_crm.app.demo import NotedKeyStore, main
from desktop_crm.app.main import window_order
from desktop_crm.services import contacts
from desktop_crm.words import LANGUAGES
from tests.memory_keystore import MemoryKeyStore


@pytest.fixture
def keystore(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MemoryKeyStore:
    store = MemoryKeyStore()
    monkeypatch.setattr(demo, "system_keystore", lambda: store)
    monkeypatch.setattr(demo, "harden", lambda: None)
    monkeypatch.setattr(demo, "default_data_dir", lambda: tmp_path / "share" / "desktop-crm")
    return store


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_holds_and_only_papers_stay(
    language: str, keystore: MemoryKeyStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language]) == 0
    left = sorted(path.name for path in (tmp_path / "share").rglob("*") if path.is_file())
    assert [Path(name).suffix for name in left] == [".json", ".pdf", ".json", ".pdf", ".pdf"]
    assert keystore.items == {}
    out = capsys.readouterr().out
    assert ("Anna's list: 212 people read, 9 need a look." in out) is (language == "en")
    assert out.rstrip().endswith(": python3 installers/from_source.py run")


def test_kept_is_kept(keystore: MemoryKeyStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--keep", str(tmp_path / "kept")]) == 0
    assert (tmp_path / "kept" / "customers" / "customers.db").stat().st_size > 0
    _, command = capsys.readouterr().out.rstrip().rsplit(" run ", 1)
    order = window_order(shlex.split(command))
    assert order is not None
    assert order.folder == tmp_path / "kept" / "customers"
    assert keystore.items
    assert main(["--keep", str(tmp_path / "kept")]) == 1
    assert "not empty" in capsys.readouterr().err


def test_a_step_that_does_not_hold_ends_the_demo(
    keystore: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(contacts, "find", lambda *_: [])
    assert main(["--lang", "en"]) == 1
    assert "This step did not hold: Found by" in capsys.readouterr().err
    assert keystore.items == {}
    assert not list((tmp_path / "share").rglob("customers.db"))


def test_a_noted_store_clears_its_own_items_alone() -> None:
    store = MemoryKeyStore()
    store.put("another", b"x")
    noted = NotedKeyStore(store)
    noted.put("mine", b"y")
    noted.clear()
    assert store.items == {"another": b"x"}


def test_the_record_names_nobody(keystore: MemoryKeyStore, tmp_path: Path) -> None:
    assert main([]) == 0
    assert keystore.items == {}
    (record,) = (tmp_path / "share").rglob("erasure-*.json")
    assert "Kowalska" not in json.dumps(json.loads(record.read_text(encoding="utf-8")), ensure_ascii=False)
