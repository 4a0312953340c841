"""Ways through the whole program, walked by `Hands`. Each is a process of its own: see `tests/ui/whole/at_work.py`."""

from __future__ import annotations

import random
import string
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop_crm.host.clock import SystemClock
from desktop_crm.host.keystore import system_keystore
from desktop_crm.services import purposes, setup, staff
from desktop_crm.services.shop import Shop
from desktop_crm.ui.frame.leaving import Leaving
from desktop_crm.ui.welcome.page import Welcome
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault.folder import VaultFolder
from tests.ui.whole.hands import CTRL, Hands, Key, Typing, name_of

ROOT = Path(__file__).parents[3]
LIST = ROOT / "tests" / "samples" / "google-contacts.csv"
SHIFT = Qt.KeyboardModifier.ShiftModifier
WHO = "Łucja Kowalska"
PLAIN = "Lucja Kowalska"
PURPOSE = "Newsletter by e-mail"
_FEW_CLICKS = 2


def by_mouse(folder: Path, *_: str) -> None:
    """The whole life of one person in the file, with the mouse."""
    _whole_way(Hands(folder))


def by_keyboard(folder: Path, *_: str) -> None:
    """The same by the keyboard alone."""
    _whole_way(Typing(folder))


def _whole_way(hands: Hands) -> None:
    first_run(hands)
    hands.do("Choose a list")
    bring_in(hands, LIST)
    hands.wait(lambda: hands.says("people are in"))
    hands.do("Go to contacts")
    find(hands, PLAIN)
    _type_half_a_note_and_lock(hands)
    _permission(hands)
    _copy(hands)
    _erase(hands)
    assert not [line for line in hands.listed() if line.startswith(WHO)], hands.listed()
    hands.key(Key.Key_K, CTRL)
    hands.write(PLAIN)
    hands.wait(lambda: any("Kowalska" in line for line in hands.listed()))
    assert not [line for line in hands.listed() if line.startswith(WHO)], hands.listed()
    hands.key(Key.Key_Escape)
    hands.quit()


def first_run(hands: Hands) -> None:
    """The six steps, up to the three ways to begin."""
    hands.do("Continue")
    hands.fill("Name of the shop", "Blumen Weber")
    hands.do("Continue")
    hands.do("Only me")
    hands.do("Continue")
    page = hands.window.page
    assert isinstance(page, Welcome)
    groups = page.course.the_file().sheet.groups
    for number in (3, 7):
        hands.fill(f"Group {number}", groups[number - 1].lower())
    hands.do("Continue")
    hands.do(PURPOSE)
    hands.do("Continue")


def read_notice(hands: Hands) -> None:
    """At the first sign-in: what the activity log notes."""
    hands.wait(lambda: hands.session.is_open)
    hands.wait(lambda: hands.says("What the activity log notes about your work"))
    hands.do("I have read this")
    hands.calm()


def bring_in(hands: Hands, path: Path, *, start: bool = True) -> None:
    """A list, up to its result, or up to the last button."""
    hands.answer_dialog(path)
    hands.do("Choose a file")
    hands.wait(lambda: hands.says("Which column is what?"))
    hands.do("Continue")
    hands.do("They buy from us")
    hands.fill("Where is the list from?", "Contacts of the shop's phone")
    hands.do("Continue")
    hands.wait(lambda: hands.says("This would come in"))
    hands.calm()
    if start:
        hands.do("Bring in")


def find(hands: Hands, typed: str) -> None:
    """Somebody, by typing, and their page."""
    hands.key(Key.Key_2, CTRL)
    hands.wait(lambda: not hands.says("Nobody yet"))
    hands.calm()
    hands.key(Key.Key_F, CTRL)
    hands.write(typed)
    hands.wait(lambda: bool(hands.listed()))
    hands.calm()
    hands.key(Key.Key_Return)
    hands.wait(lambda: hands.says("How long we keep this"))


def _note(hands: Hands) -> QPlainTextEdit:
    """The box for a note on the page of a contact."""
    found = hands.control("Note", QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def _type_half_a_note_and_lock(hands: Hands) -> None:
    hands.fill("Note", "White roses, and")
    hands.key(Key.Key_L, CTRL)
    assert hands.says("No customer data on this page"), hands.seen()
    assert not hands.says(WHO)
    hands.do("Open")
    read_notice(hands)
    find(hands, PLAIN)
    assert _note(hands).toPlainText() == "White roses, and"


def _permission(hands: Hands) -> None:
    hands.key(Key.Key_C, CTRL | SHIFT)
    hands.do(PURPOSE)
    hands.do("Paper form")
    hands.do(f"{PURPOSE}: Yes")
    hands.fill("Where the proof lies", "Folder 2026, sheet 12")
    hands.do("Record the answers")
    hands.wait(lambda: hands.says(f"Said yes: {PURPOSE}"))


def _copy(hands: Hands) -> None:
    hands.acts = 0
    hands.do("Give a copy")
    hands.do("Make the PDF")
    assert hands.acts <= _FEW_CLICKS
    assert list(Path.home().rglob("access-*.pdf")), hands.seen()
    hands.do("Handed over")


def _erase(hands: Hands) -> None:
    find(hands, PLAIN)
    hands.do("Erase …")
    hands.do("No longer needed")
    hands.fill("Type the name", PLAIN)
    hands.do("Erase")
    hands.wait(lambda: hands.says("Erasure record no."))
    hands.do("Done")


def tell(line: str) -> None:
    """Say how far it is to whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def importing(folder: Path, path: str, *_: str) -> None:
    """A long import is running: says so, and goes on until somebody ends it."""
    hands = Hands(folder)
    first_run(hands)
    hands.do("Choose a list")
    bring_in(hands, Path(path), start=False)
    hands.start("Bring in")
    tell("running")
    hands.wait(lambda: not hands.session.jobs)
    tell("finished")


def quitting(folder: Path, path: str, *_: str) -> None:
    """Quit while a long import is running: asked first, then it stops whole and the program ends."""
    hands = Hands(folder)
    first_run(hands)
    hands.do("Choose a list")
    bring_in(hands, Path(path), start=False)
    hands.start("Bring in")
    QTimer.singleShot(0, hands.window.close)
    hands.wait(lambda: isinstance(Overlay.top(hands.shell), Leaving))
    assert not hands.ended
    leaving = Overlay.top(hands.shell)
    assert isinstance(leaving, Leaving)
    leaving.stop_button.click()
    hands.wait(lambda: hands.ended)
    hands.end()


def looking(folder: Path, *_: str) -> None:
    """After a bad end: nobody is half in, and a list can be brought in."""
    hands = Hands(folder)
    read_notice(hands)
    hands.key(Key.Key_2, CTRL)
    assert hands.says("Nobody yet"), hands.seen()
    hands.do("Bring in a list")
    bring_in(hands, LIST)
    hands.wait(lambda: hands.says("people are in"))
    hands.quit()


def minimised(folder: Path, *_: str) -> None:
    """Wait out of sight until another start calls the window."""
    hands = Hands(folder)
    hands.window.showMinimized()
    hands.calm()
    tell("minimised")
    hands.wait(lambda: not hands.window.isMinimized() and hands.window.isVisible())
    tell("forward")
    hands.end()


def canaries(folder: Path, seed: str, fault: str = "", *_: str) -> None:
    """A whole session with somebody whose every field is a canary. Prints the canaries."""
    hands = Hands(folder)
    planted = Canaries(int(seed))
    if fault == "title":
        hands.session.opened.connect(lambda _: hands.window.setWindowTitle(planted.word()))
    first_run(hands)
    _add_canary(hands, planted)
    _work_with(hands, planted)
    hands.fill("Note", planted.word())
    hands.key(Key.Key_L, CTRL)
    hands.do("Open")
    read_notice(hands)
    hands.key(Key.Key_2, CTRL)
    _choose_file_in(hands, Path.home() / planted.word())
    hands.key(Key.Key_Q, CTRL)
    hands.do("Leave without saving")
    hands.wait(lambda: hands.ended)
    hands.end()
    seen = [text for text in planted.all if any(text in title for title in hands.titles | planted.objects)]
    assert not seen, f"a title or the name of an object holds {len(seen)} canaries"
    tell("\n".join(planted.all))


def _add_canary(hands: Hands, planted: Canaries) -> None:
    hands.do("Add a person")
    hands.do("More")
    hands.do("What no purpose asks for")
    planted.fill_in(hands)
    hands.do("Save")
    hands.calm()
    hands.wait(lambda: hands.says(planted.values["Name"]))
    planted.names_of_objects(hands)
    hands.fill("Note", planted.word())
    hands.key(Key.Key_Return)


def _work_with(hands: Hands, planted: Canaries) -> None:
    """Permission, a copy of their data, a look at the erasure, the palette."""
    name = planted.values["Name"]
    _permission(hands)
    hands.do("Give a copy")
    hands.do("Make the PDF")
    hands.do("Close")
    find(hands, name)
    hands.do("Erase …")
    planted.names_of_objects(hands)
    hands.do("Cancel")
    hands.key(Key.Key_K, CTRL)
    hands.write(name)
    hands.wait(lambda: any(name in line for line in hands.listed()))
    planted.names_of_objects(hands)
    hands.key(Key.Key_Escape)


def _choose_file_in(hands: Hands, place: Path) -> None:
    """Qt's dialog for files goes into a folder that is called like a customer."""
    place.mkdir()
    copied = place / "list.csv"
    copied.write_bytes(LIST.read_bytes())
    QTimer.singleShot(0, lambda: hands.shell.acts.do("import", None))
    hands.wait(lambda: hands.says("Which list?"))
    hands.answer_dialog(copied)
    hands.do("Choose a file")
    hands.wait(lambda: hands.says("Which column is what?"))
    copied.unlink()
    place.rmdir()


def left(folder: Path, seed: str, rounds: str, *_: str) -> None:
    """Somebody full of canaries is on the screen, half a note is typed, and the computer is left: again and again."""
    hands = Hands(folder)
    planted = Canaries(int(seed))
    shut: list[int] = []
    hands.session.shut.connect(lambda: shut.append(1))
    first_run(hands)
    _add_canary(hands, planted)
    go_on, draft = Path.home() / "go-on", ""
    for number in range(int(rounds)):
        find(hands, planted.values["Name"])
        assert _note(hands).toPlainText() == draft
        hands.fill("Note", planted.word())
        draft = _note(hands).toPlainText()
        QApplication.clipboard().setText(planted.word())
        tell("open")
        hands.wait(lambda number=number: len(shut) > number)  # type: ignore[misc]
        hands.calm()
        assert hands.says("No customer data on this page"), hands.seen()
        assert not QApplication.clipboard().text()
        said = " ".join([hands.seen(), *hands.titles])
        assert not [word for word in planted.all if word in said]
        tell(f"locked {len(_open_in(folder))} {' '.join(planted.all)}")
        hands.wait(go_on.exists)
        go_on.unlink()
        hands.do("Open")
        if number == 0:
            read_notice(hands)
        hands.wait(lambda: hands.session.is_open)
    hands.quit()


def staffed(folder: Path, seed: str, *_: str) -> None:
    """Somebody at the counter signs in by name and works everywhere; it locks; then they are on the screen again."""
    _with_people(folder)
    hands = Hands(folder)
    planted = Canaries(int(seed))
    shut: list[int] = []
    hands.session.shut.connect(lambda: shut.append(1))
    _sign_in(hands)
    read_notice(hands)
    hands.key(Key.Key_N, CTRL)
    hands.do("More")
    hands.do("What no purpose asks for")
    planted.fill_in(hands)
    hands.do("Save")
    name = planted.values["Name"]
    for number in range(1, 6):
        hands.key(Key(Key.Key_0 + number), CTRL)
    find(hands, name)
    _permission(hands)
    hands.key(Key.Key_K, CTRL)
    hands.write(name)
    hands.wait(lambda: any(name in line for line in hands.listed()))
    hands.key(Key.Key_Escape)
    find(hands, name)
    hands.fill("Note", planted.word())
    QApplication.clipboard().setText(planted.word())
    hands.key(Key.Key_L, CTRL)
    hands.wait(lambda: bool(shut))
    hands.calm()
    said = " ".join([hands.seen(), *hands.titles, QApplication.clipboard().text()])
    assert not [word for word in planted.all if word in said]
    tell(f"locked {len(_open_in(folder))} {' '.join(planted.all)}")
    hands.wait((Path.home() / "go-on").exists)
    _sign_in(hands)
    find(hands, name)
    hands.fill("Note", planted.word())
    tell(f"open {len(_open_in(folder))} {' '.join(planted.all)}")
    hands.wait(lambda: False)


_HERS, _HIS = "lavender tram seven kettle", "walnut harbour comet nine"


def _with_people(folder: Path) -> None:
    """A shop with an owner, and with Tom at the counter."""
    place, clock, keys = VaultFolder(folder), SystemClock(), system_keystore()
    shop = Shop("Blumen Weber", "DE", "SN", "en", "Europe/Berlin", clock.now().date())
    office = setup.begin(place, shop, clock=clock, keystore=keys, passphrase=None).office
    purposes.use(office, ["newsletter"])
    staff.add_person(office, place, keys, staff.NewPerson("Anna", "owner", _HERS))
    staff.add_person(office, place, keys, staff.NewPerson("Tom", "staff", _HIS, alone_ends=True))
    office.close()


def _sign_in(hands: Hands) -> None:
    hands.do("Tom")
    hands.fill("Password", _HIS)
    hands.key(Key.Key_Return)
    hands.wait(lambda: hands.session.is_open)
    hands.calm()


def _open_in(folder: Path) -> list[Path]:
    """What this process holds open in a folder."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one by which they are listed
            found.append(one.readlink())
    return [path for path in found if folder in path.parents]


class Canaries:
    """Random values that are found wherever they are written."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.all: list[str] = []
        self.values: dict[str, str] = {}
        self.objects: set[str] = set()

    def word(self) -> str:
        """A word that occurs nowhere else."""
        self.all.append("".join(self._random.choices(string.ascii_lowercase, k=14)))
        return self.all[-1]

    def fill_in(self, hands: Hands) -> None:
        """Every field of the form."""
        panel = Overlay.top(hands.shell)
        assert panel is not None
        for field in panel.findChildren(QLineEdit):
            name = name_of(field)
            if not field.isVisible() or not name or name in {"Birthday", "Told how we use data, on"}:
                continue
            self.values[name] = self._value(name)
            hands.fill(name, self.values[name])

    def names_of_objects(self, hands: Hands) -> None:
        """Remember how every part of the program is named inside."""
        every = [*QApplication.topLevelWidgets(), hands.app]
        self.objects |= {one.objectName() for top in every for one in [top, *top.findChildren(QObject)]}

    def _value(self, name: str) -> str:
        if name == "Phone":
            self.all.append("".join(self._random.choices("23456789", k=9)))
            return f"+4934{self.all[-1]}"
        if name == "E-mail":
            return f"{self.word()}@{self.word()}.example"
        if name == "Website":
            return f"https://{self.word()}.example"
        return self.word()


_EVERY = by_mouse, by_keyboard, importing, quitting, looking, minimised, canaries, left, staffed
WAYS = {way.__name__: way for way in _EVERY}
