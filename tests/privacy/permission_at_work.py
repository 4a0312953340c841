"""How the acts of permission are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.services import consents, receipts

NO_ACTS = {
    "access_consents.consent_topics": "a part of acts: reads inside the reading it is given",
    "consents.enter": "a part of acts: writes inside the writing it is given",
    "consents.keep_evidence": "a part of acts: writes inside the writing it is given",
    "consents.keep_screen": "a part of acts: writes inside the writing it is given",
    "consents.permissions": "a part of acts: reads inside the reading it is given",
    "guardians.age_of_own_consent": "arithmetic over the rules of the country",
    "guardians.born_after": "arithmetic over the rules of the country",
    "guardians.needs_guardian": "arithmetic over the row it is given",
    "guardians.require_guardian": "a part of acts: looks at the row it is given",
}
"""Functions that take the office and are no acts, each with its reason."""
PREPARED = {"receipts.receipt": "answered"}
CASES: dict[str, Callable[..., object]] = {
    "consents.give": lambda s: consents.give(s.office, s.person, "newsletter"),
    "consents.withdraw": lambda s: consents.withdraw(s.office, s.person, "newsletter"),
    "consents.of_person": lambda s: consents.of_person(s.office, s.person),
    "consents.purposes": lambda s: consents.purposes(s.office),
    "consents.purpose": lambda s: consents.purpose(s.office, "newsletter"),
    "receipts.receipt": lambda s: receipts.receipt(s.office, s.person, s.folder / "out"),
}
