"""Setting up step by step: going back changes what follows, giving up leaves nothing, and then it is for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.privacy.presets import load_preset
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.records.retention import RetentionRule
from desktop_crm.records.technical import Setting
from desktop_crm.services import consents, contacts, purposes, settings, setup
from desktop_crm.services.office import Office
from desktop_crm.services.settings import BEING_SET_UP, LOCK_AFTER, PAPERS_FOLDER, SHEET_CHECKED_ON
from desktop_crm.services.shop import Shop
from desktop_crm.vault.folder import State
from desktop_crm.words import Problem, Words
from tests.privacy.shop import START, ShopFile
from tests.unit.services.lists import find

SHOP = Shop("Blumen Weber", "DE", "SN", "de", "Europe/Berlin", START.date())
ANNA = contacts.NewContact(name="Anna Eins", emails=("anna@example.com",))


def begun(file: ShopFile) -> Office:
    passphrase = None
    return setup.begin(
        file.folder, SHOP, clock=file.clock, keystore=file.keystore, passphrase=passphrase, step_by_step=True
    ).office


@pytest.fixture
def file(tmp_path: Path) -> ShopFile:
    return ShopFile(tmp_path / "data")


def test_another_country_brings_its_keeping_times(file: ShopFile) -> None:
    office = begun(file)
    setup.change_shop(office, {"country": "FR", "region": ""})
    rules = {rule.code: (rule.length, rule.unit, rule.law) for rule in find(office, RetentionRule)}
    wanted = {rule.code: (rule.length, rule.unit.value, rule.law) for rule in load_preset("FR").rules}
    assert rules == wanted
    assert office.shop.country == "FR"
    office.close()


def test_another_name_stands_in_every_wording_and_notice(file: ShopFile) -> None:
    office = begun(file)
    setup.change_shop(office, {"name": "Blumen Sommer", "phone": "030 23125 100"})
    texts = [row.text for record in (Wording, Notice) for row in find(office, record)]
    assert texts
    assert not [text for text in texts if "Weber" in text]
    assert {row.version for row in find(office, Wording)} == {1}
    assert any("030 23125 100" in row.text for row in find(office, Notice))
    office.close()


def test_another_language_names_the_purposes_anew_and_keeps_the_choice_of_them(file: ShopFile) -> None:
    office = begun(file)
    purposes.use(office, ["newsletter"])
    setup.change_shop(office, {"language": "en"})
    assert {card.code for card in purposes.cards(office) if card.active} == {"orders", "newsletter"}
    assert {card.name for card in purposes.cards(office)} >= {"Newsletter by e-mail"}
    office.close()


def test_with_somebody_in_the_file_country_and_language_stay(office: Office) -> None:
    contacts.add(office, ANNA)
    before = find(office, RetentionRule)
    for changes in ({"country": "FR"}, {"language": "en"}):
        with pytest.raises(Problem):
            setup.change_shop(office, changes)
    assert (office.shop.country, office.shop.language) == ("DE", "de")
    assert find(office, RetentionRule) == before
    setup.change_shop(office, {"region": "BE", "phone": "030 1"})
    assert office.shop.region == "BE"


def test_an_erased_file_is_not_an_empty_one(office: Office, tmp_path: Path) -> None:
    from desktop_crm.services import erasing
    from desktop_crm.services.erasure_plan import ErasureOrder

    erasing.erase(office, contacts.add(office, ANNA), tmp_path / "out", ErasureOrder())
    assert not office.read(setup.is_empty)


def test_a_shop_in_use_keeps_its_wordings_when_its_name_changes(office: Office) -> None:
    before = find(office, Wording)
    setup.change_shop(office, {"name": "Blumen Sommer"})
    assert find(office, Wording) == before


def test_giving_up_removes_file_and_key_and_another_can_be_begun(file: ShopFile) -> None:
    office = begun(file)
    setup.abandon(office, file.folder, keystore=file.keystore)
    assert file.folder.state() is State.NOTHING
    assert file.keystore.items == {}
    begun(file).close()


def test_a_file_with_somebody_in_it_is_not_given_up(file: ShopFile) -> None:
    office = begun(file)
    contacts.add(office, ANNA)
    with pytest.raises(Problem):
        setup.abandon(office, file.folder, keystore=file.keystore)
    assert contacts.find(office, "Anna")
    office.close()
    file.open().close()


def test_a_file_that_is_set_up_is_not_given_up(file: ShopFile) -> None:
    office = begun(file)
    setup.complete(office)
    with pytest.raises(Problem):
        setup.abandon(office, file.folder, keystore=file.keystore)
    assert settings.get(office, BEING_SET_UP) is False
    office.close()


def test_a_file_begun_in_one_step_is_not_being_set_up(office: Office) -> None:
    assert settings.get(office, BEING_SET_UP) is False


def test_purposes_that_are_left_out_are_not_asked_for(office: Office) -> None:
    person = contacts.add(office, ANNA)
    purposes.use(office, ["photos"])
    assert {p.code for p in find(office, Purpose) if p.active} == {"orders", "photos"}
    with pytest.raises(Problem):
        consents.give(office, person, "newsletter")
    with pytest.raises(Problem):
        purposes.use(office, ["horoscopes"])


def test_a_card_says_what_a_purpose_stands_on_and_how_long(office: Office) -> None:
    say = Words("en").say
    cards = {card.code: card for card in purposes.cards(office)}
    assert say(cards["newsletter"].keep) == "A yes counts for 1 year, then we ask again"
    assert say(cards["photos"].keep) == "A yes counts for 2 years, then we ask again"
    assert say(cards["orders"].keep) == "3 years from the end of the year, counted from: last contact"
    assert cards["newsletter"].asks
    assert "Blumen Weber" in cards["newsletter"].wording
    assert (cards["orders"].asks, cards["orders"].needed) == (False, True)
    assert next(iter(cards)) == "orders"


def test_a_setting_has_its_default_until_it_is_set(office: Office) -> None:
    assert settings.get(office, LOCK_AFTER) == 5
    settings.put(office, LOCK_AFTER, 15)
    assert settings.get(office, LOCK_AFTER) == 15
    settings.put(office, SHEET_CHECKED_ON, START.date())
    assert settings.get(office, SHEET_CHECKED_ON) == START.date()
    settings.put(office, SHEET_CHECKED_ON, None)
    assert settings.get(office, SHEET_CHECKED_ON) is None


def test_a_value_out_of_bounds_is_refused(office: Office) -> None:
    with pytest.raises(Problem):
        settings.put(office, LOCK_AFTER, 0)
    with pytest.raises(Problem):
        settings.put(office, PAPERS_FOLDER, "\udcff")
    assert settings.get(office, LOCK_AFTER) == 5


@pytest.mark.parametrize("choice", settings.SETTINGS, ids=lambda choice: choice.name)
def test_what_cannot_be_read_counts_as_not_set(office: Office, choice: settings.Choice[object]) -> None:
    office.store.write(lambda writing: writing.put(Setting(name=choice.name, value="?")))
    found = settings.get(office, choice)
    assert found == choice.default or isinstance(choice.default, str)
    settings.put(office, choice, choice.default)
    assert settings.get(office, choice) == choice.default
