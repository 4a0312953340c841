"""The list of contacts with its head: title, *New*, search as one types, and chips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop_crm.services import listing
from desktop_crm.services.listing import Chip, ChipCount
from desktop_crm.ui import permits
from desktop_crm.ui.contacts.chips import PeopleChips
from desktop_crm.ui.contacts.people_view import PeopleView
from desktop_crm.ui.contacts.staying import Staying
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.models.people import PeopleModel
from desktop_crm.ui.models.people_loader import PeopleLoader
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, column, row
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.words import M


class ListPanel(QFrame):
    """Finds people and says who is to be shown."""

    opened = Signal(bytes)
    new_asked = Signal()
    chosen = Signal()
    """Others are chosen in the list than before."""
    counted = Signal(int)
    """How many contacts there are at all."""
    filled = Signal(int)
    """So many people are in the list, which is known before all are counted; never sent for nobody."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("kind", "surface")
        self.model = PeopleModel(desk, self)
        self.loader = PeopleLoader(desk, self.model)
        self.view = PeopleView(self.model, desk.say(M("Contacts")))
        self._staying = Staying(self.view, self.model, self.loader)
        self.chips = PeopleChips(desk)
        self.search = SearchField(
            desk.say(M("Name, phone, e-mail, note …")), name=desk.say(M("Search in the contacts"))
        )
        self._count = label("", Type.SMALL, "text2")
        self.new = Button(desk.say(M("New")), icon="plus", kind=Kind.PRIMARY, name=desk.say(M("New contact")))
        desk.only(self.new, permits.CHANGE_CONTACTS)
        self._nobody = label("", Type.BODY, "text2", wrap=True)
        self._clear = Button(desk.say(M("Show everybody")), kind=Kind.LINK)
        self._place = QStackedWidget()
        self._narrowing = False
        self._is_counted = False
        self._enter_pressed = False
        self._lay_out()
        self._connect()

    @property
    def person(self) -> bytes | None:
        """Who the keyboard is on."""
        return self.view.person

    def begin(self) -> None:
        """Fill the list for the first time."""
        self._narrow(self.chips.chosen)

    def refresh(self) -> None:
        """Something was changed in the file: rows, order and counts are read again."""
        self._is_counted = False
        if not self.model.rowCount() and not self.loader.text:
            # Somebody may have come: that nobody is here is not known any more.
            self._place.setCurrentIndex(0)
            self._count.setText("")
        self.model.renew()
        self.loader.renew()

    def show_chip(self, key: str) -> None:
        """Narrow the list to a chip."""
        self.chips.choose(key)
        self._narrow(key)

    def show_person(self, person: bytes) -> None:
        """Put the choice on somebody; whoever is not in the list as it is narrowed now is looked for among all."""
        if self.model.place_of(person) is None and (self.loader.text or self.loader.chip != Chip.ALL):
            self.show_chip(Chip.ALL)
        self._staying.look_for(person)

    def go_to_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ends = self.width() - 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else 0
        paint.fill(painter, QRect(ends, 0, 1, self.height()), "border")
        paint.fill(painter, QRect(0, self._head.geometry().bottom() + 1, self.width(), 1), "border")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._leave_room_for_line()

    def _lay_out(self) -> None:
        title = row(4, Elided(self._desk.say(M("Contacts")), Type.PANE), self._count, STRETCH, self.new, space=9)
        head = column(
            title, SPACE_3, self.search, SPACE_2, self.chips, space=0, margins=(SPACE_4, SPACE_4, SPACE_4, SPACE_2)
        )
        self._head = QWidget()
        self._head.setLayout(head)
        empty = QWidget()
        empty.setLayout(column(self._nobody, row(self._clear, STRETCH), STRETCH, margins=20))
        self._place.addWidget(self.view)
        self._place.addWidget(empty)
        self._all = column(self._head, 5, self._place, space=0)
        self._all.setStretch(2, 1)
        self.setLayout(self._all)
        self._leave_room_for_line()

    def _leave_room_for_line(self) -> None:
        starts = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._all.setContentsMargins(int(starts), 0, int(not starts), 0)

    def _connect(self) -> None:
        self.search.typed.connect(self._type)
        self.search.down.connect(self.view.step_in)
        self.search.entered.connect(self._open_first)
        self.chips.picked.connect(self._pick_chip)
        self.view.opened.connect(self.opened)
        self.view.chosen.connect(self.chosen)
        self.view.typed.connect(self._type_on)
        self.view.went_up.connect(self.go_to_search)
        self.new.clicked.connect(self.new_asked)
        self._clear.clicked.connect(self._show_everybody)
        self.loader.whole.connect(self._filled)
        self.model.rowsInserted.connect(lambda: self._place.setCurrentIndex(0))

    def _type(self, text: str) -> None:
        if self._narrowing:
            return
        self._enter_pressed = False
        if text.strip():
            self.chips.choose(Chip.ALL)
        self.loader.find(text)

    def _type_on(self, letters: str) -> None:
        """Letters typed while the keyboard is in the list go on with the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.end(False)
        self.search.insert(letters)

    def _pick_chip(self, key: str) -> None:
        self._narrow(key)
        self.view.scrollToTop()

    def _narrow(self, key: str) -> None:
        self._narrowing = True
        self.search.clear()
        self._narrowing = False
        self.loader.narrow(key)

    def _show_everybody(self) -> None:
        self.show_chip(Chip.ALL)
        self.go_to_search()

    def _open_first(self) -> None:
        """Typed before the answer came, Enter means the first of the answer, not the first of what is still shown."""
        self._enter_pressed = bool(self.loader.text) and not self.loader.is_whole
        if self.model.rowCount() and not self._enter_pressed:
            self.view.show_person(self.model.person_at(0))
            self.view.open_now()

    def _filled(self) -> None:
        """Everybody is in the list."""
        number = self.model.rowCount()
        told = self._desk.words.number(number)
        self._count.setText(f"{told}+" if self.loader.may_be_more else told)
        self._place.setCurrentIndex(0 if number else 1)
        if self.loader.text:
            self._nobody.setText(self._desk.say(M("Nobody found for “{text}”.", text=self.loader.text.strip())))
            announce(self.search, self._desk.say(M("{n} found", "{n} found", n=number)))
        else:
            self._nobody.setText(self._desk.say(M("Nobody here now.")))
        if number:
            self.filled.emit(number)
        if self._enter_pressed:
            self._open_first()
        if not self._is_counted:
            self._ask_counts()

    def _ask_counts(self) -> None:
        """Rows come first: in a large file counting takes longer than showing."""
        self._is_counted = True
        self._desk.courier.ask(self, lambda: listing.chip_counts(self._desk.office), self._show_counts, newest="chips")

    def _show_counts(self, counts: Sequence[ChipCount]) -> None:
        self.chips.show_counts(counts)
        self.counted.emit(self.chips.number(Chip.ALL) or 0)
