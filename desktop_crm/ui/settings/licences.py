"""Whose work the program stands on, and under which licence: told by the packages and fonts themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from desktop_crm.resource_files import resource

_OURS = "desktop-crm"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LICENCE = re.compile(r"(?i)licen[cs]e|copying|notice")
_FONTS = {"Inter": "OFL-1.1", "Noto": "OFL-1.1", "Nanum": "OFL-1.1"}
_DROID = "Droid Sans Fallback"


@dataclass(frozen=True, slots=True)
class Work:
    """One library or font family; `files` are its licence texts, none where the package brings none along."""

    name: str
    version: str
    licence: str
    files: tuple[Path, ...]

    def text(self) -> str:
        """The licence texts, one after the other. Reads files: call it on a worker thread."""
        return "\n\n".join(path.read_text("utf-8", errors="replace").strip() for path in self.files)


def libraries() -> list[Work]:
    """Every library that is installed with the program, by name. Reads files: call it on a worker thread."""
    found: dict[str, Distribution] = {}
    _collect(_OURS, found)
    found.pop(_OURS, None)
    return sorted(map(_work, found.values()), key=lambda work: work.name.casefold())


def fonts() -> list[Work]:
    """The font families that are shipped."""
    folder = resource("fonts")
    told = [Work(name, "", kind, (folder / f"LICENCE-{kind}-{name}.txt",)) for name, kind in _FONTS.items()]
    return [*told, Work(_DROID, "", "Apache-2.0", (folder / "LICENCE-Apache-2.0.txt",))]


def _collect(name: str, found: dict[str, Distribution]) -> None:
    """A package and what it needs; what is not installed here, such as parts for another system, is passed over."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return
    try:
        found[key] = distribution(key)
    except PackageNotFoundError:
        return
    for needed in found[key].requires or ():
        named = _NAME.match(needed)
        if named is not None and "extra ==" not in needed:
            _collect(named.group(), found)


def _work(told: Distribution) -> Work:
    return Work(told.metadata["Name"], told.version, _licence(told), tuple(_texts(told)))


def _licence(told: Distribution) -> str:
    said = _field(told, "License-Expression") or _field(told, "License")
    if said and "\n" not in said and len(said) <= 60:
        return said
    named = (one.rpartition(" :: ")[2] for one in told.metadata.get_all("Classifier") or () if "License ::" in one)
    return ", ".join(named)


def _field(told: Distribution, name: str) -> str:
    return next(iter(told.metadata.get_all(name) or ()), "")


def _texts(told: Distribution) -> Iterator[Path]:
    for file in told.files or ():
        if ".dist-info" in str(file) and _LICENCE.search(file.name):
            path = Path(str(told.locate_file(file)))
            if path.is_file():
                yield path
