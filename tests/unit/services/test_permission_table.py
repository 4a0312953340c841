"""People against purposes: filters, counts, cells and the history of one answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Told
from desktop_crm.records.interaction import Channel
from desktop_crm.services import asking, consents, contacts, permission_table, purposes
from desktop_crm.services.office import Office
from desktop_crm.services.permission_table import Filter
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock


def add(office: Office, name: str) -> bytes:
    return contacts.add(office, contacts.NewContact(name=name, emails=(f"{name}@x.example",)))


def claim(office: Office, person: bytes, code: str) -> None:
    wanted, now = consents.purpose(office, code), office.clock.now()
    event = ConsentEvent(
        id=office.new_id(),
        contact_id=person,
        purpose_id=wanted.id,
        channel=Channel(wanted.channel),
        state=ConsentState.CLAIMED,
        how=ConsentHow.IMPORT,
        happened_at=now,
        recorded_at=now,
        actor="owner",
        previous=bytes(32),
        seal=bytes(32),
    )
    office.store.write(lambda writing: writing.insert(consents.sealed(office.ledger_key, event)))


def of(office: Office, which: Filter) -> list[bytes]:
    return list(permission_table.people(office, which))


def states(office: Office, person: bytes) -> dict[str, ConsentState | None]:
    (row,) = permission_table.row_states(office, [person])
    return {code: cell.state for code, cell in row.cells.items()}


def test_each_filter_leaves_its_people_and_counts_them(office: Office, clock: TickingClock) -> None:
    old = add(office, "Alt")
    consents.give(office, old, "newsletter")
    clock.at += timedelta(days=366)
    yes, no, back, listed, new = (add(office, name) for name in ("Ja", "Nein", "Zurück", "Liste", "Neu"))
    consents.give(office, yes, "newsletter")
    consents.give(office, no, "photos", refused=True)
    consents.give(office, back, "newsletter")
    consents.withdraw(office, back, "newsletter")
    claim(office, listed, "newsletter")
    expected = {
        Filter.EVERYBODY: [old, yes, listed, no, new, back],
        Filter.SAID_YES: [yes],
        Filter.NOT_ASKED: [new],
        Filter.SAID_NO: [no, back],
        Filter.TOO_OLD: [old],
        Filter.CLAIMED: [listed],
        Filter.NOT_TOLD: [old, yes, listed, no, new, back],
        Filter.TOLD_EARLIER: [],
    }
    assert {which: of(office, which) for which in Filter} == expected
    counts = permission_table.counts(office)
    assert {one.filter: one.number for one in counts.filters} == {which: len(p) for which, p in expected.items()}
    assert {one.code: one.yes for one in counts.purposes} == {"birthday-card": 0, "newsletter": 1, "photos": 0}


def test_a_filter_can_go_by_one_purpose(office: Office) -> None:
    yes, no = add(office, "Ja"), add(office, "Nein")
    consents.give(office, yes, "newsletter")
    consents.give(office, no, "photos", refused=True)

    def numbers(purpose: str | None) -> dict[Filter, int]:
        return {one.filter: one.number for one in permission_table.counts(office, purpose).filters}

    assert list(permission_table.people(office, Filter.SAID_YES, purpose="newsletter")) == [yes]
    assert list(permission_table.people(office, Filter.SAID_NO, purpose="newsletter")) == []
    assert list(permission_table.people(office, Filter.NOT_ASKED, purpose="photos")) == [yes]
    assert (numbers("newsletter")[Filter.SAID_NO], numbers(None)[Filter.SAID_NO]) == (0, 1)
    assert (numbers("photos")[Filter.NOT_ASKED], numbers(None)[Filter.NOT_ASKED]) == (1, 0)
    assert numbers("photos")[Filter.EVERYBODY] == 2


def test_a_row_says_where_somebody_stands_on_each_purpose_and_since_when(office: Office) -> None:
    eva = add(office, "Eva")
    consents.give(office, eva, "newsletter")
    (row,) = permission_table.row_states(office, [office.new_id(), eva])
    assert (row.id, row.name) == (eva, "Eva")
    assert states(office, eva) == {"birthday-card": None, "newsletter": ConsentState.GIVEN, "photos": None}
    assert row.cells["newsletter"].since == date(2026, 11, 21)
    assert row.cells["photos"].since is None


def test_columns_are_the_purposes_in_use(office: Office) -> None:
    eva = add(office, "Eva")
    consents.give(office, eva, "photos", refused=True)
    purposes.use(office, ["newsletter"])
    assert states(office, eva) == {"newsletter": None}
    assert [one.code for one in permission_table.counts(office).purposes] == ["newsletter"]
    assert of(office, Filter.SAID_NO) == []
    purposes.use(office, [])
    assert of(office, Filter.SAID_NO) == of(office, Filter.NOT_ASKED) == []
    assert of(office, Filter.EVERYBODY) == [eva]


def test_the_cell_is_right_even_if_the_clock_was_set_back(office: Office, clock: TickingClock) -> None:
    eva = add(office, "Eva")
    consents.give(office, eva, "newsletter")
    clock.to(date(2026, 11, 20))
    consents.withdraw(office, eva, "newsletter")
    assert states(office, eva)["newsletter"] is ConsentState.WITHDRAWN


def test_not_now_leaves_a_yes_in_the_counts(office: Office) -> None:
    eva = add(office, "Eva")
    consents.give(office, eva, "newsletter")
    asked = [one for one in asking.questions(office, eva).questions if one.code == "newsletter"]
    asking.take_answers(office, eva, [(asked[0], asking.Answer.NOT_NOW)], ConsentHow.SCREEN)
    yes = {one.code: one.yes for one in permission_table.counts(office).purposes}
    assert yes["newsletter"] == 1
    assert states(office, eva)["newsletter"] is ConsentState.GIVEN


def test_the_history_shows_every_line_with_the_words_that_were_read(office: Office) -> None:
    eva = add(office, "Eva")
    contacts.change(office, eva, {"informed_on": date(2024, 5, 12), "informed_how": Told.COUNTER})
    consents.give(office, eva, "newsletter", how=ConsentHow.PAPER, evidence="Ordner 3")
    consents.withdraw(office, eva, "newsletter", how=ConsentHow.PHONE)
    found = permission_table.history(office, eva, "newsletter")
    back, yes = found.lines
    assert found.can_withdraw is False
    assert found.cell.state is ConsentState.WITHDRAWN
    assert (yes.evidence, yes.version, yes.language) == ("Ordner 3", 1, "de")
    assert "Newsletter" in yes.text
    assert (back.text, back.version) == ("", None)
    assert found.told_on == date(2024, 5, 12)
    last = office.read(lambda reading: reading.find(AuditEntry, order=("-seq",), limit=1))[0]
    assert (last.act, last.person_id) == ("history", eva)


@pytest.mark.parametrize(("refused", "possible"), [(False, True), (True, False)])
def test_only_a_yes_can_be_taken_back(office: Office, refused: bool, possible: bool) -> None:
    eva = add(office, "Eva")
    assert permission_table.history(office, eva, "newsletter").lines == ()
    consents.give(office, eva, "newsletter", refused=refused)
    assert permission_table.history(office, eva, "newsletter").can_withdraw is possible


def test_there_is_no_history_of_nobody_or_of_nothing(office: Office) -> None:
    for person, code in ((office.new_id(), "newsletter"), (add(office, "Eva"), "unknown")):
        with pytest.raises(Problem):
            permission_table.history(office, person, code)
