"""How the acts around forms on paper, sign-up lists and privacy notices are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop_crm.records.contact import Told
from desktop_crm.services import asking, filing, informing, paper_forms, sign_up
from desktop_crm.services.asking import Answer
from desktop_crm.services.office import Office
from desktop_crm.services.scans import Scan

PDF = Scan(b"%PDF-1.7", "application/pdf")


class Forms:
    """A form that was printed for the person."""

    def __init__(self, office: Office, person: bytes, folder: Path) -> None:
        self.asking = asking.questions(office, person)
        made = paper_forms.print_form(office, self.asking, ["newsletter"], folder / "forms")
        self.found = filing.find_form(office, made.code)
        self.ticked = filing.Ticked([(self.found.questions[0], Answer.YES)], office.today())


def signed(office: Office) -> sign_up.SignUp:
    """A list with one name on it."""
    return sign_up.SignUp("newsletter", "Markt", office.today(), [sign_up.Signed("Ali", "ali@x.example")])


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...
    @property
    def folder(self) -> Path: ...
    @property
    def forms(self) -> Forms: ...


PREPARED = dict.fromkeys(("filing.find_form", "filing.file_form", "paper_forms.print_form"), "forms")
NO_ACTS = {
    "consents.keep_screen": "a part of acts: writes inside the writing it is given",
    "consents.keep_evidence": "a part of acts: writes inside the writing it is given",
    "telephone.keep_call": "a part of `take_answers`: writes inside the writing it is given",
    "informing.group": "a part of acts: reads inside the reading it is given",
    "informing.duty": "a part of acts: reads inside the reading it is given",
    "informing.waiting": "a part of acts: reads inside the reading it is given",
}
CASES: dict[str, Callable[[Scene], object]] = {
    "paper_forms.print_form": lambda s: paper_forms.print_form(s.office, s.forms.asking, ["newsletter"], s.folder),
    "paper_forms.print_blank": lambda s: paper_forms.print_blank(s.office, ["newsletter"], s.folder),
    "paper_forms.print_sign_up": lambda s: paper_forms.print_sign_up(s.office, "newsletter", "Markt", s.folder),
    "filing.find_form": lambda s: filing.find_form(s.office, s.forms.found.code),
    "filing.file_form": lambda s: filing.file_form(s.office, s.forms.found, s.forms.ticked, PDF),
    "sign_up.look_through": lambda s: sign_up.look_through(s.office, signed(s.office)),
    "sign_up.enter_list": lambda s: sign_up.enter_list(s.office, signed(s.office), PDF),
    "informing.not_told": lambda s: informing.not_told(s.office),
    "informing.counts": lambda s: informing.counts(s.office),
    "informing.tell": lambda s: informing.tell(s.office, [s.person], Told.COUNTER, on=date(2026, 11, 1)),
    "informing.print_notices": lambda s: informing.print_notices(s.office, [s.person], s.folder),
    "informing.print_notice": lambda s: informing.print_notice(s.office, s.folder),
    "informing.notice_mail": lambda s: informing.notice_mail(s.office, s.person),
}
