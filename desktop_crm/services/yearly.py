"""What no program can see: questions about the shop itself, asked once a year and answered by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_crm.records.audit import Verb
from desktop_crm.records.technical import Setting, YearlyQuestion
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.settings import Choice, set_value, value_of
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.words import M

YEARLY = timedelta(days=365)
FIRST_AFTER = timedelta(days=30)
"""In the first weeks a shop has other worries."""


STATEMENTS = {
    YearlyQuestion.ROOM: M("The room with this computer is locked when nobody is there."),
    YearlyQuestion.SCREEN: M("Customers cannot read this screen from where they stand."),
    YearlyQuestion.SHEET: M("The recovery sheet lies in a safe place, away from this computer."),
    YearlyQuestion.STICKS: M("Sticks and disks with safety copies are locked away, one of them in another building."),
    YearlyQuestion.PAPER: M("Papers with customers' details are shredded, and not put into the bin."),
    YearlyQuestion.LEAVERS: M("Who has left the shop has no key, password or account any more."),
}
"""Each as a sentence that is right or not yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about a statement, and when."""

    on: date
    in_order: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement with its last answer. `due`: it is time to ask again, or for the first time."""

    question: YearlyQuestion
    statement: M
    answer: Answer | None
    due: bool

    @property
    def fresh(self) -> bool:
        """Whether the last answer still counts."""
        return self.answer is not None and not self.due


def _read(text: str) -> Answer:
    day, said = text.split(" ")
    return Answer(date.fromisoformat(day), {"yes": True, "no": False}[said])


def _choice(question: YearlyQuestion) -> Choice[str]:
    return Choice(f"yearly.{question}", "", STATEMENTS[question], str)


@act(Verb.LIST, Setting)
def yearly(office: Office) -> list[Asked]:
    """Every statement in its order, with its last answer."""
    return office.read(lambda reading: asked(office, reading))


@act(Verb.CHANGE, Setting)
def answer_yearly(office: Office, question: YearlyQuestion, *, in_order: bool) -> None:
    """Say today that a statement is right, or that it is not yet."""
    choice = _choice(question)

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (choice.name,)
        set_value(writing, choice, f"{office.today().isoformat()} {'yes' if in_order else 'no'}")

    office.write(work)


def asked(office: Office, reading: Reading) -> list[Asked]:
    """The same inside another act."""
    return [_asked(office, reading, question) for question in YearlyQuestion]


def _asked(office: Office, reading: Reading, question: YearlyQuestion) -> Asked:
    try:
        last = _read(value_of(reading, _choice(question)))
    except (ValueError, KeyError):
        last = None
    since = last.on + YEARLY if last is not None else office.shop.begun_on + FIRST_AFTER
    return Asked(question, STATEMENTS[question], last, office.today() >= since)
