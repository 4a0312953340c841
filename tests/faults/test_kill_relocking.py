"""Kills the program while the lock of the customer file is being changed: the next start opens it, by every way in."""

from __future__ import annotations

import random
from pathlib import Path

from desktop_crm.host.clock import SystemClock
from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, setup
from desktop_crm.vault import opening
from tests.faults import shop
from tests.faults.conftest import times
from tests.faults.nursery import Nursery
from tests.faults.test_kill import sound

KILLS = times(10, 120)
LONGEST_RUN = 0.5
PASSWORD = "four plain wooden chairs"


def test_killed_while_the_lock_is_changed_everybody_still_comes_in(nursery: Nursery, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    begun = setup.begin(
        shop.folder_of(tmp_path), shop.SHOP, clock=SystemClock(), keystore=shop.keys_of(tmp_path), passphrase=PASSWORD
    )
    contacts.add(begun.office, contacts.NewContact(name="x" * 2000, emails=("x@example.com",)))
    begun.office.close()
    folder, told, keys, waiting = shop.folder_of(tmp_path), set(), [], 0
    for number in range(KILLS):
        nursery.start(tmp_path, f"s{number}", "relock")
        heard = nursery.until("never", chance.uniform(0, LONGEST_RUN))
        told |= {line["word"] for line in heard + nursery.kill() if line.get("did") == "add"}
        waiting += bool(opening.open_with_recovery(folder, begun.recovery_code).next_key)
        office = shop.reopen(tmp_path)
        try:
            sound(office)
            assert told <= office.read(lambda reading: {one.name for one in reading.find(Contact)})
            key = bytes(office.keys.database_key)
        finally:
            office.close()
        assert not folder.unfinished_copy.exists()
        assert folder.header.read_bytes() == folder.header_copy.read_bytes()
        by_sheet = opening.open_with_recovery(folder, begun.recovery_code)
        assert (bytes(by_sheet.database_key), bytes(by_sheet.next_key)) == (key, b"")
        keys.append(key)
    assert bytes(opening.open_with_passphrase(folder, PASSWORD).database_key) == keys[-1]
    assert len(set(keys)) > KILLS // 3
    # Else the kills would all have come before or after.
    assert waiting > KILLS // 10
