"""The questions as the customer reads and answers them: made from the pieces of an Asking, text by text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.services.asking import Answer, Asking, Piece, Shown, Signed
from desktop_crm.ui.handover.signature import SignaturePad
from desktop_crm.ui.look.tokens import RADIUS_SHEET, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Broken, Fault, Label
from desktop_crm.ui.widgets.layout import STRETCH, Abreast, Scroll, boxed, column, line, reveal, row
from desktop_crm.words import M

_EDGE = 36
_KINDS = {
    Piece.GREETING: (Type.PAGE, "text"),
    Piece.TITLE: (Type.SECTION, "text"),
    Piece.GUARDIAN: (Type.CARD, "text"),
    Piece.SIGNATURE: (Type.SMALL, "text2"),
}
_USUAL = (Type.BODY, "text2")


@dataclass(slots=True, repr=False)
class Given:
    """What was answered so far: it stays when the language or the size of the letters changes."""

    answers: dict[str, Answer] = field(default_factory=dict)
    signed: Signed = field(default_factory=Signed)


class QuestionAnswers(QWidget):
    """Yes, No and Not now: alike in size and place, and nothing chosen."""

    def __init__(self, code: str, title: str, texts: Mapping[Answer, str], larger: int) -> None:
        super().__init__()
        self.code = code
        self.cards = {answer: ChoiceCard(text, larger=larger) for answer, text in texts.items()}
        self._group = QButtonGroup(self)
        self.fault = Fault()
        self.fault.setFont(font(Type.SMALL, larger=larger))
        self.fault.hide()
        for card in self.cards.values():
            # Which question it answers is heard as well as seen.
            card.setAccessibleDescription(title)
            card.clicked.connect(self.fault.hide)
            self._group.addButton(card)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(SPACE_2)
        every.addWidget(Abreast(*self.cards.values(), least=160 + 6 * larger, space=SPACE_3))
        every.addWidget(self.fault)

    def answer(self) -> Answer | None:
        """What was chosen."""
        return next((answer for answer, card in self.cards.items() if card.isChecked()), None)


class Form(Panel):
    """All pieces on one card. `say` speaks the language of the customer."""

    notice_asked = Signal()
    save_asked = Signal()

    def __init__(self, asking: Asking, given: Given, larger: int, say: Callable[[M], str], day: str) -> None:
        super().__init__("surface", "border", RADIUS_SHEET)
        self._asking, self._larger, self._say = asking, larger, say
        self.questions: list[QuestionAnswers] = []
        self.guardian: Field | None = None
        self.typed = Field(say(M("Your name instead of a signature")))
        self.pad = self._made_pad(given.signed.strokes, day)
        self.guardian_pad = self._made_pad(given.signed.guardian_strokes, day)
        self.fault = Fault()
        self.fault.hide()
        self._every = QVBoxLayout()
        self._every.setSpacing(SPACE_1)
        self._scroll = AsHighAsFits(boxed(self._every))
        self.end = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll)
        self._every.setContentsMargins(_EDGE, SPACE_6, _EDGE, SPACE_2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._answers: dict[Answer, str] = {}
        self._title = ""
        for piece in asking.pieces():
            self._add(piece, given)
        self._pinned: bool | None = None
        self.typed.set_text(given.signed.typed)
        self._show_typing(on=bool(given.signed.typed))
        for one in (self.typed, self.guardian):
            if one is not None:
                _only_typed(one.edit)

    def pin(self, pinned: bool) -> None:
        """Keep signature and button in sight below the questions; where there is no room for that, after them."""
        if pinned is self._pinned:
            return
        self._pinned = pinned
        place = self.layout() if pinned else self._every
        margin = _EDGE if pinned else 0
        self.end.setContentsMargins(margin, 0, margin, SPACE_4)
        if place is not None:
            place.addWidget(self.end)

    def given(self) -> Given:
        """What was answered so far."""
        answers = {one.code: answer for one in self.questions if (answer := one.answer()) is not None}
        typed = self.typed.text() if self.typed.isVisibleTo(self) else ""
        guardian = self.guardian.text() if self.guardian is not None else ""
        signed = Signed(self.pad.strokes if not typed else "", typed, guardian, self.guardian_pad.strokes)
        return Given(answers, signed if guardian else Signed(signed.strokes, signed.typed))

    def is_complete(self) -> bool:
        """Whether everything is answered; else the keyboard is on what is missing."""
        missing = next((one for one in self.questions if one.answer() is None), None)
        if missing is not None:
            missing.fault.setText(self._say(M("Please choose one answer. “Not now” is an answer, too.")))
            missing.fault.show()
            next(iter(missing.cards.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)
            reveal(missing)
            return False
        given = self.given()
        if self.guardian is not None and Answer.YES in given.answers.values() and not given.signed.guardian:
            self.guardian.error(self._say(M("For a yes, the name of a parent or guardian is needed.")))
            self.guardian.take_focus()
            reveal(self.guardian)
            return False
        return True

    def tell(self, text: str) -> None:
        """Say what went wrong, above the button."""
        self.fault.setText(text)
        self.fault.show()
        reveal(self.fault)

    def _add(self, piece: Shown, given: Given) -> None:
        match piece.piece:
            case Piece.ANSWER:
                self._add_answer(piece, given)
            case Piece.NOTICE:
                link = Button(piece.text, kind=Kind.LINK)
                link.enlarge(self._larger)
                link.clicked.connect(self.notice_asked)
                self._every.addLayout(row(link, STRETCH))
            case Piece.GUARDIAN_NAME:
                self._add_guardian(piece, given)
            case Piece.SAVE:
                self._add_end(piece)
            case Piece.SIGNATURE:
                self._signature = self._label(piece)
            case Piece.LANGUAGE:
                pass  # it is the chosen one of the languages above the card
            case _:
                self._add_text(piece)

    def _add_text(self, piece: Shown) -> None:
        if piece.piece in {Piece.TITLE, Piece.GUARDIAN}:
            self._every.addSpacing(SPACE_2)
            self._every.addWidget(line("rule"))
            self._every.addSpacing(SPACE_2)
        if piece.piece is Piece.TITLE:
            self._title = piece.text
        self._every.addWidget(self._label(piece))

    def _add_answer(self, piece: Shown, given: Given) -> None:
        """The answers come one by one; with the last of them the row is there."""
        if piece.answer is None:
            return
        self._answers[piece.answer] = piece.text
        if len(self._answers) == len(Answer):
            made = QuestionAnswers(piece.code, self._title, self._answers, self._larger)
            before = given.answers.get(piece.code)
            if before is not None:
                made.cards[before].setChecked(True)
            self.questions.append(made)
            self._every.addSpacing(SPACE_2)
            self._every.addWidget(made)
            self._answers = {}

    def _add_guardian(self, piece: Shown, given: Given) -> None:
        self.guardian = Field(piece.text, large=True)
        self.guardian.set_text(given.signed.guardian)
        again = self._clearing(self.guardian_pad)
        name = boxed(column(self.guardian, row(again, STRETCH), STRETCH))
        self._every.addWidget(Abreast(name, self.guardian_pad, least=260, space=SPACE_4))

    def _add_end(self, piece: Shown) -> None:
        self.type_instead = Button(self._say(M("Type my name instead")), kind=Kind.LINK)
        self.type_instead.clicked.connect(lambda _on: self._show_typing(on=self.typed.isHidden()))
        self.again = self._clearing(self.pad)
        words = column(self._signature, row(self.type_instead, STRETCH), row(self.again, STRETCH), STRETCH, space=2)
        self.save = Button(piece.text, icon="check", kind=Kind.PRIMARY, large=True)
        self.save.clicked.connect(lambda _on: self.save_asked.emit())
        self.save.enlarge(self._larger)
        sign = boxed(column(self.pad, self.typed))
        end = boxed(column(STRETCH, self.save, STRETCH))
        abreast = Abreast(boxed(words), sign, end, least=112 + 14 * (self._larger - 2), space=SPACE_4, shares=(2, 3, 2))
        self.end.setLayout(column(line("rule"), abreast, self.fault, space=SPACE_3))

    def _show_typing(self, *, on: bool) -> None:
        self.typed.setVisible(on)
        self.pad.setVisible(not on)
        said = M("Sign instead") if on else M("Type my name instead")
        self.type_instead.setText(self._say(said))
        self._show_again()

    def _show_again(self) -> None:
        self.again.setVisible(bool(self.pad.strokes) and self.pad.isVisibleTo(self))

    def _clearing(self, pad: SignaturePad) -> Button:
        again = Button(self._say(M("Sign again")), kind=Kind.LINK)
        again.setVisible(bool(pad.strokes))
        again.clicked.connect(lambda _on: pad.clear())
        pad.changed.connect(lambda: again.setVisible(bool(pad.strokes)))
        return again

    def _made_pad(self, strokes: str, day: str) -> SignaturePad:
        name, hint = self._say(M("Signature")), self._say(M("Sign here"))
        return SignaturePad(name, hint, day, strokes)

    def _label(self, piece: Shown) -> Label:
        kind, ink = _KINDS.get(piece.piece, _USUAL)
        made = Broken(piece.text, kind, ink)
        made.setFont(font(kind, larger=self._larger))
        return made


class AsHighAsFits(Scroll):
    """As high as what is in it, and scrolling where that is higher than the room."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content)
        content.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        content = self.widget()
        layout = content.layout() if content is not None else None
        high = layout.totalHeightForWidth(self.viewport().width()) if layout is not None else 0
        return QSize(super().sizeHint().width(), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class _OnlyTyped(QObject):
    """What lies in the clipboard may be of somebody else: it cannot be shown here."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            return True
        return isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.MiddleButton


def _only_typed(edit: QWidget) -> None:
    edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    edit.setAcceptDrops(False)
    edit.installEventFilter(_OnlyTyped(edit))
