"""Asks small programs of the operating system what it does not tell otherwise."""

from __future__ import annotations

import shutil

_PATIENCE = 5.0


def answer_of(program: str, *arguments: str) -> str | None:
    """What the program prints; None where there is none of that name, it fails, or it takes too long.

    `program` and `arguments` are names known to this program, never what a person typed.
    """
    import subprocess

    found = shutil.which(program)
    if found is None:
        return None
    try:
        done = subprocess.run((found, *arguments), capture_output=True, check=True, timeout=_PATIENCE)  # noqa: S603 - no shell, fixed names
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip()
