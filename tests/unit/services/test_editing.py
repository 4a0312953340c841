"""The form of a contact: what it says is saved, what it does not change stays, and odd things are told."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, Stage, Told
from desktop_crm.records.declare import Basis
from desktop_crm.records.tag import Tag
from desktop_crm.services import contacts, editing, erasing
from desktop_crm.services.editing import AddressLine, ContactForm, Line
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.words import Problem

FULL = ContactForm(
    name="Dr. Łucja Kowalska",
    prefix="Dr.",
    given="Łucja",
    middle="Ewa",
    family="Kowalska",
    suffix="MBA",
    nickname="Lu",
    company="Čapek & Söhne",
    department="Verkauf",
    job_title="Floristin",
    emails=(Line(text="lucja@kowalska.example", label="work"), Line(text="odd@")),
    phones=(Line(text="0341 1234567", label="mobile"),),
    addresses=(
        AddressLine(
            street="Lindenstraße 14",
            extra="Hinterhaus",
            po_box="77",
            postal_code="04107",
            city="Leipzig",
            region="Sachsen",
            country="DE",
            label="home",
        ),
    ),
    websites=(Line(text="https://kowalska.example"),),
    birthday="1961-03-24",
    language="pl",
    stage=Stage.CUSTOMER,
    basis=Basis.LEGITIMATE_INTEREST,
    source="Empfehlung",
    informed_on=date(2026, 11, 1),
    informed_how=Told.PAPER,
    tags=("Stammkundin", "VIP"),
    deceased=True,
    under_age=True,
    basis_note="Offer of May",
)


def without_ids(form: ContactForm) -> ContactForm:
    kinds = ("emails", "phones", "websites")
    lines: dict[str, Any] = {kind: tuple(replace(x, id=None) for x in getattr(form, kind)) for kind in kinds}
    return replace(form, **lines, addresses=tuple(replace(a, id=None) for a in form.addresses))


@pytest.fixture
def person(office: Office) -> bytes:
    return editing.new_contact(office, FULL)


def test_a_form_with_every_field_filled_is_read_back_as_it_was_typed(office: Office, person: bytes) -> None:
    default = ContactForm()
    assert [f.name for f in fields(FULL) if getattr(FULL, f.name) == getattr(default, f.name)] == []
    assert without_ids(editing.form_of(office, person)) == FULL


def test_a_form_says_all_that_can_be_typed_of_a_contact(office: Office, person: bytes) -> None:
    """A column nobody can type is one nobody can correct."""
    kept_by_us = {"id", "sort_name", "company_id", "batch_id", "last_activity_on", "created_at", "changed_at"}
    columns = {f.name for f in fields(Contact)} - kept_by_us
    assert columns <= {f.name for f in fields(ContactForm)}
    address = {f.name for f in fields(ContactAddress)} - {"contact_id", "batch_id", "created_at"}
    assert address == {f.name for f in fields(AddressLine)}
    assert contacts.show(office, person).contact.sort_name == "dr. lucja kowalska"


def test_only_what_is_other_is_touched(office: Office, person: bytes) -> None:
    shown = contacts.show(office, person)
    form = editing.form_of(office, person)
    assert editing.edit(office, person, form) is None
    assert editing.edit(office, person, without_ids(form)) is None
    assert contacts.show(office, person) == shown
    email = form.emails[0]
    editing.edit(office, person, replace(form, emails=(replace(email, text="neu@x.example"),), nickname="Lulu"))
    after = contacts.show(office, person)
    assert [(e.id, e.address, e.match, e.label) for e in after.emails] == [
        (email.id, "neu@x.example", "neu@x.example", "work")
    ]
    assert after.phones == shown.phones
    assert (after.contact.nickname, after.contact.last_activity_on) == ("Lulu", shown.contact.last_activity_on)
    assert after.contact.changed_at is not None


def test_a_shared_company_or_label_goes_with_the_last_who_uses_it(office: Office, person: bytes) -> None:
    other = editing.new_contact(
        office, ContactForm(name="Piet", company="Čapek & Söhne", phones=(Line(text="1"),), tags=("vip",))
    )
    editing.edit(office, person, replace(editing.form_of(office, person), company="Neu", tags=()))
    assert office.read(lambda r: sorted(c.name for c in r.find(Company))) == ["Neu", "Čapek & Söhne"]
    assert office.read(lambda r: [t.name for t in r.find(Tag)]) == ["VIP"]
    editing.edit(office, other, replace(editing.form_of(office, other), company="", tags=()))
    assert office.read(lambda r: [c.name for c in r.find(Company)]) == ["Neu"]
    assert office.read(lambda r: r.count(Tag)) == 0


def test_a_name_is_put_together_from_its_parts_where_none_was_typed(office: Office) -> None:
    reach = (Line(text="a@x.example"),)
    western = editing.new_contact(office, ContactForm(prefix="Dr.", given="Anna", family="Weber", emails=reach))
    eastern = editing.new_contact(office, ContactForm(given="小明", family="王", emails=reach))
    assert editing.form_of(office, western).name == "Dr. Anna Weber"
    assert editing.form_of(office, eastern).name == "王小明"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("24.3.1961", "1961-03-24"),
        ("24.3.", "--03-24"),
        ("24.3", "--03-24"),
        ("24 März", "--03-24"),
        ("--03-24", "--03-24"),
        ("1961-03-24", "1961-03-24"),
        (" ", ""),
    ],
)
def test_a_birthday_is_read_with_or_without_its_year(office: Office, person: bytes, typed: str, kept: str) -> None:
    assert editing.check_birthday(typed, "DE", date(2026, 11, 21)) is None
    editing.edit(office, person, replace(editing.form_of(office, person), birthday=typed))
    assert editing.form_of(office, person).birthday == kept


@pytest.mark.parametrize("typed", ["gestern", "31.2.1961", "24.3.61", "24.13.1961", "1.1.2062", "1961"])
def test_a_birthday_that_cannot_be_read_is_told_and_not_saved(office: Office, person: bytes, typed: str) -> None:
    assert editing.check_birthday(typed, "DE", date(2026, 11, 21)) is not None
    form = editing.form_of(office, person)
    with pytest.raises(Problem):
        editing.edit(office, person, replace(form, birthday=typed, nickname="Lulu"))
    assert editing.form_of(office, person) == form


def test_odd_addresses_and_numbers_are_told_on_leaving_the_field() -> None:
    for right in ("", " ", "anna@x.example", " ANNA@X.example "):
        assert editing.check_email(right) is None
    for odd in ("anna", "anna@", "a b@x.example"):
        assert editing.check_email(odd) is not None
    for right in ("", "0341 1234567", "+48 601 999 888"):
        assert editing.check_phone(right, "DE") is None
    for odd in ("12", "anna", "+1"):
        assert editing.check_phone(odd, "DE") is not None


@pytest.mark.parametrize(
    "form",
    [
        ContactForm(emails=(Line(text="a@x.example"),)),
        ContactForm(name="Anna"),
        ContactForm(name="Anna", emails=(Line(text="  "),), addresses=(AddressLine(label="home"),)),
        ContactForm(name="Anna\0", emails=(Line(text="a@x.example"),)),
        ContactForm(name="Anna", emails=(Line(text="a@x.example", label="\ud800"),)),
    ],
)
def test_a_new_person_needs_a_name_and_a_way_to_reach_them(office: Office, form: ContactForm) -> None:
    with pytest.raises(Problem):
        editing.new_contact(office, form)
    assert office.read(lambda r: r.count(Contact) + r.count(ContactEmail) + r.count(ContactPhone)) == 0


def test_the_last_wrong_number_may_go_but_the_name_may_not(office: Office, person: bytes) -> None:
    form = editing.form_of(office, person)
    bare = replace(form, emails=(), phones=(), addresses=(), given="", middle="", family="", prefix="", suffix="")
    assert editing.edit(office, person, bare) is not None
    with pytest.raises(Problem):
        editing.edit(office, person, replace(bare, name=" "))


def test_somebody_who_is_here_or_was_erased_is_told_before_saving(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    again = ContactForm(name="dr. lucja kowalska", emails=(Line(text="LUCJA@kowalska.example"), Line(text="odd@")))
    found = editing.concerns(office, again)
    assert (found.known, found.erased_on) == (person, None)
    assert editing.concerns(office, editing.form_of(office, person), person).known is None
    with pytest.raises(Problem, match="here already"):
        editing.new_contact(office, again)
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    found = editing.concerns(office, again)
    assert (found.known, found.erased_on) == (None, office.today())
    with pytest.raises(Problem, match="erased on"):
        editing.new_contact(office, again)
    assert editing.new_contact(office, again, allow_erased=True) != person


def test_what_is_odd_is_told_of_what_was_typed_now_alone() -> None:
    before = ContactForm(name="x" * 151, emails=(Line(text="odd@"),), phones=(Line(text="ring me"),))
    assert len(editing.odd_in(before, ContactForm(), "DE")) == 3
    assert editing.odd_in(before, before, "DE") == []
    mended = replace(before, name="x" * 150, emails=(Line(text="a@x.example"),), phones=(Line(text="0341 5550123"),))
    assert editing.odd_in(mended, before, "DE") == []


def test_nobody_has_no_form(office: Office) -> None:
    with pytest.raises(Problem):
        editing.form_of(office, office.new_id())
    with pytest.raises(Problem):
        editing.edit(office, office.new_id(), FULL)
