"""The example shop: full of made-up people, in a file of its own, with a past that fits together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.host.keystore import KeyStore
from desktop_crm.intake.checking import phone_e164
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import OpenMatter, Original, Purchase
from desktop_crm.records.retention import RetentionItem
from desktop_crm.resource_files import resource
from desktop_crm.services import consents, contacts, inspection, requests, retention, sample, settings, setup, tasks
from desktop_crm.services.office import Office
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.words import LANGUAGES, Problem
from tests.privacy.shop import TickingClock
from tests.unit.services.lists import find


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return VaultFolder(tmp_path / "example")


@pytest.fixture(params=LANGUAGES)
def example(request: pytest.FixtureRequest, folder: VaultFolder) -> Iterator[Office]:
    office = sample.begin(folder, clock=TickingClock(), language=request.param)
    yield office
    office.close()


def story(language: str) -> dict[str, Any]:
    return tomllib.loads(resource("sample", f"shop.{language}.toml").read_text(encoding="utf-8"))


def test_forty_people_live_in_it(example: Office) -> None:
    people = find(example, Contact)
    assert len(people) == 40
    assert {"Łucja Kowalska", "Ελένη Παπαδοπούλου", "محمد الحسن", "王小明"} <= {person.name for person in people}
    assert {person.stage for person in people} == set(Stage)
    assert {Basis.UNSORTED, Basis.CONTRACT} <= {person.basis for person in people}


def test_every_screen_has_something_to_show(example: Office) -> None:
    waiting = retention.queue(example)
    assert 8 <= len(waiting) <= 20
    assert sum(one.overdue for one in waiting) == 2
    assert [(row.kind.value, row.days_left) for row in requests.open_requests(example)] == [
        ("access", 12),
        ("erasure", 30),
    ]
    assert len(requests.closed_requests(example)) == 1
    assert len(tasks.list_open(example)) == 4
    assert {item.answer.value for item in find(example, RetentionItem)} == {"waiting", "hold"}


def test_answers_of_every_kind_were_given(example: Office) -> None:
    said = {
        one.standing.state.value if one.standing.state else "not asked"
        for person in find(example, Contact)
        for one in consents.of_person(example, person.id)
    }
    assert {"given", "refused", "withdrawn", "expired", "claimed", "not asked"} <= said
    assert example.read(lambda reading: consents.are_unbroken(reading, example.ledger_key))


def test_invoices_are_here_elsewhere_and_open(example: Office) -> None:
    bought = find(example, Purchase)
    assert {row.original for row in bought} == set(Original)
    assert any(row.still_open is OpenMatter.INVOICE for row in bought)
    assert all(row.invoice_no is None or row.invoice_no.startswith(f"{row.bought_on.year}-") for row in bought)


def test_nothing_happened_in_the_future_and_nothing_before_the_shop_began(example: Office) -> None:
    now = example.clock.now()
    for record, column in ((Contact, "created_at"), (Interaction, "happened_at"), (Purchase, "created_at")):
        at = [getattr(row, column) for row in find(example, record)]
        assert max(at) <= now
        assert min(at).date() >= example.shop.begun_on


def test_the_activity_log_runs_forward_and_is_whole(example: Office) -> None:
    lines = inspection.log(example, limit=10_000)
    assert lines == sorted(lines, key=lambda line: -line.seq)
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert inspection.check_log(example).whole


def test_nobody_real_can_be_reached(example: Office) -> None:
    for email in find(example, ContactEmail):
        assert re.search(r"(@|\.)example(\.com)?$", email.address), email.address
    for phone in find(example, ContactPhone):
        # Numbers that the German regulator keeps free for films and books.
        number = phone_e164(phone.number, "DE")
        assert re.fullmatch(r"\+493023125\d{3}|\+491713920\d{3}", number or ""), phone.number


def test_the_languages_tell_the_same_story() -> None:
    def bones(told: Any) -> Any:
        if isinstance(told, dict):
            return {key: bones(value) for key, value in told.items() if key not in {"text", "card", "tags"}}
        return [bones(one) for one in told] if isinstance(told, list) else told

    first, *others = (bones(story(language)["people"]) for language in LANGUAGES)
    assert all(other == first for other in others)


def test_it_is_told_in_its_language(folder: VaultFolder) -> None:
    office = sample.begin(folder, clock=TickingClock(), language="de")
    assert contacts.find(office, "Brautstrauß")
    assert settings.get(office, settings.IS_EXAMPLE) is True
    office.close()


def test_it_opens_again_and_can_be_thrown_away(folder: VaultFolder) -> None:
    clock = TickingClock()
    sample.begin(folder, clock=clock, language="de").close()
    office = sample.open_again(folder, clock=clock)
    setup.throw_away(office, folder, keystore=None)
    assert folder.state() is State.NOTHING


def test_a_look_around_asks_no_place_for_keys(folder: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(**_: object) -> KeyStore:
        raise AssertionError("a person would be asked for a password")

    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", asked)
    clock = TickingClock()
    for _ in range(2):
        sample.visit(folder, clock=clock, language="en").close()


def test_a_real_customer_file_is_not_filled(office: Office) -> None:
    contacts.add(office, contacts.NewContact(name="Anna Eins", emails=("anna@example.com",)))
    with pytest.raises(Problem):
        sample.fill(office)
    assert len(find(office, Contact)) == 1


def test_what_cannot_be_filled_leaves_nothing(folder: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Office) -> None:
        raise OSError("full")

    monkeypatch.setattr(sample, "fill", fail)
    with pytest.raises(OSError, match="full"):
        sample.begin(folder, clock=TickingClock(), language="de")
    assert folder.state() is State.NOTHING


@pytest.mark.parametrize("days", [0, 41, 100, 200, 300])
def test_it_can_be_begun_on_any_day(folder: VaultFolder, days: int) -> None:
    clock = TickingClock()
    clock.at += timedelta(days=days, hours=-8)
    office = sample.begin(folder, clock=clock, language="de")
    assert next(row.days_left for row in requests.open_requests(office)) in range(8, 17)
    assert not office.read(setup.is_empty)
    assert max(line.at for line in inspection.log(office, limit=10_000)) <= office.clock.now()
    office.close()
