"""The words for near misses are read anew when a name changes, and only then: at a million that takes half a second."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.services import contacts
from desktop_crm.services.office import Office
from desktop_crm.storage.search import Vocabulary
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
