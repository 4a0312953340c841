"""The words for near misses are read anew when a name changes, and only then: at a million that takes half a second."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts
from desktop_crm.services.office import Office
from desktop_crm.storage.search import Vocabulary
from desktop_crm.storage.transaction import Reading
from tests.privacy.shop import ShopFile, opened


def words(office: Office) -> Vocabulary:
    return office.read(office.vocabulary)


def test_only_what_changes_a_name_makes_the_words_be_read_anew(tmp_path: Path) -> None:
    with opened(ShopFile(tmp_path / "data")) as office:
        anna = contacts.add(office, contacts.NewContact(name="Anna Weber", phones=("+49 341 5550001",)))
        before = words(office)
        contacts.note(office, anna, "Likes white roses")
        contacts.change(office, anna, {"birthday": "1981-08-16"})
        assert words(office) is before
        contacts.change(office, anna, {"name": "Anna Kowalska"})
        renamed = words(office)
        assert renamed is not before
        assert renamed.near("kowalskq") == ["kowalska"]
        contacts.add(office, contacts.NewContact(name="Jürgen Weiß", phones=("+49 341 5550002",)))
        assert words(office) is not renamed


def test_words_of_a_state_that_is_over_are_not_kept(tmp_path: Path) -> None:
    with opened(ShopFile(tmp_path / "data")) as office:
        anna = contacts.add(office, contacts.NewContact(name="Anna Weberling", phones=("+49 341 5550001",)))

        def overtaken(reading: Reading) -> Vocabulary:
            assert reading.count(Contact) == 1
            contacts.change(office, anna, {"name": "Anna Kowalska"})
            return office.vocabulary(reading)

        assert office.read(overtaken).near("weberlinq") == ["weberling"]
        assert words(office).near("weberlinq") == []
        assert words(office).near("kowalskq") == ["kowalska"]


def test_words_asked_for_outside_a_reading_of_the_office_are_not_kept(tmp_path: Path) -> None:
    with opened(ShopFile(tmp_path / "data")) as office:
        once = office.store.read(office.vocabulary)
        assert words(office) is not once
        assert words(office) is words(office)
