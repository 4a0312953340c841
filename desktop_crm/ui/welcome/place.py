"""Third step: where the customer file lies and what opens it. The file is made on leaving it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.host.computer import Checked, State
from desktop_crm.host.keystore import KeyStoreProblem
from desktop_crm.services.settings import Who
from desktop_crm.ui import files
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.course import Course, Place, own_folder
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark, Panel, ink_of
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.label import Elided, Fault, Label, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, line, row
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

_SIGNS = {
    State.RIGHT: ("check", Tone.SUCCESS, "text2"),
    State.BETTER: ("alert", Tone.WARNING, "warning"),
    State.UNKNOWN: ("help", Tone.NEUTRAL, "text3"),
}
_SIDE, _MARK, _GAP = 17, 40, 14
"""What stands beside the words of a row: its edges, its icon, and the gap behind that."""

_BY_COMPUTER = M("Opens when you sign in to this computer")
_BY_PASSWORD = M("A password is asked at every start")


class WhereKept(Step):
    """Folder, key or password, and whether the computer itself is in order."""

    def __init__(self, course: Course) -> None:
        super().__init__(course, M("Where and how it is kept"), M("Your customer list stays on this computer."))
        self.other = Button(self.say(M("Other folder …")))
        self.other.clicked.connect(self._choose_folder)
        self.open_that = Button(self.say(M("Open that one")))
        self.open_that.clicked.connect(self._open_that)
        self.password = NewPassword()
        self.password.edited.connect(self._typed)
        self._open_who = Fault()
        self.who: dict[Who, ChoiceCard] = {}
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(SPACE_2)
        self._lay_out()
        self._show_guard()

    def come(self) -> None:
        self._look_at(self.course.answers.folder)

    def keep(self) -> None:
        self.course.answers.password = self.password.text() if self.course.guarded else ""

    def go_on(self) -> None:
        self.keep()
        course = self.course
        if course.place is None or not self._is_answered():
            return
        self.busy.emit(True)
        if self._asks_first():
            told = M(
                "The computer may be asking you for a password in a window of its own. If you would rather type one "
                "here at each start, cancel it there."
            )
            self._warnings.addWidget(Banner(self.say(told), Tone.INFO, "key"))
        self.door.courier.ask(self, course.settle, lambda _: self._settled(), failed=self._failed)

    def first(self) -> QWidget:
        return self.who[self.course.answers.who or Who.ONE]

    def _lay_out(self) -> None:
        self._rows = Rows()
        self._path = Elided("", Type.SMALL, "text2")
        self._safe_place = Badge(self.say(M("Not in OneDrive or Dropbox")), Tone.SUCCESS, "check")
        self._rows.add("monitor", self.say(M("On this computer")), self._path, self._safe_place, self.other)
        self._how = label("", Type.SMALL, "text2", wrap=True)
        self._ready = Badge(self.say(M("Ready")), Tone.SUCCESS, "check")
        self._rows.add("lock", self.say(M("Always encrypted")), self._how, self._ready)
        goes_out = M("No cloud, no counting of clicks. Only what you print, send or copy goes out.")
        offline = Badge(self.say(M("No internet needed")), Tone.SUCCESS, "check")
        told = label(self.say(goes_out), Type.SMALL, "text2", wrap=True)
        self._rows.add("shield", self.say(M("Nothing leaves by itself")), told, offline)
        self.add(self._rows, SPACE_2)
        self.add(self._warnings, SPACE_4 - SPACE_2 + 2)
        self._checks = Card(self.say(M("Is the computer itself in order?")))
        self.add(Folding(self._checks, self._made_who(), below=700), SPACE_4 + 2)
        self._password_card = Card()
        self._password_card.add(self._made_set())
        self._password_card.add(self.password)
        self.add(self._password_card)
        self.body.addStretch(1)

    def _made_who(self) -> Card:
        card = Card(self.say(M("Who works here?")))
        told = (
            (Who.ONE, M("Only me"), _BY_COMPUTER, "id"),
            (Who.SEVERAL, M("Several people on this computer"), _BY_PASSWORD, "users"),
        )
        group = QButtonGroup(card)
        for who, title, sub, icon in told:
            choice = ChoiceCard(self.say(title), self.say(sub), icon)
            choice.setChecked(who is self.course.answers.who)
            choice.clicked.connect(lambda _=False, who=who: self._choose_who(who))
            group.addButton(choice)
            self.who[who] = choice
            card.add(choice)
        card.add(self._open_who)
        card.body.addStretch(1)
        self._open_who.hide()
        return card

    def _made_set(self) -> QWidget:
        """What stands in place of the fields where the file has a password already."""
        self._set = QWidget()
        another = Button(self.say(M("Choose another one")), kind=Kind.LINK)
        another.clicked.connect(self._choose_another)
        told = label(self.say(M("The password is set.")), Type.BODY, "text2")
        self._set.setLayout(row(Mark("check", size=18, ink="success"), told, STRETCH, another))
        self._set_wanted = self.course.password_is_set
        return self._set

    def _look_at(self, folder: Path) -> None:
        course = self.course
        self.door.courier.ask(self, lambda: course.look_at(folder), self.show_place, newest="place")

    def show_place(self, place: Place) -> None:
        """Show what was found about a folder and this computer."""
        self.course.place = place
        self.course.answers.folder = place.folder
        self._path.setText(str(place.folder))
        self._safe_place.set_text(self.say(M("Better elsewhere") if place.against else M("Not in OneDrive or Dropbox")))
        against = (Tone.WARNING, "alert") if place.against else (Tone.SUCCESS, "check")
        self._safe_place.set_tone(*against)
        self._checks.clear()
        for found in _lines(place.checks, self.say):
            self._checks.add(found)
        self._checks.body.addStretch(1)
        self._show_warnings(place)
        self._show_guard()

    def _show_warnings(self, place: Place) -> None:
        clear(self._warnings)
        for message in place.against:
            self._warnings.addWidget(Banner(self.say(message), Tone.WARNING))
        if place.taken:
            told = M("A customer file lies in this folder already. Open it, or choose another folder for a new one.")
            self.open_that = Button(self.say(M("Open that one")))
            self.open_that.clicked.connect(self._open_that)
            self._warnings.addWidget(Banner(self.say(told), Tone.INFO, "folder", (self.open_that,)))
        elif self.course.would_begin_anew:
            anew = M(
                "The customer file is begun anew with this. A recovery sheet you made a moment ago opens nothing then: "
                "throw it away."
            )
            self._warnings.addWidget(Banner(self.say(anew), Tone.WARNING))

    def _show_guard(self) -> None:
        course = self.course
        keys = course.place.keys if course.place is not None else None
        no_keys = keys is not None and keys.store is None
        self.who[Who.ONE].explain(self.say(_BY_PASSWORD if no_keys else _BY_COMPUTER))
        if no_keys:
            how = M("This computer has no safe place for keys. Choose a password that you type at each start.")
        elif course.guarded:
            how = M("Whoever copies the file can read nothing. Your password opens it.")
        elif self._asks_first():
            how = M(
                "Whoever copies the file can read nothing. The key is kept by {place}, which is not open yet: when you "
                "continue, the computer asks for its password in a window of its own.",
                place=keys.name if keys is not None else "",
            )
        elif keys is not None:
            how = M("Whoever copies the file can read nothing. The key is kept by {place}.", place=keys.name)
        else:
            how = M("Whoever copies the file can read nothing.")
        self._how.setText(self.say(how))
        self._password_card.setVisible(course.guarded)
        kept = self._set_wanted and course.password_is_set
        self._set.setVisible(kept)
        self.password.setVisible(not kept)
        self._show_ready()

    def _show_ready(self) -> None:
        kept = self._set_wanted and self.course.password_is_set
        done = not self.course.guarded or kept or self.password.is_complete()
        ready = M("The computer asks first") if self._asks_first() else M("Ready")
        self._ready.set_text(self.say(ready if done else M("Password needed")))
        right = done and not self._asks_first()
        self._ready.set_tone(*((Tone.SUCCESS, "check") if right else (Tone.WARNING, "key")))

    def _asks_first(self) -> bool:
        """Whether the key goes to a place that is not open yet."""
        return self.course.place is not None and self.course.place.asks_first and not self.course.guarded

    def _typed(self) -> None:
        self.keep()
        self._show_ready()

    def _choose_who(self, who: Who) -> None:
        self.course.answers.who = who
        self._open_who.hide()
        self.keep()
        self._show_guard()
        if self.course.place is not None:
            self._show_warnings(self.course.place)

    def _choose_another(self) -> None:
        self._set_wanted = False
        self._show_guard()
        self.password.first.take_focus()

    def _choose_folder(self) -> None:
        title = self.say(M("Folder for the customer file"))
        chosen = files.choose_folder(self.door.window, title, self.course.answers.folder.parent)
        if chosen is not None and isValid(self):
            course = self.course
            self.door.courier.ask(self, lambda: course.look_at(own_folder(chosen)), self.show_place, newest="place")

    def _open_that(self) -> None:
        if self.course.place is not None:
            self.door.use_folder(VaultFolder(self.course.place.folder))
            self.door.look_again()

    def _is_answered(self) -> bool:
        """Whether nothing is open; else the keyboard goes there."""
        if self.course.place is not None and self.course.place.taken:
            self.open_that.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return False
        if self.course.answers.who is None:
            self._open_who.setText(self.say(M("Please choose one of the two.")))
            self._open_who.show()
            self.who[Who.ONE].setFocus(Qt.FocusReason.ShortcutFocusReason)
            return False
        kept = self._set_wanted and self.course.password_is_set
        return not self.course.guarded or kept or self.password.is_right()

    def _settled(self) -> None:
        made = self.course.made
        if made is not None:
            self.door.office = made.office
            self.door.use_folder(made.folder)
        self.busy.emit(False)
        self.done.emit()

    def _failed(self, problem: Problem) -> bool:
        self.door.office = self.course.made.office if self.course.made is not None else None
        self.busy.emit(False)
        if isinstance(problem, KeyStoreProblem) and self.course.made is None:
            self._look_at(self.course.answers.folder)
            self.door.problem(_not_kept(problem), self.go_on, other=(M("Use a password instead"), self._use_password))
        else:
            self.door.problem(problem, self.go_on)
        return True

    def _use_password(self) -> None:
        self.who[Who.SEVERAL].setChecked(True)
        self._choose_who(Who.SEVERAL)
        self.password.first.take_focus()


def _not_kept(problem: Problem) -> Problem:
    """There is no file yet that anything could have happened to, and no recovery sheet to take."""
    return Problem(
        problem.what,
        safe=M("Nothing has been set up yet, and nothing is lost."),
        todo=M("Open it and try again, or use a password that you type at each start."),
        code=problem.code,
    )


class Rows(Panel):
    """Rows with an icon, a title, a text that wraps, and what stands at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(1, 1, 1, 1)
        self._all.setSpacing(0)

    def add(self, icon: str, title: str, told: Label, *trailing: QWidget) -> None:
        """One more row."""
        if self._all.count():
            self._all.addWidget(line())
        self._all.addWidget(_FoldingRow(icon, title, told, trailing))


class _FoldingRow(QWidget):
    """Its end stands below its words where there is no room."""

    _BELOW = 640

    def __init__(self, icon: str, title: str, told: Label, trailing: Iterable[QWidget]) -> None:
        super().__init__()
        self._words = words = boxed(column(label(title, Type.SECTION), told, space=2))
        self._end = end = boxed(row(*trailing, space=14))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(SPACE_3)
        self._box.addWidget(words, 1)
        self._box.addWidget(end, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        every = QHBoxLayout(self)
        every.setContentsMargins(_SIDE, 13, _SIDE, 13)
        every.setSpacing(_GAP)
        every.addWidget(Mark(icon, Tone.ACCENT, size=_MARK, square=True))
        every.addLayout(self._box, 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of both, so that the page decides."""
        wider = max(part.minimumSizeHint().width() for part in (self._words, self._end))
        return QSize(wider + _MARK + _GAP + 2 * _SIDE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = self.width() >= self._BELOW
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not way:
            self._box.setDirection(way)


def _lines(checks: Sequence[Checked], say: Callable[[M], str]) -> list[QWidget]:
    """What was found about the computer, and below it what could be better."""
    made: list[QWidget] = []
    for check in checks:
        icon, tone, ink = _SIGNS[check.state]
        found = label(say(check.said), Type.SMALL, ink, wrap=True)
        found.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        across = row(Mark(icon, size=18, ink=ink_of(tone)), label(say(check.what)), found, space=10)
        across.setStretch(2, 1)
        made.append(boxed(across))
    for check in checks:
        if check.state is State.BETTER and check.todo is not None:
            made.append(label(say(check.todo), Type.HINT, "text3", wrap=True))
    return made
