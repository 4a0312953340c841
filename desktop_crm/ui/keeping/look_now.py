"""*Look now*: the look at the keeping times that otherwise comes once a day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.services import retention
from desktop_crm.services.retention import ClockJumped, Run
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 560


def look_now(desk: Desk, owner: QWidget, *, clock_is_right: bool = False) -> None:
    """Put on the list what has passed its time. Where the date jumped, somebody has to say that it is right."""

    def done(run: Run) -> None:
        said = M(
            "Looked through: {n} new entry on the list.", "Looked through: {n} new entries on the list.", n=run.new
        )
        desk.toast(desk.say(said if run.new else M("Looked through: nothing new.")))

    def failed(problem: Problem) -> bool:
        if isinstance(problem, ClockJumped):
            ClockSheet(desk, owner, problem).open()
        return isinstance(problem, ClockJumped)

    title = desk.say(M("Looking at the keeping times"))
    work = retention.run
    desk.courier.run(
        owner,
        title,
        lambda _: work(desk.office, clock_is_right=clock_is_right),
        done,
        failed=failed,
        cancel=False,
        once=look_now,
    )


class ClockSheet(Sheet):
    """The date jumped: a computer that believes it is 2036 would put everybody on the list."""

    def __init__(self, desk: Desk, owner: QWidget, problem: ClockJumped) -> None:
        say = desk.say
        super().__init__(desk.window, say(M("Is the date right?")), icon="calendar", tone=Tone.WARNING, width=_WIDTH)
        self._desk = desk
        self._owner = owner
        self.body.addWidget(label(say(problem.what), wrap=True))
        wrong = M("If not, set the clock of this computer right first. Until then nothing is listed.")
        self.body.addWidget(label(say(wrong), ink="text2", wrap=True))
        no = Button(say(M("No, it is wrong")))
        no.clicked.connect(self.dismiss)
        self.yes = Button(say(M("Yes, look now")), kind=Kind.PRIMARY)
        self.yes.clicked.connect(self._look)
        self.footer("", no, self.yes)

    def _look(self) -> None:
        self.close()
        look_now(self._desk, self._owner, clock_is_right=True)
