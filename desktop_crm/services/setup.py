"""Begins a customer file: keys, database, the shop, and what every shop starts with."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from desktop_crm.cheap import fixed
from desktop_crm.host.clock import Clock
from desktop_crm.host.files import make_private_folder, told_apart
from desktop_crm.host.ids import random_id
from desktop_crm.host.instance import InstanceLock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.host.paths import is_in_network
from desktop_crm.host.reserve import Reserve
from desktop_crm.records.audit import AuditEntry, LogCheckpoint, LogNotice, Verb
from desktop_crm.records.erasure import ErasingNow, Erasure, ErasureProof
from desktop_crm.records.place import Place
from desktop_crm.records.purpose import Notice, Purpose, PurposeData, Wording
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionRule, RetentionRun
from desktop_crm.records.technical import JobRun, Setting
from desktop_crm.services import ready_made, signing_in
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.passwords import open_with_passphrase
from desktop_crm.services.people import storable
from desktop_crm.services.settings import BEING_SET_UP, SHEET_CHECKED_ON, set_value, value_of
from desktop_crm.services.shop import Shop, save_shop
from desktop_crm.services.signing_in import Way
from desktop_crm.services.ways import settle
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.vault import opening, staff, swapping, ways
from desktop_crm.vault.anchor import Anchor
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.slots import INVITATION, RECOVERY
from desktop_crm.words import LANGUAGES, M, Problem

if TYPE_CHECKING:
    from desktop_crm.privacy.presets import Preset


@fixed
class Begun:
    """A new customer file, open, and the code for its recovery sheet, which is shown once and kept nowhere."""

    office: Office
    recovery_code: str = field(repr=False)


def begin(
    folder: VaultFolder,
    shop: Shop,
    *,
    clock: Clock,
    keystore: KeyStore | None,
    passphrase: str | None,
    step_by_step: bool = False,
) -> Begun:
    """Make keys and database and fill in what a shop starts with. Raises Problem, in particular where a file is.

    `step_by_step`: more questions follow, and until `complete` the file can be given up again with `abandon`.
    """
    from desktop_crm.privacy.presets import load_preset

    load_preset(shop.country, shop.region)
    if is_in_network(folder.path.expanduser().absolute()):
        raise _in_the_network()
    make_private_folder(folder.path)
    lock = InstanceLock(folder.path)
    lock.acquire()
    try:
        created = opening.create(folder, clock=clock, keystore=keystore, passphrase=passphrase)
        store = Store(folder.database, created.keys.database_key, create=True)
        office = Office(
            store, created.keys, clock, anchor=_anchor(keystore, folder, created.keys), closing=lock.release
        )
        try:
            furnish(office, shop, step_by_step=step_by_step)
            opening.finish(folder, created.keys)
            with contextlib.suppress(Problem):
                signing_in.begin_counting(office, folder)
        except BaseException:
            office.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Begun(office, created.recovery_code)


def _in_the_network() -> Problem:
    return Problem(
        M("This folder lies on another computer in the network. A customer file is not safe there."),
        safe=M("Nothing was changed."),
        todo=M("Please choose a folder on this computer. A safety copy may lie in the network, the file itself not."),
    )


def _anchor(keystore: KeyStore | None, folder: VaultFolder, keys: Keys) -> Anchor | None:
    return Anchor(keystore, opening.present(folder, keys).log_id) if keystore is not None else None


@act(Verb.SET_UP, Setting)
def furnish(office: Office, shop: Shop, *, step_by_step: bool = False) -> None:
    """Store the shop, the ready-made purposes with their wordings, the privacy notice, and the keeping times."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = ("shop",)
        save_shop(writing, shop)
        _add_furniture(office, writing, shop)
        set_value(writing, BEING_SET_UP, step_by_step)
        writing.put(Setting(name=signing_in.GENERATION, value="1"))

    office.write(work)


def _add_furniture(office: Office, writing: Writing, shop: Shop) -> None:
    """What follows from the shop's name, country and language."""
    from desktop_crm.privacy.presets import load_preset

    preset = load_preset(shop.country, shop.region)
    for code in ready_made.usual():
        ready_made.add(office, writing, shop, code)
    for language in LANGUAGES:
        _add_notice(office, writing, language, shop, preset)
    _add_rules(office, writing, preset)


@act(Verb.CHANGE, Setting)
def change_shop(office: Office, changes: Mapping[str, str]) -> None:
    """Change fields of the shop. Raises Problem.

    Keeping times and wordings follow from country and language, which can be changed only while nobody is in the file;
    they are then made anew. So are they, with the shop's new name in them, as long as it is being set up.
    """
    from desktop_crm.privacy.presets import load_preset

    if "begun_on" in changes:
        raise ValueError("the day on which a file was begun is no matter of choice")
    texts: dict[str, Any] = {name: storable(value) for name, value in changes.items()}
    changed = replace(office.shop, **texts)
    if not changed.name:
        raise Problem(M("The shop needs a name: it stands on every paper."), safe=M("Nothing was changed."))
    load_preset(changed.country, changed.region)
    other = {name for name in _LAWS if getattr(changed, name) != getattr(office.shop, name)}

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = tuple(sorted(changes))
        empty = is_empty(writing)
        if other - {"region"} and not empty:
            raise _in_use()
        save_shop(writing, changed)
        if empty and (other or value_of(writing, BEING_SET_UP)):
            _furnish_anew(office, writing, changed)

    office.write(work)
    office.forget_shop()


def _in_use() -> Problem:
    return Problem(
        M("There are people in the customer file: its country and language stay as they are."),
        safe=M("Nothing was changed."),
        todo=M("Begin a new customer file for another country or language, and bring the list in there."),
    )


def _furnish_anew(office: Office, writing: Writing, shop: Shop) -> None:
    """Replace what follows from the shop. Nobody was ever shown these wordings, so they need not stay as proof."""
    before = {purpose.code: purpose.active for purpose in writing.find(Purpose, one_of("code", ready_made.codes()))}
    opened = ErasingNow(id=office.new_id())
    writing.insert(opened)
    ready_made.take_out(writing)
    for record in (Notice, RetentionRule):
        writing.delete_rows(record, writing.find(record))
    writing.delete(ErasingNow, eq("id", opened.id))
    _add_furniture(office, writing, shop)
    for code in sorted(before.keys() - ready_made.usual()):
        ready_made.add(office, writing, shop, code)
    for purpose in writing.find(Purpose, one_of("code", [code for code, active in before.items() if not active])):
        writing.update(Purpose, purpose.id, active=False)


_LAWS = ("country", "region", "language")
_FURNITURE = frozenset(
    {
        *(Purpose, PurposeData, Wording, Notice, RetentionRule),
        *(Setting, JobRun, RetentionRun, Place, AuditEntry, LogCheckpoint, LogNotice),
    }
)
"""Records that tell of no person."""


def is_empty(reading: Reading) -> bool:
    """Whether nobody is, or ever was, in the customer file."""
    return not any(reading.count(told.record) for told in inventory() if told.record not in _FURNITURE)


@act(Verb.SET_UP, Setting)
def complete(office: Office) -> None:
    """Every question was answered: from now on the file cannot be given up any more."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (BEING_SET_UP.name,)
        set_value(writing, BEING_SET_UP, False)

    office.write(work)


def abandon(office: Office, folder: VaultFolder, *, keystore: KeyStore | None) -> None:
    """Give up a customer file that is being set up: close it and remove it with its key.

    Raises Problem, leaving it open and whole, unless it is being set up and nobody was ever in it.
    """
    if not office.read(lambda reading: value_of(reading, BEING_SET_UP) and is_empty(reading)):
        raise Problem(
            M("This customer file is in use: it is not removed."),
            safe=M("Nothing has been deleted."),
        )
    throw_away(office, folder, keystore=keystore)


def throw_away(office: Office, folder: VaultFolder, *, keystore: KeyStore | None) -> None:
    """Close a file that holds nobody real and remove it with its key. Whoever calls this has made sure."""
    opening.mark_unfinished(folder, office.keys)
    office.close()
    with InstanceLock(folder.path):
        opening.remove_unfinished(folder, keystore)


def _add_notice(office: Office, writing: Writing, language: str, shop: Shop, preset: Preset) -> None:
    from desktop_crm.privacy.wordings import load_notice

    place = " ".join(part for part in (shop.street, shop.postal_code, shop.city) if part)
    filled = load_notice(language).filled(
        shop=shop.name,
        contact=", ".join(part for part in (place, shop.phone, shop.email) if part) or shop.name,
        authority=preset.authority.name if preset.authority else "",
        invoice_years=str(preset.keeping("invoice").length),
    )
    text = "\n\n".join([filled.title, *(f"{head}\n{body}" for head, body in filled.sections)])
    writing.insert(Notice(id=office.new_id(), language=language, version=1, text=text, created_at=office.clock.now()))


def _add_rules(office: Office, writing: Writing, preset: Preset) -> None:
    for rule in preset.rules:
        writing.insert(
            RetentionRule(
                id=office.new_id(),
                code=rule.code,
                record=rule.record,
                condition=rule.condition.value,
                start=rule.start.value,
                anchor=rule.anchor.value,
                length=rule.length,
                unit=rule.unit.value,
                action=rule.action.value,
                habit=rule.habit,
                law=rule.law,
                source=rule.source,
                as_of=rule.as_of,
            )
        )


@told_apart()
def open_office(folder: VaultFolder, *, clock: Clock, keystore: KeyStore | None, passphrase: str | None) -> Office:
    """Open an existing customer file by password if one is given, else by the key store. Raises Problem."""
    lock = InstanceLock(folder.path)
    lock.acquire()
    try:
        swapping.finish(folder)
        if passphrase is not None:
            keys = open_with_passphrase(folder, passphrase, keystore, clock)
        else:
            keys = opening.open_with_keystore(folder, keystore, renew=True)
        office = opened(folder, keys, lock, clock, keystore)
        signing_in.come_in(office, folder, Way.PASSWORD if passphrase is not None else Way.KEY_STORE)
        if passphrase is not None:
            office.proof.give()
        # A folder that cannot be written just now is no reason not to open.
        with contextlib.suppress(Problem):
            ways.end_old_invitation(folder, keys, clock)
        return office
    except BaseException as error:
        let_go(folder, lock, clock, error)
        raise


def let_go(folder: VaultFolder, lock: InstanceLock, clock: Clock, error: BaseException, who: str = "") -> None:
    """The file did not open: count what was tried, and as whom, while nobody else can."""
    if isinstance(error, Problem):
        signing_in.count_failed(folder, clock, error, who)
    lock.release()


def opened(folder: VaultFolder, keys: Keys, lock: InstanceLock, clock: Clock, keystore: KeyStore | None) -> Office:
    """The open file, after what an interrupted work left was brought to an end. Raises Problem."""
    settle(folder, keys)
    Reserve(folder.reserve, folder.database).ease()
    store = Store(folder.database, keys.database_key)
    office = Office(store, keys, clock, anchor=_anchor(keystore, folder, keys), closing=lock.release)
    try:
        _make_up_for_crash(office)
        _look_aside(office, folder)
    except BaseException:
        office.close()
        raise
    return office


def _look_aside(office: Office, folder: VaultFolder) -> None:
    """A file that was brought back learns of the copies it does not know, before anybody can be erased in it."""
    if swapping.set_asides(folder):
        from desktop_crm.services import adopting

        # On a full disk it can be read all the same, and nobody can be erased.
        with contextlib.suppress(Problem):
            program = Office(office.store, office.keys, office.clock, who=PROGRAM)
            if program.read(lambda reading: bool(adopting.unknown(program, reading))):
                adopting.adopt(program)


def _make_up_for_crash(office: Office) -> None:
    """Between an erasure and its final search, a crash may leave words of the person (`proof.search` tells where).

    What to search for is forgotten by then, so everything is written anew, and the search is noted as not finished.
    """
    left = office.read(_unsearched)
    if not left:
        return
    office.store.rebuild_search()
    if office.store.rewrite() and office.store.checkpoint():
        note_unfinished_searches(office, left)


def _unsearched(reading: Reading) -> list[bytes]:
    """Erasures without a final search. There is one for each as a rule, so that counting them is enough."""
    if reading.count(Erasure) == reading.count(ErasureProof):
        return []
    searched = {proof.erasure_id for proof in reading.stream(ErasureProof)}
    return [entry.id for entry in reading.stream(Erasure) if entry.id not in searched]


@act(Verb.CHECK, ErasureProof)
def note_unfinished_searches(office: Office, erasures: Sequence[bytes]) -> None:
    """Note that the final search of these erasures was not finished and cannot be made up for."""

    def work(writing: Writing, trace: Trace) -> None:
        writing.insert_many(ErasureProof, [_unfinished_proof(office, erasure) for erasure in erasures])
        trace.number = len(erasures)

    office.write(work)


def _unfinished_proof(office: Office, erasure: bytes) -> ErasureProof:
    return ErasureProof(
        id=random_id(),
        erasure_id=erasure,
        searched_at=office.clock.now(),
        pages=0,
        details=0,
        shared=0,
        found=0,
        pending=True,
    )


@act(Verb.SET_UP, Setting)
def note_recovery(office: Office) -> None:
    """Note that the file was opened with the recovery sheet, before it gets a new way in.

    So the sheet is at hand and right: nobody needs to be asked for it any more.
    """

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (SHEET_CHECKED_ON.name,)
        set_value(writing, SHEET_CHECKED_ON, office.today())

    office.write(work)


@act(Verb.SET_UP, Setting)
def note_invited(office: Office) -> None:
    """Note that another account was let in by a code, before it gets its way in."""
    office.looked(None)


def _opens(folder: VaultFolder, keystore: KeyStore) -> bool:
    """Whether the key store still opens the file; a fresh secret would shut out another copy of the same file."""
    try:
        opening.open_with_keystore(folder, keystore).drop()
    except Problem:
        return False
    return True


@told_apart()
def recover(
    folder: VaultFolder, code: str, *, clock: Clock, keystore: KeyStore | None, passphrase: str | None
) -> Office:
    """Open with the recovery sheet and give the file a new way in: the key store if there is one, or a password.

    Where everybody comes in by name it gets none: the people's passwords can be set anew then (`staff`). The code by
    which somebody lets another account in is taken as well; it gives that account its own way in.
    """
    lock = InstanceLock(folder.path)
    lock.acquire()
    try:
        swapping.finish(folder)
        keys = opening.open_with_recovery(folder, code, kinds=(RECOVERY, INVITATION), renew=True)
        office = opened(folder, keys, lock, clock, keystore)
        try:
            if ways.is_invitation(folder, keys, code):
                note_invited(office)
                ways.accept(folder, keys, code, keystore, clock)
                signing_in.come_in(office, folder, Way.INVITATION, noted=True)
                return office
            note_recovery(office)
            signing_in.come_in(office, folder, Way.RECOVERY_SHEET, noted=True)
            ways.learn_sheet(folder, keys, code)
            if staff.people(folder, keys) and not staff.opens_alone(folder, keys):
                return office
            if passphrase is not None:
                ways.enrol_passphrase(folder, keys, passphrase, clock)
            elif keystore is not None and not _opens(folder, keystore):
                ways.enrol_keystore(folder, keys, keystore, clock)
        except BaseException:
            office.close()
            raise
        return office
    except BaseException as error:
        let_go(folder, lock, clock, error)
        raise
