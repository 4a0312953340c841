"""The page of the day in a shop where nobody is yet: three things to begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_crm.services.today import TodayPage
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.rows import ROW_HIGH, Row, RowList, RowLook
from desktop_crm.words import M


class Begin(RowList):
    """Bring in a list, or one person; and look at what people are asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Three things to begin with")), kind=Type.SECTION)
        self._desk = desk
        self.show_rows(list(self._steps()))

    def _steps(self) -> Iterator[Row]:
        if self._desk.may(permits.CHANGE_CONTACTS):
            yield from self._people()
        yield self._row(
            Mark("pen", Tone.SUCCESS),
            M("Look at what you ask people"),
            M("Newsletter, birthday card, photos: the words are ready, and yours to change."),
            M("Look"),
            lambda: self._desk.go("settings", page="ask"),
        )

    def _people(self) -> Iterator[Row]:
        yield self._row(
            Mark("upload", Tone.ACCENT),
            M("Bring in the list you have"),
            M("Excel, CSV, or contacts from your phone. Nothing is taken in until you say so."),
            M("Bring in a list"),
            lambda: self._desk.go("contacts", import_path=True),
            Kind.PRIMARY,
        )
        yield self._row(
            Mark("users", Tone.INFO),
            M("Add one person"),
            M("A name is enough; the rest can follow."),
            M("Add"),
            lambda: self._desk.go("contacts", new=True),
        )

    def _row(self, mark: Mark, title: M, sub: M, act: M, do: Callable[[], None], kind: Kind = Kind.SECONDARY) -> Row:
        text = self._desk.say(act)
        button = Button(text, kind=kind, name=f"{text}: {self._desk.say(title)}")
        button.clicked.connect(lambda _on: do())
        look = RowLook(lead=mark, height=ROW_HIGH, trailing=(button,))
        return Row(self._desk.say(title), self._desk.say(sub), look, do)


def is_beginning(page: TodayPage) -> bool:
    """Whether there is nobody and nothing to show yet."""
    return page.empty and not page.shop and not page.coming and not page.undated
