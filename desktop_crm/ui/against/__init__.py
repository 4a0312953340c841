"""What a person says against the use of their data: objecting, locking, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_crm.services.record_page import RecordPage
    from desktop_crm.ui.desk import Desk

OBJECT, LOCK, WISH = "against.object", "against.lock", "against.wish"
AGAINST = (OBJECT, LOCK, WISH)
"""The acts on the page of a person."""


def open_against(desk: Desk, key: str, page: RecordPage) -> None:
    """Open the sheet for one of these acts."""
    from desktop_crm.ui.against import sheets

    if key == OBJECT:
        sheets.open_objecting(desk, page)
    elif key == LOCK:
        sheets.Locking(desk, page.person).open()
    else:
        sheets.Wishing(desk, page).open()
