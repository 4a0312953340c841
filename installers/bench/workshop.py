"""What is asked for, and the customer files all measurements share."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from installers.bench.customer_file import CustomerFile
from installers.bench.measure import seconds

DAILY_SIZES = 100_000
"""Up to here everything is measured; larger files only where they matter, unless `long` is asked for."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure: with how many people, how often, how many events the busiest person has."""

    sizes: tuple[int, ...]
    runs: int
    long_runs: int
    """How often what takes many seconds is run."""
    events: int
    typed: int
    """How many names are typed into the search box."""
    long: bool = False


class Workshop:
    """A folder with customer files that are made when they are first asked for."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.options = options
        self._files: dict[int, CustomerFile] = {}

    @property
    def compiled(self) -> Path:
        """Where processes of their own keep what Python compiles for them."""
        return self.folder / "compiled"

    @property
    def smallest(self) -> int:
        """The size for what hardly depends on it."""
        return min(self.options.sizes)

    @property
    def daily(self) -> list[int]:
        """The sizes at which everything is measured."""
        if self.options.long:
            return sorted(self.options.sizes)
        return sorted(size for size in self.options.sizes if size <= DAILY_SIZES) or [self.smallest]

    def filled(self, size: int) -> CustomerFile:
        """A customer file with so many people."""
        if size not in self._files:
            tell(f"Making up {size:,} people ...")
            taken = seconds(lambda: self._fill(size))
            tell(f"... made and stored in {taken:.1f} s")
        return self._files[size]

    def _fill(self, size: int) -> None:
        self._files[size] = CustomerFile(self.folder / f"people-{size}", size)

    def close(self) -> None:
        """Close and delete all files."""
        for file in self._files.values():
            file.close()
        self._files.clear()


def tell(line: str) -> None:
    """Progress, beside the results."""
    print(line, file=sys.stderr, flush=True)
