from pathlib import Path

import pytest

from tests.unit.cli.counter import Counter


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Counter:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    return Counter(tmp_path, monkeypatch, capsys)


@pytest.fixture
def begun(counter: Counter) -> Counter:
    counter.ask("init", "--company", "Blumen Weber", "--country", "de", "--region", "sn")
    return counter
