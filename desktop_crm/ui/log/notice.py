"""What the activity log notes about those who work here: read and confirmed at the first sign-in."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.services import log_notice
from desktop_crm.services.log_notice import Told
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 720


class NoticeSheet(Sheet):
    """The whole text, and a button that confirms it. Put off, it comes again at the next opening."""

    def __init__(self, desk: Desk, told: Told, then: Callable[[], None] = lambda: None) -> None:
        say = desk.say
        sub = M("Please read this once. It is noted that you did.")
        super().__init__(desk.window, say(log_notice.TITLE), say(sub), icon="list", tone=Tone.ACCENT, width=_WIDTH)
        self._desk = desk
        self._then = then
        for head, text in told.sections:
            self.body.addWidget(label(say(head), Type.STRONG))
            self.body.addWidget(label(say(text), Type.BODY, "text2", wrap=True, selectable=True))
        self.later = Button(say(M("Later")), kind=Kind.QUIET)
        self.later.clicked.connect(self.dismiss)
        self.confirm = Button(say(M("I have read this")), kind=Kind.PRIMARY)
        self.confirm.clicked.connect(self._confirm)
        if told.confirmed is None:
            self.footer("", self.later, self.confirm)
        else:
            self.later.setText(say(M("Close")))
            self.footer(say(M("Confirmed on {at}.", at=told.confirmed.read_at)), self.later)

    def _confirm(self) -> None:
        self.confirm.setEnabled(False)
        office = self._desk.office
        self._desk.courier.ask(self, lambda: log_notice.confirm_notice(office), lambda _: self._done())

    def _done(self) -> None:
        self.close()
        self._then()
