"""No sequence of acts turns a no, a permission taken back or one that ran out into a yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState, SignUpList
from desktop_crm.records.contact import Contact
from desktop_crm.records.use import Objection, Outcome
from desktop_crm.services import (
    asking,
    bringing_back,
    changes,
    consents,
    contacts,
    copies,
    copy_box,
    erasing,
    filing,
    paper_forms,
    purpose_editing,
    sign_up,
    undoing,
)
from desktop_crm.services.bringing_back import Present
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.scans import Scan
from desktop_crm.vault import swapping
from tests.privacy.shop import ShopFile
from tests.unit.services.lists import bring, find, newsletter, write
from tests.unit.services.test_ledgers import PERMISSIONS, sound


class Life:
    """One person in a shop, and everything that can befall what they said."""

    def __init__(self, file: ShopFile, folder: Path) -> None:
        self.file, self.folder, self.batches = file, folder, list[bytes]()
        self.office = file.begin()
        self.email = ""

    def begin(self) -> None:
        """Somebody new, who is nobody that was erased."""
        for person in find(self.office, Contact):
            erasing.erase(self.office, person.id, self.folder / "out", ErasureOrder())
        self.batches, self.email = [], f"eva{self.file.clock.at.timestamp():.0f}@muster.example"
        self.file.clock.at += timedelta(days=4)
        contacts.add(self.office, contacts.NewContact(name="Eva Muster", emails=(self.email,)))

    @property
    def person(self) -> bytes | None:
        found = find(self.office, Contact)
        return found[0].id if found else None

    @property
    def allows(self) -> bool:
        """Whether anybody of this name may be written to."""
        return any(newsletter(self.office, one.id) is ConsentState.GIVEN for one in find(self.office, Contact))

    def yes(self) -> None:
        if self.person is not None:
            consents.give(self.office, self.person, "newsletter")

    def no(self) -> None:
        if self.person is not None:
            consents.give(self.office, self.person, "newsletter", refused=True)

    def taken_back(self) -> None:
        if self.person is not None:
            consents.withdraw(self.office, self.person, "newsletter")

    def list_says_yes(self) -> None:
        self._bring("yes")

    def list_says_no(self) -> None:
        self._bring("no")

    def _bring(self, said: str) -> None:
        report = bring(self.office, write(self.folder, f"Eva,Muster,{self.email},,,,,,,,,{said}"))
        if report.batch is not None:
            self.batches.append(report.batch)

    def list_taken_back(self) -> None:
        if self.batches:
            undoing.undo_import(self.office, self.batches.pop())

    def time_passes(self) -> None:
        self.file.clock.at += timedelta(days=200)

    def clock_set_back(self) -> None:
        self.file.clock.at -= timedelta(days=3)

    def undone(self) -> None:
        if self.person is not None:
            note = contacts.note(self.office, self.person, "angerufen")
            change = changes.last_of(self.office, note)
            if change is not None:
                changes.undo(self.office, change)

    def asked_and_left_open(self) -> None:
        if self.person is not None:
            known = asking.questions(self.office, self.person).questions
            asked = [(one, asking.Answer.NOT_NOW) for one in known if one.code == "newsletter" and one.wording]
            if asked:
                asking.take_answers(self.office, self.person, asked, ConsentHow.SCREEN, own_accord=True)

    def asked_anew(self) -> None:
        language = self.office.shop.language
        words = purpose_editing.purpose_entry(self.office, "newsletter").form.texts[language]
        purpose_editing.reword(self.office, "newsletter", language, words, means_else=True)

    def erased(self) -> None:
        if self.person is not None:
            erasing.erase(self.office, self.person, self.folder / "out", ErasureOrder())


ACTS: dict[str, Callable[[Life], None]] = {
    name: getattr(Life, name)
    for name in (
        "yes",
        "no",
        "taken_back",
        "list_says_yes",
        "list_says_no",
        "list_taken_back",
        "time_passes",
        "clock_set_back",
        "undone",
        "asked_anew",
        "asked_and_left_open",
        "erased",
    )
}


@pytest.fixture
def life(file: ShopFile, tmp_path: Path) -> Iterator[Life]:
    made = Life(file, tmp_path)
    yield made
    made.office.close()


@example(["yes", "list_says_no", "list_taken_back"])
@example(["yes", "taken_back", "list_says_yes", "list_taken_back"])
@example(["yes", "time_passes", "time_passes", "list_says_yes", "undone"])
@example(["yes", "taken_back", "clock_set_back", "list_says_yes"])
@example(["no", "erased", "list_says_yes"])
@example(["yes", "asked_anew", "clock_set_back", "list_says_yes"])
@example(["yes", "clock_set_back", "asked_anew", "clock_set_back", "asked_anew"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=9))
def test_only_the_person_makes_a_yes(life: Life, said: list[str]) -> None:
    life.begin()
    for act in said:
        before = life.allows
        ACTS[act](life)
        assert before or act == "yes" or not life.allows, said
    assert sound(life.office, PERMISSIONS)


# A safety copy that comes back


def copied(life: Life) -> Path:
    stick = life.folder / "stick"
    stick.mkdir(exist_ok=True)
    life.file.clock.at += timedelta(hours=1)
    return stick / copies.make_copy(life.office, stick).file_name


def bring_back(life: Life, copy: Path) -> tuple[str, ...]:
    folder = life.file.folder
    access = copy_box.with_keys(copy, folder, life.office.keys)
    present = Present(folder, life.office, life.office.keys)
    ready = bringing_back.make_ready(access, swapping.ready_folder(folder), present, None, clock=life.file.clock)
    life.office.close()
    bringing_back.put_in_place(folder, clock=life.file.clock, keystore=life.file.keystore)
    life.office = life.file.open()
    return tuple(one.text for one in bringing_back.said_of(ready))


def test_a_copy_of_before_does_not_bring_back_what_was_taken_back(life: Life) -> None:
    life.begin()
    life.yes()
    copy = copied(life)
    life.taken_back()
    assert life.person is not None
    now = life.file.clock.now()
    objection = Objection(
        id=life.office.new_id(),
        contact_id=life.person,
        how=ConsentHow.PHONE,
        since=now,
        actor="owner",
        outcome=Outcome.UPHELD,
    )
    life.office.store.write(lambda writing: writing.insert(objection))
    assert bring_back(life, copy) == ()
    assert newsletter(life.office, life.person) is ConsentState.WITHDRAWN
    assert find(life.office, Objection) == [objection]
    assert sound(life.office, PERMISSIONS)
    life.yes()
    assert sound(life.office, PERMISSIONS)


def test_a_yes_that_was_given_since_comes_along_and_a_question_asked_anew_stays_so(life: Life) -> None:
    life.begin()
    copy = copied(life)
    life.yes()
    bring_back(life, copy)
    assert life.allows
    life.file.clock.at += timedelta(hours=1)
    again = copied(life)
    life.file.clock.at += timedelta(hours=1)
    life.asked_anew()
    bring_back(life, again)
    assert life.person is not None
    assert newsletter(life.office, life.person) is ConsentState.INVALIDATED


def test_histories_that_went_apart_keep_the_no(life: Life) -> None:
    """Where the present file does not go on from the copy, the stricter answer counts."""
    life.begin()
    life.yes()
    first = copied(life)
    life.yes()
    second = copied(life)
    with mock.patch.object(bringing_back, "_said_since", return_value=None):
        bring_back(life, first)
    life.taken_back()
    bring_back(life, second)
    assert life.person is not None
    assert newsletter(life.office, life.person) is ConsentState.WITHDRAWN
    assert len(find(life.office, ConsentEvent)) == 3
    assert sound(life.office, PERMISSIONS)


def test_a_question_after_the_no_does_not_hide_it_where_histories_went_apart(life: Life) -> None:
    life.begin()
    life.yes()
    first = copied(life)
    life.yes()
    second = copied(life)
    with mock.patch.object(bringing_back, "_said_since", return_value=None):
        bring_back(life, first)
    life.taken_back()
    assert life.person is not None
    life.asked_and_left_open()
    bring_back(life, second)
    assert newsletter(life.office, life.person) is ConsentState.WITHDRAWN


def test_lists_and_forms_come_along_with_the_answers_on_them(life: Life) -> None:
    life.begin()
    copy = copied(life)
    life.file.clock.at += timedelta(days=2)
    day = life.office.today() - timedelta(days=1)
    rows = [sign_up.Signed("Eva Muster", life.email), sign_up.Signed("Ali Öz", "ali@oez.example")]
    scan = Scan(b"\xff\xd8\xff\xe0 a list", "image/jpeg")
    sign_up.enter_list(life.office, sign_up.SignUp("newsletter", "Markt", day, rows[:1]), scan)
    sign_up.enter_list(life.office, sign_up.SignUp("newsletter", "Fest", day, rows[1:]), scan)
    person = min(find(life.office, Contact), key=lambda one: one.created_at).id
    asked = asking.questions(life.office, person)
    code = paper_forms.print_form(life.office, asked, ["photos"], life.folder).code
    bring_back(life, copy)
    assert [one.name for one in find(life.office, SignUpList)] == ["Markt"], "nobody of the copy is on the other list"
    assert filing.find_form(life.office, code).person == person
    assert life.allows
    assert sound(life.office, PERMISSIONS)
