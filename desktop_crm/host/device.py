"""Which device this is, as whoever set it up called it."""

from __future__ import annotations

import platform


def device_name() -> str:
    """The name of this computer in its network, or else what kind of system it has."""
    return platform.node() or platform.system()
