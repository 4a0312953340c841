"""The command line in the process of a test, as somebody at the counter uses it."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.cli.run import run
from desktop_crm.words import Exit

PASSWORD = "vier lose Worte Kaktus"


class Counter:
    """The program in this process, with a password, on a folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASSWORD.encode() + b"\n")))
        code = run([*words, "--data-dir", str(self.folder / "data"), "--passphrase-stdin"])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def ask(self, *words: str) -> Any:
        code, out, err = self(*words, "--json")
        assert code == Exit.DONE, err
        return json.loads(out)
