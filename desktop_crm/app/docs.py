"""`python -m desktop_crm.app.docs`: writes docs/CLI.md from the declarations of the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_crm.cli.helping import reference

CLI = Path(__file__).resolve().parents[2] / "docs" / "CLI.md"


def main() -> int:
    """Write the file into the checkout. Returns the exit code."""
    CLI.write_text(reference(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
