"""Safety copies: made while people work, proved by opening them, kept for a while, and closed for ever after that."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop_crm import __version__
from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.safety_copy import CopyCheck, CopyKind, CopyState, SafetyCopy
from desktop_crm.records.technical import JobRun
from desktop_crm.services import journal
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.copy_box import Access, Tell, opened, part, proved, quiet, with_keys, work_folder
from desktop_crm.services.ledger_lines import folder_of, lines_of, remember_erasures
from desktop_crm.services.office import Office
from desktop_crm.services.replaying import replay
from desktop_crm.storage.copying import Snapshot, at_fault, copy_of
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import container, copy_keys, copy_problems, ways
from desktop_crm.vault.container import ENDING, Label, Manifest
from desktop_crm.vault.copy_keys import CopyKey
from desktop_crm.vault.keys import KEY_BYTES
from desktop_crm.vault.swapping import COPYING
from desktop_crm.words import Exit, M, Problem

JOB = "safety-copy"
TEST_JOB = "safety-copy-test"
_NAME = "customers.db"


@dataclass(frozen=True, slots=True)
class Checked:
    """How the opening of a safety copy ended: how many rows it holds by record, and what was wrong."""

    made_at: datetime
    result: CopyCheck
    counts: dict[str, int]
    problem: Problem | None = None


@act(Verb.BACK_UP, SafetyCopy)
def make_copy(office: Office, to: Path, *, tell: Tell = quiet) -> SafetyCopy:
    """Make a safety copy in this folder, prove it by opening it, and enter it in the catalogue.

    Raises Problem where the disk refuses or the copy cannot be proved; then nothing is left of it.
    """
    remember_erasures(office)
    target = _free_name(office, to)
    made_at = office.clock.now()
    row = _packed(office, office, target, made_at, made_at, tell)

    def work(writing: Writing, trace: Trace) -> None:
        writing.insert(row)
        writing.put(JobRun(name=JOB, last_success=made_at, found=row.size))
        trace.row = row.id

    office.write(work)
    return row


@act(Verb.BACK_UP, SafetyCopy, whole=True)
def erase_in_copy(office: Office, copy: bytes, *, tell: Tell = quiet) -> SafetyCopy:
    """Write a safety copy anew without those who were erased since it was made, under a new key; the old one goes.

    Raises Problem where it cannot be reached or opened; then it stays as it was.
    """
    old = row_of(office, copy)
    access = access_of(office, old)
    lines = office.read(lines_of)
    living = office.read(lambda reading: {row.id for row in reading.stream(Contact)})
    now = office.clock.now()
    with (
        work_folder(folder_of(office).path / COPYING) as work,
        opened(access, work, office.clock, office.who.in_copy, part(tell, 0, 30)) as inside,
    ):
        replay(inside, lines, living.__contains__)
        fresh = _packed(office, inside, _path(old), old.made_at, now, part(tell, 30, 100), within=work / "new")

    def enter(writing: Writing, trace: Trace) -> None:
        writing.delete(SafetyCopy, eq("id", old.id))
        writing.insert(fresh)
        trace.row = fresh.id

    office.write(enter)
    _destroy_keys(office, [old.id])
    return fresh


@act(Verb.CHECK, SafetyCopy)
def check_copy(office: Office, copy: bytes, *, tell: Tell = quiet) -> Checked:
    """Open a safety copy and compare everything that can be compared; the result is kept in the catalogue.

    Raises Problem where it cannot be reached just now, or nobody has the key.
    """
    row = row_of(office, copy)
    checked = _checked(office, row, tell)

    def work(writing: Writing, trace: Trace) -> None:
        now = office.clock.now()
        writing.update(SafetyCopy, row.id, checked_at=now, last_seen=now, result=checked.result)
        writing.put(JobRun(name=TEST_JOB, last_success=now, found=sum(checked.counts.values())))
        trace.row = row.id

    office.write(work)
    return checked


@act(Verb.BACK_UP, SafetyCopy, for_good=True)
def expire(office: Office, copies: Sequence[bytes]) -> int:
    """Destroy the keys of these safety copies, and delete their files where they can be reached; returns how many."""
    rows = [row_of(office, one) for one in copies]
    _destroy_keys(office, [row.id for row in rows])
    for row in rows:
        remove_file(row)

    def work(writing: Writing, trace: Trace) -> None:
        for row in rows:
            writing.update(SafetyCopy, row.id, state=CopyState.EXPIRED)
        trace.number = len(rows)

    office.write(work)
    return len(rows)


def row_of(office: Office, copy: bytes) -> SafetyCopy:
    """A line of the catalogue. Raises Problem if there is none."""
    row = office.store.read(lambda reading: reading.get(SafetyCopy, copy))
    if row is None:
        raise Problem(M("There is no safety copy of that number."))
    return row


def access_of(office: Office, row: SafetyCopy) -> Access:
    """The copy of a line of the catalogue, with its key. Raises Problem: not to be reached, damaged, another one."""
    access = with_keys(_path(row), folder_of(office), office.keys)
    if uuid.UUID(access.label.copy_id).bytes != row.id:
        raise copy_problems.not_reached(access.file)
    return access


def remove_file(row: SafetyCopy) -> None:
    """Delete the file of a copy, if it can be reached and is that very copy. The key is what counts."""
    path = _path(row)
    if row.kind is CopyKind.SET_ASIDE:
        shutil.rmtree(path, ignore_errors=True)
        return
    with contextlib.suppress(Problem, OSError):
        if uuid.UUID(container.read_label(path).copy_id).bytes == row.id:
            path.unlink()


def is_there(row: SafetyCopy) -> bool:
    """Whether the file of a copy lies there. One that took its place does not count.

    After a crash in `erase_in_copy` both stand in the catalogue under the same name.
    """
    path = _path(row)
    if row.kind is CopyKind.SET_ASIDE or not path.exists():
        return path.exists()
    try:
        return uuid.UUID(container.read_label(path).copy_id).bytes == row.id
    except Problem:
        # A damaged one is there, and is told as damaged.
        return True


def _path(row: SafetyCopy) -> Path:
    return Path(row.folder) / row.file_name


def _packed(
    office: Office,
    inside: Office,
    target: Path,
    made_at: datetime,
    erased_until: datetime,
    tell: Tell,
    *,
    within: Path | None = None,
) -> SafetyCopy:
    """Write `inside` as a safety copy to `target` and prove the file that lies there; the row for the catalogue.

    The key is remembered before the file is there, and forgotten if it never comes to be.
    """
    copy_id, key = uuid.uuid4(), secrets.token_bytes(KEY_BYTES)
    folder, keys = folder_of(office), office.keys
    public = ways.sheet_key(folder, keys)
    told = CopyKey(key, made_at.isoformat(), str(target.parent), target.name, public is not None)
    try:
        with work_folder(within or folder.path / COPYING) as work:
            snapshot = copy_of(inside.store, work / _NAME, key, journal.head, part(tell, 0, 40))
            size = (work / _NAME).stat().st_size
            apart = ways.sheet_sensitive(folder, keys)
            bare = Label(str(copy_id), keys.vault_id, made_at.isoformat(), size, b"", sensitive=apart)
            manifest = _manifest(snapshot, work / _NAME)
            label = container.sealed_label(bare, key, bytes(keys.root_key), manifest, public)
            copy_keys.store(folder, keys, copy_keys.load(folder, keys).with_copy(str(copy_id), told))
            root, check = bytes(keys.root_key), part(tell, 60, 100)
            container.write(
                target,
                label,
                work / _NAME,
                part(tell, 40, 60),
                lambda written: proved(Access(written, label, key, root), work, check),
            )
    except BaseException as error:
        with contextlib.suppress(Problem):
            _destroy_keys(office, [copy_id.bytes])
        if isinstance(error, Problem) and error.code is Exit.DAMAGED:
            raise at_fault(inside.store, error) from None
        raise
    now = office.clock.now()
    return SafetyCopy(
        id=copy_id.bytes,
        kind=CopyKind.COPY,
        made_at=made_at,
        folder=str(target.parent),
        file_name=target.name,
        size=target.stat().st_size,
        state=CopyState.KEPT,
        last_seen=now,
        checked_at=now,
        result=CopyCheck.FINE,
        erased_until=erased_until,
        for_sheet=public is not None,
    )


def _manifest(snapshot: Snapshot[journal.Head], database: Path) -> Manifest:
    return Manifest(
        container.digest_of(database),
        snapshot.schema,
        dict(snapshot.counts),
        snapshot.also.seq,
        snapshot.also.seal.hex(),
        __version__,
    )


def _destroy_keys(office: Office, copies: Sequence[bytes]) -> None:
    """From here on these copies open with nothing that this computer keeps. Raises Problem."""
    known = copy_keys.load(folder_of(office), office.keys)
    gone = [text for one in copies if (text := str(uuid.UUID(bytes=one))) in known.copies]
    if gone:
        copy_keys.store(folder_of(office), office.keys, known.without(*gone))


def _checked(office: Office, row: SafetyCopy, tell: Tell) -> Checked:
    try:
        access = access_of(office, row)
        with work_folder(folder_of(office).path / COPYING) as work:
            manifest = proved(access, work, tell)
    except Problem as problem:
        if problem.code is not Exit.DAMAGED:
            raise
        return Checked(row.made_at, CopyCheck.DAMAGED, {}, problem)
    return Checked(row.made_at, CopyCheck.FINE, dict(manifest.counts))


def _free_name(office: Office, to: Path) -> Path:
    """A name that tells the moment and nobody's name."""
    if not to.is_dir():
        raise Problem(
            M("The folder “{folder}” is not there.", folder=str(to)),
            safe=M("Nothing was changed."),
            todo=M("Plug in the stick or disk, or choose another folder."),
        )
    moment = office.clock.now().astimezone(ZoneInfo(office.shop.zone))
    name, number = f"safety-copy-{moment:%Y-%m-%d-%H%M%S}", 1
    while (to / f"{name}{ENDING}").exists():
        number += 1
        name = f"safety-copy-{moment:%Y-%m-%d-%H%M%S}-{number}"
    return to / f"{name}{ENDING}"
