"""Starts and kills workers, and hears what they told before they died."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 30.0
NOWHERE = ("", 0)
COUNTING = ("", 1)
"""Killed at no change of a file, but they are counted."""

Said = list[dict[str, Any]]


@dataclass(frozen=True)
class Ended:
    """A worker that is dead: what it told, and whether it died at the change of a file that was chosen for it.

    `changes` of files it had made, by kind, if they were counted; `seconds` it had worked.
    """

    said: Said
    reached: bool
    changes: Mapping[str, int]
    seconds: float


class Nursery:
    """One nursery of workers (tests/faults/worker.py); close it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._rest = b""
        self.child = 0

    def start(self, root: Path, seed: object, kind: str, at: tuple[str, int] = NOWHERE) -> None:
        """Start a worker and wait until it is about to begin. `at`: see `run`."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{root}\t{seed}\t{kind}\t{at[0]}\t{at[1]}\n".encode())
        said = self.until("started", LONGEST)
        self.child = int(said[-1]["started"])
        self.until("ready", LONGEST)

    def run(
        self,
        root: Path,
        seed: object,
        kind: str,
        *,
        seconds: float,
        word: str = "ended",
        at: tuple[str, int] = NOWHERE,
    ) -> Ended:
        """A worker from beginning to its violent end: after so long, once it tells `word`, or at a change of a file.

        `at` is the kind of change before which it is killed, and the how manieth of that kind.
        """
        self.start(root, seed, kind, at)
        said: Said = []
        begun = time.monotonic()
        for line in self._lines(begun + seconds):
            said.append(line)
            if "ended" in line or word in line:
                break
        taken = time.monotonic() - begun
        if not said or "ended" not in said[-1]:
            said += self._killed()
        end = said.pop()
        assert end["ended"] == -signal.SIGKILL, "the worker ended by itself; standard error tells why"
        told = [line for line in said if "reached" not in line]
        return Ended(told, len(told) < len(said), end["changes"], taken)

    def until(self, word: str, seconds: float) -> Said:
        """What is told until a line with `word` comes, or so long; fails where the worker ends of its own."""
        said: Said = []
        for line in self._lines(time.monotonic() + seconds):
            said.append(line)
            if word in line:
                return said
            assert "ended" not in line, "the worker ended by itself; standard error tells why"
        return said

    def kill(self) -> Said:
        """Kill the worker without warning; returns what it had told and nobody had heard yet."""
        said = self._killed()
        assert said.pop()["ended"] == -signal.SIGKILL
        return said

    def _killed(self) -> Said:
        os.kill(self.child, signal.SIGKILL)
        said: Said = []
        for line in self._lines(time.monotonic() + LONGEST):
            said.append(line)
            if "ended" in line:
                return said
        raise AssertionError("the worker does not die")

    def close(self) -> None:
        """End the nursery, and the worker if there is one."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.kill()
        self._process.wait(LONGEST)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _lines(self, last: float) -> Iterator[dict[str, Any]]:
        assert self._process.stdout is not None
        while True:
            while b"\n" in self._rest:
                line, _, self._rest = self._rest.partition(b"\n")
                yield json.loads(line)
            left = last - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                return
            self._rest += os.read(self._process.stdout.fileno(), 1 << 16)
