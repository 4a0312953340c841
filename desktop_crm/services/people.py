"""Building and recognising contacts: what a form, a command and a list have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from desktop_crm.cheap import fixed
from desktop_crm.host.ids import parse_id
from desktop_crm.intake.checking import normal_email, phone_e164
from desktop_crm.intake.person import Address, PersonDraft, Phone, Reach
from desktop_crm.intake.reasons import EMAIL_ODD, PHONE_ODD
from desktop_crm.privacy.folding import digits, fold
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import Erasure, ErasureMark, MarkKind
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import Gone, M, Problem

LONGEST_NAME = 150
"""A longer one was hardly meant as a name."""
_NAME_LONG = M("The name is very long; it is kept as typed.")


def storable(text: str) -> str:
    """The text without surrounding blanks. Raises Problem for what no file can hold (lone surrogates, NUL)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Problem(
            M("The text has signs that are no letters of any script."), safe=M("Nothing was saved.")
        ) from None
    if "\0" in text:
        raise Problem(M("The text has signs that are no letters of any script."), safe=M("Nothing was saved."))
    return text.strip()


def sort_form(name: str) -> str:
    """The form by which names are ordered: folded, so that Ö stands with O."""
    return fold(name)


def email_form(address: str) -> str:
    """The form in which email addresses are compared."""
    return fold(normal_email(address) or address.strip())


def phone_form(number: str, country: str) -> str:
    """The form in which phone numbers are compared: international where it can be read, else the digits."""
    return phone_e164(number, country) or digits(number)


def email_match(email: Reach) -> str:
    """The compared form of an address that a list reader has looked at already."""
    return fold(email.normal or email.value)


def phone_match(phone: Phone) -> str:
    """The compared form of a number that a list reader has looked at already."""
    return phone.e164 or digits(phone.value) or fold(phone.value)


def place_match(address: Address | ContactAddress) -> str:
    """The compared form of a postal address."""
    street = address.street or getattr(address, "written", None)
    return fold(" ".join(part for part in (street, address.postal_code, address.city) if part))


def draft_name(draft: PersonDraft) -> str:
    """What a person of a list is called: by name, else by company, else as they are reached."""
    reach = (*(e.value for e in draft.emails), *(p.value for p in draft.phones))
    return draft.name or draft.company or next(iter(reach), "")


def doubts(emails: Iterable[str], phones: Iterable[str], country: str, name: str = "") -> list[M]:
    """What does not look right about what was typed. It is kept as typed: saving is never blocked."""
    said = [_NAME_LONG] if len(name) > LONGEST_NAME else []
    said += [EMAIL_ODD for email in emails if normal_email(email) is None]
    said += [PHONE_ODD for phone in phones if phone_e164(phone, country) is None]
    return list(dict.fromkeys(said))


def resolve(reading: Reading, text: str) -> bytes:
    """The person a typed id or email address means. Raises Problem when it is nobody, or several."""
    key = parse_id(text)
    if key is not None:
        for record in (Contact, DeliveryRecipient):
            if reading.get(record, key) is not None:
                return key
    found = sorted({row.contact_id for row in reading.find(ContactEmail, eq("match", email_form(text)))})
    if len(found) == 1:
        return found[0]
    if found:
        raise Problem(
            M("{n} person has this email address.", "{n} people have this email address.", n=len(found)),
            todo=M("Please give the number of the person instead; the search shows it."),
        )
    raise Gone(M("Nobody here has this number or email address."), todo=M("Please search for the name first."))


@fixed
class MarkOf:
    """A way to reach or recognise a person, and the mark made of it."""

    kind: MarkKind
    mark: bytes


def marks(
    fingerprint: Callable[[str, str], bytes],
    *,
    name: str,
    birthday: str | None,
    emails: Iterable[str],
    phones: Iterable[str],
) -> list[MarkOf]:
    """The do-not-bring-back marks of a person; never of a name alone. `emails` and `phones` in compared form."""
    made = [MarkOf(MarkKind.EMAIL, fingerprint("email", form)) for form in emails if form]
    made += [MarkOf(MarkKind.PHONE, fingerprint("phone", form)) for form in phones if form]
    if birthday and name:
        made.append(MarkOf(MarkKind.NAME_AND_BIRTHDAY, fingerprint("name-and-birthday", f"{fold(name)}|{birthday}")))
    return made


def any_erased(reading: Reading) -> bool:
    """Whether there are any do-not-bring-back marks at all."""
    return reading.count(ErasureMark) > 0


def erased_before(reading: Reading, made: Iterable[MarkOf], today: date) -> datetime | None:
    """When a person with one of these marks was erased, or None."""
    found = reading.find(ErasureMark, one_of("mark", [m.mark for m in made]))
    for mark in found:
        if mark.kept_until >= today:
            erasure = reading.get(Erasure, mark.erasure_id)
            if erasure is not None:
                return erasure.done_at
    return None


def erased_warning(on: date) -> M:
    """Said when an erased person is typed in or brought in again."""
    return M("Someone with these details was erased on {day}. Has this person come back of their own accord?", day=on)
