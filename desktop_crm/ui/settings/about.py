"""Which version this is, and on whose work it stands."""

from __future__ import annotations

from functools import partial

from desktop_crm import __version__
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.bug import versions
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.licences import Work, fonts, libraries
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.rows import ROW, Cell, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M


class AboutPane(Pane):
    """A click on a library shows its licence, where the package brings it along."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("About and licences"), M("Desktop CRM, free software under the MIT licence."))
        self.libraries = RowList(self.say(M("Libraries")))
        self.fonts = RowList(self.say(M("Fonts")))
        self._filled = False
        version = Card(self.say(M("Version {version}", version=__version__)))
        for text in versions()[1:]:
            version.add(label(text, Type.SMALL, "text2", wrap=True, selectable=True))
        self.add(version)
        qt = M(
            "The window is made with Qt and PySide6, used under the LGPL version 3. Their files lie beside the program "
            "as they came, and you may replace them with versions of your own. So does python-bidi (LGPL)."
        )
        self.add(Banner(self.say(qt), Tone.NEUTRAL))
        self.add(self.fonts)
        self.add(self.libraries)
        self.end()

    def come(self) -> None:
        if not self._filled:
            self._filled = True
            self.ask(lambda: (libraries(), fonts()), self._show)

    def _show(self, answer: tuple[list[Work], list[Work]]) -> None:
        for rows, works in zip((self.libraries, self.fonts), answer, strict=True):
            rows.show_rows([self._row(work) for work in works])

    def _row(self, work: Work) -> Row:
        opens = partial(self._open, work) if work.files else None
        cells = (Cell(work.version), Cell(work.licence)) if work.version else (Cell(work.licence),)
        return Row(work.name, look=RowLook(cells=cells, height=ROW, chevron=bool(work.files)), on_click=opens)

    def _open(self, work: Work) -> None:
        self.desk.open_sheet(work.text, lambda text: LicenceSheet(self.desk, work, text))


class LicenceSheet(Sheet):
    """A licence as its authors wrote it."""

    def __init__(self, desk: Desk, work: Work, text: str) -> None:
        super().__init__(desk.window, work.name, work.licence)
        self.text = label(text, Type.SMALL, "text2", wrap=True, selectable=True)
        self.body.addWidget(self.text)
        self.close_it = Button(desk.say(M("Close")), kind=Kind.PRIMARY)
        self.close_it.clicked.connect(self.dismiss)
        self.footer("", self.close_it)
