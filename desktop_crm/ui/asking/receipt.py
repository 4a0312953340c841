"""The receipt of what somebody answered: written into the folder for papers, and opened to be printed from there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop_crm.services import receipts
from desktop_crm.services.receipts import Receipted
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.folder import with_folder
from desktop_crm.ui.made.sheet import PaperRows, open_paper
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 760
_SAYS = {
    ".pdf": M("For the person: answers, wording, how to take back"),
    ".json": M("The same for programs (Kantara)"),
    ".jsonld": M("The same for programs (W3C DPV)"),
}


def give_receipt(desk: Desk, person: bytes, purpose: str | None = None) -> None:
    """Make the receipt of what a person answered last (about one purpose)."""

    def make(folder: Path) -> None:
        work = partial(receipts.receipt, desk.office, person, folder, purpose=purpose)
        desk.courier.ask(desk.window, work, lambda made: ReceiptSheet(desk, made).open(), once=(give_receipt, person))

    with_folder(desk, desk.window, make, once=(with_folder, person))


class ReceiptSheet(Sheet):
    """A receipt that was made: print it, or see where it lies."""

    def __init__(self, desk: Desk, made: Receipted) -> None:
        say = desk.say
        about = M(
            "{n} answer, as it was recorded. Hand it over or send it.",
            "{n} answers, as they were recorded. Hand it over or send it.",
            n=made.answers,
        )
        super().__init__(
            desk.window, say(M("The receipt is made")), say(about), icon="check", tone=Tone.SUCCESS, width=_WIDTH
        )
        self.papers = PaperRows(desk, made.papers, [_SAYS[paper.path.suffix] for paper in made.papers])
        self.body.addWidget(self.papers)
        told = M(
            "The proof stays in the customer file. These files are only to be handed over: delete them afterwards."
        )
        self.body.addWidget(label(say(told), Type.SMALL, "text2", wrap=True))
        folder = Button(say(M("Show in folder")), icon="folder", kind=Kind.QUIET)
        folder.clicked.connect(lambda: open_paper(desk, made.papers[0].path.parent))
        done = Button(say(M("Done")), kind=Kind.PRIMARY)
        done.clicked.connect(self.close)
        self.footer("", done, start=folder)
