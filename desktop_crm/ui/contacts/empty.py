"""What the contacts look like before the first one came."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.empty import Empty, InfoCard
from desktop_crm.ui.widgets.layout import Scroll
from desktop_crm.ui.widgets.page import PageHead
from desktop_crm.words import M


class NobodyYet(QFrame):
    """Two ways to begin, and what is good to know about them."""

    list_asked = Signal()
    person_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.say
        self.setProperty("kind", "canvas")
        self.bring = Button(say(M("Bring in a list")), icon="download", kind=Kind.PRIMARY, large=True)
        self.bring.clicked.connect(self.list_asked)
        self.add = Button(say(M("Add one person")), icon="plus", large=True)
        self.add.clicked.connect(self.person_asked)
        for button in (self.bring, self.add):
            desk.only(button, permits.CHANGE_CONTACTS)
        cards = (
            InfoCard(
                "table",
                say(M("Drop a file anywhere here")),
                say(M(".xlsx, .csv or .vcf. Nothing is taken in until you say so.")),
            ),
            InfoCard(
                "phone",
                say(M("From your phone")),
                say(M("Share all contacts there as a .vcf file, and bring in that file.")),
            ),
            InfoCard("shield", say(M("Stays on this computer")), say(M("Nobody is told. No account, no cloud."))),
        )
        empty = Empty(
            "plus",
            say(M("Your customers come here")),
            say(M("Bring the list you have: Excel, CSV, or contacts from your phone. Or begin with one person.")),
            (self.bring, self.add),
            cards,
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(PageHead(say(M("Contacts")), say(M("Nobody yet")), plain=True))
        inside.addWidget(Scroll(empty), 1)
