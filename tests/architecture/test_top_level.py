"""What lies at the top of the project, and what may not lie anywhere in it."""

import re
import shutil
import subprocess

import pytest

from tests.architecture.source import ROOT

FOLDERS = {"desktop_crm", "docs", "installers", "resources", "tests"}
FILES = {"CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml"}
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|[Cc]oming soon|[Nn]ot implemented|[Ll]orem ipsum"
)


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("no git, or no git checkout: nobody can say which files belong to the project")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_only_known_names_lie_at_the_top(tracked: list[str]) -> None:
    tops = {name.split("/")[0] for name in tracked}
    assert {name for name in tops if not name.startswith(".")} <= FOLDERS | FILES
    assert {name for name in tracked if "/" not in name and not name.startswith(".")} <= FILES


def test_nothing_is_left_unfinished(tracked: list[str]) -> None:
    ours = [name for name in tracked if name.startswith(("desktop_crm/", "installers/")) and name.endswith(".py")]
    assert [name for name in ours if UNFINISHED.search((ROOT / name).read_text(encoding="utf-8"))] == []
