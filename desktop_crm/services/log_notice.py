"""What everybody who works here is told about the activity log: read and confirmed once, and again when it changes."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.records.audit import LogNotice, Verb
from desktop_crm.records.technical import Setting
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.log_keeping import months_of
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M

VERSION = 1
"""Goes up when the text says something else; everybody is then asked to read it again."""
TITLE = M("What the activity log notes about your work")


@dataclass(frozen=True, slots=True)
class Told:
    """The text as it holds for this shop: a heading and what stands below, in order; who confirmed it, and when."""

    sections: tuple[tuple[M, M], ...]
    confirmed: LogNotice | None


@act(Verb.LIST, Setting)
def notice(office: Office) -> Told:
    """The text for whoever works here now, and whether they confirmed this version of it."""

    def work(reading: Reading) -> Told:
        mine = eq("reader", office.who.name), eq("version", VERSION)
        confirmed = reading.whole().find(LogNotice, *mine, order=("-read_at",), limit=1)
        return Told(_sections(office, months_of(reading)), confirmed[0] if confirmed else None)

    return office.read(work)


@act(Verb.LIST, LogNotice)
def readers(office: Office) -> list[LogNotice]:
    """Who confirmed which version, the newest first."""
    return office.read(lambda reading: reading.find(LogNotice, order=("-read_at",)))


@act(Verb.SIGN_IN, LogNotice)
def confirm_notice(office: Office) -> None:
    """Whoever works here now has read the text. Once for each version; again changes nothing but leaves its line."""

    def work(writing: Writing, trace: Trace) -> None:
        if writing.count(LogNotice, eq("reader", office.who.name), eq("version", VERSION)):
            return
        made = LogNotice(
            id=office.new_id(),
            reader=office.who.name,
            version=VERSION,
            language=office.words.language,
            read_at=office.clock.now(),
        )
        writing.insert(made)
        trace.row = made.id

    office.write(work)


def _sections(office: Office, months: int) -> tuple[tuple[M, M], ...]:
    shop = office.shop
    return (
        (
            M("What is noted"),
            M(
                "Who did what, and when: opening, entering, changing, erasing, printing or saving a person's data, "
                "permissions, settings, keys, safety copies, and each opening of the customer file, also a failed one. "
                "The log holds numbers and names of fields, never what stands in them."
            ),
        ),
        (
            M("Why"),
            M(
                "To protect the data of customers, as the law asks of us, and to be able to show that we do: customers "
                "may ask who looked at their data. It is our good reason, too, if something goes wrong. It is not for "
                "judging how fast or how much somebody works."
            ),
        ),
        (
            M("How long"),
            M(
                "{n} month. What tells of safety, of what was handed out and of erasures stays up to 3 years. What is "
                "older goes by itself.",
                "{n} months. What tells of safety, of what was handed out and of erasures stays up to 3 years. What is "
                "older goes by itself.",
                n=months,
            ),
        ),
        (
            M("Who sees it"),
            M(
                "Whoever may see the log in this program. A customer who asks is told which role looked at their data, "
                "and how often, without your name. The log leaves this computer only if somebody saves it."
            ),
        ),
        (
            M("Your rights"),
            M(
                "You may see what is noted about you, have mistakes corrected, and object for a reason of your own. "
                "Responsible is {who}. You can also complain to the data protection authority.",
                who=shop.responsible or shop.name,
            ),
        ),
    )
