"""Which person's account on which computer the program runs in."""

import os
import sys


def account_name() -> str:
    """Name of the operating-system account, or its number where it has no name."""
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "?")
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def host_name() -> str:
    """The computer's own name."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "?")
    return os.uname().nodename
