"""Ask for permission: what, how, in which language, and what was answered. Nothing is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import asking as services
from desktop_crm.services.asking import Answer, Asking, Question, Signed
from desktop_crm.ui.asking.answering import Answering
from desktop_crm.ui.asking.kept import Begun, HalfAsked, begin, forget, keep
from desktop_crm.ui.asking.preview import Preview
from desktop_crm.ui.asking.questions import QuestionRow
from desktop_crm.ui.asking.recorded import tell_recorded
from desktop_crm.ui.asking.telephone import Telephone
from desktop_crm.ui.asking.withdrawing import withdraw
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.drop import not_now
from desktop_crm.ui.handover.page import HandOver
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.paper.printing import print_form
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Fault, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 960
_FOLDS = 720
_WAYS = {
    ConsentHow.SCREEN: M("On this screen"),
    ConsentHow.PAPER: M("Paper form"),
    ConsentHow.PHONE: M("By phone"),
    ConsentHow.EMAIL: M("E-mail"),
    ConsentHow.POST: M("Post"),
}
_EVIDENCE = {
    ConsentHow.PAPER: M("Where is the form? For example: Folder 2026, sheet 12"),
    ConsentHow.EMAIL: M("Where is the e-mail?"),
    ConsentHow.POST: M("Where is the letter? For example: Folder 2026, sheet 12"),
}


def open_asking(desk: Desk, person: bytes) -> None:
    """Ask a person for permission, or take down what they said."""
    desk.open_sheet(lambda: begin(desk.office, person), lambda found: AskingSheet(desk, found))


def hand_over(sheet: AskingSheet) -> None:
    """Let the person answer on this screen: what is ticked, or where nothing is, the question that is shown."""
    desk, codes = sheet.desk, {question.code for question in sheet._asked()}
    shown = sheet.preview.question
    if not codes and shown is not None and (shown.may_ask or (sheet.own_accord and shown.wording is not None)):
        codes = {shown.code}
    if sheet.busy or (not codes and sheet._go_to_open_point()):
        return
    if desk.courier.jobs:
        desk.problem(not_now())
        return
    page = HandOver(desk, sheet.asking.only(codes), own_accord=sheet.own_accord)
    sheet.discard()
    desk.handed.emit(page)


class AskingSheet(Sheet):
    """The permission dialog of one person."""

    def __init__(self, desk: Desk, begun: Begun) -> None:
        asking = begun.asking
        told = M("{name} · nothing is chosen for you", name=asking.name)
        super().__init__(desk.window, desk.say(M("Ask for permission")), desk.say(told), width=_WIDTH)
        self.desk = desk
        self.asking = asking
        self.own_accord = False
        self.rows: dict[str, QuestionRow] = {}
        self.preview = Preview(desk)
        self._make_controls()
        self._lay_out()
        self._make_foot()
        self.show_asking(asking)
        self._kept = begun.half.any
        if self._kept:
            self._fill_in(begun.half)

    @property
    def would_lose(self) -> bool:
        return False

    def keep_draft(self) -> None:
        half = half_of(self)
        if half.any or self._kept:
            office, person = self.desk.office, self.asking.person
            self.desk.courier.ask(
                self.desk.window, lambda: keep(office, person, half), lambda _: None, failed=lambda _: True
            )

    def show_asking(self, asking: Asking) -> None:
        """Show the questions in their language; what was ticked and answered stays."""
        ticked = {code for code, one in self.rows.items() if one.card.isChecked()}
        focused = next((code for code, one in self.rows.items() if one.card.hasFocus()), None)
        self.asking = asking
        clear(self._cards)
        self.rows = {question.code: self._made_row(question, ticked) for question in asking.questions}
        self._none.setVisible(not self.rows)
        self.languages.set_options(asking.languages, chosen=asking.language)
        resting = any(one.question.not_before is not None for one in self.rows.values())
        self.accord_button.setVisible(resting and not self.own_accord)
        self._show_first()
        if focused in self.rows:
            self.rows[focused or ""].card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ticked()

    def record(self) -> None:
        """Record the answers; or go to the first thing that is missing."""
        if self._busy or self._go_to_open_point():
            return
        how = ConsentHow(self.ways.chosen() or "")
        rows = self.answering.rows
        given = [(q, answer) for q in self._asked() if (answer := rows[q.code].answer()) is not None]
        evidence = self.telephone.call() if how is ConsentHow.PHONE else self.evidence.text()
        person, office, own = self.asking.person, self.desk.office, self.own_accord
        # A call keeps what was read out, a form what was printed; in a letter other words may have stood around it.
        shown = self.asking.only({q.code for q, _ in given}) if how is ConsentHow.SCREEN else None
        signed = Signed(guardian=self.guardian.text())
        self.set_busy(True)

        def work() -> Sequence[bytes]:
            added = services.take_answers(
                office, person, given, how, evidence=evidence or None, own_accord=own, shown=shown, signed=signed
            )
            forget(office, person)
            return added

        self.desk.courier.ask(self, work, self._recorded, failed=self._failed)

    def discard(self) -> None:
        """Close it; what was filled in is not wanted."""
        office, person = self.desk.office, self.asking.person
        self.desk.courier.ask(self.desk.window, lambda: forget(office, person), lambda _: None, failed=lambda _: True)
        self.close()

    def dismiss(self) -> None:
        if not self._busy and self.answering.any_chosen:
            Unrecorded(self).open()
        elif not self._busy:
            self.discard()

    def first(self) -> QWidget | None:
        """On the first question that may be asked, so that its words are to be seen."""
        return next((one.card for one in self.rows.values() if one.card.isEnabled()), super().first())

    def _make_controls(self) -> None:
        say = self.desk.say
        self._cards = QVBoxLayout()
        self._cards.setSpacing(SPACE_2)
        self._none = label(say(M("Nothing in this shop needs permission.")), Type.SMALL, "text2", wrap=True)
        self._nothing = Fault(say(M("Please tick what you would like to ask.")))
        self._no_way = Fault(say(M("Please choose how they tell you.")))
        self.accord_button = Button(say(M("They came up with it themselves")), kind=Kind.LINK)
        self.accord_button.clicked.connect(self._of_own_accord)
        self.ways = ChipRow([(how, say(text)) for how, text in _WAYS.items()], name=say(M("How do they tell you?")))
        self.ways.changed.connect(self._way_chosen)
        self.languages = ChipRow([], name=say(M("Language for the customer")))
        self.languages.changed.connect(self._other_language)
        self.answering = Answering(self.desk)
        self.evidence = Field(say(M("Where the proof lies")), optional=True)
        hint = M("Under {age}, a yes counts only if a parent or guardian agrees.", age=self.asking.own_age)
        self.guardian = Field(say(M("Name of the parent or guardian")), hint=say(hint))
        self.guardian.setVisible(self.asking.needs_guardian)
        self.telephone = Telephone(self.desk)
        self.form_button = Button(say(M("Print the form")), icon="printer")
        self.form_button.clicked.connect(lambda _on: _print(self))
        for one in (self._nothing, self._no_way, self.evidence, self.telephone, self.form_button):
            one.hide()

    def _lay_out(self) -> None:
        say = self.desk.say
        answers = column(label(say(M("What did they answer?")), Type.CARD), self.answering, space=SPACE_2)
        self._answered = boxed(column(self.telephone, answers, 16, self.guardian, self.evidence, space=SPACE_2))
        left = column(
            label(say(M("What would you like to ask?")), Type.CARD),
            self._nothing,
            self._none,
            self._cards,
            row(self.accord_button, STRETCH),
            20,
            label(say(M("How do they tell you?")), Type.CARD),
            self.ways,
            self._no_way,
            row(self.form_button, STRETCH),
            20,
            label(say(M("Language for the customer")), Type.CARD),
            self.languages,
            20,
            self._answered,
            STRETCH,
            space=SPACE_2,
        )
        self.body.addWidget(
            Folding(boxed(left), boxed(column(self.preview, STRETCH)), below=_FOLDS, space=26, stretch=(478, 398))
        )

    def _make_foot(self) -> None:
        say = self.desk.say
        self.cancel_button = Button(say(M("Cancel")), kind=Kind.QUIET)
        self.cancel_button.clicked.connect(self.dismiss)
        self.record_button = Button(say(M("Record the answers")), icon="check")
        self.record_button.clicked.connect(self.record)
        self.hand_button = Button(say(M("Hand over the screen")), icon="monitor", kind=Kind.PRIMARY)
        self.hand_button.clicked.connect(lambda _on: hand_over(self))
        told = M("Every answer is kept with time, exact wording and who was there. Even “no” and “not now”.")
        self.footer(say(told), self.cancel_button, self.record_button, self.hand_button, icon="shield")

    def _made_row(self, question: Question, ticked: set[str]) -> QuestionRow:
        made = QuestionRow(self.desk, question)
        if self.own_accord and question.wording is not None:
            made.card.setEnabled(True)
        made.card.setChecked(question.code in ticked and made.card.isEnabled())
        made.card.entered.connect(lambda: self._show(question))
        # Where buttons take no focus from the mouse, a click shows the words all the same.
        made.card.clicked.connect(lambda: self._show(question))
        made.card.toggled.connect(self._ticked)
        made.take_back.clicked.connect(lambda: self._take_back(question))
        self._cards.addWidget(made)
        return made

    def _show(self, question: Question) -> None:
        self.preview.show_question(self.asking, question)

    def _show_first(self) -> None:
        """Before anybody is on a card: the first that may be asked."""
        every: Sequence[Question] = self.asking.questions
        shown = next((question for question in every if question.may_ask), next(iter(every), None))
        self.preview.setVisible(shown is not None)
        if shown is not None:
            self._show(shown)

    def _asked(self) -> list[Question]:
        return [one.question for one in self.rows.values() if one.card.isChecked()]

    def _ticked(self) -> None:
        asked = self._asked()
        if asked:
            self._nothing.hide()
        told = self.ways.chosen() is not None
        self.record_button.set_kind(Kind.PRIMARY if told else Kind.SECONDARY)
        self.hand_button.set_kind(Kind.SECONDARY if told else Kind.PRIMARY)
        self._answered.setVisible(bool(asked) and told)
        self.answering.show_questions(asked)
        self.telephone.show_questions(self.asking, asked)
        self.form_button.setVisible(bool(asked) and self.ways.chosen() == ConsentHow.PAPER)

    def _way_chosen(self, key: str) -> None:
        self._no_way.hide()
        asked_for = _EVIDENCE.get(ConsentHow(key))
        self.telephone.setVisible(key == ConsentHow.PHONE)
        self.evidence.setVisible(asked_for is not None)
        if asked_for is not None:
            self.evidence.explain(self.desk.say(asked_for))
        self._ticked()

    def _other_language(self, language: str) -> None:
        office, person = self.desk.office, self.asking.person
        self.desk.courier.ask(
            self, lambda: services.read_again(office, person, language), self.show_asking, newest="language"
        )

    def _ask_again(self) -> None:
        if isValid(self):
            self._other_language(self.asking.language)

    def _of_own_accord(self) -> None:
        self.own_accord = True
        self.show_asking(self.asking)

    def _fill_in(self, half: HalfAsked) -> None:
        """As it was left; said in so many words, since nothing is chosen for anybody."""
        self.own_accord = half.own_accord
        self.show_asking(self.asking)
        for code, one in self.rows.items():
            one.card.setChecked(code in half.answers and one.card.isEnabled())
        self.ways.choose(half.how or None)
        if half.how:
            self._way_chosen(half.how)
        _proof_field(self).set_text(half.evidence)
        for code, answers in self.answering.rows.items():
            answers.choose(half.answers.get(code))
        said = self.desk.say(M("This was filled in before and not recorded yet. Please read it through."))
        self.body.insertWidget(0, Banner(said, Tone.INFO, "pen", kind=Type.SMALL))

    def _take_back(self, question: Question) -> None:
        chosen = self.ways.chosen()
        how = ConsentHow(chosen) if chosen else ConsentHow.NOT_NOTED
        withdraw(self.desk, self.asking.person, question.code, how=how, then=self._ask_again)

    def _go_to_open_point(self) -> bool:
        """Put the keyboard on what is still missing; False where nothing is."""
        if not self._asked():
            self._nothing.show()
            start = self.first()
            if start is not None:
                start.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if self.ways.chosen() is None:
            self._no_way.show()
            self.ways.chip(ConsentHow.SCREEN).setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        missing = self.answering.missing()
        if missing is not None:
            missing.ask_for_it()
        if missing is None and self.telephone.isVisibleTo(self) and not self.telephone.when.is_right():
            self.telephone.when.take_focus()
            return True
        return missing is not None or _lacks_guardian(self)

    def _recorded(self, added: Sequence[bytes]) -> None:
        self.set_busy(False)
        self.close()
        tell_recorded(self.desk, self.asking.person, len(added))

    def _failed(self, _problem: Problem) -> bool:
        self.set_busy(False)
        return False


def _lacks_guardian(sheet: AskingSheet) -> bool:
    """Whether a yes of somebody too young still lacks the name of who agrees."""
    yes = any(one.answer() is Answer.YES for one in sheet.answering.rows.values())
    lacks = yes and sheet.asking.needs_guardian and not sheet.guardian.text()
    if lacks:
        sheet.guardian.error(sheet.desk.say(M("For a yes, the name of a parent or guardian is needed.")))
        sheet.guardian.take_focus()
    return lacks


def _print(sheet: AskingSheet) -> None:
    """Paper that says what the screen says; it is filed when it comes back."""
    codes = [code for code, one in sheet.rows.items() if one.card.isChecked()]
    print_form(sheet.desk, sheet, sheet.asking, codes, own_accord=sheet.own_accord)


def _proof_field(sheet: AskingSheet) -> Field:
    """Where it is typed what proves the answers."""
    return sheet.telephone.when if sheet.ways.chosen() == ConsentHow.PHONE else sheet.evidence


def half_of(sheet: AskingSheet) -> HalfAsked:
    """What is filled in on the dialog so far."""
    rows = sheet.answering.rows
    ticked = [code for code, one in sheet.rows.items() if one.card.isChecked()]
    answers = {code: rows[code].answer() if code in rows else None for code in ticked}
    how, evidence = sheet.ways.chosen() or "", _proof_field(sheet).text()
    return HalfAsked(answers, how, evidence, sheet.own_accord, sheet.asking.language)


class Unrecorded(Sheet):
    """Asked by Esc where answers were chosen: whoever goes away on purpose says what becomes of them."""

    def __init__(self, sheet: AskingSheet) -> None:
        say = sheet.desk.say
        super().__init__(sheet.desk.window, say(M("Record the answers?")), icon="pen", width=520)
        self.body.addWidget(label(say(M("What is not recorded counts as not asked.")), wrap=True))
        back = Button(say(M("Keep editing")), kind=Kind.QUIET)
        back.clicked.connect(self.dismiss)
        self.discard_button = Button(say(M("Discard")))
        self.discard_button.clicked.connect(self.close)
        self.discard_button.clicked.connect(sheet.discard)
        self.record_button = Button(say(M("Record the answers")), kind=Kind.PRIMARY)
        self.record_button.clicked.connect(self.close)
        self.record_button.clicked.connect(sheet.record)
        self.footer("", back, self.discard_button, self.record_button)

    def first(self) -> QWidget:
        return self.record_button
