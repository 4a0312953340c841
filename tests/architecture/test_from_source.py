"""How a checkout gets ready: what is missing is said or installed, and nothing is done twice."""

import json
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from installers import from_source
from tests.architecture.source import ROOT


def put_python(venv: Path) -> None:
    venv.mkdir(exist_ok=True)
    (venv / "python").touch()


def stamp(checkout: Path, state: dict[str, str]) -> None:
    (checkout / ".venv" / "stamp").write_text(json.dumps(state), encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ready environment, as the last run left it."""
    monkeypatch.setattr(from_source, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(from_source, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(from_source, "program", lambda name: tmp_path / ".venv" / name)
    put_python(tmp_path / ".venv")
    stamp(tmp_path, from_source.state("run"))
    return tmp_path


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that would have been run there."""
    asked: list[list[str]] = []

    def note(command: list[str], *_: object) -> None:
        asked.append(command)
        put_python(checkout / ".venv")

    monkeypatch.setattr(from_source, "quietly", note)
    return asked


def test_a_ready_environment_is_left_alone(commands: list[list[str]]) -> None:
    from_source.prepare("run")
    assert commands == []


def test_an_environment_for_tests_does_for_the_program_too(checkout: Path, commands: list[list[str]]) -> None:
    stamp(checkout, from_source.state("dev"))
    from_source.prepare("run")
    assert commands == []


@pytest.mark.parametrize(
    ("part", "steps"),
    [("python", ["venv", "lock", "project"]), ("lock", ["venv", "lock", "project"]), ("project", ["project"])],
)
def test_only_what_changed_is_done_again(
    checkout: Path, commands: list[list[str]], part: str, steps: list[str]
) -> None:
    stamp(checkout, {**from_source.state("run"), part: "another"})
    from_source.prepare("run")
    kinds = {"venv": "venv", "--require-hashes": "lock", "--editable": "project"}
    assert [kind for command in commands for word, kind in kinds.items() if word in command] == steps
    assert from_source.recorded() == from_source.state("run")


def test_an_interrupted_installation_starts_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    stamp(checkout, {**from_source.state("run"), "project": "another"})
    monkeypatch.setattr(from_source, "quietly", broken)
    with pytest.raises(KeyboardInterrupt):
        from_source.prepare("run")
    assert from_source.recorded() == {}


@pytest.mark.usefixtures("commands")
def test_an_environment_does_not_remove_itself(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(checkout / ".venv"))
    with pytest.raises(from_source.Stop, match="made anew"):
        from_source.make_venv()
    assert (checkout / ".venv" / "python").exists()


@pytest.mark.parametrize("asked", [[], ["--coverage"], ["--coverage", "tests/unit"]])
def test_lines_are_followed_only_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    ran: list[tuple[str, ...]] = []

    def passes(_: str, command: tuple[str, ...], __: dict[str, str]) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(from_source, "system_packages", lambda *_, **__: None)
    monkeypatch.setattr(from_source, "prepare", lambda _: None)
    monkeypatch.setattr(from_source, "passes", passes)
    assert from_source.test(asked) == 0
    assert ("--cov=desktop_crm" in ran[-1]) is ("--coverage" in asked)
    assert "--coverage" not in ran[-1]


@pytest.fixture
def bare_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian on which nothing of ours is installed, and no root."""
    monkeypatch.setattr(from_source, "is_debian", lambda: True)
    monkeypatch.setattr(from_source, "missing_packages", list)
    monkeypatch.setattr(from_source, "missing_for_venv", list)
    monkeypatch.setattr("os.geteuid", lambda: 1000)


@pytest.mark.usefixtures("bare_debian")
def test_a_plain_user_is_told_the_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    from_source.system_packages(("libegl1",), needed=False)
    assert "apt-get install --no-install-recommends libegl1" in capsys.readouterr().err
    with pytest.raises(from_source.Stop) as stopped:
        from_source.system_packages(("qpdf",), needed=True)
    assert stopped.value.code == from_source.CANNOT


@pytest.mark.usefixtures("bare_debian")
def test_root_gets_them_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[list[str]] = []
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(from_source, "apt_install", installed.append)
    from_source.system_packages(("qpdf", "xvfb"), needed=True)
    assert installed == [["qpdf", "xvfb"]]


def test_a_package_counts_under_the_name_it_had_before_and_only_when_it_is_there() -> None:
    listed = [
        "installed, libcups2t64, libcups2 (= 2.4.10), libcups2-old",
        "installed, libgl1, ",
        "config-files, libegl1, ",
    ]
    assert from_source.not_among(("libcups2", "libgl1", "libegl1", "libdbus-1-3"), listed) == ["libegl1", "libdbus-1-3"]


@pytest.mark.skipif(not from_source.is_debian(), reason="asks Debian's packages")
def test_this_computer_is_asked_for_its_packages() -> None:
    assert from_source.missing_packages(("dpkg", "no-such-package")) == ["no-such-package"]


@pytest.mark.skipif(not from_source.is_debian(), reason="asks Debian's loader")
@pytest.mark.parametrize("plugin", ["platforms/libqxcb.so", "platforms/libqwayland.so", "platforms/libqoffscreen.so"])
def test_nothing_that_a_window_needs_is_missing_where_the_packages_are_installed(plugin: str) -> None:
    found = Path(PySide6.__path__[0], "Qt", "plugins", plugin)
    loaded = subprocess.run(["ldd", found], capture_output=True, text=True, check=True).stdout
    assert [line for line in loaded.splitlines() if "not found" in line] == []


def test_failures_end_in_a_sentence_and_not_in_a_trace() -> None:
    asked = [sys.executable, str(ROOT / "installers" / "from_source.py"), "dance"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
