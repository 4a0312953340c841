"""Who came in stands in the log, and so does who tried while it was locked."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest

from desktop_crm.host.keystore import KeyStore
from desktop_crm.records.audit import AuditEntry
from desktop_crm.services import inspection, setup, ways
from desktop_crm.services.office import Office
from desktop_crm.services.passwords import WrongPassword
from desktop_crm.services.setup import begin, open_office
from desktop_crm.vault import tries
from desktop_crm.vault.tries import Tries
from desktop_crm.words import M, Problem
from tests.privacy.shop import ShopFile

RIGHT = "four quiet geese cross the market"


@pytest.fixture
def shut(file: ShopFile) -> ShopFile:
    """A file that opens with a password and with the key store, closed."""
    office = file.begin()
    shop = office.shop
    office.close()
    for path in file.folder.path.iterdir():
        path.unlink()
    begun = begin(file.folder, shop, clock=file.clock, keystore=None, passphrase=RIGHT)
    begun.office.close()
    return file


def enter(file: ShopFile, password: str = RIGHT, keystore: KeyStore | None = None) -> Office:
    return open_office(file.folder, clock=file.clock, keystore=keystore, passphrase=password)


def fail(file: ShopFile, times: int = 1) -> None:
    for n in range(times):
        with pytest.raises(Problem):
            enter(file, f"wrong goose number {n}")


def lines(office: Office) -> list[tuple[str, str, str, int]]:
    found = office.read(lambda r: r.find(AuditEntry, order=("seq",)))
    office.close()
    return [(one.act, one.actor, one.fields, one.number) for one in found]


CAME = ("sign_in", "owner", "password", 1)
TRIED = ("failed_sign_ins", "unknown", "password", 1)
MISSED = ("miss_count", "owner", "", 1)


def test_each_opening_is_a_line_with_the_way_in(shut: ShopFile) -> None:
    enter(shut).close()
    assert lines(enter(shut))[1:] == [CAME, CAME]


def test_the_key_store_is_told_as_such(file: ShopFile) -> None:
    file.begin().close()
    assert lines(file.open())[-1] == ("sign_in", "owner", "key-store", 1)


def test_what_was_tried_is_told_at_the_next_opening_and_once(shut: ShopFile) -> None:
    fail(shut, 3)
    assert lines(enter(shut))[1:] == [TRIED, TRIED, TRIED, CAME]
    assert lines(enter(shut))[1:] == [TRIED, TRIED, TRIED, CAME, CAME]
    fail(shut)
    assert lines(enter(shut))[-2:] == [TRIED, CAME]


def test_the_time_is_that_of_the_attempt(shut: ShopFile) -> None:
    fail(shut)
    tried = shut.clock.at
    shut.clock.at += timedelta(days=3)
    office = enter(shut)
    (line,) = [one for one in office.read(lambda r: r.find(AuditEntry)) if one.act == "failed_sign_ins"]
    assert abs(line.at - tried) < timedelta(seconds=1)
    assert inspection.check_log(office).whole
    office.close()


def test_many_attempts_are_told_in_one_line(shut: ShopFile) -> None:
    key = _key(shut)
    tries.begin(shut.folder, key, 1)
    for _ in range(tries.MOST + 5):
        tries.add(shut.folder, tries.Attempt(shut.clock.now(), "password"))
    found = lines(enter(shut))
    assert [one[3] for one in found if one[0] == "failed_sign_ins"] == [1] * 50 + [tries.MOST - 50]
    assert MISSED not in found


def _key(file: ShopFile) -> bytes:
    office = enter(file)
    key = office.audit_key
    office.close()
    return key


def test_a_wrong_recovery_sheet_counts_and_a_slip_of_the_pen_does_not(shut: ShopFile) -> None:
    from desktop_crm.vault import recovery

    wrong = recovery.as_text(recovery.new_code())
    with pytest.raises(Problem):
        setup.recover(shut.folder, wrong, clock=shut.clock, keystore=None, passphrase=None)
    with pytest.raises(Problem):
        setup.recover(shut.folder, "no sheet at all", clock=shut.clock, keystore=None, passphrase=None)
    found = lines(enter(shut))
    assert [one for one in found if one[0] == "failed_sign_ins"] == [
        ("failed_sign_ins", "unknown", "recovery-sheet", 1)
    ]


@pytest.mark.parametrize("how", ["removed", "emptied", "shortened", "of another file", "no count at all"])
def test_a_count_that_was_tampered_with_is_missed(shut: ShopFile, how: str) -> None:
    fail(shut, 2)
    path = shut.folder.tries
    pauses = how in {"emptied", "no count at all"}
    told = json.loads(path.read_text())
    match how:
        case "removed":
            path.unlink()
        case "emptied":
            path.write_text("")
        case "shortened":
            path.write_text(json.dumps({**told, "attempts": told["attempts"][:1]}))
        case "of another file":
            tries.begin(shut.folder, os.urandom(32), 1)
        case _:
            path.write_text(json.dumps([1, 2]))
    if pauses:
        with pytest.raises(WrongPassword):
            enter(shut)
        shut.clock.at += timedelta(minutes=1)
    found = lines(enter(shut))
    assert MISSED in found
    assert found[-1] == CAME
    assert MISSED not in lines(enter(shut))[len(found) :]


def test_pauses_and_the_log_are_served_by_one_count(shut: ShopFile) -> None:
    """What is refused during a pause was never tried; a pause outlasts the start of the program."""
    fail(shut, 5)
    tried = [shut.clock.at]
    with pytest.raises(WrongPassword, match="A pause") as refused:
        enter(shut)
    assert refused.value.pause > timedelta(seconds=31)
    shut.clock.at += timedelta(seconds=33)
    fail(shut)
    tried.append(shut.clock.at)
    shut.clock.at += timedelta(seconds=65)
    office = enter(shut)
    assert Tries(shut.folder, None, shut.clock).left == 5
    found = [one for one in office.read(lambda r: r.find(AuditEntry, order=("seq",))) if one.act == "failed_sign_ins"]
    assert len(found) == 6
    assert [abs(found[at].at - when) < timedelta(seconds=1) for at, when in zip((4, 5), tried, strict=True)] == [
        True
    ] * 2
    assert MISSED not in lines(office)


def test_opening_with_the_key_of_the_computer_ends_no_pause(shut: ShopFile) -> None:
    office = enter(shut)
    ways.keep_key_here(office, shut.folder, shut.keystore)
    office.close()
    fail(shut, 6)
    shut.open().close()
    with pytest.raises(WrongPassword, match="A pause"):
        enter(shut)


def test_a_code_for_another_account_tells_what_was_tried_too(shut: ShopFile) -> None:
    office = enter(shut)
    code = ways.invite(office, shut.folder).code
    office.close()
    fail(shut)
    office = setup.recover(shut.folder, code, clock=shut.clock, keystore=shut.keystore, passphrase=None)
    assert [line[:3] for line in lines(office)][-3:] == [
        ("note_invited", "owner", ""),
        ("failed_sign_ins", "unknown", "password"),
        ("sign_in", "owner", "invitation"),
    ]


def test_an_earlier_count_put_back_is_missed(shut: ShopFile) -> None:
    fail(shut)
    before = shut.folder.tries.read_bytes()
    enter(shut).close()
    fail(shut, 2)
    shut.folder.tries.write_bytes(before)
    assert MISSED in lines(enter(shut))


def test_the_count_holds_neither_name_nor_password(shut: ShopFile) -> None:
    fail(shut, 2)
    told = shut.folder.tries.read_text()
    assert "goose" not in told
    assert "Weber" not in told
    assert shut.folder.tries.stat().st_mode & 0o777 == 0o600


def test_a_file_of_an_earlier_version_begins_to_count(shut: ShopFile) -> None:
    office = enter(shut)
    office.store.write(lambda w: w.connection.execute("DELETE FROM setting WHERE name = 'sign_in.count'"))
    office.close()
    shut.folder.tries.unlink()
    assert MISSED not in lines(enter(shut))
    fail(shut)
    assert TRIED in lines(enter(shut))


def test_where_nothing_can_be_written_the_file_can_still_be_read(
    shut: ShopFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Problem(M("The disk is full."))

    monkeypatch.setattr("desktop_crm.services.office.journal.append", full)
    office = enter(shut)
    assert office.shop.name == "Blumen Weber"
    monkeypatch.undo()
    office.close()


def test_in_a_pause_nobody_calls_a_password_wrong_that_was_not_tried(shut: ShopFile) -> None:
    fail(shut, 6)
    with pytest.raises(WrongPassword) as told:
        enter(shut)
    assert not told.value.tried
    assert told.value.what.text.startswith("A pause: ")


def test_where_nothing_can_be_counted_no_pause_is_announced(shut: ShopFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "write_atomically", _full)
    with pytest.raises(WrongPassword) as told:
        enter(shut, "wrong goose")
    assert told.value.what == M("Not right; nothing is deleted.")


def _full(*_: object) -> None:
    raise Problem(M("The disk is full."))
