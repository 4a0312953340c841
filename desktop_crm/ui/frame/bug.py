"""What is told of a fault of the program: kind and place alone.

What an exception says and what its variables held may be a customer's, so neither is ever asked.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

from PySide6 import __version__ as qt_version

from desktop_crm import __version__

_OURS = "desktop_crm"
_MOST_LINKS = 8


def bug_report(error: BaseException) -> str:
    """The text that a person may copy and send by hand; it is read by people who mend the program."""
    return "\n".join([*versions(), "", *_of_chain(error)]) + "\n"


def versions() -> list[str]:
    """Which program on which system."""
    import platform

    return [
        f"Desktop CRM {__version__}",
        f"Python {platform.python_version()}, Qt {qt_version}, {platform.system()} {platform.machine()}",
    ]


def _of_chain(error: BaseException | None) -> Iterator[str]:
    links = 0
    while error is not None and links < _MOST_LINKS:
        if links:
            yield "which came of"
        yield _kind(error)
        yield from _places(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        links += 1


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> Iterator[str]:
    """The lines of our own modules on the way; those of libraries are counted."""
    elsewhere = 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", "?"))
        if not module.startswith(_OURS):
            elsewhere += 1
            continue
        yield f"  {module}, line {number}, {frame.f_code.co_name}"
    if elsewhere:
        yield f"  and {elsewhere} in other modules"
