"""An installed wheel brings all its resources along and finds them, wherever it is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LOOK = """
import sys
from pathlib import Path
import desktop_crm
from desktop_crm.resource_files import resource

print(Path(desktop_crm.__file__).parent.parent)
for path in sorted(resource().rglob("*")):
    if path.is_file():
        print(path.relative_to(resource()).as_posix())
"""


def call(*command: str, folder: Path, **more: str) -> str:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **more}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which a fresh wheel was installed."""
    wheels, target = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    call(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(wheels), folder=ROOT)
    (wheel,) = wheels.glob("*.whl")
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    call(sys.executable, *install, folder=wheels)
    return target


def test_the_wheel_finds_its_resources_from_another_folder(installed: Path, tmp_path: Path) -> None:
    where, *found = call(sys.executable, "-c", LOOK, folder=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert Path(where) == installed
    beside = ROOT / "resources"
    assert found == sorted(path.relative_to(beside).as_posix() for path in beside.rglob("*") if path.is_file())


def test_the_wheel_brings_the_program_alone(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert tops <= {"desktop_crm", "bin", "Scripts"}
