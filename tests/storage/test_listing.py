"""Groups of people in the order of names, counts, and the newest entry of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel, Interaction
from desktop_crm.records.purpose import Purpose
from desktop_crm.storage import listing
from desktop_crm.storage.listing import Asked, Group
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading
from tests.storage.people import NOW, contact, key, note


def purpose(code: str) -> Purpose:
    return Purpose(id=key(), code=code, name=code, basis=Basis.CONSENT, channel="email", created_at=NOW)


def said(
    person: Contact,
    about: Purpose,
    state: ConsentState,
    at: datetime = NOW,
    *,
    form: int = 2,
    ends: datetime | None = None,
) -> ConsentEvent:
    return ConsentEvent(
        id=key(),
        contact_id=person.id,
        purpose_id=about.id,
        channel=Channel.EMAIL,
        state=state,
        how=ConsentHow.SCREEN,
        happened_at=at,
        recorded_at=at,
        ends_at=ends,
        form=form,
        actor="owner",
        previous=bytes(32),
        seal=key() * 2,
    )


def put(store: Store, *rows: Any) -> None:
    def work(writing: Any) -> None:
        for row in rows:
            writing.insert(row)

    store.write(work)


def ids(store: Store, group: Group) -> list[bytes]:
    packed = store.read(lambda reading: b"".join(listing.ids(reading, group)))
    return [packed[at : at + 16] for at in range(0, len(packed), 16)]


def count(store: Store, group: Group) -> int:
    return store.read(lambda reading: listing.count(reading, group))


def names(people: Iterable[Contact]) -> list[bytes]:
    return [person.id for person in people]


def test_everybody_comes_in_the_order_of_names(store: Store) -> None:
    eva, anna, oezil = contact("Eva"), contact("anna"), contact("Özil")
    put(store, eva, anna, oezil)
    assert ids(store, listing.EVERYBODY) == names((anna, eva, oezil))


def test_more_people_than_are_read_at_once_come_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "CHUNK", 2)
    people = [contact(f"Name {n}") for n in range(5)]
    put(store, *people)
    pieces = store.read(lambda reading: list(listing.ids(reading, listing.EVERYBODY)))
    assert [len(piece) // 16 for piece in pieces] == [2, 2, 1]
    assert b"".join(pieces) == b"".join(names(people))


def test_a_group_is_counted_as_it_is_listed(store: Store) -> None:
    asked, other = purpose("news"), purpose("card")
    eva, anna, gone, odd = contact("Eva"), contact("Anna"), contact("Cid", deceased=True), contact("Ö")
    put(store, asked, other, eva, anna, gone, odd, said(eva, asked, ConsentState.REFUSED))
    group = listing.never_asked([asked.id, other.id])
    assert ids(store, group) == names((anna, odd))
    assert count(store, group) == 2
    assert ids(store, listing.never_asked([other.id])) == names((anna, eva, odd))
    assert ids(store, listing.never_asked([])) == []


def test_the_last_answer_counts_and_not_now_changes_nothing(store: Store) -> None:
    asked = purpose("news")
    eva, anna = contact("Eva"), contact("Anna")
    put(
        store,
        asked,
        eva,
        anna,
        said(eva, asked, ConsentState.GIVEN, NOW - timedelta(days=9)),
        said(eva, asked, ConsentState.REFUSED, NOW - timedelta(days=8)),
        said(eva, asked, ConsentState.REQUESTED, NOW),
        said(anna, asked, ConsentState.REQUESTED, NOW),
    )
    about = [Asked(asked.id, NOW)]
    assert ids(store, listing.standing(about, [ConsentState.REFUSED])) == [eva.id]
    assert ids(store, listing.standing(about, [ConsentState.GIVEN])) == []
    assert ids(store, listing.never_asked([asked.id])) == []
    assert store.read(lambda reading: listing.combinations(reading, about)) == {(ConsentState.REFUSED,): 1}


def test_a_yes_is_too_old_from_its_instant_on(store: Store) -> None:
    asked, forever, long_ago = purpose("news"), purpose("photos"), purpose("post")
    eva, moment, yes = contact("Eva"), timedelta(microseconds=1), ConsentState.GIVEN
    put(store, asked, forever, long_ago, eva, said(eva, asked, yes, ends=NOW), said(eva, forever, yes))
    put(store, said(eva, long_ago, yes, NOW - moment, form=1))
    for now, state in ((NOW, ConsentState.EXPIRED), (NOW - moment, yes)):
        about = [Asked(asked.id, now), Asked(forever.id, now), Asked(long_ago.id, now, too_old=now - moment)]
        stands = store.read(lambda reading, about=about: listing.combinations(reading, about))  # type: ignore[misc]
        assert stands == {(state, yes, state): 1}
        assert count(store, listing.standing(about, [ConsentState.EXPIRED])) == (state is ConsentState.EXPIRED)


def test_a_yes_does_not_cover_words_that_mean_something_else_since(store: Store) -> None:
    asked, eva, uwe, moment = purpose("news"), contact("Eva"), contact("Uwe"), timedelta(microseconds=1)
    put(
        store, asked, eva, uwe, said(eva, asked, ConsentState.GIVEN, NOW - moment), said(uwe, asked, ConsentState.GIVEN)
    )
    about = [Asked(asked.id, NOW, renewed_at=NOW)]
    assert ids(store, listing.standing(about, [ConsentState.INVALIDATED])) == [eva.id]
    assert ids(store, listing.standing(about, [ConsentState.GIVEN])) == [uwe.id]


def test_of_two_answers_at_the_same_instant_the_one_that_was_entered_last_counts(store: Store) -> None:
    asked, eva = purpose("news"), contact("Eva")
    first, second = sorted(
        (said(eva, asked, ConsentState.GIVEN), said(eva, asked, ConsentState.GIVEN)), key=lambda e: e.id
    )
    put(store, asked, eva, replace(second, state=ConsentState.WITHDRAWN), first)
    assert ids(store, listing.standing([Asked(asked.id, NOW)], [ConsentState.WITHDRAWN])) == [eva.id]


def test_figures_are_read_from_the_index_alone(store: Store) -> None:
    about = [Asked(key(), NOW), Asked(key(), NOW)]
    before, bound = listing._stands(about)
    text = f"EXPLAIN QUERY PLAN {before} SELECT signs FROM stands".format(consent_event="consent_event")
    plan = store.read(lambda reading: [row[3] for row in reading.connection.execute(text, bound)])
    assert any("COVERING INDEX consent_event_contact_id_purpose_id" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_where_nothing_is_asked_nobody_stands_anywhere(store: Store) -> None:
    put(store, contact("Eva"))
    assert ids(store, listing.standing([], list(ConsentState))) == []
    assert store.read(lambda reading: listing.combinations(reading, [])) == {}


def test_the_newest_row_of_each_person_is_found(store: Store) -> None:
    eva, anna, otto = contact("Eva"), contact("Anna"), contact("Otto")
    old, new = note(eva.id, "old"), note(eva.id, "new")
    put(store, eva, anna, otto, old, new, note(anna.id, "only"))
    found = store.read(lambda r: listing.newest(r, Interaction, "happened_at", [eva.id, anna.id, otto.id]))
    assert {person: row.text for person, row in found.items()} == {eva.id: "new", anna.id: "only"}
    latest = store.read(lambda r: listing.latest(r, Interaction, "happened_at", [eva.id, otto.id]))
    assert latest == {eva.id: "2026-11-17T09:30:00.000000Z"}


@pytest.mark.parametrize(("birthday", "found"), [("1980-11-23", 1), ("--11-23", 1), ("1923-11-24", 0), (None, 0)])
def test_birthdays_are_found_with_and_without_a_year(store: Store, birthday: str | None, found: int) -> None:
    put(store, contact("Eva", birthday=birthday), contact("Cid", birthday=birthday, deceased=True))
    assert len(store.read(lambda reading: listing.born_on(reading, ["11-23"]))) == found
    assert store.read(lambda reading: listing.born_on(reading, [])) == []


def test_names_that_begin_so_come_in_their_order_up_to_a_limit(store: Store) -> None:
    people = [contact(name) for name in ("Eva Muster", "Evan", "Anna Eva", "EVA Alt")]
    put(store, *people)
    assert store.read(lambda r: listing.named_like(r, "eva", 9)) == names((people[3], people[0], people[1]))
    assert store.read(lambda r: listing.named_like(r, "eva", 1)) == [people[3].id]
    assert store.read(lambda r: listing.known(r, [people[1].id, key()])) == {people[1].id}


def test_an_instant_of_another_zone_is_compared_in_utc(store: Store) -> None:
    asked, eva = purpose("news"), contact("Eva", last_activity_on=date(2026, 1, 1))
    put(store, asked, eva, said(eva, asked, ConsentState.GIVEN, ends=NOW + timedelta(seconds=1)))
    later = (NOW + timedelta(seconds=1)).astimezone(UTC)
    assert count(store, listing.standing([Asked(asked.id, later)], [ConsentState.EXPIRED])) == 1


def test_the_latest_of_a_few_people_costs_the_same_whatever_others_have(store: Store) -> None:
    eva, otto = contact("Eva"), contact("Otto")
    store.write(lambda w: w.insert_many(Contact, [eva, otto]))
    store.write(
        lambda w: w.insert_many(Interaction, [note(eva.id, "kam"), *(note(otto.id, "kam") for _ in range(999))])
    )
    steps: list[int] = []

    def ask(reading: Reading) -> None:
        reading.connection.set_progress_handler(lambda: steps.append(1), 1)
        listing.latest(reading, Interaction, "happened_at", [eva.id, *(key() for _ in range(49))])
        reading.connection.set_progress_handler(None, 1)

    store.read(ask)
    assert 0 < len(steps) < 2_000
