"""What must be known before the customer file opens: language, look, where the window stood. Never customer data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.host.files import make_private_folder, write_atomically
from desktop_crm.host.paths import default_data_dir

FILE_NAME = "preferences.json"
_LARGEST = 64 * 1024


@fixed
class Preferences:
    """What this account chose for the window itself. Empty means: not chosen yet."""

    language: str = ""
    look: str = ""
    """A value of the window's own list of looks: follow the system, light, dark, high contrast."""
    geometry: str = ""
    """Place and size of the window as hexadecimal text, in the form of the window system."""
    tray: bool = False
    folder: str = ""
    """Where the customer file lies, if not in the usual place."""

    @property
    def place(self) -> Path:
        """Where the customer file lies, unless the start names another folder."""
        return Path(self.folder) if self.folder else default_data_dir()


def config_dir() -> Path:
    """The folder of this account for choices about the program."""
    from platformdirs import user_config_path

    return user_config_path("desktop-crm", appauthor=False, roaming=False)


def load(folder: Path | None = None) -> Preferences:
    """What was chosen. What is missing, damaged or of another kind than it should be counts as not chosen."""
    told = _read((folder or config_dir()) / FILE_NAME)
    kinds = {field.name: type(field.default) for field in fields(Preferences)}
    return Preferences(**{name: told[name] for name, kind in kinds.items() if type(told.get(name)) is kind})


def save(chosen: Preferences, folder: Path | None = None) -> None:
    """Keep what was chosen, readable by this account alone. Raises Problem where the disk refuses."""
    place = folder or config_dir()
    make_private_folder(place)
    write_atomically(place / FILE_NAME, (json.dumps(asdict(chosen), indent=1) + "\n").encode())


def _read(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
