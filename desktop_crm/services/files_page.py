"""Every file the program keeps on this computer: what for, how big, whether encrypted, and who can open it."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.host import preferences
from desktop_crm.host.paths import CRASH_FILE, example_folder
from desktop_crm.records.audit import Verb
from desktop_crm.records.technical import Setting
from desktop_crm.services.acts import act
from desktop_crm.services.office import Office
from desktop_crm.services.settings import PAPERS_FOLDER, value_of
from desktop_crm.vault.facts import FileFact, describe
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M


@act(Verb.LIST, Setting)
def files(office: Office, folder: VaultFolder, usual_papers: Path) -> list[FileFact]:
    """The files of the customer file, the window's own, and the folders papers went to.

    `usual_papers`: where papers go until another folder is chosen; what was saved there before stays there.
    """
    chosen = office.read(lambda reading: value_of(reading, PAPERS_FOLDER))
    papers = dict.fromkeys([*([Path(chosen)] if chosen else []), usual_papers])
    return [*known_files(folder), *(_papers(one) for one in papers if one != folder.path and one.is_dir())]


def known_files(folder: VaultFolder) -> list[FileFact]:
    """The same without the papers: needs no key, so it can be told before the file is open."""
    told = describe(folder)
    chosen = preferences.config_dir() / preferences.FILE_NAME
    if chosen.exists():
        told.append(_own(chosen, M("Language, look and place of the window, for this computer account.")))
    for crash in sorted(preferences.config_dir().glob(CRASH_FILE.format(window="*"))):
        told.append(_own(crash, M("Notes where in the program it was, should the program end by itself.")))
    example = example_folder(folder.path)
    if example.is_dir():
        everybody = M("Anyone with access to the folder; everybody in it is made up.")
        told.append(FileFact(example, M("Folder of the example shop."), False, everybody))
    return told


def _own(path: Path, purpose: M) -> FileFact:
    return FileFact(path, purpose, False, M("Anyone with access to the folder can read it; no customer in it."))


def _papers(folder: Path) -> FileFact:
    return FileFact(
        folder,
        M("Folder for papers you saved. What lies there is yours to delete: erasing does not reach it."),
        False,
        M("Anyone with access to the folder; a paper with a password only with that."),
    )
