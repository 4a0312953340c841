"""Details kept apart, on the page of a person: masked, shown for half a minute when somebody asks, and then noted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop_crm.records.sensitive import ApartKind
from desktop_crm.services import labels, sensitive
from desktop_crm.services.apart import MASK
from desktop_crm.services.sensitive import Masked
from desktop_crm.ui.clipboard import copy_secret
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.facts import COPIED_MS, SmallButton
from desktop_crm.ui.widgets.label import Broken, label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

SHOWN_MS = 30_000
"""So long a detail stays readable."""
_ICONS = {ApartKind.BANK: "building", ApartKind.HEALTH: "heart", ApartKind.IDENTITY: "id", ApartKind.OTHER: "lock"}


class Apart(Card):
    """The card of a person's details kept apart. It is not there for whoever may not see them."""

    def __init__(self, desk: Desk) -> None:
        add = Button(desk.say(M("Add …")), kind=Kind.LINK, name=desk.say(M("Keep a detail apart")))
        super().__init__(desk.say(M("Kept apart")), action=add)
        self._desk = desk
        self._person: bytes | None = None
        self._shown: list[Masked] | None = None
        self.add_button = add
        self.add_button.clicked.connect(lambda _on: self._add())
        self.add_button.setVisible(sensitive.may_change(desk.office))
        self.rows: list[ApartRow] = []
        self.hide()

    def show_person(self, person: bytes) -> None:
        """Show the details of this person, masked, once they are read."""
        if not sensitive.may_see(self._desk.office):
            return
        if person != self._person:
            self._person, self._shown = person, None
            self.hide()
        self._desk.courier.ask(self, lambda: sensitive.masked(self._desk.office, person), self._show, newest="apart")

    def _show(self, found: list[Masked]) -> None:
        if found == self._shown:
            return
        self._shown = found
        self.clear()
        self.rows = [ApartRow(self._desk, one) for one in found]
        for one in self.rows:
            self.add(one)
        if not found:
            hint = M("A bank account, an allergy: encrypted once more, and shown to few.")
            self.add(label(self._desk.say(hint), Type.SMALL, "text3", wrap=True))
        self.setVisible(bool(found) or sensitive.may_change(self._desk.office))

    def _add(self) -> None:
        from desktop_crm.ui.forms.apart import open_apart

        if self._person is not None:
            open_apart(self._desk, self._person)


class ApartRow(QWidget):
    """One detail: what it is, and what it says while it is shown."""

    def __init__(self, desk: Desk, detail: Masked) -> None:
        super().__init__()
        self._desk = desk
        self._detail = detail
        what = desk.say(labels.of(detail.kind))
        self.what = what[:1].upper() + what[1:]
        self.value = Broken(MASK)
        self.value.setAccessibleName(desk.say(M("{what}, masked", what=self.what)))
        self.show_button = SmallButton("eye", desk.say(M("Show for half a minute: {what}", what=self.what)))
        self.copy_button = SmallButton("copy", desk.say(M("Copy: {what}", what=self.what)))
        self.remove_button = SmallButton("trash", desk.say(M("Take out: {what}", what=self.what)))
        self.remove_button.setVisible(sensitive.may_change(desk.office))
        self.show_button.clicked.connect(lambda: self.hide_again() if self.is_shown else self._ask(self._reveal))
        self.copy_button.clicked.connect(lambda: self._ask(self._copy))
        self.remove_button.clicked.connect(lambda: TakeOut(desk, detail, self.what).open())
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.setInterval(SHOWN_MS)
        self._hiding.timeout.connect(self.hide_again)
        self._lay_out()

    @property
    def is_shown(self) -> bool:
        """Whether what it says can be read now."""
        return self._hiding.isActive()

    def hide_again(self) -> None:
        """Hide what it says."""
        self._hiding.stop()
        self.value.setText(MASK)
        self.value.setAccessibleName(self._desk.say(M("{what}, masked", what=self.what)))
        self.show_button.show_icon("eye")

    def _lay_out(self) -> None:
        line = row(label(self.what, Type.HINT, "text3", wrap=True), space=0)
        acts = row(self.show_button, self.copy_button, self.remove_button, space=0)
        words = column(line, self.value, space=1)
        mark = Mark(_ICONS[self._detail.kind], size=18, ink="text3")
        whole = row(mark, words, STRETCH, acts, space=SPACE_3)
        whole.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(whole)

    def _ask(self, then: Callable[[str], None]) -> None:
        """Open it; the activity log has a line of it before anything is shown."""
        self._desk.courier.ask(
            self, lambda: sensitive.reveal(self._desk.office, self._detail.id), then, newest="reveal"
        )

    def _reveal(self, text: str) -> None:
        self.value.setText(text)
        self.value.setAccessibleName(f"{self.what}: {text}")
        self.show_button.show_icon("eye-off")
        self._hiding.start()
        announce(self, f"{self.what}: {text}")

    def _copy(self, text: str) -> None:
        copy_secret(text)
        self.copy_button.show_icon("check")
        QTimer.singleShot(COPIED_MS, self.copy_button, lambda: self.copy_button.show_icon("copy"))
        announce(self, self._desk.say(M("Copied")))


class TakeOut(Sheet):
    """Asks before a detail goes for good."""

    def __init__(self, desk: Desk, detail: Masked, what: str) -> None:
        super().__init__(
            desk.window,
            desk.say(M("Take this detail out?")),
            desk.say(M("{what}: no earlier value is kept, so it cannot be brought back by an undo.", what=what)),
            icon="trash",
            tone=Tone.DANGER,
            width=520,
        )
        self._desk = desk
        self._detail = detail
        self.leave = Button(desk.say(M("Keep it")), kind=Kind.QUIET)
        self.leave.clicked.connect(self.close)
        self.go = Button(desk.say(M("Take it out")), kind=Kind.DANGER)
        self.go.clicked.connect(lambda _on: self._remove())
        self.footer("", self.leave, self.go)

    def first(self) -> QWidget | None:
        return self.leave

    def _remove(self) -> None:
        def done(_: None) -> None:
            self.close()
            self._desk.toast(self._desk.say(M("Taken out, for good.")))

        self._desk.courier.ask(self, lambda: sensitive.remove_detail(self._desk.office, self._detail.id), done)
