"""What stands against the use of somebody's data, a row each, and how it ends; and the strip that says it is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import locks
from desktop_crm.services.locks import Against, AgainstKind
from desktop_crm.services.record_page import RecordPage
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_4, SPACE_7, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.undo import toast_with_undo
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.rows import Row, RowList, RowLook
from desktop_crm.words import M

_ICONS = {AgainstKind.LOCK: "lock", AgainstKind.OBJECTION: "x", AgainstKind.WISH: "phone"}


class AgainstRows(QWidget):
    """The rows; nothing at all where nothing stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._list = RowList(name=desk.say(M("Against the use")))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_2)
        inside.addWidget(label(desk.say(M("Against the use")), Type.CARD))
        inside.addWidget(self._list)

    def show_page(self, page: RecordPage) -> None:
        """Show what stands against the use of this person's data."""
        self.setVisible(bool(page.against))
        self._list.show_rows([self._row(page.person, one) for one in page.against])

    def _row(self, person: bytes, one: Against) -> Row:
        since = self._desk.say(M("since {day}", day=one.since))
        told = self._desk.say(one.sub) if isinstance(one.sub, M) else one.sub
        buttons = tuple(self._buttons(person, one)) if self._desk.may(permits.CHANGE_CONSENTS) else ()
        look = RowLook(lead=_ICONS[one.kind], trailing=buttons)
        return Row(self._desk.say(one.text), " · ".join(part for part in (since, told) if part), look)

    def _buttons(self, person: bytes, one: Against) -> Iterator[Button]:
        if one.to_weigh:
            yield self._button(M("Decide …"), one, partial(_weigh, self._desk, one))
        match one.kind:
            case AgainstKind.LOCK:
                yield self._button(M("Lift the lock"), one, partial(lift, self._desk, person))
            case AgainstKind.OBJECTION:
                yield self._button(M("No longer objects"), one, partial(_back, self._desk, one.id))
            case AgainstKind.WISH:
                yield self._button(M("Take out"), one, partial(_drop, self._desk, one.id))

    def _button(self, text: M, one: Against, then: Callable[[], None]) -> Button:
        said = self._desk.say(text)
        made = Button(said, kind=Kind.QUIET, name=f"{said}: {self._desk.say(one.text)}")
        made.clicked.connect(lambda _on: then())
        return made


class LockedStrip(QWidget):
    """The strip on top of a page whose person is locked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_7, SPACE_4, SPACE_7, 0)
        self._banner: Banner | None = None
        self.hide()

    def show_page(self, page: RecordPage) -> None:
        """Show why and since when; nothing where the person is not locked."""
        lock, desk = page.lock, self._desk
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if lock is not None:
            told = M("Locked since {day}: kept, not used. {why}", day=lock.since, why=lock.sub)
            button = Button(desk.say(M("Lift the lock")), kind=Kind.LINK)
            button.clicked.connect(lambda _on: lift(desk, page.person))
            acts = [button] if desk.may(permits.CHANGE_CONSENTS) else []
            self._banner = Banner(desk.say(told), Tone.NEUTRAL, "lock", acts)
            self._column.addWidget(self._banner)
        self.setVisible(lock is not None)


def lift(desk: Desk, person: bytes) -> None:
    """Let somebody's data be used again."""
    _do(desk, partial(locks.lift, desk.office, person), M("The data may be used again."), person)


def _back(desk: Desk, objection: bytes) -> None:
    work = partial(locks.take_objection_back, desk.office, objection)
    _do(desk, work, M("The objection does not stand any more."), objection)


def _drop(desk: Desk, wish: bytes) -> None:
    """Take a wish out; it can be taken back, so that a slip of the mouse ends nobody's wish."""
    then = partial(toast_with_undo, desk, M("Taken out."))
    desk.courier.ask(desk.window, partial(locks.drop_wish, desk.office, wish), then, once=(_drop, wish))


def _weigh(desk: Desk, one: Against) -> None:
    from desktop_crm.ui.against.sheets import Weighing

    Weighing(desk, one).open()


def _do(desk: Desk, work: Callable[[], object], told: M, what: bytes) -> None:
    desk.courier.ask(desk.window, work, lambda _: desk.toast(desk.say(told)), once=(_do, what))
