"""First step: which list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.services.import_preview import ImportLook, look
from desktop_crm.ui.courier import Cancelled, Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.drop import LISTS, first_list, local_files, no_list
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.earlier import Earlier, in_force
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_CARD, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, row
from desktop_crm.words import M, Problem

_HIGH = 268


class ChooseFile(Stage):
    """Choose a file or let one fall here. Everything else is read from it."""

    title = M("Which list?")
    note = M("Your file is only read. Nothing is in the program yet.")

    def __init__(self, desk: Desk, course: Course) -> None:
        super().__init__(desk, course, rail=True)
        self.choose = Button(self.say(M("Choose a file …")), icon="folder", kind=Kind.PRIMARY, large=True)
        self.choose.clicked.connect(lambda _on: self._choose())
        self.place = DropPlace(self.say(M("Drop your list here")), self._told(), self.choose)
        self.place.brought.connect(self.read)
        self.place.refused.connect(lambda: self.desk.problem(no_list()))
        self.earlier = Earlier(desk, self.come)
        self.add(self.place)
        self.add(self.earlier, SPACE_4)
        self.end()
        self.rail.addWidget(self._kinds())
        self.rail.addWidget(self._promise())

    def first(self) -> QWidget:
        return self.choose

    def come(self) -> None:
        """The lists of before are asked for; nobody waits for them."""
        office = self.desk.office
        self.desk.courier.ask(self, lambda: in_force(office), self.earlier.show_lists, newest="earlier")

    def go_on(self) -> None:
        """The list of a step back is good for going on; else there is one to choose."""
        if self.course.look is not None:
            self.done.emit()
        else:
            self._choose()

    def read(self, path: Path) -> None:
        """Look at a list, in the background; nothing is brought in."""
        office, title = self.desk.office, self.say(M("Reading the list"))

        def work(step: Progress) -> ImportLook:
            return look(path, office.shop.country, progress=step)

        def failed(problem: Problem) -> bool:
            self.failed(problem)
            if isinstance(problem, Cancelled):
                return False
            # What is no list today is none a moment later: another file helps, trying again seldom does.
            self.desk.problem(problem, lambda: self.read(path), other=(M("Choose another file …"), self._choose))
            return True

        self.busy.emit(True)
        self.desk.courier.run(self, title, work, lambda seen: self._read(path, seen), failed=failed)

    def _read(self, path: Path, seen: ImportLook) -> None:
        self.course.begin(path)
        self.course.look = seen
        self.busy.emit(False)
        self.done.emit()

    def _choose(self) -> None:
        patterns = " ".join(f"*{ending}" for ending in sorted(LISTS))
        path = self.desk.choose_file(self.say(M("Choose a list")), f"{self.say(M('Lists of people'))} ({patterns})")
        if path is not None and isValid(self):
            self.read(path)

    def _told(self) -> str:
        return self.say(
            M("From Excel, Outlook, Google or your phone. You see what would come in before anything does.")
        )

    def _kinds(self) -> Card:
        card = Card(self.say(M("What fits")))
        for icon, text in (
            ("table", M("Excel file (.xlsx)")),
            ("list", M("Table as text (.csv, .txt, .tsv)")),
            ("id", M("Contact file of a phone or mail program (.vcf)")),
        ):
            card.add(_line(icon, self.say(text)))
        return card

    def _promise(self) -> Card:
        card = Card(self.say(M("What happens now")))
        for text in (
            M("You say which column is what, and why you have these people."),
            M("A try run shows who is new, who is here already and what would be left out."),
            M("Only then they come in, and you can take the whole list out again."),
        ):
            card.add(_line("check", self.say(text), "success"))
        return card


def _line(icon: str, text: str, ink: str = "text2") -> QWidget:
    mark = Mark(icon, size=18, ink=ink)
    line = row(mark, label(text, Type.SMALL, "text2", wrap=True), space=SPACE_3)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return boxed(line)


class DropPlace(QWidget):
    """A dashed ground that takes one file."""

    brought = Signal(Path)
    refused = Signal()

    def __init__(self, title: str, text: str, button: Button) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self.setProperty("takesFiles", True)
        self.setMinimumHeight(_HIGH)
        every = QVBoxLayout(self)
        every.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        every.setSpacing(SPACE_2)
        centre = Qt.AlignmentFlag.AlignHCenter
        every.addStretch(1)
        every.addWidget(Mark("upload", Tone.ACCENT, size=56), 0, centre)
        every.addSpacing(SPACE_2)
        for words, kind, ink in ((title, Type.SECTION, "text"), (text, Type.BODY, "text2")):
            told = label(words, kind, ink, wrap=True)
            told.setAlignment(centre)
            every.addWidget(told)
        every.addSpacing(SPACE_4)
        every.addWidget(button, 0, centre)
        every.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        event.acceptProposedAction()
        found = first_list(local_files(event.mimeData()))
        if found is None:
            self.refused.emit()
        else:
            self.brought.emit(found)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, edge = ("accent_soft", "accent") if self._over else ("surface", "field")
        paint.box(paint.painter_on(self), self.rect(), RADIUS_CARD, fill=fill, edge=edge, width=1.5, dashed=True)

    def _light(self, over: bool) -> None:
        self._over = over
        self.update()
