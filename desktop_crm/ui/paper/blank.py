"""Forms and lists that lie ready: printed for nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Purpose
from desktop_crm.services import consents
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.paper.printing import print_blank, print_notice, print_sign_up
from desktop_crm.ui.welcome.language import OWN_NAMES
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Fault, label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import LANGUAGES, M

_WIDTH = 620


def asked(office: Office) -> list[Purpose]:
    """The purposes people are asked about. Runs on a worker thread."""
    return [one for one in consents.purposes(office) if one.basis is Basis.CONSENT and one.active]


def open_blank(desk: Desk) -> None:
    """Print forms or a list that lie ready."""
    desk.open_sheet(lambda: asked(desk.office), lambda found: BlankSheet(desk, found))


class BlankSheet(Sheet):
    """What stands on it, and in which language; with an occasion it is a list to sign."""

    def __init__(self, desk: Desk, purposes: Sequence[Purpose]) -> None:
        say = desk.say
        told = M("Each bears a code that tells later which words stood on it.")
        super().__init__(desk.window, say(M("Print blank forms")), say(told), icon="printer", width=_WIDTH)
        self.desk = desk
        self.cards = {one.code: ChoiceCard(one.name, exclusive=False) for one in purposes}
        self._fault = Fault("")
        self._fault.hide()
        self.occasion = Field(
            say(M("Occasion")), optional=True, hint=say(M("With it, it is a list that many sign, for one purpose."))
        )
        languages = [(code, OWN_NAMES[code]) for code in LANGUAGES]
        self.languages = ChipRow(languages, name=say(M("Language of the paper")), chosen=desk.office.shop.language)
        self.body.addLayout(column(label(say(M("What would you like to ask?")), Type.CARD), self._fault, space=SPACE_2))
        for part in (*self.cards.values(), self.occasion):
            self.body.addWidget(part)
        self.body.addLayout(column(label(say(M("Language of the paper")), Type.CARD), self.languages, space=SPACE_2))
        self.notice_button = Button(say(M("Only the privacy notice")), kind=Kind.LINK)
        self.notice_button.clicked.connect(lambda _on: self._print_notice())
        cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.print_button = Button(say(M("Print")), icon="printer", kind=Kind.PRIMARY)
        self.print_button.clicked.connect(lambda _on: self.print())
        self.footer("", cancel, self.print_button, start=self.notice_button)

    def first(self) -> QWidget | None:
        return next(iter(self.cards.values()), None)

    def print(self) -> None:
        """Make the paper; or say what is missing."""
        codes = [code for code, card in self.cards.items() if card.isChecked()]
        occasion, language = self.occasion.text(), self.languages.chosen() or ""
        if not codes or (occasion and len(codes) > 1):
            none = M("Please tick what you would like to ask.")
            self._fault.setText(self.desk.say(none if not codes else M("A list that many sign is for one purpose.")))
            self._fault.show()
            return
        owner = self.desk.window
        self.close()
        if occasion:
            print_sign_up(self.desk, owner, codes[0], occasion, language)
        else:
            print_blank(self.desk, owner, codes, language)

    def _print_notice(self) -> None:
        self.close()
        print_notice(self.desk, self.desk.window)
