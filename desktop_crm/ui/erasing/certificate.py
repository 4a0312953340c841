"""What stands at the end of an erasure: that it is done, what the final search found, and the papers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm.services.erasing import Erased
from desktop_crm.services.proof import Searched
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.panes import focus_next
from desktop_crm.ui.look.tokens import RADIUS_ROW, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.sheet import PaperRows, open_paper
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 760
_WHAT = {
    "erasure": M("Erasure record: names nobody, keep it"),
    "letter": M("Letter to the customer: made once, not kept here"),
}
_MACHINE = M("The same record for machines")


def open_certificate(desk: Desk, erased: Erased) -> None:
    """Show that somebody was erased, without a word about who it was."""
    certificate = Certificate(desk, erased)
    certificate.closed.connect(lambda: _go_on(desk.window))
    certificate.open()


def _go_on(window: QWidget) -> None:
    """What had the keyboard may have gone with the person: go on in the page that is shown."""
    page = next((screen for screen in window.findChildren(Screen) if screen.isVisible()), None)
    if page is not None and not page.isAncestorOf(QApplication.focusWidget() or window):
        focus_next(page.panes())


def searched_said(searched: Searched) -> M:
    """What the final search found, in one sentence."""
    return M(
        "We searched every page of the file for {n} detail of this person: {found} found.",
        "We searched every page of the file for {n} details of this person: {found} found.",
        n=searched.details,
        found=searched.found,
    )


def copies_left(desk: Desk, copies: Sequence[str]) -> Banner:
    """Nothing reminds of our copies once the person is gone."""
    told = M(
        "Please delete the files in the papers folder, too, whose names begin so: {names}. Nothing will remind you of "
        "them any more.",
        names=", ".join(copies),
    )
    return Banner(desk.say(told), Tone.WARNING, "file")


class Certificate(Sheet):
    """The proof, the papers, and what stays until when."""

    def __init__(self, desk: Desk, erased: Erased) -> None:
        clean = not (erased.searched.found or erased.searched.pending)
        super().__init__(
            desk.window,
            desk.say(M("Erased")),
            desk.say(M("Erasure record no. {number}", number=erased.number)),
            icon="check" if clean else "alert",
            tone=Tone.SUCCESS if clean else Tone.WARNING,
            width=_WIDTH,
        )
        self._desk = desk
        self._erased = erased
        self.proof = self._proof(erased.searched)
        self.body.addWidget(self.proof)
        self.papers = PaperRows(desk, erased.papers, [_what(paper.path.name) for paper in erased.papers])
        self.body.addWidget(self.papers)
        once = M("The letter cannot be made again: the name is gone. Print or send it now, then delete the file.")
        self.body.addWidget(Banner(desk.say(once), Tone.INFO, "mail"))
        if erased.preview.copies:
            self.body.addWidget(copies_left(desk, erased.preview.copies))
        if erased.preview.stays:
            self.body.addWidget(self._stays())
        self._add_foot()

    def _proof(self, searched: Searched) -> Banner:
        say = self._desk.say
        if searched.pending:
            told = M("The final search could not read every page. It has to be repeated: close other programs first.")
            return Banner(say(told), Tone.WARNING)
        said = say(searched_said(searched))
        if searched.found:
            left = M("Traces are left, and the letter says so.")
            return Banner(f"{said} {say(left)}", Tone.WARNING, strong=[said])
        shared = M(
            "{n} of them also stands with somebody else, so finding it there proves nothing.",
            "{n} of them also stand with others, so finding them there proves nothing.",
            n=searched.shared,
        )
        rest = say(shared) if searched.shared else say(M("Nothing is left outside what stays locked."))
        return Banner(f"{said} {rest}", Tone.SUCCESS, "shield", strong=[said])

    def _stays(self) -> Panel:
        say, words = self._desk.say, self._desk.words
        box = Panel("sunken", "line", RADIUS_ROW)
        lines = [
            row(
                Mark("lock", size=16, ink="violet"),
                label(say(M("{n} invoice", "{n} invoices", n=len(stay.numbers))), Type.SMALL),
                label(say(M("goes by itself after {day}", day=words.day(stay.until))), Type.SMALL, "text2"),
                space=10,
            )
            for stay in self._erased.preview.stays
        ]
        for one in lines:
            one.addStretch(1)
        box.setLayout(column(label(say(M("Stays locked")), Type.BUTTON), *lines, space=6, margins=(14, 10, 14, 12)))
        return box

    def _add_foot(self) -> None:
        say = self._desk.say
        folder = Button(say(M("Show in folder")), icon="folder", kind=Kind.QUIET)
        folder.clicked.connect(lambda: open_paper(self._desk, self._erased.papers[0].path.parent))
        done = Button(say(M("Done")), kind=Kind.PRIMARY)
        done.clicked.connect(self.close)
        self.footer("", done, start=folder)


def _what(name: str) -> M:
    """What a paper of an erasure is, by the beginning of its name."""
    return _MACHINE if name.endswith(".json") else _WHAT[name.partition("-")[0]]
