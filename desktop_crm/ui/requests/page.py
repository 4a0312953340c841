"""The page of one privacy request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import looking_through, requests
from desktop_crm.services.looking_through import FoundPart, Part
from desktop_crm.services.outside import Outside
from desktop_crm.services.requests import RequestPage, Step
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.requests.answering import Answering
from desktop_crm.ui.requests.came import Came
from desktop_crm.ui.requests.day import DaySheet
from desktop_crm.ui.requests.deal import DealCard
from desktop_crm.ui.requests.found import FoundList, PartSheet
from desktop_crm.ui.requests.phrases import COPIES, IN_LAW, KINDS, has_entry, step_at, step_names, title
from desktop_crm.ui.requests.places import PlacesSheet
from desktop_crm.ui.requests.rail import DueCard, HappenedCard, WhoCard, menu_below
from desktop_crm.ui.undo import toast_with_undo
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.facts import SmallButton, WhyCard
from desktop_crm.ui.widgets.layout import boxed, clear, column, in_reading_order
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.ui.widgets.steps import Steps
from desktop_crm.words import M

_LOW = 800
"""In a lower window the buttons that make the papers would lie below its edge."""


class RequestView(QWidget):
    """One request, from *Received* to *Closed*. It stays while it is shown and fills itself anew in place."""

    def __init__(self, desk: Desk, page: RequestPage, back: Callable[[], None]) -> None:
        """`back` leads to the list."""
        super().__init__()
        self._desk = desk
        self._back = back
        self.number = page.row.number
        self.page = page
        self.steps = Steps([desk.say(name) for name in step_names(page.row.kind)])
        self.came = Came(desk, page, self._change_day)
        self._notes = QVBoxLayout()
        self.due = DueCard(desk)
        self.who = WhoCard(desk, page)
        self.happened = HappenedCard(desk)
        self.found: FoundList | None = None
        self.answering: Answering | None = None
        self.deal: DealCard | None = None
        self._answers = desk.may(*permits.MAKE_PAPERS)
        self._changes = desk.may(permits.CHANGE_REQUESTS)
        self._build()
        self.show_page(page)
        if page.row.kind in COPIES and page.row.closed_on is None and self._answers:
            self.look_through()

    @property
    def person(self) -> bytes:
        """Whose request it is."""
        return self.page.row.person

    def show_page(self, page: RequestPage) -> None:
        """Show the request as it is now."""
        self.page = page
        noted = page.identity is not None or page.row.step is Step.IDENTITY
        self.steps.rename([self._desk.say(name) for name in step_names(page.row.kind, identity_noted=noted)])
        self.steps.go_to(step_at(page.row))
        self.came.show_page(page)
        self.due.show_page(page)
        self.who.show_page(page)
        self.happened.show_happened(page.happened)
        self._show_notes()
        for part in (self.found, self.answering, self.deal):
            if part is not None:
                part.setVisible(page.row.closed_on is None)

    def take_focus(self) -> None:
        """Put the keyboard on what most people want here."""
        first = self.answering.first if self.answering else self.deal.first if self.deal else self.dots
        (first if self.page.row.closed_on is None else self.dots).setFocus()

    def look_through(self) -> None:
        """Look through everything about the person; that is a look the log tells of."""
        office, person = self._desk.office, self.person

        def work() -> tuple[tuple[FoundPart, ...], RequestPage]:
            return looking_through.found(office, person), requests.request(office, self.number)

        self._desk.courier.ask(self, work, self._show_found, newest="found")

    def _build(self) -> None:
        self.layout_page = Page(self._head(), rail=True)
        self._notes.setSpacing(10)
        self.layout_page.add(self._notes)
        if self.page.row.kind in COPIES and not self._answers:
            by_others = M("The answer is made by somebody whose role may hand it out.")
            self.layout_page.add(Banner(self._desk.say(by_others), Tone.NEUTRAL, "users"))
        elif self.page.row.kind in COPIES:
            self.found = FoundList(self._desk, self.look_through, self._open_part)
            self.layout_page.add(self.found)
            self.answering = Answering(self._desk, self.page.row)
            self.layout_page.add(self.answering)
        else:
            self.deal = DealCard(self._desk, self.page.row, self.close_request)
            self.layout_page.add(self.deal)
        self.layout_page.end()
        for part in (self.due, self.who, self.happened):
            self.layout_page.rail.addWidget(part)
        self.layout_page.rail.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.layout_page)

    def _head(self) -> PageHead:
        say, row = self._desk.say, self.page.row
        why = SmallButton("info", say(M("What this is in law")))
        why.clicked.connect(lambda: self._explain(why))
        self.dots = Button(icon="dots", kind=Kind.SECONDARY, name=say(M("More about this request")))
        self.dots.clicked.connect(self._open_menu)
        name = row.who.name if row.who else say(M("Somebody"))
        return PageHead(
            say(title(row.kind, name)),
            crumbs=[(say(M("Copy or erase")), self._back), (say(M("No. {number}", number=row.number)), None)],
            actions=[self.dots],
            chip=why,
            below=boxed(column(self.came, self.steps, space=6)),
        )

    def _explain(self, why: QWidget) -> None:
        kind = self.page.row.kind
        lines = [(self._desk.say(M("In law")), self._desk.say(IN_LAW[kind]))]
        WhyCard(self._desk.say(KINDS[kind]), lines, why).show_at(why)

    def _open_menu(self) -> None:
        say, desk = self._desk.say, self._desk
        acts: list[tuple[str, str, Callable[[], None]]] = []
        if has_entry(self.page.row):
            acts.append(("users", say(M("Open their entry")), lambda: desk.go("contacts", person=self.person)))
        if desk.may(permits.SEE_LOG):
            acts.append(("list", say(M("Who looked at them")), lambda: desk.go("log", person=self.person)))
        if self.page.row.closed_on is None and self._changes:
            acts.append(("calendar", say(M("It came on another day …")), self._change_day))
            acts.append(("check", say(M("Close the request")), self.close_request))
            acts.append(("undo", say(M("Entered by mistake")), self.take_out))
        menu_below(self.dots, say(M("More about this request")), acts)

    def _change_day(self) -> None:
        DaySheet(self._desk, self.page.row).open()

    def close_request(self) -> None:
        """Close it: it is answered."""
        work = partial(requests.close, self._desk.office, self.number)
        told = self._desk.say(M("The request is closed."))
        self._desk.courier.ask(self, work, lambda _: self._desk.toast(told), once=(requests.close, self.number))

    def take_out(self) -> None:
        """Take it out: nobody asked for it. The list comes back by itself, since the request is gone."""
        work = partial(requests.take_out_mistaken, self._desk.office, self.number)
        told = M("No. {number} is taken out; its number stays unused.", number=self.number)
        then = partial(toast_with_undo, self._desk, told)
        self._desk.courier.ask(self._desk, work, then, once=(requests.take_out_mistaken, self.number))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the papers stand above what was found: nobody shall have to scroll for what they came for."""
        super().resizeEvent(event)
        if self.found is None or self.answering is None:
            return
        first, second = (self.answering, self.found) if self.height() < _LOW else (self.found, self.answering)
        main = self.layout_page.main
        if main.indexOf(first) > main.indexOf(second):
            main.removeWidget(second)
            main.insertWidget(main.indexOf(first) + 1, second)
            in_reading_order(self.layout_page)

    # What stands above everything else

    def _show_notes(self) -> None:
        clear(self._notes)
        for banner in self._banners():
            self._notes.addWidget(banner)

    def _banners(self) -> Sequence[Banner]:
        say, row = self._desk.say, self.page.row
        if row.closed_on is not None:
            kept = M("Answered on {day}. Kept are the request, its days and the check sum; no copy.", day=row.closed_on)
            return [Banner(say(kept), Tone.SUCCESS)]
        if row.step is Step.HAND_OVER:
            done = Button(say(M("Handed over: close the request")), icon="check")
            done.clicked.connect(self.close_request)
            self._desk.only(done, permits.CHANGE_REQUESTS)
            return [Banner(say(M("The paper is made. Hand it over.")), Tone.SUCCESS, "file", actions=[done])]
        if row.wait_until is not None:
            no_longer = Button(say(M("Wait no longer")))
            no_longer.clicked.connect(self._wait_no_longer)
            self._desk.only(no_longer, permits.CHANGE_REQUESTS)
            waits = M("Waits until {day}, so that what is still running can end.", day=row.wait_until)
            return [Banner(say(waits), Tone.WARNING, "clock", actions=[no_longer])]
        return []

    def _wait_no_longer(self) -> None:
        work = partial(requests.wait, self._desk.office, self.number, None)
        self._desk.courier.ask(self, work, lambda _: None)

    # What was found

    def _show_found(self, answer: tuple[tuple[FoundPart, ...], RequestPage]) -> None:
        parts, page = answer
        if self.found is not None:
            self.found.show_parts(parts)
        self.show_page(page)

    def _open_part(self, part: FoundPart) -> None:
        if part.part is Part.LOOKS:
            self._desk.go("log", person=self.person)
            return
        if part.part is Part.OUTSIDE:
            sheet: Sheet = PlacesSheet(self._desk, self.person, COPIES, self._show_places)
        else:
            sheet = PartSheet(self._desk, self.person, part, partial(self._note_looked, part.part))
        sheet.closed.connect(lambda: self._return_to(part.part))
        sheet.open()

    def _note_looked(self, part: Part) -> None:
        if self.found is not None:
            self.found.note_looked(part)

    def _show_places(self, places: Sequence[Outside]) -> None:
        if self.found is not None:
            self.found.show_places(places)

    def _return_to(self, part: Part) -> None:
        """The rows may have been made anew under the sheet."""
        row = self.found.row_of(part) if self.found is not None else None
        if row is not None and self.isVisible():
            row.setFocus()
