"""Every file the program keeps on this computer: what for, how big, whether encrypted, and who can open it."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.host import preferences
from desktop_crm.records.audit import Verb
from desktop_crm.records.technical import Setting
from desktop_crm.services.acts import act
from desktop_crm.services.office import Office
from desktop_crm.services.settings import PAPERS_FOLDER, value_of
from desktop_crm.vault.facts import FileFact, describe
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M


@act(Verb.LIST, Setting)
def files(office: Office, folder: VaultFolder) -> list[FileFact]:
    """The files of the customer file, the window's own, and the folder of the papers, if one was chosen."""
    papers = Path(office.read(lambda reading: value_of(reading, PAPERS_FOLDER)) or folder.path)
    told = known_files(folder)
    if papers != folder.path and papers.is_dir():
        told.append(_papers(papers))
    return told


def known_files(folder: VaultFolder) -> list[FileFact]:
    """The same without the papers: needs no key, so it can be told before the file is open."""
    told = describe(folder)
    chosen = preferences.config_dir() / preferences.FILE_NAME
    if chosen.exists():
        told.append(
            FileFact(
                chosen,
                M("Language, look and place of the window, for this computer account."),
                False,
                M("Anyone with access to the folder can read it; no customer in it."),
            )
        )
    return told


def _papers(folder: Path) -> FileFact:
    return FileFact(
        folder,
        M("Folder for papers you saved. What lies there is yours to delete: erasing does not reach it."),
        False,
        M("Anyone with access to the folder; a paper with a password only with that."),
    )
