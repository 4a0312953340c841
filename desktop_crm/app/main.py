"""Where the program starts."""

from __future__ import annotations

import sys

from desktop_crm.host.process import harden


def main() -> int:
    """The command line. Returns the exit code."""
    harden()
    from desktop_crm.cli.run import run

    return run(sys.argv[1:])
