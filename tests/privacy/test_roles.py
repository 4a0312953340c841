"""Proof 5: each role may do what the table says, and what it may not see comes out of nothing that it may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest

from desktop_crm.cli.call import Call
from desktop_crm.cli.commands import COMMANDS
from desktop_crm.cli.run import run
from desktop_crm.cli.terminal import MISTAKE
from desktop_crm.host.ids import id_text
from desktop_crm.privacy.rights import (
    DATA_PROTECTION,
    EVERYTHING,
    READY_ROLES,
    Deed,
    Rights,
    allowed,
    grants,
    sees_everything,
)
from desktop_crm.privacy.rights import hidden as hidden_from
from desktop_crm.records.audit import Verb
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentState
from desktop_crm.records.declare import Part, declaration
from desktop_crm.records.purchase import Original
from desktop_crm.records.registry import inventory
from desktop_crm.records.staff import OpenCase, Staff
from desktop_crm.services import contacts, listing, outside, paper_forms, purposes, retention
from desktop_crm.services.actor import PROGRAM, Actor
from desktop_crm.services.acts import Act
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import Exit, Problem
from tests.privacy import pages, people_at_work
from tests.privacy.canaries import Planted, Planter
from tests.privacy.coming_out import leaves, written
from tests.privacy.conftest import SURROUNDINGS
from tests.privacy.forms_at_work import PDF
from tests.privacy.shop import ShopFile, opened
from tests.privacy.test_acts import CASES, PREPARED, Scene, declared, public_functions

ODD: Rights = grants((Deed.VIEW, Deed.CHANGE), (Part.CONTACTS, Part.NOTES, Part.RULES)) | {
    (Deed.VIEW, Part.REQUESTS),
    (Deed.EXPORT, Part.REQUESTS),
    (Deed.ERASE, Part.REQUESTS),
    (Deed.VIEW, Part.LOG),
    (Deed.EXPORT, Part.LOG),
    (Deed.VIEW, Part.COPIES),
    (Deed.CHANGE, Part.COPIES),
    (Deed.VIEW, Part.SHOP),
}
"""A role of one's own, as nobody should make it."""
LETS_IN = grants((Deed.VIEW, Deed.CHANGE), (Part.PEOPLE,)) | grants((Deed.VIEW,), (Part.CONTACTS, Part.SHOP))
WITH_CASE = "data-protection with a case"
"""To whom the case of somebody else is open: of everybody but that person everything stays hidden."""
ROLES = {code: role.rights for code, role in READY_ROLES.items()} | {
    "odd": ODD,
    "lets in": LETS_IN,
    WITH_CASE: DATA_PROTECTION.rights,
}
NUMBER = "5eed" * 8
"""What stands in the log for whoever acts."""
PLANTED = {
    "original": Original.ELSEWHERE,
    "deceased": False,
    "record": "purchase",
    "rule": "service-note",
    "birthday": "1980-05-01",
    "language": "de",
    "country": "DE",
    "happened_at": datetime(2026, 11, 20, 15, tzinfo=UTC),
    "state": ConsentState.REQUESTED,
    "saved_at": datetime(2026, 11, 20, 15, tzinfo=UTC),
}


def _changes_anything(rights: Rights) -> bool:
    return any(deed is Deed.CHANGE for deed, _ in rights)


def _nothing_more(_: Rights) -> bool:
    return True


NEEDS: dict[str, Callable[[Rights], bool]] = {
    "drafts.keep": _changes_anything,
    "drafts.drop": _changes_anything,
    "undoing.undo_import": lambda rights: (Deed.ERASE, Part.CONTACTS) in rights,
    **dict.fromkeys(
        ("recovery_sheet.confirm_sheet", "ways.invite", "ways.keep_key_here", "ways.set_password"), EVERYTHING.issubset
    ),
}
"""What an act needs besides what its declaration says."""
ELSEWHERE = {"setup.furnish", *people_at_work.CASES} - {"staff.cases", "staff.people", "staff.roles"}
"""The first act of a shop, and what changes who works here: each is tried in a shop of its own by `test_acts`."""
_LONG = 999_999
"""Numbers above this one were planted."""


class OneOfMany(Scene):
    """Many acts run in the same shop, so each brings its own of what can be there only once."""

    @cached_property
    def place(self) -> bytes:
        return outside.add_place(self.office, f"Newsletter {self.folder.name}")

    @cached_property
    def another(self) -> Scene:
        name = self.folder.name
        new = contacts.NewContact(name=name, emails=(f"{name}@another.example",))
        return Scene(self.office, contacts.add(self.office, new), self.folder)

    @cached_property
    def waiting(self) -> list[bytes]:
        return self.another.waiting

    @cached_property
    def number(self) -> str:
        return self.another.number


@dataclass
class Walk:
    """A shop in which somebody of one role works, with one person of whom everything is planted."""

    office: Office
    rights: Rights
    folder: Path
    planter: Planter
    planted: bytes
    staff: bytes | None = None
    runs: int = field(default=0)

    @property
    def actor(self) -> Actor:
        return Actor(NUMBER, self.rights, self.staff)

    @property
    def whole(self) -> bool:
        return sees_everything(self.rights)

    def may(self, told: Act) -> bool:
        return allowed(self.rights, told.verb, told.part) and (self.whole or not told.whole)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Whoever has the role works here; before and after, the same hand may do everything, to prepare."""
        self.office.who = self.actor
        try:
            yield
        finally:
            self.office.who = Actor(NUMBER, EVERYTHING)

    def scene(self, name: str) -> Scene:
        """A person of whom something is hidden; to a role that sees all, a fresh one, who may be erased."""
        self.runs += 1
        folder = self.folder / f"{self.runs}-{name}"
        folder.mkdir()
        person = self.planted
        if self.whole:
            new = contacts.NewContact(name="Eva Muster", emails=(f"eva{self.runs}@muster.example",))
            person = contacts.add(self.office, new)
        return OneOfMany(self.office, person, folder)

    def secrets(self) -> dict[str, Planted]:
        """The values that must not come out, and where they were planted."""
        kept_from = hidden_from(self.rights)
        names = {declaration(record).name for record in kept_from}
        made: dict[str, Planted] = {}
        for one in self.planter.planted:
            carried = one.told.carries is not None and getattr(one.row, one.told.carries) in names
            if one.told.record in kept_from or carried:
                value = getattr(one.row, one.column.name)
                random = one.searchable_text and value not in PLANTED.values()
                if random or (type(value) is int and value > _LONG):
                    made[str(value)] = one
        return made


@pytest.fixture(scope="module", params=sorted(ROLES))
def walk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patched:
        for name in SURROUNDINGS:
            (folder / name.lower()).mkdir()
            patched.setenv(name, str(folder / name.lower()))
        with opened(ShopFile(folder / "data")) as office:
            office.who = Actor(NUMBER, EVERYTHING)
            planter = Planter(office, seed=20261122, fixed=PLANTED)
            person = planter.person(office.new_id())
            other = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
            mine = _opened_case(office, other) if request.param == WITH_CASE else None
            yield Walk(office, ROLES[request.param], folder, planter, person, mine)


def _opened_case(office: Office, person: bytes) -> bytes:
    """The case of this person is open to whoever works here."""
    now = office.clock.now()
    row = Staff(id=office.new_id(), number=NUMBER, name="Dora", role=DATA_PROTECTION.code, added_at=now)
    till = now + timedelta(days=30)
    case = OpenCase(
        id=office.new_id(), person_id=person, staff_id=row.id, reason="Beschwerde", opened_at=now, until=till
    )
    for one in (row, case):
        office.store.write(lambda writing, one=one: writing.insert(one))  # type: ignore[misc]
    return row.id


def _acts(walk: Walk, *, allowed_ones: bool) -> list[str]:
    """Backwards: what makes somebody anew is tried before somebody is made alike. Purposes go last, and are gone."""
    told = declared()
    left_out = ELSEWHERE if allowed_ones else {"setup.furnish"}
    chosen = (name for name in told if walk.may(told[name]) is allowed_ones and name not in left_out)
    return sorted(chosen, key=lambda name: (not name.startswith("purposes."), name), reverse=True)


def test_what_the_table_does_not_allow_is_refused_and_nothing_is_written(walk: Walk) -> None:
    functions = dict(public_functions())
    before = pages.tables(walk.office.store.database, bytes(walk.office.keys.database_key))
    with walk.at_work():
        for name in _acts(walk, allowed_ones=False):
            with pytest.raises(Problem) as refused:
                functions[name](walk.office)
            assert refused.value.code is Exit.NOT_ALLOWED, name
    assert pages.tables(walk.office.store.database, bytes(walk.office.keys.database_key)) == before


def test_what_it_allows_can_be_done_and_tells_nothing_that_is_hidden(walk: Walk) -> None:
    secrets, faults = walk.secrets(), dict[str, object]()
    for name in _acts(walk, allowed_ones=True):
        scene = walk.scene(name)
        if name in PREPARED:
            getattr(scene, PREPARED[name])
        with walk.at_work():
            try:
                answer = CASES[name](scene)
            except Problem as problem:
                if problem.code is not Exit.NOT_ALLOWED or NEEDS.get(name, _nothing_more)(walk.rights):
                    faults[name] = problem.what.text
                continue
            told = "\n".join([*leaves(answer), *written(scene.folder)])
        if out := sorted(one.place for value, one in secrets.items() if value in told):
            faults[name] = out
    assert faults == {}


def test_what_changes_who_works_here_is_allowed_to_whom_the_table_says(walk: Walk) -> None:
    told = declared()
    with walk.at_work():
        for name in people_at_work.CASES:
            if walk.may(told[name]):
                walk.office.check_right(told[name])
            else:
                with pytest.raises(Problem):
                    walk.office.check_right(told[name])


def test_no_reading_gives_rows_that_are_hidden(walk: Walk) -> None:
    kept_from = hidden_from(walk.rights)
    with walk.at_work():
        for told in inventory():
            key = told.key

            def everything(reading: Reading, record: type = told.record, key: str = key) -> list[object]:
                some: list[object] = list(reading.page(record, order=(key,), last=None, limit=5))
                counted = [reading.greatest(record, key)] * reading.count(record)
                return [*reading.find(record), *reading.stored(record), *some, *counted]

            seen = walk.office.read(everything)
            carried = {getattr(row, told.carries) for row in seen if told.carries and type(row) is told.record}
            assert told.record not in kept_from or seen == [], told.name
            assert not carried & {declaration(record).name for record in kept_from}, told.name


def _is_there(walk: Walk, one: Planted) -> bool:
    """Whether an act that was tried meanwhile has left it as it was planted."""
    now = walk.office.store.read(lambda reading: reading.get(one.told.record, getattr(one.row, one.told.key)))
    return now is not None and getattr(now, one.column.name) == one.text


def test_a_search_finds_what_is_seen_and_nothing_by_what_is_hidden(walk: Walk) -> None:
    kept_from = hidden_from(walk.rights)
    planted = [one for one in walk.planter.planted if one.column.searchable and one.text and _is_there(walk, one)]
    assert {one.told.part for one in planted} >= {Part.CONTACTS, Part.NOTES, Part.PURCHASES}
    with walk.at_work():
        for one in planted:
            hits = {row.id for row in contacts.find(walk.office, one.text)}
            listed = set(listing.search(walk.office, one.text))
            if one.told.record in kept_from:
                assert hits == listed == set(), one.place
            elif one.told.record is not Company:
                assert hits | listed, one.place


def _lines(walk: Walk) -> list[tuple[str, ...]]:
    """What is typed, for each command that asks something of an open customer file."""
    person, out = id_text(walk.planted), str(walk.folder / "out")
    listed = str(Scene(walk.office, walk.planted, walk.folder).listed)
    purposes.turn(walk.office, "newsletter", on=True)
    blank = paper_forms.print_blank(walk.office, ["newsletter"], walk.folder / "blank").code
    (scan := walk.folder / "scan.pdf").write_bytes(PDF.content)
    signed = ("--scan", str(scan), "--on", walk.office.today().isoformat())
    return [
        ("shop",),
        ("ways list",),
        ("import", listed, "--source", "x", "--basis", "contract", "--dry-run"),
        ("find", "e"),
        ("show", person),
        ("basis set", person, "--basis", "contract", "--reason", "Offer"),
        ("basis list",),
        ("basis list", "--none"),
        ("note", person, "von der Zeile"),
        ("purchase", person, "--amount", "12,00"),
        ("deliver", person, "--to", "Gerda", "--on", "2026-12-01"),
        ("purpose list",),
        ("purpose wording", "newsletter"),
        ("purpose notice",),
        ("consent list", person),
        ("consent give", person, "--purpose", "newsletter", "--how", "paper"),
        ("consent due",),
        ("consent refuse", person, "--purpose", "newsletter"),
        ("consent withdraw", person, "--purpose", "newsletter"),
        ("consent form", person, "--out", out, "--own-accord"),
        ("consent blank", "--purpose", "newsletter", "--out", out),
        ("consent blank", "--purpose", "newsletter", "--occasion", "Markt", "--out", out),
        ("consent file", blank, "--contact", person, *signed, "--yes", "newsletter"),
        ("consent sheet", "--purpose", "newsletter", "--file", listed, "--occasion", "Markt", *signed),
        ("informed list",),
        ("informed list", "--earlier"),
        ("informed tell", person, "--how", "counter"),
        ("notice print", "--out", out),
        ("notice print", "--not-told", "--out", out),
        ("receipt", person, "--out", out),
        ("access-report", person, "--out", out),
        ("take-along", person, "--out", out),
        ("erase", person, "--dry-run"),
        ("erasure-record", "E-2026-001", "--out", out),
        ("retention preview", "--on", "2040-01-01"),
        ("retention run",),
        ("retention queue",),
        ("retention invoices",),
        ("backup list",),
        ("audit show",),
        ("audit verify",),
        ("audit export", "--out", f"{out}.csv"),
        ("audit notice",),
        ("staff list",),
        ("staff cases",),
        ("role list",),
        ("doctor",),
        ("yearly",),
        ("detail show", person),
        ("gate", "--purpose", "newsletter", "--channel", "email"),
        ("list make", "--purpose", "orders", "--channel", "email", "--form", "csv", "--out", out),
        ("object list", person),
        ("mending list",),
    ]


NOT_TYPED = {
    "window": "opens the window",
    "init": "begins a new file",
    "recover": "opens a locked file",
    "recovery-sheet": "an act of its own, tried above",
    "ways remove": "changes keys",
    "ways password": "changes keys",
    "ways this-account": "changes keys",
    "ways invite": "changes keys",
    "rotate-key": "changes keys",
    "undo-import": "an act of its own, tried above",
    "purpose add": "an act of its own, tried above",
    "purpose use": "an act of its own, tried above",
    "add": "an act of its own, tried above",
    "retention keep": "an act of its own, tried above",
    "retention hold": "an act of its own, tried above",
    "retention erase": "an act of its own, tried above",
    "backup create": "an act of its own, tried above",
    "backup verify": "an act of its own, tried above",
    "backup restore": "an act of its own, tried above",
    "backup person": "an act of its own, tried above",
    "backup expire": "an act of its own, tried above",
    "audit keep": "an act of its own, tried above",
    "audit prune": "an act of its own, tried above",
    "staff add": "changes who works here",
    "staff role": "changes who works here",
    "staff until": "changes who works here",
    "staff rename": "changes who works here",
    "staff reset": "changes who works here",
    "staff password": "changes who works here",
    "staff remove": "changes who works here",
    "staff second-factor": "changes who works here",
    "staff report": "tells of somebody who works here",
    "staff own-report": "tells whoever asks of themselves; nobody signed in by name here",
    "staff case": "changes who works here",
    "staff close-case": "changes who works here",
    "role save": "changes roles",
    "role remove": "changes roles",
    "where": "says where files lie",
    "lock": "asks the open window to lock, and opens no file",
    "detail add": "an act of its own, tried above",
    "detail remove": "an act of its own, tried above",
    "object": "an act of its own, tried above",
    "object weigh": "an act of its own, tried above",
    "object back": "an act of its own, tried above",
    "restrict": "an act of its own, tried above",
    "restrict lift": "an act of its own, tried above",
    "wish add": "an act of its own, tried above",
    "wish drop": "an act of its own, tried above",
    "mending done": "an act of its own, tried above",
}
"""Commands that are not typed here, each with its reason."""


def test_the_command_line_tells_nothing_that_is_hidden(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = [value for value, one in walk.secrets().items() if one.searchable_text]
    lines = _lines(walk)
    assert {line[0] for line in lines} ^ {command.name for command in COMMANDS} == NOT_TYPED.keys()
    monkeypatch.setattr(Call, "_opened", lambda _: walk.office)
    monkeypatch.setattr(walk.office, "close", lambda: None)
    codes: dict[str, int] = {}
    for name, *rest in lines:
        with walk.at_work():
            for form in ((), ("--json",)):
                codes[name] = run([*name.split(), *rest, *form])
                told = capsys.readouterr()
                out = [value for value in secrets if value in told.out + told.err]
                assert out == [], f"{name}: {[walk.secrets()[value].place for value in out]}"
    assert not {MISTAKE, Exit.USAGE} & set(codes.values()), codes
    assert codes["find"] == Exit.DONE
    may = allowed(walk.rights, Verb.ADD, Part.PURCHASES)
    assert codes["purchase"] == (Exit.DONE if may else Exit.NOT_ALLOWED)
    assert codes["access-report"] == (Exit.DONE if walk.whole else Exit.NOT_ALLOWED)


def test_the_program_by_itself_may_look_and_check_but_not_change(office: Office) -> None:
    person = contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))
    office.who = PROGRAM
    assert retention.run(office).found == 0
    with pytest.raises(Problem) as refused:
        contacts.note(office, person, "by itself")
    assert refused.value.code is Exit.NOT_ALLOWED
