"""The lock files install the same checked files on every system, from wherever pip is told to fetch them."""

import re
from functools import cache

import pytest

from tests.architecture.source import ROOT, settings

RUN = "installers/requirements.txt"
DEV = "installers/requirements-dev.txt"
BOTH = pytest.mark.parametrize("name", [RUN, DEV])

# One wheel per system, and for most of them per Python: at least Linux, Windows and two kinds of Mac.
PER_SYSTEM = (
    "argon2-cffi-bindings",
    "cffi",
    "cryptography",
    "lxml",
    "pikepdf",
    "pillow",
    "pyside6-essentials",
    "python-bidi",
    "rapidfuzz",
    "jsonschema-rs",
    "shiboken6",
    "sqlcipher3",
    "uharfbuzz",
)


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def locked(name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package in a lock file."""
    entries = text(name).replace("\\\n", " ").splitlines()
    found = [re.match(r"([a-z0-9-]+)==(\S+)(.*)", entry) for entry in entries if entry.strip()]
    assert all(found), name
    return {match[1]: (match[2], match[3].count("--hash=sha256:")) for match in found if match}


def pins(requirements: list[str]) -> dict[str, str]:
    """Names, spelled as in a lock file, and exact versions of requirements."""
    pairs = (requirement.split("==") for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pairs}


@BOTH
def test_no_options_and_no_addresses(name: str) -> None:
    assert [line for line in text(name).splitlines() if line.startswith("-")] == []
    assert re.findall(r"\S+://\S*|\S+ @ \S+|file:\S+", text(name)) == []


@BOTH
def test_every_package_has_the_hashes_of_its_wheel_and_its_source_or_of_several_wheels(name: str) -> None:
    assert {package: count for package, (_, count) in locked(name).items() if count < 2} == {}
    assert {package: locked(name)[package][1] for package in PER_SYSTEM if locked(name)[package][1] < 4} == {}


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = settings()["project"]
    extras = project["optional-dependencies"]
    run = project["dependencies"] + extras["build"]
    versions = {name: {package: version for package, (version, _) in locked(name).items()} for name in (RUN, DEV)}
    assert pins(run).items() <= versions[RUN].items()
    assert pins(run + extras["dev"]).items() <= versions[DEV].items()
    assert versions[RUN].items() <= versions[DEV].items()


def test_the_build_tool_is_the_locked_one() -> None:
    wanted = pins(settings()["build-system"]["requires"])
    assert wanted.items() <= pins(settings()["project"]["optional-dependencies"]["build"]).items()
