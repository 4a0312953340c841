"""The activity log in sentences: each act has one, names are looked up live, and filters narrow it down."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from datetime import date

import pytest

from desktop_crm import services
from desktop_crm.records.audit import LogGroup, Verb
from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import asking, consents, contacts, erasing, log_page, log_words, record_page, setup, tasks
from desktop_crm.services.acts import Act
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.log_page import LogFilter
from desktop_crm.services.office import Office
from desktop_crm.words import Words
from tests.privacy.shop import TickingClock

WORDS = Words("en", "Europe/Berlin")


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))


def sentences(office: Office, text: str = "", **wanted: object) -> list[str]:
    chosen = LogFilter(**wanted)  # type: ignore[arg-type]
    return [WORDS.say(line.sentence) for line in log_page.entries(office, chosen, text=text)]


def acts_in_the_log() -> set[str]:
    modules = [
        importlib.import_module(f"{services.__name__}.{m.name}") for m in pkgutil.iter_modules(services.__path__)
    ]
    functions = [f for module in modules for _, f in inspect.getmembers(module, inspect.isfunction)]
    told: list[Act] = [f.__dict__["act"] for f in functions if "act" in f.__dict__]
    return {act.name for act in told if act.verb is not Verb.LIST}


def test_every_act_that_stands_in_the_log_has_a_sentence_and_no_sentence_outlives_its_act() -> None:
    assert acts_in_the_log() == log_words.ACTS


def test_every_sentence_can_be_said_with_and_without_a_name() -> None:
    for name in log_words.ACTS:
        entry = log_page._sample(name)
        assert WORDS.say(log_words.describe(entry, "Eva"))
        assert WORDS.say(log_words.describe(entry, None))
        assert log_words.sign(entry)


def test_a_line_is_a_sentence_with_the_name_of_today(office: Office, person: bytes) -> None:
    record_page.open_record(office, person)
    shown = asking.questions(office, person).questions
    asking.take_answers(office, person, [(one, asking.Answer.NO) for one in shown[:2]], ConsentHow.SCREEN)
    contacts.change(office, person, {"name": "Łucja Nowak"})
    assert sentences(office) == [
        "corrected the entry of Łucja Nowak",
        "recorded 2 answers of Łucja Nowak",
        "looked what Łucja Nowak may be asked",
        "opened the entry of Łucja Nowak",
        "added Łucja Nowak",
        "set up the shop",
    ]
    line = log_page.entries(office, limit=1)[0]
    assert [WORDS.say(label) for label in line.fields] == ["Name"]
    assert (line.person, line.name, WORDS.say(line.who), line.by_itself) == (person, "Łucja Nowak", "Owner", False)


def test_who_was_erased_is_not_named_and_cannot_be_opened(office: Office, person: bytes) -> None:
    record_page.open_record(office, person)
    erasing.erase(office, person, office.store.database.parent / "out", ErasureOrder())
    lines = log_page.entries(office)
    assert {line.person for line in lines} == {None}
    assert "opened the entry of somebody no longer here" in sentences(office)
    assert all("Kowalska" not in WORDS.say(line.sentence) for line in lines)


def test_an_act_of_an_older_version_does_not_stop_the_page() -> None:
    assert WORDS.say(log_words.describe(log_page._sample("forgotten_act"), "Eva")) == "worked with the customer file"


def test_lines_fit_into_the_chain(office: Office, person: bytes) -> None:
    record_page.open_record(office, person)
    newer, older = log_page.entries(office, limit=2)
    assert newer.code_before == older.code != newer.code
    assert len(newer.code) == len("0000 · 0000 · 0000")


def test_pages_follow_each_other_without_gap(office: Office, person: bytes) -> None:
    for _ in range(5):
        record_page.open_record(office, person)
    whole = [line.seq for line in log_page.entries(office)]
    first = log_page.entries(office, limit=3)
    rest = log_page.entries(office, before_seq=first[-1].seq)
    assert [line.seq for line in (*first, *rest)] == whole == list(range(7, 0, -1))


def test_filters_narrow_the_log_down(office: Office, person: bytes, clock: TickingClock) -> None:
    otto = contacts.add(office, contacts.NewContact(name="Otto", emails=("otto@x.example",)))
    consents.give(office, otto, "newsletter")
    clock.to(date(2026, 11, 23))
    contacts.show(office, person)
    setup.change_shop(office, {"phone": "0341"})
    assert sentences(office, person=otto) == ["recorded an answer of Otto", "added Otto"]
    assert sentences(office, group=LogGroup.ANSWERS) == ["recorded an answer of Otto"]
    assert sentences(office, group=LogGroup.LOOKED) == ["opened the entry of Łucja Kowalska"]
    assert sentences(office, group=LogGroup.SAFETY) == ["set up the shop"]
    assert sentences(office, since=date(2026, 11, 22)) == [
        "changed the details of the shop",
        "opened the entry of Łucja Kowalska",
    ]
    assert sentences(office, actor="program") == []
    assert len(sentences(office, actor="owner")) == 6
    assert len(sentences(office, since=date(2026, 11, 22), group=LogGroup.CHANGED)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kowal", ["added Łucja Kowalska"]),
        ("SHOP", ["set up the shop"]),
        ("3", ["noted something to be done"]),
        ("zzz", []),
        ("99", []),
    ],
)
def test_a_name_a_word_or_a_number_finds_lines(
    office: Office, person: bytes, text: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "words", WORDS)
    tasks.add_task(office, tasks.TaskForm(text="Vasen"))
    assert person
    assert sentences(office, text=text) == found


def test_what_the_log_says_of_a_line_is_in_no_repr(office: Office, person: bytes) -> None:
    assert person
    assert "Kowalska" not in repr(log_page.entries(office))
