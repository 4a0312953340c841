"""Taking a whole list out again: first who would stay, then one button."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.services.undoing import Undone, undo_import, would_stay
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_SHOWN = 12
_WIDTH = 560


def open_undo(desk: Desk, batch: bytes, then: Callable[[], None]) -> None:
    """Ask, and take the list out; `then` is called once it is."""

    def look(progress: Progress) -> list[str]:
        return would_stay(desk.office, batch, progress=progress)

    title = desk.say(M("Looking who would stay"))
    desk.open_sheet_after(title, look, lambda names: UndoSheet(desk, batch, names, then))


class UndoSheet(Sheet):
    """Says who stays and why."""

    def __init__(self, desk: Desk, batch: bytes, names: list[str], then: Callable[[], None]) -> None:
        super().__init__(
            desk.window,
            desk.say(M("Take the whole list out again?")),
            desk.say(M("Who came with it goes, and what it filled in for others is taken back.")),
            icon="undo",
            tone=Tone.WARNING,
            width=_WIDTH,
        )
        self._desk = desk
        self._batch = batch
        self._then = then
        if names:
            self.body.addWidget(self._who_stays(names))
        self.keep = Button(desk.say(M("Keep the list")), kind=Kind.QUIET)
        self.keep.clicked.connect(self.dismiss)
        self.take_out = Button(desk.say(M("Take the list out")), kind=Kind.DANGER)
        self.take_out.clicked.connect(lambda _on: self._take_out())
        self.footer("", self.keep, self.take_out)

    def _who_stays(self, names: list[str]) -> Card:
        title = M(
            "{n} person stays: you have worked with them since",
            "{n} people stay: you have worked with them since",
            n=len(names),
        )
        card = Card(self._desk.say(title))
        for name in names[:_SHOWN]:
            card.add(label(name, Type.SMALL, "text2", wrap=True))
        if len(names) > _SHOWN:
            more = M("and {n} more", "and {n} more", n=len(names) - _SHOWN)
            card.add(label(self._desk.say(more), Type.SMALL, "text3"))
        return card

    def _take_out(self) -> None:
        if self.busy:
            return  # a second click came before the first was done
        office, batch = self._desk.office, self._batch

        def work(progress: Progress) -> Undone:
            return undo_import(office, batch, progress=progress)

        self.set_busy(True)
        title = self._desk.say(M("Taking the list out"))
        self._desk.courier.run(self, title, work, self._done, failed=self._failed)

    def _done(self, undone: Undone) -> None:
        self.set_busy(False)
        self.close()
        said = M("{n} person was taken out again", "{n} people were taken out again", n=undone.removed)
        self._desk.toast(self._desk.say(said))
        self._then()

    def _failed(self, _: Problem) -> bool:
        """Nothing was done: the question stands as before. What went wrong is shown where problems are."""
        self.set_busy(False)
        return False

    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self.keep.setEnabled(not busy)
        self.take_out.setEnabled(not busy)
