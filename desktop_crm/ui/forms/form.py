"""A form on a sheet: drafts, faults, saving, and leaving without losing anything."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_crm.services import contacts, drafts
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.ahead import TypedAhead
from desktop_crm.ui.forms.drafting import Drafting
from desktop_crm.ui.forms.inputs import Answers, Input, input_of
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.undo import toast_with_undo
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

T = TypeVar("T")

_OPENING = "form"
_SMALL = 520
_SAVE_KEYS = ("Ctrl+Return", "Ctrl+Enter")


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What a form begins with: the name of its person, and what was typed into it before."""

    name: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True, repr=False)
class Saved:
    """What saving did: whom it is about, what can be taken back, what is said of it, and what looks odd about it."""

    person: bytes | None
    undo: tuple[bytes, ...]
    said: M
    odd: Sequence[M] = ()


def opened(desk: Desk, place: str, person: bytes | None) -> Opened:
    """Look up what a form begins with. Runs on a worker thread."""
    found = contacts.named(desk.office, [person]) if person is not None else []
    return Opened(found[0].name if found else "", drafts.take(desk.office, place, person))


def open_when_ready(desk: Desk, work: Callable[[], T], make: Callable[[T], FormSheet]) -> None:
    """Ask for what a form needs, then show it whole, with what was typed meanwhile. Pressed twice, it opens once."""
    ahead = TypedAhead.on(desk.window)

    def show(found: T) -> None:
        if not ahead.given_up:
            ahead.hand_over(make(found))

    def failed(_: Problem) -> bool:
        if not ahead.given_up:
            ahead.leave()
        return False

    desk.courier.ask(desk.window, work, show, newest=_OPENING, failed=failed)


class FormSheet(Sheet):
    """One form. What is typed is kept as a draft; Ctrl+Enter saves; Esc asks what becomes of it."""

    place: ClassVar[str]
    """The name of the form among the drafts."""

    def __init__(self, desk: Desk, person: bytes | None, title: M, about: str, *, icon: str, width: int = 760) -> None:
        super().__init__(desk.window, desk.say(title), about, icon=icon, width=width)
        self.desk = desk
        self.person = person
        self.then: Callable[[bytes], None] | None = None
        """Told whom it was about, once it is saved."""
        self.keeps_drafts = True
        """Whether what is typed is kept until it is saved; not where a draft could come up for somebody else."""
        self._inputs: dict[str, Input] = {}
        self._fields: list[Field] = []
        self._drafting: Drafting | None = None
        self.save_button = Button(self.say(M("Save")), kind=Kind.PRIMARY)
        self.save_button.clicked.connect(self.save)
        self.cancel_button = Button(self.say(M("Cancel")), kind=Kind.QUIET)
        self.cancel_button.clicked.connect(self.dismiss)
        for keys in _SAVE_KEYS:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def say(self, message: M) -> str:
        """The message in the language of the person at the desk."""
        return self.desk.say(message)

    @abstractmethod
    def work(self) -> Callable[[], Saved]:
        """What saving does on a worker thread. Called on the GUI thread, once nothing is wrong."""

    def start(self) -> QWidget:
        """Where the keyboard starts."""
        return self._fields[0].edit

    def hold(self, **parts: Field | ChipRow | Select | CheckBox | Answers) -> None:
        """Declare the answers of the form by name; the fields among them are checked in this order."""
        for name, part in parts.items():
            self._inputs[name] = input_of(part)
            if isinstance(part, Field):
                self._fields.append(part)

    def begin(self, kept: Mapping[str, str]) -> None:
        """The form holds what was there before: from here on count changes. `kept` was typed and not saved."""
        keeps = self.keeps_drafts
        self._drafting = Drafting(self.desk, self.place, self.person, self._inputs, self, keeps=keeps)
        self._drafting.begin(kept)
        if self._drafting.changed:
            self._tell_of_draft()
        self.footer(self.say(M("Ctrl + Enter saves")), self.cancel_button, self.save_button)

    @property
    def drafting(self) -> Drafting:
        """What watches over the typed text."""
        if self._drafting is None:
            raise RuntimeError("a form begins before it is used")
        return self._drafting

    def faults(self) -> Iterable[Field]:
        """The fields with something wrong, each saying what; the keyboard goes to the first."""
        return [field for field in self._fields if field.isVisibleTo(self) and not field.is_right()]

    def save(self) -> None:
        """Save and close; or go to the first thing that is wrong."""
        if self._busy:
            return
        wrong = next(iter(self.faults()), None)
        if wrong is not None:
            wrong.take_focus()
            return
        self.drafting.stop()
        self.go_on()

    def go_on(self) -> None:
        """Nothing is wrong on the form itself: save it, or look further first."""
        self.send(self.work())

    def send(self, work: Callable[[], Saved]) -> None:
        """Let the services do it."""

        def whole() -> Saved:
            saved = work()
            self.drafting.forget()
            return saved

        self.set_busy(True)
        self.desk.courier.ask(self, whole, self._done, failed=self._failed)

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self.save_button.setEnabled(not busy)
        self.cancel_button.setEnabled(not busy)

    def keep_draft(self) -> None:
        self.drafting.keep()

    @property
    def would_lose(self) -> bool:
        return not self.keeps_drafts and super().would_lose

    def dismiss(self) -> None:
        if self._busy:
            return
        if self.drafting.changed:
            self.drafting.keep()
            Leave(self).open()
        else:
            self.throw_away()

    def throw_away(self) -> None:
        """Close without saving, for good."""
        self.drafting.drop()
        self.close()

    def first(self) -> QWidget | None:
        return self.start()

    def _tell_of_draft(self) -> None:
        again = Button(self.say(M("Start afresh")), kind=Kind.LINK)
        self._banner = Banner(
            self.say(M("This was typed before and not saved yet.")), Tone.INFO, "pen", [again], kind=Type.SMALL
        )
        again.clicked.connect(self._start_afresh)
        self.body.insertWidget(0, self._banner)

    def _start_afresh(self) -> None:
        self.drafting.begin_again()
        self._banner.hide()
        self.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, problem: Problem) -> bool:
        self.set_busy(False)
        self.desk.problem(problem, self.save, typed=self._typed())
        return True

    def _typed(self) -> str:
        """What somebody would have to type once more."""
        return "\n".join(one.value() for one in self._inputs.values() if one.is_text and one.value().strip())

    def _done(self, saved: Saved) -> None:
        self.set_busy(False)
        self.close()
        said = saved.said
        for odd in saved.odd:
            said = M("{said} {odd}", said=said, odd=odd)
        if saved.undo:
            toast_with_undo(self.desk, said, *saved.undo)
        else:
            self.desk.toast(self.say(said))
        if self.then is not None and saved.person is not None:
            self.then(saved.person)


class Leave(Sheet):
    """Asked by Esc where something was typed: save it, throw it away, or go on."""

    def __init__(self, form: FormSheet) -> None:
        super().__init__(
            form.desk.window, form.say(M("Save what you typed?")), icon="pen", tone=Tone.WARNING, width=_SMALL
        )
        self._form = form
        kept = M("Until now it is kept as a draft only.") if form.keeps_drafts else M("Until now it is kept nowhere.")
        self.body.addWidget(label(form.say(kept), wrap=True))
        self.keep_button = Button(form.say(M("Keep editing")), kind=Kind.QUIET)
        self.discard_button = Button(form.say(M("Discard")))
        self.save_button = Button(form.say(M("Save")), kind=Kind.PRIMARY)
        self.keep_button.clicked.connect(self.dismiss)
        self.discard_button.clicked.connect(lambda: self._leave_by(form.throw_away))
        self.save_button.clicked.connect(lambda: self._leave_by(form.save))
        self.footer("", self.keep_button, self.discard_button, self.save_button)

    def first(self) -> QWidget:
        return self.save_button

    def _leave_by(self, way: Callable[[], None]) -> None:
        self.close()
        way()
