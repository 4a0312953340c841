"""A key store whose every item is a file, written whole or not at all: it outlives a killed process. For tests only."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.host.files import write_atomically


class FolderKeyStore:
    """Keeps secrets in a folder."""

    name = "Folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, item: str) -> bytes | None:
        """The secret, or None."""
        path = self._path(item)
        return path.read_bytes() if path.exists() else None

    def put(self, item: str, secret: bytes) -> None:
        """Keeps it."""
        write_atomically(self._path(item), secret)

    def delete(self, item: str) -> None:
        """Forgets it."""
        self._path(item).unlink(missing_ok=True)

    def _path(self, item: str) -> Path:
        return self._folder / item.encode().hex()
