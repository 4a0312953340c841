"""The first run, step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop_crm.host.computer import Checked, State
from desktop_crm.host.drives import Drive
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import Sheet
from desktop_crm.services.settings import SavedHow, Who
from desktop_crm.services.starting import KeyPlace, Opening, OpeningState, Pause
from desktop_crm.ui.courier import Failed
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.problems import Way
from desktop_crm.ui.look.spoken import speak
from desktop_crm.ui.welcome.course import Course, Made, Place
from desktop_crm.ui.welcome.page import Welcome
from desktop_crm.ui.welcome.place import WhereKept
from desktop_crm.ui.welcome.sheet import YourSheet
from desktop_crm.ui.welcome.shop import YourShop
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem
from installers.bench.keys import KeysInMemory
from installers.pictures.stage import Filled, Scene, Stage

LONG = "Blumenwerkstatt und Gartenfachbetrieb Weber & Töchter, Inhaberin Anna-Katharina Weber-Schneidewind e. K."
SHEET = Sheet(("K7QF", "9XTM", "W3RB", "HC4N", "P8VD", "2VGS", "YE6J", "T5ZA"), "7KXN")
Kind = TypeVar("Kind")
HOME = Path("/home/anna/.local/share/desktop-crm")


class NoDoor:
    """Leads nowhere: a picture is of this side of it."""

    def enter(self, work: Callable[[], Office], failed: Failed | None = None) -> None:
        """Stays where it is."""

    def come_in(self, office: Office, screen: str = "", **where: object) -> None:
        """Stays where it is."""

    def look_again(self) -> None:
        """Stays where it is."""

    def use_folder(self, folder: VaultFolder) -> None:
        """Stays where it is."""

    def lock(self) -> None:
        """Stays where it is."""

    def show_problem(
        self,
        problem: Problem,
        retry: Callable[[], None] | None = None,  # noqa: ARG002
        *,
        other: Way | None = None,  # noqa: ARG002
    ) -> None:
        """A picture has no problems."""
        raise problem


def doorstep(stage: Stage) -> Doorstep:
    """Where a person stands before the file is open."""
    speak(stage.words)
    clock, pause = stage.clock, Pause(stage.clock)
    folder = VaultFolder(HOME)
    return Doorstep(stage.window, NoDoor(), folder, clock, stage.courier, stage.chosen, stage.words, pause)


def _welcome(stage: Stage) -> QWidget:
    door = doorstep(stage)
    door.state = OpeningState(Opening.NO_FILE)
    return Welcome(door)


def of_kind(shown: object, kind: type[Kind]) -> Kind:
    """What is shown, which must be of this kind."""
    if not isinstance(shown, kind):
        raise TypeError(f"no {kind.__name__} is on the stage")
    return shown


def _page(stage: Stage) -> Welcome:
    return of_kind(stage.window.centralWidget(), Welcome)


def _fill_in(course: Course, name: str = "Blumen Weber") -> None:
    answers = course.answers
    answers.name, answers.responsible = name, "Anna Weber"
    answers.street, answers.postal_code, answers.city = "Lindenplatz 3", "04177", "Leipzig"
    answers.phone, answers.email = "0341 555 0123", "hallo@blumen-weber.example"
    answers.country, answers.region = "DE", "SN"


def _at(stage: Stage, number: int, name: str = "Blumen Weber") -> Welcome:
    page = _page(stage)
    _fill_in(page.course, name)
    keys = KeyPlace(KeysInMemory(), M("the safe place for keys of this computer"))
    page.course.made = Made(stage.office, stage.folder, keys, False, SHEET)
    page.go_to(number)
    stage.settle()
    return page


def _shop(stage: Stage) -> None:
    _at(stage, 1)


def _shop_wrong(stage: Stage) -> None:
    page = _at(stage, 1, LONG)
    step = of_kind(page.step, YourShop)
    step.fields["name"].set_text("")
    step.fields["email"].set_text("hallo")
    page.forth()


def _place(stage: Stage) -> WhereKept:
    page = _page(stage)
    _fill_in(page.course)
    page.go_to(2)
    stage.settle()
    return of_kind(page.step, WhereKept)


def _looked(*, keys: bool = True, against: tuple[M, ...] = (), taken: bool = False, asks: bool = False) -> Place:
    checks = (
        Checked(M("Disk encryption"), State.RIGHT, M("on")),
        Checked(
            M("Screen lock"),
            State.BETTER,
            M("after {n} minute", "after {n} minutes", n=30),
            M("Better let it lock after {n} minute.", "Better let it lock after {n} minutes.", n=5),
        ),
        Checked(M("Clock"), State.RIGHT, M("right, set over the network")),
    )
    store = KeysInMemory() if keys else None
    keys_at = KeyPlace(store, M("the safe place for keys of this computer"))
    return Place(HOME, against, taken, keys_at, checks, asks_first=asks)


def _where(stage: Stage) -> None:
    _place(stage).show_place(_looked())


def _with_password(stage: Stage) -> None:
    step = _place(stage)
    step.show_place(_looked(keys=False))
    step.who[Who.SEVERAL].click()
    step.password.first.edit.setFocus()
    step.password.first.set_text("lavender tram seven")
    step.password.again.set_text("lavender tram seven")


def _better_elsewhere(stage: Stage) -> None:
    against = M(
        "The folder “{folder}” is copied to {cloud} by itself. The copies there outlive what you erase here, and a "
        "copy made while you work can be broken. Better choose a folder that stays on this computer.",
        folder=str(HOME),
        cloud="Dropbox",
    )
    _place(stage).show_place(_looked(against=(against,), taken=True))


def _sheet(stage: Stage) -> YourSheet:
    return of_kind(_at(stage, 3).step, YourSheet)


def _typing(stage: Stage) -> None:
    part = _sheet(stage).part
    part.fields[3].line.setText("W3RB")
    part.fields[3].left()
    part.fields[7].take_focus()
    part.fields[7].line.setText("YE6")


def _slip(stage: Stage) -> None:
    part = _sheet(stage).part
    part.fields[3].line.setText("W3RR")
    part.fields[3].left()
    part.finish()


def _stick(stage: Stage) -> None:
    part = _sheet(stage).part
    part.ways[SavedHow.ON_A_STICK].setChecked(True)
    part.stick.show()
    part.stick.show_drives([Drive(Path("/media/anna/KINGSTON"), "KINGSTON"), Drive(Path("/media/anna/FOTOS"), "FOTOS")])


def _no_stick(stage: Stage) -> None:
    part = _sheet(stage).part
    part.ways[SavedHow.ON_A_STICK].setChecked(True)
    part.stick.show()
    part.stick.show_drives([])


def _purposes(stage: Stage) -> None:
    _at(stage, 4)


def _begin(stage: Stage) -> None:
    _at(stage, 5)


def _missing(stage: Stage) -> QWidget:
    stage.chosen.remember(folder="/media/anna/KINGSTON/Desktop CRM")
    return _welcome(stage)


def _nothing(_: Stage) -> None:
    """The page as it comes."""


def _scene(name: str, play: Callable[[Stage], object], stage: Callable[[Stage], QWidget] = _welcome) -> Scene:
    return Scene(name, play, Filled.EMPTY, stage)


SCENES = (
    _scene("1-language", _nothing),
    _scene("2-shop", _shop),
    _scene("2-shop-wrong", _shop_wrong),
    _scene("3-where", _where),
    _scene("3-asks", lambda stage: _place(stage).show_place(_looked(asks=True))),
    _scene("3-password", _with_password),
    _scene("3-elsewhere", _better_elsewhere),
    _scene("4-sheet", _sheet),
    _scene("4-typing", _typing),
    _scene("4-slip", _slip),
    _scene("4-stick", _stick),
    _scene("4-no-stick", _no_stick),
    _scene("5-purposes", _purposes),
    _scene("6-begin", _begin),
    _scene("folder-missing", _nothing, _missing),
)
