"""Correcting and taking out what was entered for people: notes, purchases, deliveries and labels. All can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from desktop_crm.privacy.presets import load_preset
from desktop_crm.privacy.terms import kept_until
from desktop_crm.records.audit import Verb
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.services import people
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.changes import without_reviews
from desktop_crm.services.contacts import known_person
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.removal import delete_unused
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem

R = TypeVar("R")


@act(Verb.CHANGE, Interaction)
def change_note(office: Office, note: bytes, text: str) -> bytes | None:
    """Put other words into a note; the number of the change, None if they are the same."""
    text = storable(text)
    if not text:
        raise Problem(M("There is nothing to note."))

    def work(writing: Writing, trace: Trace) -> None:
        row = _there(writing, Interaction, note)
        trace.person, trace.row = row.contact_id, note
        if row.text != text:
            writing.update(Interaction, note, text=text)

    office.write(work, undoable=True)
    return performing().change


@act(Verb.REMOVE, Interaction)
def remove_note(office: Office, note: bytes) -> bytes | None:
    """Take out a note or event; the number of the change. Raises Problem if it must not go (dispute)."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _there(writing, Interaction, note)
        trace.person, trace.row = row.contact_id, note
        without_reviews(office, writing, [row.contact_id], note)
        writing.delete(Interaction, eq("id", note))

    office.write(work, undoable=True)
    return performing().change


@act(Verb.REMOVE, Purchase)
def remove_purchase(office: Office, purchase: bytes) -> bytes | None:
    """Take out a purchase; the number of the change.

    Raises Problem for an original invoice that the law still demands, or if it must not go (dispute).
    """

    def work(writing: Writing, trace: Trace) -> None:
        row = _there(writing, Purchase, purchase)
        trace.person, trace.row = row.contact_id, purchase
        until = _demanded_until(office, row)
        if until is not None and until >= office.today():
            raise Problem(
                M("This is an original invoice; the law wants it kept until {day}.", day=until),
                safe=M("Nothing was deleted."),
            )
        without_reviews(office, writing, [row.contact_id], purchase)
        writing.delete(Purchase, eq("id", purchase))

    office.write(work, undoable=True)
    return performing().change


def _demanded_until(office: Office, row: Purchase) -> date | None:
    if row.original is not Original.HERE:
        return None
    law = load_preset(office.shop.country, office.shop.region).keeping("invoice")
    return kept_until(row.bought_on, law.length, law.unit, law.anchor)


@act(Verb.CHANGE, Purchase)
def settle(office: Office, purchase: bytes) -> bytes | None:
    """An open invoice was paid or a voucher used; the number of the change, None if nothing was open."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _there(writing, Purchase, purchase)
        trace.person, trace.row = row.contact_id, purchase
        if row.still_open is not None:
            writing.update(Purchase, purchase, still_open=None)

    office.write(work, undoable=True)
    return performing().change


@act(Verb.REMOVE, DeliveryRecipient)
def remove_delivery(office: Office, delivery: bytes) -> bytes | None:
    """Take out a delivery to another person; the number of the change.

    Raises Problem if that person has asked about their data: then they are erased as a person. Or for a dispute.
    """

    def work(writing: Writing, trace: Trace) -> None:
        row = _there(writing, DeliveryRecipient, delivery)
        trace.person, trace.row = row.contact_id, delivery
        if writing.count(PrivacyRequest, eq("person_id", delivery)):
            raise Problem(
                M("Whoever gets this delivery has asked about their data."),
                safe=M("Nothing was deleted."),
                todo=M("Please answer, then erase this person."),
            )
        without_reviews(office, writing, [row.contact_id], delivery)
        writing.delete(DeliveryRecipient, eq("id", delivery))

    office.write(work, undoable=True)
    return performing().change


@act(Verb.CHANGE, ContactTag)
def tag(office: Office, persons: Iterable[bytes], name: str) -> bytes | None:
    """Put a label on people; the number of the change, None if all had it. Raises Problem without a name for it."""
    name, chosen = storable(name), list(dict.fromkeys(persons))
    if not name:
        raise Problem(M("Please give the label a name."), safe=M("Nothing was saved."))

    def work(writing: Writing, trace: Trace) -> None:
        label = tag_id(writing, office, name)
        bear = {row.contact_id for row in writing.find(ContactTag, eq("tag_id", label))}
        new = [known_person(writing, key).id for key in chosen if key not in bear]
        now = office.clock.now()
        writing.insert_many(
            ContactTag, [ContactTag(id=office.new_id(), contact_id=key, tag_id=label, created_at=now) for key in new]
        )
        delete_unused(writing, Tag, {label})
        trace.person, trace.row, trace.number = chosen[0] if len(chosen) == 1 else None, label, len(new)

    office.write(work, undoable=True)
    return performing().change


@act(Verb.REMOVE, ContactTag)
def untag(office: Office, persons: Iterable[bytes], name: str) -> bytes | None:
    """Take a label off people; it goes with the last of them. The number of the change, None if nobody had it."""
    chosen = set(persons)

    def work(writing: Writing, trace: Trace) -> None:
        for label in writing.find(Tag, eq("match", people.sort_form(storable(name)))):
            rows = [row for row in writing.find(ContactTag, eq("tag_id", label.id)) if row.contact_id in chosen]
            writing.delete_rows(ContactTag, rows)
            delete_unused(writing, Tag, {label.id})
            trace.row, trace.number = label.id, len(rows)
        trace.person = next(iter(chosen)) if len(chosen) == 1 else None

    office.write(work, undoable=True)
    return performing().change


def tag_id(writing: Writing, office: Office, name: str) -> bytes:
    """The label of that name, made if need be."""
    form = people.sort_form(name)
    known = writing.find(Tag, eq("match", form))
    if known:
        return known[0].id
    made = Tag(id=office.new_id(), name=name, match=form, created_at=office.clock.now())
    writing.insert(made)
    return made.id


def _there(reading: Reading, record: type[R], key: bytes) -> R:
    row = reading.get(record, key)
    if row is None:
        raise Problem(M("This entry is not there any more."), safe=M("Nothing was changed."))
    return row
