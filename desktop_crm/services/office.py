"""The open customer file with its keys, clock and shop: what every service function works with."""

from __future__ import annotations

import contextlib
import hmac
import threading
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TypeVar

from desktop_crm.host.clock import Clock, today
from desktop_crm.host.ids import new_id
from desktop_crm.host.keystore import KeyStoreProblem
from desktop_crm.host.reserve import LEAST, MIB, Reserve
from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.privacy.rights import Deed, allowed, asks_again
from desktop_crm.records.audit import Verb
from desktop_crm.records.draft import Draft
from desktop_crm.records.erasure import Erasure
from desktop_crm.services import journal, recording
from desktop_crm.services.actor import OWNER, Actor
from desktop_crm.services.acts import Act, Performance, Trace, performing
from desktop_crm.services.bounds import not_allowed, refuse_changes, refuse_part_of_a_whole, sight_now
from desktop_crm.services.proving import NeedsEnrolment, Proof
from desktop_crm.services.shop import Shop, load_shop
from desktop_crm.storage.search import Vocabulary, changes_vocabulary
from desktop_crm.storage.store import DiskFull, Store
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.vault.anchor import Anchor
from desktop_crm.vault.anchor import Head as AnchorHead
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys, Purpose
from desktop_crm.words import Exit, M, Problem, Words

T = TypeVar("T")

_HANDED_OUT = frozenset({Verb.EXPORT, Verb.ERASE})
"""After these the end of the log is remembered at once: a paper says that it was made."""


class Office:
    """An open customer file. Its acts are in the modules of this room."""

    def __init__(
        self,
        store: Store,
        keys: Keys,
        clock: Clock,
        *,
        who: Actor = OWNER,
        anchor: Anchor | None = None,
        closing: Callable[[], None] = lambda: None,
    ) -> None:
        """An open file.

        Args:
            who: whoever acts; decides what may be done and what is seen.
            anchor: where the end of the log is remembered outside the file, if there is such a place.
            closing: called when the file is closed.
        """
        self.store = store
        self.keys = keys
        self.clock = clock
        self.who = who
        self.anchor = anchor
        self._closing = closing
        self._vocabulary: Vocabulary | None = None
        self._renamings = 0
        """How often names came, went or were changed: words of an earlier state may be those of somebody erased."""
        self._renaming = threading.Lock()
        self._logged = False
        self.log_cut_seen = False
        """Whether the end of the log was found missing since the file was opened; `close` looks too if it logged."""
        self.proof = Proof(clock)
        """When whoever acts gave their password last."""
        self.must_enrol = False
        """Whether nothing may be done before whoever acts has a code from the telephone, as their role demands."""

    @cached_property
    def shop(self) -> Shop:
        """The shop's settings."""
        return self.store.read(load_shop)

    def shop_now(self) -> Shop:
        """The shop's settings as they are stored by now, whatever was read before."""
        shop = self.__dict__["shop"] = self.store.read(load_shop)
        return shop

    def forget_shop(self) -> None:
        """The shop was changed: read it anew when it is asked for."""
        self.__dict__.pop("shop", None)

    @property
    def words(self) -> Words:
        """The shop's language and time zone."""
        return Words(self.shop.language, self.shop.zone)

    @cached_property
    def audit_key(self) -> bytes:
        """The key that seals the activity log."""
        return self.keys.derive(Purpose.AUDIT)

    @cached_property
    def ledger_key(self) -> bytes:
        """The key that seals the ledgers of permissions and of erasures."""
        return self.keys.derive(Purpose.LEDGER)

    @cached_property
    def _fingerprint_key(self) -> bytes:
        return self.keys.derive(Purpose.FINGERPRINT)

    def today(self) -> date:
        """The calendar day it is now at the shop."""
        return today(self.clock, self.shop.zone)

    def new_id(self) -> bytes:
        """A fresh id for a row."""
        return new_id(self.clock)

    def check_right(self, act: Act) -> None:
        """Raises Problem unless whoever acts may do this, and may do anything at all today.

        ProveAgain where the password has to be given once more before.
        """
        if not allowed(self.who.rights, act.verb, act.part):
            raise not_allowed(act.part)
        refuse_part_of_a_whole(self.who, act)
        if self.who.until is not None and self.today() > self.who.until:
            raise Problem(
                M("The time for which you were let in is over."),
                safe=M("Nothing was changed."),
                todo=M("Ask the owner to let you in for longer."),
                code=Exit.NOT_ALLOWED,
            )
        if self.must_enrol and act.verb is not Verb.SIGN_IN:
            raise NeedsEnrolment
        if act.for_good or asks_again(act.verb, act.part):
            self.proof.require()

    def read(self, work: Callable[[Reading], T]) -> T:
        """Read one consistent state, as far as whoever acts may see it."""
        begun = self._renamings

        def whole(reading: Reading) -> T:
            reading.begun_at = begun
            reading.sight = sight_now(self.who, reading, self.clock.now())
            return work(reading)

        return self.store.read(whole)

    def listen(self, heard: Callable[[frozenset[type]], None]) -> Callable[[], None]:
        """Call `heard` after each commit with the records that were touched, in the writing thread.

        Returns what ends that.
        """
        return self.store.listen(lambda changes: heard(frozenset(change.record for change in changes)))

    def write(self, work: Callable[[Writing, Trace], T], *, undoable: bool = False) -> T:
        """Change data inside the running act; the line in the log is part of the act's first transaction.

        One act, one line: a person's access report counts how often somebody did what. `undoable`: keep how the rows
        were before, in the same transaction; see `changes`.
        """
        performance = performing()
        renamed: list[bool] = []

        def whole(writing: Writing) -> T:
            trace = Trace()
            if undoable:
                writing.keep_images()
            answer = work(writing, trace)
            refuse_changes(self.who, performance.act, writing.changes)
            renamed.append(changes_vocabulary(writing.changes))
            if writing.images is not None:
                images, writing.images = writing.images, None
                performance.change = recording.remember(self, writing, performance.act, images)
            if performance.logged:
                return answer
            changed = (c.fields for c in writing.changes if c.record is performance.act.record and c.verb == "change")
            trace.fields = trace.fields or tuple(sorted({name for fields in changed for name in fields}))
            journal.append(writing, self.audit_key, performance.act, trace, actor=self.who.name, at=self.clock.now())
            return answer

        answer = _with_room(self, performance.act, whole)
        _has_logged(self, performance)
        if any(renamed):
            self._forget_vocabulary()
        return answer

    @cached_property
    def reserve(self) -> Reserve:
        """Room that is kept on the disk for erasures."""
        return Reserve(VaultFolder(self.store.database.parent).reserve, self.store.database)

    def jot(self, work: Callable[[Writing], None]) -> None:
        """Keep what is being typed. No line in the log: saving is the act, and this is done every few seconds."""
        performing()
        if not any(deed is Deed.CHANGE for deed, _ in self.who.rights):
            raise not_allowed()

        def whole(writing: Writing) -> None:
            work(writing)
            if any(change.record is not Draft for change in writing.changes):
                raise RuntimeError("only drafts are written without a line in the log")

        self.store.write(whole)

    def looked(
        self, person: bytes | None, row: bytes | None = None, number: int = 1, fields: tuple[str, ...] = ()
    ) -> None:
        """Note in the log that a record was opened, reported or exported."""
        performance, trace = performing(), Trace(person, row, fields, number)

        def work(writing: Writing) -> None:
            journal.append(writing, self.audit_key, performance.act, trace, actor=self.who.name, at=self.clock.now())

        _with_room(self, performance.act, work)
        _has_logged(self, performance)

    def log_breaks(self, reading: Reading) -> tuple[int, list[Break]]:
        """How many lines the log has, and every place at which it was changed or cut."""
        remembered = self._remembered()
        end = (remembered.sequence, remembered.code) if remembered is not None else None
        lines, breaks = journal.breaks(reading, self.audit_key, end)
        self.log_cut_seen |= any(one.fault is Fault.CUT for one in breaks)
        return lines, breaks

    def log_was_cut(self, reading: Reading) -> bool:
        """Whether the end of the log that was remembered outside is missing from it or changed."""
        remembered = self._remembered()
        if remembered is None:
            return False
        cut = not journal.has_line(reading, remembered.sequence, remembered.code)
        self.log_cut_seen |= cut
        return cut

    def _remembered(self) -> AnchorHead | None:
        try:
            return self.anchor.read() if self.anchor is not None else None
        except KeyStoreProblem:
            return None

    def remember_log(self, *, if_grown: bool = False) -> None:
        """Remember the end of the log outside the file; without a key store, nothing happens.

        `if_grown`: only if something was logged here since it was remembered last.

        Where the end that was remembered before is missing, it stays remembered: else the next look would find nothing.
        """
        # The program's own memory, of the whole log: also where whoever acts may not see it.
        if self.anchor is None or (if_grown and not self._logged) or self.store.read(self.log_was_cut):
            return
        last = self.store.read(journal.head)
        with contextlib.suppress(KeyStoreProblem):
            self.anchor.store(AnchorHead(last.seq, last.seal.hex()))
            self._logged = False

    def fingerprint(self, kind: str, value: str) -> bytes:
        """A mark by which a value can be recognised but not read."""
        return hmac.digest(self._fingerprint_key, f"{kind}|{value}".encode(), "sha256")

    def vocabulary(self, reading: Reading) -> Vocabulary:
        """The words of names and companies; dropped when one of them changes.

        Words of a state that was over before they were read serve that reading alone, and are not kept.
        """
        known = self._vocabulary or Vocabulary(reading.connection)
        with self._renaming:
            if reading.begun_at == self._renamings:
                self._vocabulary = known
        return known

    def _forget_vocabulary(self) -> None:
        with self._renaming:
            self._renamings += 1
            self._vocabulary = None

    def close(self) -> None:
        """Remember the end of the log, close the file and drop the keys."""
        try:
            self.remember_log(if_grown=True)
        finally:
            self.store.close()
            self.keys.drop()
            self._forget_vocabulary()
            self._closing()


def _with_room(office: Office, act: Act, work: Callable[[Writing], T]) -> T:
    """Write; where the disk is full, erasing and looking get the room that was kept for them."""
    try:
        return office.store.write(work)
    except DiskFull:
        erasing = act.verb is Verb.ERASE or act.record is Erasure
        looking = act.verb is Verb.VIEW and office.reserve.give(MIB, least=LEAST)
        if looking or (erasing and office.reserve.release()):
            return office.store.write(work)
        raise


def _has_logged(office: Office, performance: Performance) -> None:
    performance.logged += 1
    office._logged = True
    if performance.act.verb in _HANDED_OUT:
        office.remember_log()
