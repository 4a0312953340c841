"""How the acts of the activity log and of the check-up are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.services import health, log_export, log_keeping, log_notice, log_page, signing_in
from desktop_crm.services.office import Office
from desktop_crm.vault.tries import Attempt

NO_ACTS = {
    "who.by_name": "a part of acts: reads inside the reading it is given",
    "log_keeping.prune_daily": "the act `prune` under the program's own name, if something is due",
    "signing_in.begin_counting": "touches a file without names, and no customer's data",
    "signing_in.come_in": "lets acts happen, each with its own line",
    "removal.opened_ledgers": "a part of acts: writes inside the writing it is given",
    "retention.check_clock": "a part of acts: reads inside the reading it is given",
}
"""Functions that take the office and are no acts, each with its reason."""


def _failed(office: Office) -> None:
    signing_in.failed_sign_ins(office, [Attempt(office.clock.now(), "password")])


CASES: dict[str, Callable[..., object]] = {
    "health.look_over": lambda s: health.look_over(s.office),
    "log_export.export_log": lambda s: log_export.export_log(s.office, log_page.EVERYTHING, log_export.LogFormat.CSV),
    "log_keeping.choose_months": lambda s: log_keeping.choose_months(s.office, 24),
    "log_keeping.keeping_of_log": lambda s: log_keeping.keeping_of_log(s.office),
    "log_keeping.prune": lambda s: log_keeping.prune(s.office),
    "log_notice.confirm_notice": lambda s: log_notice.confirm_notice(s.office),
    "log_notice.notice": lambda s: log_notice.notice(s.office),
    "log_notice.readers": lambda s: log_notice.readers(s.office),
    "log_page.who_looked": lambda s: log_page.who_looked(s.office, s.person),
    "signing_in.failed_sign_ins": lambda s: _failed(s.office),
    "signing_in.miss_count": lambda s: signing_in.miss_count(s.office),
    "signing_in.sign_in": lambda s: signing_in.sign_in(s.office, signing_in.Way.PASSWORD),
}
