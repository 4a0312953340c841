"""What goes now, what stays locked, what lies outside this program: three columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_crm.records.request import RequestKind
from desktop_crm.services import labels
from desktop_crm.services.erasure_plan import Preview, Stay
from desktop_crm.services.outside import Outside
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.requests.places import Places
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.facts import SmallButton, WhyCard
from desktop_crm.ui.widgets.label import Label, label
from desktop_crm.ui.widgets.layout import Abreast, line
from desktop_crm.words import M

COLUMN = 230
"""A column gets no narrower than this."""


class Column(Panel):
    """A card with an icon, a title, how many, one sentence, and lines below."""

    def __init__(self, desk: Desk, icon: str, tone: Tone, title: M, number: int, text: M) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(desk.say(title))
        self.number = Label(desk.words.number(number), Type.SECTION, tabular=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark(icon, tone, size=28))
        head.addWidget(label(desk.say(title), Type.CARD, wrap=True), 1)
        head.addWidget(self.number)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(label(desk.say(text), Type.SMALL, "text2", wrap=True))
        whole.addWidget(line())
        whole.addLayout(self.lines)
        whole.addStretch(1)

    def add_line(self, text: str, value: str, *more: QWidget) -> None:
        """One line: what, and how many or until when."""
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(label(text, Type.SMALL, wrap=True), 1)
        amount = Label(value, Type.SMALL, "text2", tabular=True)
        amount.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(amount)
        for widget in more:
            across.addWidget(widget)
        self.lines.addLayout(across)

    def add_nothing(self, text: M) -> None:
        """There is nothing to be listed."""
        self.lines.addWidget(label(self._desk.say(text), Type.SMALL, "text3", wrap=True))


def columns(desk: Desk, shown: Preview, elsewhere: OutsideColumn) -> Abreast:
    """The three columns of the erase sheet."""
    return Abreast(_goes(desk, shown), _stays(desk, shown), elsewhere, least=COLUMN, space=14)


def _goes(desk: Desk, shown: Preview) -> Column:
    text = M("For good, in every place of the file.")
    made = Column(desk, "trash", Tone.DANGER, M("Goes now"), shown.entries, text)
    for what, number in shown.parts:
        made.add_line(desk.say(what), desk.words.number(number))
    return made


def _stays(desk: Desk, shown: Preview) -> Column:
    text = M("Out of sight, goes by itself.")
    number = sum(len(stay.numbers) for stay in shown.stays)
    made = Column(desk, "lock", Tone.VIOLET, M("Stays locked"), number, text)
    for stay in shown.stays:
        for invoice in stay.numbers:
            said = M("Invoice {number}", number=invoice) if invoice else M("Invoice without a number")
            made.add_line(desk.say(said), desk.words.day(stay.until), _why(desk, stay))
    if not shown.stays:
        made.add_nothing(M("Nothing: no law asks for any of it."))
    return made


def _why(desk: Desk, stay: Stay) -> SmallButton:
    button = SmallButton("info", desk.say(M("Why it stays")))

    def explain() -> None:
        lines = [
            (desk.say(M("By which law")), desk.say(labels.law(stay.law))),
            (desk.say(M("Until")), desk.words.day(stay.until)),
            (
                desk.say(M("Meanwhile")),
                desk.say(M("Nobody sees it in daily work. It is opened for the tax office alone.")),
            ),
        ]
        WhyCard(desk.say(M("Why it stays")), lines, button).show_at(button)

    button.clicked.connect(explain)
    return button


class OutsideColumn(Column):
    """The places that only people can look through, and our copies of papers that were made for the person."""

    def __init__(self, desk: Desk, person: bytes, shown: Preview) -> None:
        text = M("Only you can do this. Tick when done.")
        number = len(shown.copies) + len(shown.outside)
        super().__init__(desk, "folder", Tone.INFO, M("Not in this app"), number, text)
        self.copies = {name: self._copy(name) for name in shown.copies}
        self.places = Places(desk, person, (RequestKind.ERASURE,), self._changed)
        self.places.show_places(shown.outside)
        self.lines.addWidget(self.places)

    @property
    def copies_gone(self) -> frozenset[str]:
        """The copies that were ticked as deleted."""
        return frozenset(name for name, box in self.copies.items() if box.isChecked())

    def _copy(self, name: str) -> CheckBox:
        told = M("Files “{name} …” in the papers folder: deleted", name=name)
        box = CheckBox(self._desk.say(told), kind=Type.SMALL)
        self.lines.addWidget(box)
        return box

    def _changed(self, places: Sequence[Outside]) -> None:
        self.number.setText(str(len(self.copies) + len(places)))
