"""What a start means: the window, or the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_crm.app.main import Order, can_show_windows, window_order


def test_no_command_means_the_window() -> None:
    assert window_order([]) == Order(None, (), None)
    assert window_order(["window"]) == Order(None, (), None)


def test_folder_and_language_are_taken_along(tmp_path: Path) -> None:
    wanted = Order(tmp_path, (), "de")
    assert window_order(["--data-dir", str(tmp_path), "--lang=de"]) == wanted
    assert window_order(["window", "--lang", "de", "--data-dir", str(tmp_path)]) == wanted


def test_lists_mean_the_window_that_brings_them_in(tmp_path: Path) -> None:
    card, table = tmp_path / "anna.VCF", tmp_path / "find.csv"
    for path in (card, table):
        path.touch()
    assert window_order([str(card), str(table)]) == Order(None, (card, table), None)
    assert window_order(["window", "--bring-in", str(table), str(card)]) == Order(None, (table, card), None)


@pytest.mark.parametrize(
    "typed",
    [
        "--help",
        "--version",
        "find Anna",
        "find",
        "window --help",
        "window Anna",
        "anna.vcf",
        "--json",
        "--limit 5",
        "--data-dir",
        "--passphrase-stdin",
    ],
)
def test_everything_else_is_the_command_line(typed: str) -> None:
    assert window_order(typed.split()) is None


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
def test_without_a_screen_there_is_no_window() -> None:
    assert not can_show_windows({})
    assert can_show_windows({"DISPLAY": ":0"})
    assert can_show_windows({"WAYLAND_DISPLAY": "wayland-0"})


def start(*words: str) -> subprocess.CompletedProcess[str]:
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    command = [sys.executable, "-m", "desktop_crm", *words]
    return subprocess.run(command, env=bare | {"LANG": "C.UTF-8"}, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
def test_without_a_screen_the_command_says_so_and_a_bare_call_shows_the_help() -> None:
    told = start("window")
    assert told.returncode == 1
    assert "There is no screen here" in told.stderr
    bare = start()
    assert bare.returncode == 2
    assert "Commands:" in bare.stderr
