"""The whole screen for one customer: who asks, the questions, the way back for staff, and afterwards thanks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import asking as services
from desktop_crm.services.asking import TAKEN_BACK, Asking
from desktop_crm.ui.asking.kept import forget
from desktop_crm.ui.asking.notice import Notice
from desktop_crm.ui.asking.recorded import tell_recorded
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.sidebar import ShopMark
from desktop_crm.ui.handover.form import Form, Given
from desktop_crm.ui.handover.leaving import ask_to_leave
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_SHEET, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_10
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.label import Broken, Label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, row
from desktop_crm.words import M, Problem, Words

_WIDE = 1010
_MOST = 1_000
"""The share of the room that the card gets before anything around it."""
_PINS_FROM = (900, 680)
"""In a window of this size the signature stays in sight while the questions scroll."""
_STEPS = (2, 6, 10)
"""So many pixels larger than elsewhere letters can be."""
_LEAVES = M("This screen shows only these questions. If nobody touches it for 2 minutes, it closes and saves nothing.")


class HandOver(QWidget):
    """This person's questions and nothing else of the program. Everything but the way back is in their language."""

    returned = Signal()
    """Staff took the screen back."""

    def __init__(self, desk: Desk, asking: Asking, *, own_accord: bool = False) -> None:
        """`asking` holds the questions that are put; `own_accord` as in `take_answers`."""
        super().__init__()
        self.asking = asking
        self.form: Form | None = None
        self._desk, self._own_accord = desk, own_accord
        self._codes = {question.code for question in asking.questions}
        self._step = 0
        self._recorded = 0
        self._problem: Problem | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._make_controls()
        whole = column(self._made_head(), self._made_middle(), self._made_foot(), space=0)
        whole.setStretch(1, 1)
        self._theirs = boxed(whole)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(self._theirs)
        self._fill(Given())

    def begin(self) -> None:
        """Let the keyboard begin at the first answer, without choosing it."""
        if self.form is not None and self.form.questions:
            next(iter(self.form.questions[0].cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, desk: Desk) -> None:
        """Staff have the screen again: say what became of it."""
        if self._problem is not None:
            desk.problem(self._problem)
        elif self._recorded:
            tell_recorded(desk, self.asking.person, self._recorded)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), paint.color("canvas"))

    @property
    def _words(self) -> Words:
        return Words(self.asking.said_in, self._desk.words.zone)

    def _make_controls(self) -> None:
        self.smaller, self.larger = Button("A −", large=True), Button("A +", large=True)
        self.smaller.clicked.connect(partial(self._resize, -1))
        self.larger.clicked.connect(partial(self._resize, 1))
        self.languages = ChipRow(self.asking.languages, name="", chosen=self.asking.language, large=True)
        self.languages.setVisible(len(self.asking.languages) > 1)
        self.languages.changed.connect(self._other_language)
        self.back = Button(self._desk.say(M("Staff: back")), icon="lock", kind=Kind.QUIET)
        self.back.clicked.connect(lambda _on: ask_to_leave(self._desk, self, self.returned.emit))

    def _made_head(self) -> QWidget:
        shop = self._desk.office.shop
        place = ", ".join(part for part in (shop.street, f"{shop.postal_code} {shop.city}".strip()) if part)
        names = column(Broken(shop.name, Type.CARD), Broken(place, Type.SMALL, "text2") if place else None, space=2)
        across = row(
            ShopMark(),
            boxed(names),
            self.smaller,
            self.larger,
            SPACE_4,
            self.languages,
            space=SPACE_3,
            margins=(SPACE_10, SPACE_4, SPACE_10, SPACE_4),
        )
        across.setStretch(1, 1)
        across.setAlignment(self.languages, Qt.AlignmentFlag.AlignVCenter)
        return boxed(across)

    def _made_middle(self) -> QWidget:
        self._place = QVBoxLayout()
        holder = boxed(self._place)
        holder.setMaximumWidth(_WIDE)
        across = row(STRETCH, holder, STRETCH, margins=(SPACE_6, SPACE_2, SPACE_6, SPACE_2))
        across.setStretch(1, _MOST)
        every = column(STRETCH, across, STRETCH)
        every.setStretch(1, _MOST)
        return boxed(every)

    def _made_foot(self) -> QWidget:
        self._leaves = Label("", Type.SMALL, "text3", wrap=True)
        self._lock = Mark("lock", size=16, ink="text3")
        across = row(
            self._lock,
            self._leaves,
            self.back,
            space=SPACE_2,
            margins=(SPACE_10, SPACE_3, SPACE_10, SPACE_3),
        )
        across.setStretch(1, 1)
        return boxed(across)

    def _fill(self, given: Given) -> None:
        """Show the questions in the language and the size that are chosen now, answered so far as before."""
        words, larger = self._words, _STEPS[self._step]
        self._theirs.setLayoutDirection(QLocale(self.asking.language).textDirection())
        clear(self._place)
        day = words.value(self._desk.office.today())
        self.form = Form(self.asking, given, larger, words.say, day)
        self.form.notice_asked.connect(self._show_notice)
        self.form.save_asked.connect(self._save)
        self._place.addWidget(self.form)
        self._pin()
        self.smaller.setAccessibleName(words.say(M("Smaller letters")))
        self.larger.setAccessibleName(words.say(M("Larger letters")))
        self.languages.setAccessibleName(words.say(M("Language")))
        self._leaves.setText(words.say(_LEAVES))
        self._leaves.setFont(font(Type.SMALL, larger=larger // 2))
        self.smaller.setEnabled(self._step > 0)
        self.larger.setEnabled(self._step < len(_STEPS) - 1)

    def _pin(self) -> None:
        if self.form is not None:
            wide, high = _PINS_FROM
            self.form.pin(self.width() >= wide and self.height() >= high + 180 * self._step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pin()

    def _resize(self, by: int) -> None:
        self._step = max(0, min(self._step + by, len(_STEPS) - 1))
        if self.form is not None:
            self._fill(self.form.given())

    def _other_language(self, language: str) -> None:
        office, person = self._desk.office, self.asking.person

        def filled(asking: Asking) -> None:
            self.asking = asking.only(self._codes)
            if self.form is not None:
                self._fill(self.form.given())

        ask = partial(services.read_again, office, person, language)
        self._desk.courier.ask(self, ask, filled, newest="language", failed=self._failed)

    def _show_notice(self) -> None:
        say = self._words.say
        title = M("Read how your data is used (version {version})", version=self.asking.notice_version)
        notice = Notice(self, self.asking, say(title), say(M("Close")))
        for text in notice.findChildren(QLabel):
            text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        notice.open()

    def _save(self) -> None:
        form = self.form
        if form is None or not form.is_complete():
            return
        given, asking, office = form.given(), self.asking, self._desk.office
        answers = [(one, given.answers[one.code]) for one in asking.questions]
        own, person = self._own_accord, asking.person
        form.save.setEnabled(False)

        def work() -> int:
            how = ConsentHow.SCREEN
            added = services.take_answers(
                office, person, answers, how, own_accord=own, shown=asking, signed=given.signed
            )
            forget(office, person)
            return len(added)

        self._desk.courier.ask(self, work, self._saved, failed=self._failed, once=self)

    def _saved(self, number: int) -> None:
        self._recorded, self._problem, self.form = number, None, None
        for one in (self.smaller, self.larger, self.languages, self._lock):
            one.hide()
        say, larger = self._words.say, _STEPS[self._step]
        clear(self._place)
        thanks = Panel("surface", "border", RADIUS_SHEET)
        thanks.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lines = column(margins=(36, SPACE_10, 36, SPACE_10), space=SPACE_3)
        thanks.setLayout(lines)
        for text, kind in (
            (M("Thank you, {name}", name=self.asking.name), Type.PAGE),
            (M("Your answers are saved."), Type.SECTION),
            (TAKEN_BACK, Type.BODY),
        ):
            lines.addWidget(_said(say(text), kind, larger))
        lines.addWidget(_said(self.asking.asker, Type.BODY, larger))
        lines.addWidget(_said(say(M("Please hand the screen back now.")), Type.BODY, larger))
        self._place.addWidget(thanks)
        self._leaves.setText("")
        self.setFocus()

    def _failed(self, problem: Problem) -> bool:
        """A customer cannot mend it: staff read why once they have the screen again."""
        self._problem = problem
        if self.form is not None:
            self.form.save.setEnabled(True)
            self.form.tell(self._words.say(M("This did not work, and nothing was saved. Please tell the staff.")))
        return True


def _said(text: str, kind: Type, larger: int) -> Label:
    made = Broken(text, kind)
    made.setFont(font(kind, larger=larger))
    return made
