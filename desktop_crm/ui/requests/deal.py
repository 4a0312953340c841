"""What is to be done about a request that no paper answers: where to do it, and that it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from desktop_crm.records.request import RequestKind
from desktop_crm.services.requests import RequestRow
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.erasing.sheet import open_erasing
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import flow
from desktop_crm.words import M

_GUIDE: dict[RequestKind, tuple[str, M, M]] = {
    RequestKind.ERASURE: (
        "trash",
        M("Erase them"),
        M("First you see what goes now, what the law keeps and until when. Nothing goes before you say so."),
    ),
    RequestKind.RECTIFICATION: (
        "pen",
        M("Correct it"),
        M("Open their entry and correct what is wrong. Then tell them, and close the request."),
    ),
    RequestKind.RESTRICTION: (
        "lock",
        M("Lock it"),
        M("Leave everything as it is and use none of it until it is cleared up. Note in their entry why."),
    ),
    RequestKind.OBJECTION: (
        "x",
        M("Stop using it"),
        M("Take back the permission for what they do not want any more, so that it is never used for that again."),
    ),
    RequestKind.WITHDRAWAL: (
        "undo",
        M("Take it back"),
        M("Enter that the permission is taken back. From then on it is not used any more."),
    ),
}


class DealCard(Card):
    """What is to be done, a button that leads there, and one that closes the request."""

    def __init__(self, desk: Desk, row: RequestRow, close: Callable[[], None]) -> None:
        super().__init__()
        icon, title, text = _GUIDE[row.kind]
        self._desk = desk
        self._row = row
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        tone = Tone.DANGER if row.kind is RequestKind.ERASURE else Tone.ACCENT
        head.addWidget(Mark(icon, tone, size=44, square=True))
        head.addWidget(label(desk.say(title), Type.SECTION, wrap=True), 1)
        self.add(head)
        self.add(label(desk.say(text), Type.BODY, "text2", wrap=True))
        self.add(8)
        self.first = desk.only(self._first(), *(permits.ERASE if row.kind is RequestKind.ERASURE else ()))
        self.done = Button(desk.say(M("Done and told: close the request")), icon="check")
        self.done.clicked.connect(lambda _on: close())
        desk.only(self.done, permits.CHANGE_REQUESTS)
        self.add(flow(self.first, self.done))
        self.done.setVisible(row.kind is not RequestKind.ERASURE)

    def _first(self) -> Button:
        text, do = self._way()
        made = Button(self._desk.say(text), kind=Kind.PRIMARY)
        made.clicked.connect(lambda _on: do())
        return made

    def _way(self) -> tuple[M, Callable[[], None]]:
        desk, row = self._desk, self._row
        match row.kind:
            case RequestKind.ERASURE:
                return M("See what would go …"), lambda: open_erasing(desk, row.person, number=row.number)
            case RequestKind.OBJECTION | RequestKind.WITHDRAWAL:
                return M("Open their permissions"), lambda: desk.go("permission", person=row.person)
        return M("Open their entry"), lambda: desk.go("contacts", person=row.person)
