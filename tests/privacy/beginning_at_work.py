"""How the acts of setting up, settings and lists are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from desktop_crm.privacy.fair_asking import PurposeForm
from desktop_crm.records.declare import Basis
from desktop_crm.services import (
    files_page,
    importing,
    purpose_editing,
    purposes,
    recovery_sheet,
    settings,
    setup,
    skipped_rows,
    ways,
)
from desktop_crm.services.office import Office
from desktop_crm.vault import ways as vault_ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Problem
from tests.memory_keystore import MemoryKeyStore

PASSWORD = "four plain wooden chairs"


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def folder(self) -> Path: ...
    @property
    def listed(self) -> Path: ...
    @property
    def letters(self) -> PurposeForm: ...


NO_ACTS = {
    "sample.fill": "lets acts happen, each with its own line",
    "setup.abandon": "throws away an empty file together with its log",
    "purposes.day_of": "arithmetic",
    "purposes.newest_words": "a part of acts: reads inside the reading it is given",
    "purposes.standing_at": "a part of acts: reads inside the reading it is given",
    "ready_made.add": "a part of acts: writes inside the writing it is given",
    "ready_made.need": "a part of acts: writes inside the writing it is given",
    "ready_made.put_words": "a part of acts: writes inside the writing it is given",
    "setup.throw_away": "a part of `abandon`, and how an example shop that cannot be filled goes again",
}
"""Functions that take the office and are no acts, each with its reason."""


def _folder(scene: Scene) -> VaultFolder:
    return VaultFolder(scene.office.store.database.parent)


def _confirm(scene: Scene) -> None:
    sheet = recovery_sheet.new_sheet()
    typed = {place: sheet.groups[place - 1] for place in recovery_sheet.ASKED_FOR}
    recovery_sheet.confirm_sheet(scene.office, _folder(scene), sheet, typed, settings.SavedHow.WRITTEN)


def _check(scene: Scene) -> None:
    sheet = recovery_sheet.new_sheet()
    vault_ways.replace_recovery(_folder(scene), scene.office.keys, sheet.code, scene.office.clock)
    recovery_sheet.check_sheet(scene.office, _folder(scene), sheet.code)


def _save(scene: Scene) -> None:
    with pytest.raises(Problem):
        recovery_sheet.save_sheet(scene.office, recovery_sheet.new_sheet(), scene.folder)


def _remove_way(scene: Scene) -> None:
    vault_ways.enrol_passphrase(_folder(scene), scene.office.keys, PASSWORD, scene.office.clock)
    found = next(way for way in ways.ways_in(scene.office, _folder(scene)) if way.kind == "passphrase")
    ways.remove_way(scene.office, _folder(scene), found.id, None)


def _skipped(scene: Scene) -> bytes:
    path = scene.listed
    report = importing.try_out(scene.office, path, importing.ImportOrder("Liste", Basis.CONTRACT))
    return skipped_rows.skipped_csv(scene.office, report, path)


PREPARED = dict.fromkeys(("purpose_editing.add_purpose", "purpose_editing.change_purpose"), "letters")
CASES: dict[str, Callable[[Scene], object]] = {
    "files_page.files": lambda s: files_page.files(s.office, _folder(s), s.folder / "papers"),
    "importing.batches": lambda s: importing.batches(s.office),
    "purposes.cards": lambda s: purposes.cards(s.office),
    "purposes.use": lambda s: purposes.use(s.office, ["newsletter"]),
    "purposes.turn": lambda s: purposes.turn(s.office, "newsletter", on=False),
    "purposes.no_longer_covered": lambda s: purposes.no_longer_covered(s.office, "newsletter"),
    "purposes.would_be_uncovered": lambda s: purposes.would_be_uncovered(s.office, "newsletter"),
    "purpose_editing.add_purpose": lambda s: purpose_editing.add_purpose(
        s.office, replace(s.letters, name="Rundbrief")
    ),
    "purpose_editing.as_read": lambda s: purpose_editing.as_read(s.office, "newsletter", "de", "Neu?"),
    "purpose_editing.change_purpose": lambda s: purpose_editing.change_purpose(
        s.office, "newsletter", replace(s.letters, what_for="Neues aus dem Laden, viermal im Jahr.")
    ),
    "purpose_editing.new_entry": lambda s: purpose_editing.new_entry(s.office),
    "purpose_editing.notices": lambda s: purpose_editing.notices(s.office),
    "purpose_editing.purpose_entry": lambda s: purpose_editing.purpose_entry(s.office, "newsletter"),
    "purpose_editing.renew_notice": lambda s: purpose_editing.renew_notice(s.office, "de", "Neu."),
    "purpose_editing.reword": lambda s: purpose_editing.reword(s.office, "orders", "de", "Neu.", means_else=True),
    "recovery_sheet.confirm_sheet": _confirm,
    "recovery_sheet.put_off_sheet": lambda s: recovery_sheet.put_off_sheet(s.office),
    "recovery_sheet.save_sheet": _save,
    "recovery_sheet.check_sheet": _check,
    "recovery_sheet.sheet_due": lambda s: recovery_sheet.sheet_due(s.office),
    "recovery_sheet.sheet_pdf": lambda s: recovery_sheet.sheet_pdf(s.office, recovery_sheet.new_sheet()),
    "recovery_sheet.words_of_sheet": lambda s: recovery_sheet.words_of_sheet(s.office, recovery_sheet.new_sheet()),
    "settings.get": lambda s: settings.get(s.office, settings.LOCK_AFTER),
    "settings.put": lambda s: settings.put(s.office, settings.LOCK_AFTER, 10),
    "ways.change_lock": lambda s: ways.change_lock(s.office, _folder(s)),
    "ways.invite": lambda s: ways.invite(s.office, _folder(s)),
    "ways.keep_key_here": lambda s: ways.keep_key_here(s.office, _folder(s), MemoryKeyStore()),
    "ways.lock_state": lambda s: ways.lock_state(s.office),
    "ways.remove_way": _remove_way,
    "ways.set_password": lambda s: ways.set_password(s.office, _folder(s), PASSWORD),
    "ways.ways_in": lambda s: ways.ways_in(s.office, _folder(s)),
    "setup.complete": lambda s: setup.complete(s.office),
    "skipped_rows.skipped_csv": _skipped,
}
