"""Several phone numbers, e-mail addresses or postal addresses of one person, as many as there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_crm.services.editing import AddressLine, Line
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.inputs import beside, named
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.layout import STRETCH, column
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

Option = tuple[str, str]
Doubts = Callable[[str], M | None]

_KIND_WIDTH = 100


class DoubtField(Field):
    """A field of which an odd value is remarked on, never refused. `doubts` is asked on a worker thread."""

    def __init__(
        self,
        desk: Desk,
        text: str,
        doubts: Doubts,
        *,
        check: Callable[[str], str | None] | None = None,
        optional: bool = False,
        large: bool = False,
    ) -> None:
        super().__init__(text, check=check, optional=optional, large=large)
        self._desk = desk
        self._doubts = doubts

    def left(self) -> None:
        super().left()
        text = self.text()
        if text:
            self._desk.courier.ask(
                self, lambda: self._doubts(text), lambda odd: self._remark(text, odd), newest="doubt"
            )

    def _remark(self, text: str, odd: M | None) -> None:
        if odd is not None and text == self.text():
            self.doubt(self._desk.say(odd))


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a list calls its lines: the label above, what a further one is called, and how one is taken out."""

    label: M
    another: M
    remove: M


class LineList(QWidget):
    """One line, and more on demand. Kinds (home, work) are asked for only where there is room for them."""

    edited = Signal()

    def __init__(self, desk: Desk, words: ListWords, kinds: Sequence[Option], doubts: Doubts = lambda _: None) -> None:
        super().__init__()
        self._desk = desk
        self._words = words
        self._kinds = kinds
        self._doubts = doubts
        self._in_full = False
        self.missing: str = ""
        """What is said below the first line where it must not be empty."""
        self.rows: list[_LineRow] = []
        self._every = QVBoxLayout(self)
        self._every.setContentsMargins(0, 0, 0, 0)
        self._every.setSpacing(SPACE_2)
        self.add_button = Button(desk.say(words.another), icon="plus", kind=Kind.LINK)
        self.add_button.clicked.connect(self._add_another)
        self._every.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._every.addStretch(1)
        self.put(())

    def put(self, lines: Sequence[Line]) -> None:
        """Show these, or one empty line."""
        for old in self.rows:
            old.setParent(None)
            old.deleteLater()
        self.rows = []
        for line in lines or (Line(text=""),):
            self._add(line)
        self.show_in_full(self._in_full)

    def lines(self) -> tuple[Line, ...]:
        """What is typed, without empty lines."""
        return tuple(line for each in self.rows if (line := each.line()).text)

    @property
    def first(self) -> Field:
        """The field of the first line."""
        return self.rows[0].field

    def show_in_full(self, in_full: bool) -> None:
        """With kinds and further lines, or as one plain field."""
        self._in_full = in_full
        for each in self.rows:
            each.show_kind(bool(self._kinds) and (in_full or len(self.rows) > 1), removable=len(self.rows) > 1)
        self.add_button.setVisible(in_full)

    def written(self) -> str:
        return "\n".join(f"{line.text}\t{line.label}\t{line.id.hex() if line.id else ''}" for line in self.lines())

    def read(self, text: str) -> None:
        self.put([_line_of(part) for part in text.split("\n") if part])

    def _add(self, line: Line) -> _LineRow:
        label = self._desk.say(self._words.label)
        field = DoubtField(self._desk, "" if self.rows else label, self._doubts, check=self._fault)
        field.edit.setAccessibleName(label)
        made = _LineRow(self._desk, self._words, field, self._kinds, line)
        made.edited.connect(self.edited)
        made.unwanted.connect(lambda: self._remove(made))
        self._every.insertWidget(len(self.rows), made)
        self.rows.append(made)
        return made

    def _fault(self, text: str) -> str | None:
        return self.missing if self.missing and not text else None

    def _add_another(self) -> None:
        made = self._add(Line(text=""))
        self.show_in_full(self._in_full)
        made.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, gone: _LineRow) -> None:
        left = [each.line() for each in self.rows if each is not gone]
        self.put(left)
        self.rows[-1].field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


class _LineRow(QWidget):
    """One line with its kind."""

    edited = Signal()
    unwanted = Signal()

    def __init__(self, desk: Desk, words: ListWords, field: Field, kinds: Sequence[Option], line: Line) -> None:
        super().__init__()
        self._id = line.id
        self.field = field
        self.field.set_text(line.text)
        own = [] if line.label in dict(kinds) else [(line.label, line.label)]
        self.kind = Select([*kinds, *own], name=desk.say(M("Kind")), chosen=line.label)
        self.kind.setFixedWidth(_KIND_WIDTH)
        self.remove = Button(icon="x", kind=Kind.ICON, name=desk.say(words.remove))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_2)
        across.addWidget(self.field, 1)
        above = field.sizeHint().height() - field.edit.sizeHint().height()
        across.addLayout(column(above, self.kind, STRETCH, space=0))
        across.addLayout(column(above + 2, self.remove, STRETCH, space=0))
        self.field.edited.connect(self.edited)
        self.kind.picked.connect(lambda _: self.edited.emit())
        self.remove.clicked.connect(self.unwanted)

    def line(self) -> Line:
        """What is typed in it."""
        return Line(text=self.field.text(), label=self.kind.key(), id=self._id)

    def show_kind(self, kind: bool, *, removable: bool) -> None:
        """Whether the kind is asked for, and whether the line can go."""
        self.kind.setVisible(kind)
        self.remove.setVisible(removable)


def _line_of(text: str) -> Line:
    value, label, key = [*text.split("\t"), "", ""][:3]
    return Line(text=value, label=label, id=bytes.fromhex(key) if key else None)


_PLACE = tuple(field.name for field in fields(AddressLine) if field.name != "id")
_COARSE = frozenset({"postal_code", "city"})
_SHOWN = ("street", "extra", "postal_code", "city")
_WORDS = {
    "street": M("Street and number"),
    "extra": M("Further line"),
    "po_box": M("PO box"),
    "postal_code": M("Postcode"),
    "city": M("Town"),
    "region": M("Region"),
}


class AddressList(QWidget):
    """Postal addresses: one to fill in, and more on demand."""

    edited = Signal()

    def __init__(self, desk: Desk, kinds: Sequence[Option], countries: Sequence[Option]) -> None:
        super().__init__()
        self._desk = desk
        self._kinds = kinds
        self._countries = countries
        self.blocks: list[_AddressBlock] = []
        self._whole = False
        self._every = QVBoxLayout(self)
        self._every.setContentsMargins(0, 0, 0, 0)
        self._every.setSpacing(SPACE_3)
        self.whole_button = Button(desk.say(M("Street and number too")), icon="plus", kind=Kind.LINK)
        self.whole_button.clicked.connect(self._ask_whole)
        self._every.addWidget(self.whole_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button = Button(desk.say(M("Another address")), icon="plus", kind=Kind.LINK)
        self.add_button.clicked.connect(self._add_another)
        self._every.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.put(())

    def put(self, lines: Sequence[AddressLine]) -> None:
        """Show these, or an empty one."""
        for old in self.blocks:
            old.setParent(None)
            old.deleteLater()
        self.blocks = []
        for line in lines or (AddressLine(),):
            self._add(line)
        self.show_whole(self._whole)

    def show_whole(self, whole: bool) -> None:
        """Ask for the street too; else postcode and town are enough, and more is one press away."""
        self._whole = whole
        for each in self.blocks:
            each.show_whole(whole)
        self.whole_button.setVisible(not all(each.is_whole for each in self.blocks))
        self.add_button.setVisible(self.whole_button.isHidden())

    def lines(self) -> tuple[AddressLine, ...]:
        """What is typed, without empty ones."""
        return tuple(line for each in self.blocks if _is_filled(line := each.line()))

    def written(self) -> str:
        return "\n".join("\t".join(_texts_of(line)) for line in self.lines())

    def read(self, text: str) -> None:
        self.put([_address_of(part) for part in text.split("\n") if part])

    def _add(self, line: AddressLine) -> _AddressBlock:
        made = _AddressBlock(self._desk, self._kinds, self._countries, line)
        made.edited.connect(self.edited)
        self._every.insertWidget(len(self.blocks), made)
        self.blocks.append(made)
        return made

    def _ask_whole(self) -> None:
        self.show_whole(True)
        self.blocks[0].edit_of("street").setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_another(self) -> None:
        made = self._add(AddressLine())
        made.show_whole(True)
        made.edit_of("street").setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()


class _AddressBlock(QWidget):
    """One postal address. What few addresses have is shown where this one has it."""

    edited = Signal()

    def __init__(self, desk: Desk, kinds: Sequence[Option], countries: Sequence[Option], line: AddressLine) -> None:
        super().__init__()
        self._line = line
        self._fields = {name: Field(desk.say(text)) for name, text in _WORDS.items()}
        for name, field in self._fields.items():
            field.set_text(getattr(line, name))
            field.edited.connect(self.edited)
        self.country = _select(desk.say(M("Country")), countries, line.country)
        self.kind = _select(desk.say(M("Kind of address")), kinds, line.label)
        for select in (self.country, self.kind):
            select.picked.connect(lambda _: self.edited.emit())
        rare = [field for name, field in self._fields.items() if name not in _SHOWN and getattr(line, name)]
        get = self._fields.__getitem__
        street = beside(get("street"), get("extra"), stretch=(3, 2))
        town = beside(get("postal_code"), get("city"), stretch=(1, 4))
        country = named(desk.say(M("Country")), self.country)
        kind = beside(country, named(desk.say(M("Kind of address")), self.kind), stretch=(3, 2))
        self._fine = [street, *([beside(*rare)] if rare else []), kind]
        self.setLayout(column(street, *self._fine[1:-1], town, kind, space=SPACE_3))

    @property
    def is_whole(self) -> bool:
        """Whether all of it is asked for."""
        return not self._fine[0].isHidden()

    def show_whole(self, whole: bool) -> None:
        """All of it, or postcode and town alone; what is known already is never hidden."""
        known = any(text for name, text in zip(_PLACE, _texts_of(self.line()), strict=False) if name not in _COARSE)
        for part in self._fine:
            part.setVisible(whole or known)

    def edit_of(self, name: str) -> QLineEdit:
        """Where a part of the address is typed."""
        edit = self._fields[name].edit
        if not isinstance(edit, QLineEdit):
            raise TypeError("an address has no field of several lines")
        return edit

    def line(self) -> AddressLine:
        """What is typed in it; what is not shown stays as it was."""
        texts = {name: field.text() for name, field in self._fields.items()}
        return AddressLine(id=self._line.id, country=self.country.key(), label=self.kind.key(), **texts)


def _select(name: str, options: Sequence[Option], chosen: str) -> Select:
    own = [] if chosen in dict(options) else [(chosen, chosen)]
    return Select([*options, *own], name=name, chosen=chosen)


def _is_filled(line: AddressLine) -> bool:
    return any(getattr(line, name) for name in _PLACE if name not in {"country", "label"})


def _texts_of(line: AddressLine) -> list[str]:
    return [*(getattr(line, name) for name in _PLACE), line.id.hex() if line.id else ""]


def _address_of(text: str) -> AddressLine:
    *texts, key = [*text.split("\t"), *[""] * len(_PLACE)][: len(_PLACE) + 1]
    return AddressLine(id=bytes.fromhex(key) if key else None, **dict(zip(_PLACE, texts, strict=True)))
