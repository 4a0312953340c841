"""`python -m desktop_crm.app.docs`: writes the pages of docs/ that are made from the program itself."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_crm.cli.helping import reference
from desktop_crm.privacy.data_map import data_map
from desktop_crm.privacy.roles_page import roles_page
from desktop_crm.records.registry import inventory

FOLDER = Path(__file__).resolve().parents[2] / "docs"


def pages() -> dict[str, str]:
    """The generated pages by file name: declarations, the rights of roles, and the grammar of the command line."""
    told = inventory()
    return {"CLI.md": reference(), "DATA-MAP.md": data_map(told), "ROLES.md": roles_page(told)}


def main() -> int:
    """Write the files into the checkout. Returns the exit code."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
