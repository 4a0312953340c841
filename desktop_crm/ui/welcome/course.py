"""The first run as it stands: what was answered, and the customer file as soon as there is one."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from desktop_crm.host.computer import Checked, computer_check
from desktop_crm.host.keystore import asks_first
from desktop_crm.services import recovery_sheet, settings, setup
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import Sheet
from desktop_crm.services.settings import WHO_WORKS, Who
from desktop_crm.services.shop import Shop
from desktop_crm.services.starting import KeyPlace, Opening, folder_check, key_place, opening_state
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.welcome.answers import Answers
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M

OWN_FOLDER = "Desktop CRM"
"""Made inside a chosen folder where other things lie already."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for the customer file, looked at."""

    folder: Path
    against: tuple[M, ...]
    """What speaks against it."""
    taken: bool
    """Whether a customer file lies there already."""
    keys: KeyPlace
    checks: tuple[Checked, ...]
    asks_first: bool
    """Whether the computer asks for a password before it keeps a key."""


@dataclass(slots=True)
class Made:
    """The customer file of this first run, open, and what it was made with."""

    office: Office
    folder: VaultFolder
    keys: KeyPlace
    guarded: bool
    """Whether a password opens it, and not this computer's key."""
    sheet: Sheet
    password: str = field(default="", repr=False)
    """Empty where it is not known any more: the program was closed in between."""

    def fits(self, folder: Path, guarded: bool, password: str) -> bool:
        """Whether it lies there and opens that way."""
        kept = not guarded or password in ("", self.password)
        return same(self.folder.path, folder) and self.guarded is guarded and kept


class Course:
    """What the six steps share."""

    def __init__(self, door: Doorstep, answers: Answers) -> None:
        self.door = door
        self.answers = answers
        self.place: Place | None = None
        self.made: Made | None = None
        self.sheet_checked = False
        self.sheet_is_another = False
        """Whether it is not the sheet that somebody may have seen before the program was closed."""
        self.purposes_chosen = False
        """Until somebody chose, only what no shop can do without is ticked."""

    def the_file(self) -> Made:
        """The customer file, in steps that come after it was made."""
        if self.made is None:
            raise LookupError("no customer file was made yet")
        return self.made

    @property
    def guarded(self) -> bool:
        """Whether a password is asked at each start."""
        no_keys = self.place is not None and self.place.keys.store is None
        return no_keys or self.answers.who is Who.SEVERAL

    @property
    def password_is_set(self) -> bool:
        """Whether the file that was made has a password already, so that none has to be typed."""
        return self.made is not None and self.made.guarded

    @property
    def would_begin_anew(self) -> bool:
        """Whether the answers ask for another file than the one that was made, with another recovery sheet."""
        wanted = (self.answers.folder, self.guarded, self.answers.password)
        return self.made is not None and not self.made.fits(*wanted)

    def look_at(self, folder: Path) -> Place:
        """Look at a folder, at the place for keys, and at the computer. Called on a worker thread."""
        keys = key_place(VaultFolder(folder)) if self.made is None else self.made.keys
        here = self.made is not None and same(self.made.folder.path, folder)
        state = None if here else opening_state(VaultFolder(folder)).page
        checks = computer_check(folder, self.door.clock)
        taken = state not in (None, Opening.NO_FILE, Opening.UNFINISHED)
        asks = self.made is None and asks_first(keys.store)
        return Place(folder, tuple(folder_check(folder)), taken, keys, tuple(checks), asks)

    def settle(self) -> Made:
        """Make the customer file as answered, or bring the one that was made in line. Called on a worker thread.

        Raises Problem.
        """
        shop = self.answers.shop(self.door.words.language, self.door.clock)
        if self.made is not None and self.would_begin_anew:
            made, self.made = self.made, None
            self.sheet_checked = self.sheet_is_another = False
            setup.abandon(made.office, made.folder, keystore=made.keys.store)
        made = self.made or self._begin(shop)
        self.made = made
        _bring_in_line(made.office, shop)
        settings.put(made.office, WHO_WORKS, self.answers.who or Who.ONE)
        return made

    def go_on_with(self, office: Office) -> None:
        """Take over a file that was left half-way. What stood on its sheet is not known any more: it gets a new one.

        Called on a worker thread.
        """
        folder = self.door.folder
        who = settings.get(office, WHO_WORKS)
        keys = key_place(folder)
        self.answers = Answers.of(office.shop, folder.path, who)
        guarded = who is Who.SEVERAL or keys.store is None
        self.made = Made(office, folder, keys, guarded, recovery_sheet.new_sheet())
        self.place = self.look_at(folder.path)
        self.sheet_checked = settings.get(office, settings.SHEET_CHECKED_ON) is not None
        self.sheet_is_another = not self.sheet_checked

    def _begin(self, shop: Shop) -> Made:
        folder = VaultFolder(self.answers.folder)
        keys = self.place.keys if self.place is not None else key_place(folder)
        guarded = self.guarded
        begun = setup.begin(
            folder,
            shop,
            clock=self.door.clock,
            keystore=None if guarded else keys.store,
            passphrase=self.answers.password if guarded else None,
            step_by_step=True,
        )
        sheet = recovery_sheet.sheet_of(begun.recovery_code)
        return Made(begun.office, folder, keys, guarded, sheet, self.answers.password)


def own_folder(chosen: Path) -> Path:
    """The folder itself where it is empty or holds a customer file; else one of our own in it."""
    there = VaultFolder(chosen)
    try:
        foreign = chosen.is_dir() and any(path != there.lock for path in chosen.iterdir())
    except OSError:
        return chosen
    return chosen / OWN_FOLDER if foreign and opening_state(there).page is Opening.NO_FILE else chosen


def same(one: Path, other: Path) -> bool:
    """Whether two paths mean the same folder."""
    return one.expanduser().resolve() == other.expanduser().resolve()


def _bring_in_line(office: Office, shop: Shop) -> None:
    now = office.shop
    names = [told.name for told in fields(Shop) if told.name != "begun_on"]
    changes = {name: getattr(shop, name) for name in names if getattr(shop, name) != getattr(now, name)}
    changes.pop("strapline", None)
    if changes:
        setup.change_shop(office, changes)
