"""The customer file that is worked on while programs are killed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_crm.host.clock import SystemClock
from desktop_crm.services import setup, staff_sign_in
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.staff import tiles
from tests.faults.folder_keystore import FolderKeyStore

SHOP = Shop(
    name="Blumen Weber",
    country="DE",
    region="SN",
    language="de",
    zone="Europe/Berlin",
    begun_on=date(2026, 1, 1),
    email="hallo@blumen-weber.example",
)


OWNER, PASSWORD, OTHER = "Anna", "four plain wooden chairs", "another seven green doors"


def folder_of(root: Path) -> VaultFolder:
    """The folder of the customer file below `root`."""
    return VaultFolder(root / "data")


def keys_of(root: Path) -> FolderKeyStore:
    """The key store below `root`."""
    return FolderKeyStore(root / "keys")


def begin(root: Path) -> Office:
    """A new customer file, open."""
    return setup.begin(folder_of(root), SHOP, clock=SystemClock(), keystore=keys_of(root), passphrase=None).office


def reopen(root: Path) -> Office:
    """The customer file as the next start of the program finds it."""
    return setup.open_office(folder_of(root), clock=SystemClock(), keystore=keys_of(root), passphrase=None)


def as_owner(root: Path) -> Office:
    """The customer file as the owner opens it, where people sign in by name."""
    number = next(tile.number for tile in tiles(folder_of(root), keys_of(root)) if tile.name == OWNER)
    return as_person(root, number, PASSWORD)


def as_person(root: Path, number: str, password: str) -> Office:
    """The customer file as somebody else opens it."""
    return staff_sign_in.open_as(folder_of(root), number, password, None, clock=SystemClock(), keystore=keys_of(root))
