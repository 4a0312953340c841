"""Where a person stands on each question, and taking a yes back."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import labels
from desktop_crm.services.record_page import RecordPage, Stand
from desktop_crm.services.signs import Tone as SignTone
from desktop_crm.ui import permits
from desktop_crm.ui.against.card import AgainstRows
from desktop_crm.ui.asking.receipt import give_receipt
from desktop_crm.ui.asking.withdrawing import withdraw
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import flow
from desktop_crm.ui.widgets.rows import Row, RowList, RowLook
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WAYS = (ConsentHow.SCREEN, ConsentHow.PHONE, ConsentHow.EMAIL, ConsentHow.PAPER, ConsentHow.POST)


class PermissionTab(QWidget):
    """One row for each purpose."""

    asking_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self._person = b""
        self._list = RowList(name=desk.say(M("Permission")))
        self._nothing = label(desk.say(M("This shop asks about nothing yet.")), Type.BODY, "text2", wrap=True)
        ask = Button(desk.say(M("Ask for permission …")), icon="pen", kind=Kind.PRIMARY)
        ask.clicked.connect(self.asking_asked)
        proof = Button(desk.say(M("Every answer, with its wording")), kind=Kind.LINK)
        proof.clicked.connect(lambda: desk.go("permission", person=self._person))
        self._receipt = Button(desk.say(M("Receipt …")), icon="file")
        self._receipt.clicked.connect(lambda: give_receipt(desk, self._person))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(CARD_GAP)
        self.against = AgainstRows(desk)
        inside.addWidget(self.against)
        inside.addWidget(self._list)
        inside.addWidget(self._nothing)
        may = permits.CHANGE_CONSENTS
        inside.addWidget(flow(desk.only(ask, may), desk.only(self._receipt, may), proof, space=SPACE_4))
        inside.addStretch(1)

    def show_page(self, page: RecordPage) -> None:
        """Show where this person stands."""
        shown = page.person, page.consents, page.against
        if shown == self._shown:
            return
        self._shown, self._person = shown, page.person
        self.against.show_page(page)
        self._list.show_rows([self._row(stand) for stand in page.consents])
        self._list.setVisible(bool(page.consents))
        self._nothing.setVisible(not page.consents)
        self._receipt.setEnabled(any(stand.since is not None for stand in page.consents))

    def _row(self, stand: Stand) -> Row:
        since = self._desk.say(M("since {day}", day=stand.since)) if stand.since is not None else ""
        return Row(stand.name, since, RowLook(trailing=tuple(self._trailing(stand))))

    def _trailing(self, stand: Stand) -> Iterator[QWidget]:
        yield Badge(self._desk.say(stand.badge.text), Tone(stand.badge.tone.value), stand.badge.icon)
        if stand.badge.tone is SignTone.SUCCESS and self._desk.may(permits.CHANGE_CONSENTS):
            name = self._desk.say(M("Take back: {purpose}", purpose=stand.name))
            take = Button(self._desk.say(M("Take back …")), kind=Kind.QUIET, name=name)
            take.clicked.connect(lambda: TakingBack(self._desk, self._person, stand).open())
            yield take


class TakingBack(Sheet):
    """A yes is taken back, as easily as it was given."""

    def __init__(self, desk: Desk, person: bytes, stand: Stand) -> None:
        super().__init__(
            desk.window,
            desk.say(M("Take back the yes: {purpose}?", purpose=stand.name)),
            desk.say(M("From now on it is not used. What was done before stays right.")),
            icon="pen",
            tone=Tone.WARNING,
            width=520,
        )
        self._desk = desk
        self._person = person
        self._code = stand.code
        self.how = Select(
            [(way.value, desk.say(labels.of(way))) for way in _WAYS], name=desk.say(M("How they said it"))
        )
        self.take = Button(desk.say(M("Take back")), kind=Kind.PRIMARY)
        self.take.clicked.connect(self._take)
        stay = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        stay.clicked.connect(self.close)
        self.body.addWidget(label(desk.say(M("How they said it")), Type.BUTTON))
        self.body.addWidget(self.how)
        self.footer("", stay, self.take)

    def first(self) -> QWidget | None:
        return self.take

    def _take(self) -> None:
        how = ConsentHow(self.how.key())
        self.close()
        withdraw(self._desk, self._person, self._code, how=how)
