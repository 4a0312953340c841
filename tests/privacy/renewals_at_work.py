"""The acts about asking again, each with what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import permission_months, renewals

if TYPE_CHECKING:
    from tests.privacy.test_acts import Scene

NO_ACTS = {"renewals.count_daily": "the act `count_due` under the program's own name, once a day"}
PREPARED = {"renewals.mark_asked": "said_yes"}
CASES: dict[str, Callable[[Scene], object]] = {
    "renewals.counted": lambda s: renewals.counted(s.office),
    "renewals.due": lambda s: renewals.due(s.office),
    "renewals.count_due": lambda s: renewals.count_due(s.office),
    "renewals.mark_asked": lambda s: renewals.mark_asked(s.office, [(s.person, "newsletter")], ConsentHow.SCREEN),
    "permission_months.by_month": lambda s: permission_months.by_month(s.office),
}
