"""The rules in plain sentences: how long, what then, how much they touch, and where they come from."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.keeping import RuleView
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.keeping.standing import Standing, Touched
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.facts import SmallButton, WhyCard
from desktop_crm.ui.widgets.label import Label, label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.page import Page
from desktop_crm.ui.widgets.rows import ROW_HIGH, Row, RowList, RowLook
from desktop_crm.words import M

_ICONS = {
    "lead": "star",
    "contact-without-purchase": "users",
    "customer": "bag",
    "unsorted": "upload",
    "service-note": "note",
    "delivery-recipient": "truck",
    "kept-invoice": "lock",
    "ledger": "shield",
}


class RulesPane(QWidget):
    """One row for each rule. The counts come a little later: in a large file they take seconds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._touched: Touched | None = None
        self._counts: dict[str, Label] = {}
        self.list: RowList | None = None
        self._page = Page()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def show_standing(self, now: Standing) -> None:
        """Show the rules."""
        clear(self._page.main)
        say = self._desk.say
        told = M("A rule only puts entries on the list of what waits for your yes. Nothing goes by itself.")
        strong = say(M("Nothing goes by itself."))
        self._page.add(Banner(say(told), Tone.VIOLET, strong=[strong]))
        self.list = RowList(name=say(M("Rules")))
        self._counts = {}
        self.list.show_rows([self._row(rule) for rule in now.rules])
        self._page.add(self.list)
        self._page.end()
        if self._touched is not None:
            self.show_touched(self._touched)

    def show_touched(self, found: Touched) -> None:
        """Show how many entries each rule touches."""
        self._touched = found
        for code, count in self._counts.items():
            now, later = found.now.get(code, 0), found.new_year.get(code, 0)
            told = M("would touch {now} now, {later} by New Year", now=now, later=later)
            nothing = M("touches nothing until New Year")
            count.setText(self._desk.say(told if now or later else nothing))
            count.set_ink("text2" if now or later else "text3")

    def _row(self, rule: RuleView) -> Row:
        say = self._desk.say
        what = say(rule.what)
        self._counts[rule.code] = count = label("", Type.SMALL, "text3")
        why = SmallButton("info", say(M("Where this rule comes from: {what}", what=what)))
        why.clicked.connect(lambda: self._explain(rule, why))
        look = RowLook(
            lead=Mark(_ICONS.get(rule.code, "clock"), Tone.VIOLET, size=36, square=True),
            height=ROW_HIGH,
            trailing=[count, why],
        )
        return Row(what, say(rule.how_long), look)

    def _explain(self, rule: RuleView, why: QWidget) -> None:
        say = self._desk.say
        lines = [
            (say(M("How long")), say(rule.how_long)),
            (say(M("What then")), say(rule.then)),
            (say(M("Law")), say(M("None asks for it: it is our habit.") if rule.habit else rule.law)),
            (say(M("As of")), self._desk.words.day(rule.as_of)),
        ]
        if not rule.habit:
            lines.insert(3, (say(M("Source")), rule.source))
        WhyCard(say(rule.what), lines, why).show_at(why)
