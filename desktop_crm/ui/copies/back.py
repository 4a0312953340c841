"""Brings a safety copy back, step by step: which one, the sheet where it is needed, what would change, and yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_crm.host.clock import Clock
from desktop_crm.host.keystore import KeyStore
from desktop_crm.services import bringing_back
from desktop_crm.services.bringing_back import Ready, WaysIn
from desktop_crm.services.office import Office
from desktop_crm.services.reaching import Reached, reach
from desktop_crm.services.starting import misfit
from desktop_crm.ui import files
from desktop_crm.ui.copies.code import CodeFields
from desktop_crm.ui.courier import Courier, Progress
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault import swapping
from desktop_crm.vault.copy_problems import OtherShop
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Exit, M, Problem

_WIDTH = 760
PATTERN = "*.crmcopy"
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a copy is brought back: over an open customer file, or before one.

    `done` puts what was made ready in its place, with this computer's place for keys, and opens it.
    """

    window: QWidget
    courier: Courier
    say: Callable[[M], str]
    folder: VaultFolder
    clock: Clock
    office: Office | None
    choose: Callable[[], Path | None]
    done: Callable[[KeyStore | None], None]


class BackSheet(Sheet):
    """Nothing is touched before the last button."""

    def __init__(self, ground: Ground, file: Path | None = None) -> None:
        say = ground.say
        super().__init__(
            ground.window,
            say(M("Bring back a safety copy")),
            say(M("It is opened beside your customer list first. Nothing is replaced before you say so.")),
            icon="box",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self._ground = ground
        self.file = file
        self.reached: Reached | None = None
        self.ready: Ready | None = None
        self._code: str | None = None
        self.choose = Button(say(M("Choose a file …")), icon="folder", kind=Kind.PRIMARY)
        self.choose.clicked.connect(self._choose)
        self.code = CodeFields(say)
        self.password = NewPassword()
        self.other = Field(say(M("Name of the shop in the safety copy")))
        self.go_on = Button(say(M("Go on")), kind=Kind.PRIMARY)
        self.go_on.clicked.connect(self._go_on)
        self.bring_back = Button(say(M("Bring it back")), icon="undo", kind=Kind.PRIMARY)
        self.bring_back.clicked.connect(self._bring_back)
        self._told = label("", Type.SMALL, "danger", wrap=True)
        if file is None:
            self._ask_file()
        else:
            self._look()

    def _ask_file(self) -> None:
        say = self._ground.say
        self._clear()
        told = M("Plug in the stick or disk on which it lies. A safety copy is a file that ends in “.crmcopy”.")
        self.body.addWidget(label(say(told), wrap=True))
        self.body.addWidget(self._told)
        self._told.setVisible(bool(self._told.text()))
        self.footer("", self._leave_button(), self.choose)
        self.choose.show()

    def _choose(self) -> None:
        chosen = self._ground.choose()
        if chosen is not None:
            self.file = chosen
            self._look()

    def _look(self) -> None:
        """First with what this computer knows; the sheet is asked for only where that is not enough."""
        file, ground, code = self.file, self._ground, self._code
        if file is None:
            return
        self._clear()
        self.body.addWidget(label(ground.say(M("Opening the safety copy …")), Type.BODY, "text2"))
        self.footer("", self._leave_button())
        ground.courier.ask(
            self, lambda: reach(file, ground.folder, ground.office, code), self._is_reached, failed=self._is_not
        )

    def _is_not(self, problem: Problem) -> bool:
        if problem.code is not Exit.LOCKED:
            self._say(problem)
            self.file = None
            self._ask_file()
            return True
        self._ask_sheet()
        place = misfit(problem)
        if place is not None:
            self.code.mark_wrong(place)
        if self._code is not None:
            self._say(problem)
        return True

    def _ask_sheet(self) -> None:
        say = self._ground.say
        self._clear()
        told = M("This computer has no key to this copy. The recovery sheet opens it, on any computer.")
        self.body.addWidget(label(say(told), wrap=True))
        self.body.addWidget(self.code)
        self.body.addWidget(self._told)
        self._told.setVisible(bool(self._told.text()))
        self.code.show()
        self.footer("", self._leave_button(), self.go_on)
        self.go_on.show()
        self.code.fields[0].take_focus()

    def _is_reached(self, reached: Reached) -> None:
        self.reached = reached
        if reached.new_way and reached.keystore is None:
            self._ask_password()
        else:
            self._make_ready()

    def _ask_password(self) -> None:
        say = self._ground.say
        self._clear()
        told = M("This computer has no safe place for keys. Choose a password that you type at each start.")
        self.body.addWidget(label(say(told), wrap=True))
        self.body.addWidget(self.password)
        self.password.show()
        self.footer("", self._leave_button(), self.go_on)
        self.go_on.show()

    def _go_on(self) -> None:
        if self.reached is not None:
            if self.password.parent() is None or self.password.is_right():
                self._make_ready()
            return
        self._code = self.code.code()
        if self._code is not None:
            self._look()

    def _make_ready(self) -> None:
        reached, ground = self.reached, self._ground
        if reached is None:
            return
        ways, typed = self._ways(reached), self.other.text() or None

        def work(step: Progress) -> Ready:
            swapping.sweep(ground.folder)
            into = swapping.ready_folder(ground.folder)
            return bringing_back.make_ready(
                reached.access, into, reached.present, ways, clock=ground.clock, tell=step, other_shop=typed
            )

        title = ground.say(M("Opening the safety copy beside your customer list"))
        ground.courier.run(self, title, work, self._show, failed=self._not_ready)

    def _ways(self, reached: Reached) -> WaysIn | None:
        if not reached.new_way or self._code is None:
            return None
        password = self.password.text() if reached.keystore is None else None
        return WaysIn(self._code, reached.keystore, password)

    def _not_ready(self, problem: Problem) -> bool:
        if isinstance(problem, OtherShop):
            self.ask_other(problem)
            return True
        self._say(problem)
        self.file, self.reached = None, None
        self._ask_file()
        return True

    def ask_other(self, problem: OtherShop) -> None:
        """What lies here is another shop's: only typed words let this copy take its place."""
        say = self._ground.say
        self._clear()
        self.body.addWidget(Banner(say(problem.what), Tone.WARNING, "alert"))
        told = M(
            "What is here now would be kept aside. If that is what you want, type the name “{shop}”.", shop=problem.shop
        )
        self.body.addWidget(label(say(told), wrap=True))
        if self.other.text():
            self.other.error(say(M("Does not fit. Please compare it sign by sign.")))
        self.body.addWidget(self.other)
        self.other.show()
        self.footer("", self._leave_button(), self.go_on)
        self.go_on.show()
        self.other.take_focus()

    def _show(self, ready: Ready) -> None:
        """What would be different, before anything is."""
        say = self._ground.say
        self.ready = ready
        self._clear()
        n, when = ready.people, ready.made_at
        people = M("It holds {n} person, as on {when}.", "It holds {n} people, as on {when}.", n=n, when=when)
        self.body.addWidget(label(say(people), Type.STRONG, wrap=True))
        for said in bringing_back.said_of(ready):
            self.body.addWidget(Banner(say(said), Tone.INFO if ready.ledger else Tone.WARNING))
        if ready.differences is None:
            nothing = M("There is no customer list here that could be compared with it.")
            self.body.addWidget(label(say(nothing), ink="text2", wrap=True))
        elif ready.differences:
            self.body.addWidget(self._made_table(ready))
        else:
            self.body.addWidget(label(say(M("It is the same as what you have now.")), ink="text2", wrap=True))
        note = say(M("What you have now is kept aside for 35 days.")) if ready.over else ""
        leave = self._leave_button()
        self.footer(note, leave, self.bring_back, icon="shield" if note else "")
        self.bring_back.show()
        leave.setFocus()

    def _made_table(self, ready: Ready) -> Card:
        say = self._ground.say
        card = Card(say(M("What would be different")))
        for at, one in enumerate((ready.differences or ())[:_SHOWN]):
            if at:
                card.separator()
            parts = (
                (one.added, M("{n} comes back", "{n} come back", n=one.added)),
                (one.changed, M("{n} as it was then", "{n} as they were then", n=one.changed)),
                (one.missing, M("{n} is not there any more", "{n} are not there any more", n=one.missing)),
            )
            said = " · ".join(say(text) for number, text in parts if number)
            line = row(label(say(one.what), Type.BODY), STRETCH, label(said, Type.SMALL, "text2", wrap=True))
            line.setStretch(2, 2)
            card.add(boxed(line))
        more = len(ready.differences or ()) - _SHOWN
        if more > 0:
            card.add(SPACE_2)
            card.add(label(say(M("And {n} more kind.", "And {n} more kinds.", n=more)), Type.SMALL, "text3"))
        return card

    def _bring_back(self) -> None:
        keystore = self.reached.keystore if self.reached is not None else None
        self.close()
        self._ground.done(keystore)

    def _leave_button(self) -> Button:
        leave = Button(self._ground.say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(lambda _on: self.dismiss())
        return leave

    def dismiss(self) -> None:
        """What was made ready is removed: nobody shall wonder about a second list."""
        folder = self._ground.folder
        self._ground.courier.ask(self._ground.window, lambda: swapping.sweep(folder), lambda _: None)
        super().dismiss()

    def _say(self, problem: Problem) -> None:
        parts = [problem.what, *([problem.todo] if problem.todo is not None else [])]
        self._told.setText(" ".join(map(self._ground.say, parts)))
        self._told.show()

    def _clear(self) -> None:
        """Empty the body; what is used again is not thrown away."""
        for kept in (self.code, self.password, self.other, self.choose, self.go_on, self.bring_back, self._told):
            kept.setParent(None)
        clear(self.body)


def bring_back_at_door(door: Doorstep) -> None:
    """Bring a safety copy back before any customer file is open: over a lost or broken one, or on a new computer."""

    def done(keystore: KeyStore | None) -> None:
        folder, clock = door.folder, door.clock
        door.courier.ask(
            door.window,
            lambda: bringing_back.put_in_place(folder, clock=clock, keystore=keystore),
            lambda _: door.look_again(),
        )

    ground = Ground(
        window=door.window,
        courier=door.courier,
        say=door.say,
        folder=door.folder,
        clock=door.clock,
        office=None,
        choose=lambda: choose_copy(partial(files.choose_file, door.window), door.say),
        done=done,
    )
    BackSheet(ground).open()


def choose_copy(choose_file: Callable[[str, str], Path | None], say: Callable[[M], str]) -> Path | None:
    """Let a person choose the file of a safety copy."""
    return choose_file(say(M("Which safety copy?")), say(M("Safety copies ({pattern})", pattern=PATTERN)))
