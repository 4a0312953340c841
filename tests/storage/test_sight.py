"""What a role may not see is in no query of the storage room: neither rows nor counts nor search results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from desktop_crm.privacy.rights import opened_by_case
from desktop_crm.records.change import Change, ChangeValue, ChangeVerb
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.registry import RECORDS, inventory
from desktop_crm.records.retention import RetentionItem
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.storage import listing, search
from desktop_crm.storage.listing import Asked
from desktop_crm.storage.naming import named_in
from desktop_crm.storage.sight import WHOLE, Sight
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading
from tests.storage.people import NOW, company, contact, key, note
from tests.storage.test_listing import purpose, put, said

Question = Callable[[Reading], Any]
ABOUT = purpose("newsletter")
EVA = contact("Eva Muster", birthday="1980-11-21", basis=Basis.UNSORTED)
UDO = contact("Udo Klar", basis=Basis.CONSENT)
ASKED = [Asked(ABOUT.id, NOW)]
GIVEN = [ConsentState.GIVEN]
LABEL = Tag(id=key(), name="Stamm", match="stamm", created_at=NOW)
QUESTIONS: dict[str, tuple[type, Question]] = {
    "combinations": (ConsentEvent, lambda reading: listing.combinations(reading, ASKED)),
    "standing": (ConsentEvent, lambda reading: listing.count(reading, listing.standing(ASKED, GIVEN))),
    "waiting": (RetentionItem, lambda reading: listing.count(reading, listing.WAITING)),
    "tagged": (ContactTag, lambda reading: listing.count(reading, listing.tagged(LABEL.id))),
    "tag_counts": (ContactTag, listing.tag_counts),
    "latest": (Interaction, lambda reading: listing.latest(reading, Interaction, "happened_at", [EVA.id])),
    "newest": (Interaction, lambda reading: listing.newest(reading, Interaction, "happened_at", [EVA.id])),
    "ids": (Contact, lambda reading: b"".join(listing.ids(reading, listing.EVERYBODY))),
    "count": (Contact, lambda reading: listing.count(reading, listing.EVERYBODY)),
    "unsorted": (Contact, lambda reading: listing.count(reading, listing.UNSORTED)),
    "by basis": (Contact, listing.by_basis),
    "no yes left": (Contact, lambda reading: listing.count(reading, listing.by_permission_without(listing.NOBODY))),
    "never asked": (Contact, lambda reading: listing.count(reading, listing.never_asked([key()]))),
    "born_on": (Contact, lambda reading: listing.born_on(reading, ["11-21"])),
    "named_like": (Contact, lambda reading: listing.named_like(reading, "eva", 5)),
    "known": (Contact, lambda reading: listing.known(reading, [EVA.id])),
    "exact": (Interaction, lambda reading: search.exact(reading, "geheimwort")),
    "exact, short": (Interaction, lambda reading: search.exact(reading, "qz")),
    "nearly": (
        Interaction,
        lambda reading: search.nearly(reading, search.Vocabulary(reading.connection), "geheimwort"),
    ),
    "mentioning": (Interaction, lambda reading: search.mentioning(reading, "geheimwort")),
    "named_in": (Contact, lambda reading: named_in(reading, ["Gruß von Eva Muster"])),
}
"""Every query of the storage room besides those of `Reading` itself, and a record it must not tell of when hidden."""


@pytest.fixture
def shop(store: Store) -> Store:
    item = RetentionItem(
        id=key(), person_id=EVA.id, rule="lead", record="contact", row_id=EVA.id, due_on=NOW.date(), found_at=NOW
    )
    borne = ContactTag(id=key(), contact_id=EVA.id, tag_id=LABEL.id, created_at=NOW)
    put(store, EVA, UDO, note(EVA.id, "Geheimwort qz"), ABOUT, said(EVA, ABOUT, ConsentState.GIVEN), item, LABEL, borne)
    return store


def seen(store: Store, sight: Sight, question: Question) -> Any:
    def work(reading: Reading) -> Any:
        reading.sight = sight
        return question(reading)

    return store.read(work)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_tells_of_what_is_seen_and_nothing_of_what_is_hidden(shop: Store, name: str) -> None:
    record, question = QUESTIONS[name]
    assert seen(shop, WHOLE, question)
    assert seen(shop, Sight(frozenset(RECORDS) - {record}), lambda reading: reading.sees(record))
    assert not seen(shop, Sight(frozenset({record})), question)


def test_hidden_matches_take_no_place_from_those_that_are_seen(shop: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "CANDIDATES", 1)
    put(shop, *(note(EVA.id, f"Muster {n}") for n in range(3)), last := contact("Muster Zuletzt"))
    sight = Sight(frozenset({Interaction}))
    assert {hit.kind for hit in seen(shop, sight, lambda reading: search.exact(reading, "muster", 5))} == {"contact"}
    assert last.id in {hit.owner for hit in seen(shop, sight, lambda reading: search.exact(reading, "mu", 2))}


def test_what_is_hidden_changes_neither_the_order_nor_the_near_misses_of_what_is_seen(shop: Store) -> None:
    firms = [company("Blum und Partner"), company("Rosa und Partner")]
    people = [contact("Rosa Anders", company_id=firms[0].id), contact("Blum Weiter", company_id=firms[1].id)]
    put(shop, *firms, *people, contact("Kowalski"))
    sight = Sight(frozenset({Interaction, DeliveryRecipient}))

    def asked() -> list[Any]:
        ranked = seen(shop, sight, lambda reading: [search.exact(reading, text) for text in TYPED])
        return [*ranked, seen(shop, sight, lambda r: search.nearly(r, search.Vocabulary(r.connection), "kowalsky"))]

    before = asked()
    assert [hit.subject for hit in before[0]] == [people[0].id, people[1].id]
    assert len(before[-1]) == 1
    put(shop, *(note(EVA.id, f"Rosa {n}") for n in range(40)))
    assert asked() == before
    whole = seen(shop, WHOLE, lambda reading: search.exact(reading, "rosa blum"))
    put(shop, *(note(EVA.id, f"Blum {n}") for n in range(80)))
    assert asked() == before
    assert whole != seen(shop, WHOLE, lambda reading: search.exact(reading, "rosa blum"))
    hidden = (f"Kowalsk{letter}" for letter in "abcdefghjklm")
    day = NOW.date()
    put(shop, *(DeliveryRecipient(id=key(), contact_id=EVA.id, name=n, deliver_on=day, created_at=NOW) for n in hidden))
    assert asked() == before


TYPED = ("rosa blum", "rosa und", "partner", "kowalski")


def test_an_open_case_shows_one_person_s_rows_of_what_it_opens_alone(shop: Store) -> None:
    other = contact("Nora Neben")
    put(shop, other, note(other.id, "Geheimwort qz"))
    hidden = frozenset({Interaction, ConsentEvent})
    sight = Sight(hidden, frozenset({EVA.id}), opened_by_case())
    assert [row.contact_id for row in seen(shop, sight, lambda reading: reading.find(Interaction))] == [EVA.id]
    assert [hit.subject for hit in seen(shop, sight, lambda r: search.exact(r, "geheimwort"))] == [EVA.id]
    assert list(seen(shop, sight, lambda r: listing.newest(r, Interaction, "happened_at", [EVA.id, other.id]))) == [
        EVA.id
    ]
    assert seen(shop, sight, lambda reading: reading.count(ConsentEvent)) == 0


def test_an_earlier_value_is_hidden_with_what_it_is_a_value_of(shop: Store) -> None:
    change = Change(id=key(), contact_id=EVA.id, act="edit", happened_at=NOW - timedelta(days=1), actor="owner")
    values = [
        ChangeValue(
            id=key(),
            change_id=change.id,
            contact_id=EVA.id,
            record=record,
            row_id=key(),
            verb=ChangeVerb.CHANGE,
            field="text",
            old="früher",
        )
        for record in ("interaction", "contact")
    ]
    put(shop, change, *values)
    left = seen(shop, Sight(frozenset({Interaction})), lambda reading: reading.find(ChangeValue))
    assert [one.record for one in left] == ["contact"]


def test_what_stands_in_one_search_entry_belongs_to_one_part_of_the_data() -> None:
    """So that an entry as a whole is seen or is not."""
    for told in inventory():
        for column in told.columns if told.searchable else ():
            feeding = [told.part_of or told.record, *([column.references] if column.searchable else [])]
            assert {declaration(record).part for record in feeding if record is not None} == {told.part}, told.name


def test_only_ids_and_names_of_records_are_written_into_a_query() -> None:
    sight = Sight(frozenset({Interaction}), frozenset({"x' OR '1"}), frozenset({Interaction}))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        sight.table(declaration(Interaction))
