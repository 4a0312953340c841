"""Where papers go: a folder below the documents of this account, or the one the shop chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_crm.host.paths import place_warning
from desktop_crm.services import settings
from desktop_crm.services.office import Office
from desktop_crm.services.settings import PAPERS_FOLDER
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.files import documents_folder
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

NAME = "Desktop CRM papers"
"""What the folder is called unless another one was chosen."""
_WIDTH = 560


@dataclass(frozen=True, slots=True)
class PapersFolder:
    """A folder for papers: whether somebody chose it, and what speaks against it."""

    path: Path
    chosen: bool
    warning: M | None

    @property
    def short(self) -> str:
        """Its last two names, which tell it to whoever chose it."""
        return str(Path(self.path.parent.name, self.path.name))


def usual_folder() -> Path:
    """Where papers go unless another folder was chosen."""
    return documents_folder() / NAME


def papers_folder(office: Office) -> PapersFolder:
    """The folder in force. It asks the file and the disk, so it is called on a worker thread."""
    stored = settings.get(office, PAPERS_FOLDER)
    path = Path(stored) if stored else usual_folder()
    return PapersFolder(path, bool(stored), place_warning(path))


def with_folder(desk: Desk, owner: QWidget, then: Callable[[Path], None], *, once: object = None) -> None:
    """Go on with the folder for papers. Asked is only where nobody chose one and the usual place is a bad one.

    `once` as the courier's: what is to be done in the folder, and must not be under way already.
    """

    def decide(folder: PapersFolder) -> None:
        if folder.chosen or folder.warning is None:
            then(folder.path)
        else:
            FolderSheet(desk, folder, then).open()

    desk.courier.ask(owner, lambda: papers_folder(desk.office), decide, once=once)


def choose_folder(desk: Desk, owner: QWidget, start: Path, then: Callable[[Path], None]) -> None:
    """Let a person choose the folder for papers and remember it."""

    def choose(is_there: bool) -> None:
        path = desk.choose_folder(desk.say(M("Folder for papers")), start if is_there else None)
        if path is not None and isValid(owner):
            keep_folder(desk, owner, path, then)

    # A folder on a drive that sleeps may take seconds to answer: the window does not wait for it.
    desk.courier.ask(owner, start.exists, choose, once=(choose_folder, owner))


def keep_folder(desk: Desk, owner: QWidget, path: Path, then: Callable[[Path], None]) -> None:
    """Remember the folder for papers inside the customer file."""
    desk.courier.ask(owner, lambda: settings.put(desk.office, PAPERS_FOLDER, str(path)), lambda _: then(path))


class FolderSheet(Sheet):
    """Asks once where papers go, because the usual place is copied elsewhere by another program."""

    def __init__(self, desk: Desk, folder: PapersFolder, then: Callable[[Path], None]) -> None:
        """`folder` is the usual place, with its warning; `then` gets the one that was decided on."""
        say = desk.say
        super().__init__(desk.window, say(M("Where do papers go?")), icon="folder", tone=Tone.WARNING, width=_WIDTH)
        self._desk = desk
        self._folder = folder
        self._then = then
        if folder.warning is not None:
            self.body.addWidget(label(say(folder.warning), wrap=True))
        self.body.addWidget(label(str(folder.path), Type.SMALL, "text2", wrap=True, selectable=True))
        other = Button(say(M("Another folder …")), icon="folder", kind=Kind.PRIMARY)
        other.clicked.connect(lambda: choose_folder(desk, self, folder.path, self._decided))
        this = Button(say(M("Use this one all the same")))
        this.clicked.connect(lambda: keep_folder(desk, self, folder.path, self._decided))
        self.footer("", this, other)

    def _decided(self, path: Path) -> None:
        self.close()
        self._then(path)
