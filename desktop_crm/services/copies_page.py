"""The page about safety copies: the last one, the next one, each with its age and check, and who is still in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop_crm.host.drives import is_removable
from desktop_crm.host.paths import cloud_of, is_in_network
from desktop_crm.records.audit import Verb
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.safety_copy import CopyKind, CopyState, SafetyCopy
from desktop_crm.records.technical import JobRun
from desktop_crm.services.acts import act
from desktop_crm.services.copies import JOB, TEST_JOB
from desktop_crm.services.ledger_lines import folder_of, still_in
from desktop_crm.services.office import Office
from desktop_crm.services.settings import COPIES_FOLDER, value_of
from desktop_crm.services.thinning import Thinning
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.vault import copy_keys, ways
from desktop_crm.words import M

EVERY = timedelta(days=1)
OVERDUE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CopyView:
    """One safety copy as people see it.

    `here`: its file can be reached now. `has_key`: this computer can open it. `erased`: how many people in it were
    erased since it was made. `until`: the day on which it goes at the latest, as long as newer ones are made.
    """

    row: SafetyCopy
    here: bool
    has_key: bool
    erased: int
    until: date
    on_stick: bool

    @property
    def file(self) -> Path:
        """Where it lies."""
        return Path(self.row.folder) / self.row.file_name

    @property
    def still_holds(self) -> M | None:
        """What is left to be done about those who were erased."""
        if not self.erased:
            return None
        n = self.erased
        if self.row.kind is CopyKind.SET_ASIDE:
            return M(
                "It still holds {n} person you erased, until it is deleted.",
                "It still holds {n} people you erased, until it is deleted.",
                n=n,
            )
        if self.here:
            return M(
                "It still holds {n} person you erased. It is written anew without them at the next look.",
                "It still holds {n} people you erased. It is written anew without them at the next look.",
                n=n,
            )
        if self.on_stick:
            return M(
                "This stick still holds {n} person you erased. Plug it in to finish.",
                "This stick still holds {n} people you erased. Plug it in to finish.",
                n=n,
            )
        return M(
            "It still holds {n} person you erased. Make its folder available to finish.",
            "It still holds {n} people you erased. Make its folder available to finish.",
            n=n,
        )


@dataclass(frozen=True, slots=True)
class CopiesPage:
    """Everything the page shows.

    `last`: when the newest copy was made. `overdue`: none was made for a week, or ever. `for_sheet`: new copies open
    with the recovery sheet; otherwise a new sheet has to be made first.
    """

    copies: tuple[CopyView, ...]
    folder: Path | None
    folder_here: bool
    warnings: tuple[M, ...]
    last: datetime | None
    next_on: date | None
    tested: datetime | None
    overdue: bool
    for_sheet: bool


@act(Verb.LIST, SafetyCopy)
def copies_page(office: Office) -> CopiesPage:
    """The catalogue, newest first, with what can be seen of each copy's place now."""
    now, zone = office.clock.now(), ZoneInfo(office.shop.zone)
    folder = folder_of(office)
    keys = copy_keys.load(folder, office.keys).copies

    def work(reading: Reading) -> CopiesPage:
        rows = reading.find(SafetyCopy, eq("state", CopyState.KEPT), order=("-made_at",))
        erased = reading.find(Erasure)
        views = tuple(_view(row, erased, str(uuid.UUID(bytes=row.id)) in keys, zone) for row in rows)
        stored = value_of(reading, COPIES_FOLDER)
        to = Path(stored) if stored else None
        last = last_made(rows)
        return CopiesPage(
            copies=views,
            folder=to,
            folder_here=to is not None and to.is_dir(),
            warnings=place_said(to, folder.path) if to is not None else (),
            last=last,
            next_on=_next(reading, now, zone) if to is not None else None,
            tested=_when(reading, TEST_JOB),
            overdue=is_overdue(last, now),
            for_sheet=ways.sheet_key(folder, office.keys) is not None,
        )

    return office.read(work)


def last_made(rows: Iterable[SafetyCopy]) -> datetime | None:
    """When the newest of these was made; what was kept aside is no safety copy."""
    return max((row.made_at for row in rows if row.kind is CopyKind.COPY), default=None)


def is_overdue(last: datetime | None, now: datetime) -> bool:
    """Whether none was made for a week, or ever."""
    return last is None or now - last > OVERDUE


def place_said(to: Path, data: Path) -> tuple[M, ...]:
    """What has to be known of a place for safety copies; nothing where it is a good one."""
    said: list[M] = []
    whole, home = to.expanduser().resolve(), data.resolve()
    if whole.is_relative_to(home):
        said.append(
            M("This is the folder of the customer file itself: if it is lost, the safety copies are lost with it.")
        )
    elif _same_disk(whole, home):
        said.append(
            M(
                "This folder lies on the same disk as the customer file: if the disk breaks, both are gone. "
                "A stick is safer."
            )
        )
    cloud = cloud_of(whole)
    if cloud is not None:
        said.append(
            M(
                "This folder is copied to {cloud} by itself. Safety copies are encrypted, but copies that stay there "
                "can only be closed by destroying their key; the recovery sheet still opens them.",
                cloud=cloud,
            )
        )
    elif is_in_network(whole):
        said.append(M("This folder lies on another computer in the network: copies are made when it can be reached."))
    return tuple(said)


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False


def _view(row: SafetyCopy, erased: list[Erasure], has_key: bool, zone: ZoneInfo) -> CopyView:
    file = Path(row.folder) / row.file_name
    until = (row.made_at + timedelta(days=Thinning().longest)).astimezone(zone).date()
    return CopyView(
        row=row,
        here=file.exists(),
        has_key=has_key or row.kind is CopyKind.SET_ASIDE,
        erased=still_in(row, erased),
        until=until,
        on_stick=is_removable(file) or not Path(row.folder).exists(),
    )


def _when(reading: Reading, job: str) -> datetime | None:
    run = reading.get(JobRun, job)
    return run.last_success if run is not None else None


def _next(reading: Reading, now: datetime, zone: ZoneInfo) -> date:
    last = _when(reading, JOB) or datetime.min.replace(tzinfo=UTC)
    due = last + EVERY if now - last < EVERY else now
    return due.astimezone(zone).date()
