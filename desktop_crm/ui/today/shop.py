"""What there is to do today: the work of the shop, then what also waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.rights import Right
from desktop_crm.services import tasks
from desktop_crm.services.permission_table import Filter
from desktop_crm.services.today import Item, ItemKind, TodayPage
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.undo import toast_with_undo
from desktop_crm.ui.widgets.button import Button, Kind, Painted
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.layout import keep_focus
from desktop_crm.ui.widgets.nav import Pressable
from desktop_crm.ui.widgets.rows import GroupHead, Row, RowList, RowLook
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the keyboard is: in which row, on which of its buttons if on any, and whether that was shown by a ring."""

    row: int
    button: int | None
    ringed: bool

    @classmethod
    def of(cls, rows: RowList) -> _Place | None:
        """None if the keyboard is not in the list."""
        here = rows.focusWidget()
        for number, row in enumerate(rows.rows):
            ringed = isinstance(here, Painted | Pressable) and here.ringed
            if here is row:
                return cls(number, None, ringed)
            buttons = row.findChildren(Painted)
            if here in buttons:
                return cls(number, buttons.index(here) - len(buttons), ringed)
        return None

    def back_in(self, rows: RowList) -> None:
        """Go to the same place among other rows."""
        row = rows.rows[min(self.row, len(rows.rows) - 1)]
        buttons = row.findChildren(Painted)
        at_button = self.button is not None and buttons
        wanted = buttons[max(self.button or 0, -len(buttons))] if at_button else row
        wanted.setFocus(Qt.FocusReason.TabFocusReason if self.ringed else Qt.FocusReason.OtherFocusReason)


class ShopToday(RowList):
    """The list in the middle of the page. Its buttons lead to the place where the thing is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Shop today")), kind=Type.SECTION)
        self._desk = desk

    def show_page(self, page: TodayPage) -> None:
        """Show what there is to do; the keyboard stays at the same place, which is then the next thing."""
        place = _Place.of(self)
        bands: list[Row | GroupHead] = [self._row(item) for item in page.shop] or [self._nothing(page)]
        if page.waiting:
            late = any(item.late for item in page.waiting)
            head = M("Also waiting") if late else M("Also waiting, nothing is late")
            bands.append(GroupHead(self._desk.say(head), capitals=True))
            bands += [self._row(item) for item in page.waiting]
        if page.undated:
            bands.append(GroupHead(self._desk.say(M("No day")), capitals=True))
            bands += [self._row(item) for item in page.undated]
        keep_focus(self)
        self.show_rows(bands)
        if place is not None:
            place.back_in(self)

    def _nothing(self, page: TodayPage) -> Row:
        title = M("Nothing for the shop today") if page.waiting or page.undated else M("Nothing to do today")
        sub = M("Deliveries, tasks and birthdays show here when their day has come.")
        look = RowLook(lead=Mark("check", Tone.SUCCESS, size=36), time="")
        return Row(self._desk.say(title), self._desk.say(sub), look)

    def _row(self, item: Item) -> Row:
        look = RowLook(
            lead=Mark(item.icon, Tone(item.tone.value)),
            time=item.time or "",
            trailing=tuple(self._buttons(item)),
        )
        return Row(self._said(item.title), self._said(item.sub), look, self._opens(item))

    def _said(self, text: M | str | None) -> str:
        return self._desk.say(text) if isinstance(text, M) else text or ""

    def _buttons(self, item: Item) -> Iterator[QWidget]:
        title = self._said(item.title)
        may_tick = self._desk.may(permits.CHANGE_CONTACTS)
        if item.kind is ItemKind.TASK and item.phone is not None and may_tick:
            done = Button(icon="check", kind=Kind.ICON, name=self._desk.say(M("Done: {what}", what=title)))
            done.clicked.connect(lambda: self._finish(item))
            yield done
        if item.kind is ItemKind.OUR_COPY:
            folder = Button(icon="folder", kind=Kind.ICON, name=self._desk.say(M("Show in folder")))
            folder.clicked.connect(lambda: _about_papers().show_papers_folder(self._desk))
            yield folder
        if item.button is not None:
            text = self._desk.say(item.button)
            made = Button(text, kind=Kind.PRIMARY if item.primary else Kind.SECONDARY, name=f"{text}: {title}")
            made.clicked.connect(lambda: self._follow(item))
            yield self._desk.only(made, *_needed(item))

    def _follow(self, item: Item) -> None:
        """Do what the button of an item says."""
        if item.phone is not None:
            self._desk.go("contacts", person=item.person, do="call")
        elif item.kind is ItemKind.TASK:
            self._finish(item)
        elif item.kind is ItemKind.OUR_COPY and item.number is not None:
            _about_papers().copy_is_deleted(self._desk, item.number)
        elif item.kind is ItemKind.UNMADE and item.number is not None:
            _about_papers().make_record(self._desk, self, item.number)
        else:
            self._show(item)

    def _show(self, item: Item) -> None:
        match item.kind:
            case ItemKind.REQUEST | ItemKind.IDENTITY | ItemKind.OUR_COPY:
                self._desk.go("requests", number=item.number)
            case ItemKind.TIDY_UP:
                self._desk.go("keeping", tab="queue")
            case ItemKind.ASK_AGAIN:
                self._desk.go("permission", tab="again")
            case ItemKind.MENDING:
                self._desk.go("permission", mending=True)
            case ItemKind.NEVER_ASKED:
                self._desk.go("permission", filter=Filter.NOT_ASKED)
            case ItemKind.NOT_TOLD:
                self._desk.go("permission", filter=Filter.NOT_TOLD)
            case _:
                self._desk.go("contacts", person=item.person)

    def _opens(self, item: Item) -> Callable[[], None] | None:
        led = item.person is not None or item.kind in _LEADING
        return (lambda: self._show(item)) if led else None

    def _finish(self, item: Item) -> None:
        task, office = item.row, self._desk.office
        if task is not None:
            then = partial(toast_with_undo, self._desk, M("Done."))
            self._desk.courier.ask(self, partial(tasks.finish, office, task), then, once=(tasks.finish, task))


_LEADING = frozenset({ItemKind.MENDING, ItemKind.TIDY_UP, ItemKind.ASK_AGAIN, ItemKind.NEVER_ASKED, ItemKind.NOT_TOLD})
"""What leads to a list of its own."""


def _needed(item: Item) -> tuple[Right, ...]:
    """What a role needs for what the button of an item does."""
    if item.phone is not None:
        return (permits.CHANGE_NOTES,)
    if item.kind is ItemKind.UNMADE:
        return permits.MAKE_PAPERS
    return (permits.CHANGE_CONTACTS,) if item.kind is ItemKind.TASK else ()


def _about_papers() -> ModuleType:
    """Seldom needed, and much hangs on it: not at the start, of which this page is a part."""
    from desktop_crm.ui.made import left

    return left
