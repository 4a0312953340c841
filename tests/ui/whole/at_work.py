"""One way through the program as a process: `python -m tests.ui.whole.at_work WAY FOLDER [MORE …]`."""

from __future__ import annotations

import faulthandler
import os
import sys
import traceback
from pathlib import Path

from tests.ui.whole.ways import WAYS


def main(name: str, folder: str, *more: str) -> int:
    """Walk the way; what it meets instead is told on standard error."""
    try:
        WAYS[name](Path(folder), *more)
    except BaseException:
        # The program's own place for its faults must not swallow those of the test, nor wait for its threads.
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    return 0


if __name__ == "__main__":
    faulthandler.dump_traceback_later(45, exit=True)
    sys.exit(main(*sys.argv[1:]))
