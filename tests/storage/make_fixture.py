"""Makes the customer file of the present version, which later versions must still open.

`python -m tests.storage.make_fixture`, run once for each new migration; the files are never changed afterwards. Ids,
keys and salts are random, everything else is fixed.
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_crm.host.clock import FixedClock
from desktop_crm.privacy.rights import Deed, grants
from desktop_crm.records.consent import ConsentHow
from desktop_crm.records.declare import Part
from desktop_crm.records.interaction import Channel
from desktop_crm.records.sensitive import ApartKind
from desktop_crm.services import (
    asking,
    consents,
    contacts,
    drafts,
    entries,
    erasing,
    locks,
    log_notice,
    sensitive,
    setup,
    staff,
    tasks,
)
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.storage.migrate import migrations
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.names import RESERVE
from desktop_crm.words import Money

VAULTS = Path(__file__).parent / "vaults"
CODE = "recovery-code.txt"
NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
ACCOUNT = "DE02 1203 0000 0000 2020 51"
STROKES = "100,200 110,210\n120,200 130,190"
PASSWORD = "four quiet geese cross the market"
SHOP = Shop(
    name="Blumen Weber",
    country="DE",
    region="SN",
    language="de",
    zone="Europe/Berlin",
    begun_on=date(2026, 11, 17),
    city="Leipzig",
    email="hallo@blumen-weber.example",
)


def make(target: Path, papers: Path) -> None:
    """A shop with two people, of whom one is erased; `target` gets database, keys and the published test code."""
    begun = setup.begin(VaultFolder(target), SHOP, clock=FixedClock(NOW), keystore=None, passphrase=PASSWORD)
    office = begun.office
    stays = contacts.add(
        office,
        contacts.NewContact(
            name="Łucja Kowalska",
            emails=("lucja@kowalska.example",),
            phones=("+48 601 999 888",),
            address="Lindenstraße 14, 04107 Leipzig",
            company="Čapek & Söhne",
        ),
    )
    contacts.note(office, stays, "Mag Weiß und Grün, keine Lilien.")
    contacts.purchase(office, stays, Money(6450, "EUR"), bought_on=date(2026, 11, 16), invoice_no="2026-118")
    consents.give(office, stays, "newsletter")
    _window(office, stays)
    _roles(office, stays)
    _permission(office, stays)
    goes = contacts.add(office, contacts.NewContact(name="Gertrud Gegangen", emails=("gertrud@gegangen.example",)))
    contacts.purchase(office, goes, Money(1200, "EUR"), bought_on=date(2026, 11, 15))
    erasing.erase(office, goes, papers, ErasureOrder())
    log_notice.confirm_notice(office)
    office.close()
    (target / RESERVE).unlink(missing_ok=True)
    (target / CODE).write_text(begun.recovery_code + "\n", encoding="ascii")
    (target / "customers.lock").unlink()


def _window(office: Office, person: bytes) -> None:
    """What came with the window: things to do, what is not saved yet, and what can be taken back."""
    tasks.add_task(office, tasks.TaskForm(text="Kranz besprechen", person=person, due_on=NOW.date(), due_time="14:00"))
    tasks.add_task(office, tasks.TaskForm(text="Vasen kaufen"))
    entries.remove_note(office, contacts.note(office, person, "Versehen"))
    drafts.keep(office, "note", person, {"text": "Ruft an wegen"})


def _roles(office: Office, person: bytes) -> None:
    """What came with roles: one of the shop's own, and a detail that is kept apart."""
    staff.save_role(office, staff.RoleForm(None, "Aushilfe", grants((Deed.VIEW,), (Part.CONTACTS, Part.SHOP))))
    sensitive.add_detail(office, person, sensitive.NewDetail(ApartKind.BANK, ACCOUNT))


def _permission(office: Office, person: bytes) -> None:
    """What came with permission in full: an answer with all that was shown, a signature, what stands against use."""
    shown = asking.questions(office, person, "de").only({"birthday-card"})
    signed = asking.Signed(strokes=STROKES)
    yes = [(question, asking.Answer.YES) for question in shown.questions]
    asking.take_answers(office, person, yes, ConsentHow.SCREEN, shown=shown, signed=signed)
    locks.object_to(office, person, None, reason="Bekommt zu viel Post")
    locks.restrict(office, person, "Die Adresse stimmt nicht")
    locks.lift(office, person)
    locks.add_wish(office, person, Channel.PHONE, only_service=True)


def main() -> None:
    """Makes the file unless it is there."""
    target = VAULTS / f"{len(migrations()):04}"
    if target.exists():
        sys.exit(f"{target} is there already and stays as it is.")
    papers = VAULTS / "papers"
    make(target, papers)
    shutil.rmtree(papers)


if __name__ == "__main__":
    main()
