"""Third step: why the shop has these people, and where the list is from. Both must be answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop_crm.services.import_preview import Claim
from desktop_crm.services.importing import OrderReason, sort_by
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import RAIL, SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, clear, reveal, row
from desktop_crm.words import M

_REASONS: tuple[tuple[OrderReason, M, M, str], ...] = (
    (
        OrderReason.BUY,
        M("They buy from us or asked for an offer"),
        M("Kept for orders and offers. Advertising waits until they said yes."),
        "bag",
    ),
    (
        OrderReason.SIGNED_UP,
        M("They signed up for news, and I can show it"),
        M("You say where the proof lies, and by when they had signed up."),
        "mail",
    ),
    (
        OrderReason.SUPPLIERS,
        M("Suppliers and business partners"),
        M("Kept as business contacts, no advertising."),
        "truck",
    ),
    (
        OrderReason.MIXED,
        M("Mixed, or I am not sure"),
        M("Perfectly normal for a list that grew over years."),
        "users",
    ),
)
_NONE = "none"
_PROOFS = (
    ("folder", M("Paper forms in a folder")),
    ("tool", M("Newsletter tool")),
    ("order", M("On the order form")),
    (_NONE, M("I have none")),
)


class WhereFrom(Stage):
    """Nothing is chosen beforehand. On leaving it the list is tried out, so that the next step knows who is here."""

    title = M("Why do you have these people?")
    note = M("Nobody is written to by this step.")

    def __init__(self, desk: Desk, course: Course) -> None:
        super().__init__(desk, course, rail=RAIL + 18)
        self._asked = label("", Type.BODY, "text2", wrap=True)
        self.cards: dict[OrderReason, ChoiceCard] = {}
        self._open = Banner(self.say(M("Please choose one of the four.")), Tone.DANGER)
        self._fine = QVBoxLayout()
        self.proofs: ChipRow | None = None
        """Only there where the list claims a yes, or whoever brings it in says so."""
        self.by_when: DayField | None = None
        """There with the proofs, once one of them is chosen."""
        self._proof = QVBoxLayout()
        self._unproved = Banner(self.say(M("Please say where the proof lies.")), Tone.DANGER)
        self.source = Field(
            "",
            hint=self.say(M("People may ask where you got their data. This sentence is the answer.")),
            check=lambda text: None if text else self.say(M("Please say where the list is from.")),
        )
        self.source.edit.setAccessibleName(self.say(M("Where is the list from?")))
        self.source.edited.connect(self._typed)
        self._sorted = QVBoxLayout()
        self._lay_out()
        self._day: date | None = None
        self._today: date | None = None

    def come(self) -> None:
        n = self.course.people
        asked = M(
            "Pick what fits this person. You can sort single ones later.",
            "Pick what fits most of the {n} people. You can sort single ones later.",
            n=n,
        )
        self._asked.setText(self.say(asked))
        self._show_proof()
        office = self.desk.office
        self.desk.courier.ask(self, lambda: (sort_by(office), office.today()), self._know_days)

    def first(self) -> QWidget:
        return self.cards[self.course.reason or OrderReason.BUY]

    def go_on(self) -> None:
        if self.course.reason is None:
            self._open.show()
            announce(self, self.say(M("Please choose one of the four.")))
            self.cards[OrderReason.BUY].setFocus()
        elif self._is_unproved:
            self._unproved.show()
            announce(self, self.say(M("Please say where the proof lies.")))
            if self.proofs is not None:
                self.proofs.chip(_PROOFS[0][0]).setFocus()
                reveal(self._unproved)
        elif self.by_when is not None and self.course.proof and not self.by_when.is_right():
            self.by_when.take_focus()
            reveal(self.by_when)
        elif not self.source.is_right():
            self.source.take_focus()
        else:
            self.try_out(M("Looking who is here already"))

    def _lay_out(self) -> None:
        self.add(self._asked)
        choices = QWidget()
        group = QButtonGroup(choices)
        inside = QVBoxLayout(choices)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for reason, title, sub, icon in _REASONS:
            card = ChoiceCard(self.say(title), self.say(sub), icon)
            card.clicked.connect(partial(self._choose, reason))
            group.addButton(card)
            self.cards[reason] = card
            inside.addWidget(card)
        self.main.setSpacing(11)
        self.add(choices)
        self._open.hide()
        self.add(self._open)
        self.add(self._fine)
        self.add(self._proof)
        self._unproved.hide()
        self.add(self._unproved)
        self.end()
        asked = Card(self.say(M("Where is the list from?")))
        asked.add(self.source)
        self.rail.addWidget(asked)
        self.rail.addLayout(self._sorted)

    def _choose(self, reason: OrderReason, _on: bool = False) -> None:
        self.course.reason = reason
        self.course.trial = None
        self._open.hide()
        self._show_fine()
        self._show_proof()

    def _know_days(self, days: tuple[date | None, date]) -> None:
        self._day, self._today = days
        self._show_fine()
        self._show_proof()

    def _show_fine(self) -> None:
        """What follows from not knowing: work goes on, advertising waits."""
        clear(self._fine)
        clear(self._sorted)
        if self.course.reason is not OrderReason.MIXED:
            return
        told = M("Fine. You can work with them at once; advertising waits until sorted.")
        if self._day is not None:
            when = self.desk.words.day_of_year(self._day, weekday=True, long=True)
            told = M(
                "Fine. You can work with them at once; advertising waits until sorted. We remind you on {day}.",
                day=when,
            )
        fine = self.say(M("Fine."))
        self._fine.addWidget(Banner(self.say(told), Tone.SUCCESS, strong=[fine], kind=Type.BODY))
        self._sorted.addWidget(self._what_sorted_means())

    def _what_sorted_means(self) -> Card:
        card = Card(self.say(M("What “sorted” means")))
        at_once, later = self.say(M("at once")), self.say(M("when sorted"))
        lines = [
            ("check", "success", M("Serve, ring, deliver"), at_once),
            ("check", "success", M("Invoices"), at_once),
            ("clock", "violet", M("Newsletter, cards, offers"), later),
        ]
        if self._day is not None:
            lines.append(("clock", "violet", M("Look who is due"), self.desk.words.day_of_year(self._day)))
        for icon, ink, text, when in lines:
            told = label(self.say(text), Type.SMALL, wrap=True)
            line = row(Mark(icon, size=16, ink=ink), told, label(when, Type.SMALL, "text2"), space=SPACE_2)
            line.setStretch(1, 1)
            card.add(boxed(line))
        return card

    @property
    def _is_unproved(self) -> bool:
        """Whoever says that they can show it says where."""
        return self.course.reason is OrderReason.SIGNED_UP and not self.course.proof

    def _show_proof(self) -> None:
        """Ask where the proof lies that people want news: where the list claims it, and where its owner does."""
        clear(self._proof)
        self.proofs = self.by_when = None
        self._unproved.hide()
        claim = self.course.look.claim if self.course.look is not None else None
        if self.course.reason is OrderReason.SIGNED_UP:
            self._ask_proof(self._asked_of(claim), self._what_proof_does(), _PROOFS[:-1])
        elif claim is not None:
            without = M("Without proof the “{word}” is kept as claimed and nobody is written to.", word=claim.word)
            self._ask_proof(self._asked_of(claim), without, _PROOFS)
        else:
            self.course.proof = ""

    def _asked_of(self, claim: Claim | None) -> M:
        if claim is None:
            return M("Where is the proof?")
        return M(
            "{n} person has “{word}” in the column {column}. Where is the proof?",
            "{n} people have “{word}” in the column {column}. Where is the proof?",
            n=claim.number,
            word=claim.word,
            column=claim.heading,
        )

    def _what_proof_does(self) -> M:
        if self.course.look is not None and self.course.look.says_who_wants_news:
            return M("It stands at every yes of this list. Have you none? Then “Mixed, or I am not sure” is right.")
        return M(
            "Everybody on this list gets a yes to the newsletter, with this proof and day. Did they sign up for "
            "something else, or have you no proof? Then “Mixed, or I am not sure” is right."
        )

    def _ask_proof(self, asked: M, below: M, proofs: Sequence[tuple[str, M]]) -> None:
        card = Card(self.say(asked))
        options = [(key, self.say(text)) for key, text in proofs]
        chosen = next((key for key, text in options if text == self.course.proof), None)
        self.proofs = ChipRow(options, name=self.say(M("Where is the proof?")), chosen=chosen)
        self.proofs.changed.connect(self._choose_proof)
        card.add(self.proofs)
        card.add(self._ask_day())
        card.add(label(self.say(below), Type.SMALL, "text2", wrap=True))
        self._proof.addWidget(card)

    def _ask_day(self) -> DayField:
        """A yes is shown with how and when; the day from which it counts is also the one from which it runs out."""
        hint = M("The day of the last form, or the day on which the list left the other program.")
        field = DayField(
            self.say(M("By which day had all of them signed up?")),
            hint=self.say(hint),
            now=self._today,
            latest=self._today or date.max,
        )
        field.set_date(self.course.signed_up_by)
        field.edited.connect(self._choose_day)
        field.setVisible(bool(self.course.proof))
        self.by_when = field
        return field

    def _choose_day(self) -> None:
        self.course.signed_up_by = self.by_when.date() if self.by_when is not None else None
        self.course.trial = None

    def _choose_proof(self, key: str) -> None:
        self.course.proof = "" if key == _NONE else self.say(dict(_PROOFS)[key])
        if self.by_when is not None:
            self.by_when.setVisible(bool(self.course.proof))
        self.course.trial = None
        self._unproved.hide()

    def _typed(self) -> None:
        self.course.source = self.source.text()
