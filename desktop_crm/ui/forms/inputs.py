"""What a form is made of: anything that holds one answer as a text, so that it can be kept as a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.look.tokens import SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column
from desktop_crm.ui.widgets.select import Select

_ON = "yes"


class Answers(Protocol):
    """A part of a form with several answers of its own, written as one text."""

    edited: SignalInstance

    def written(self) -> str:
        """Everything in it, as one text."""

    def read(self, text: str) -> None:
        """Fill it with such a text."""


@dataclass(frozen=True, slots=True)
class Input:
    """One answer: how to read it, how to fill it in, and what tells that somebody changed it."""

    value: Callable[[], str]
    put: Callable[[str], None]
    edited: SignalInstance
    is_text: bool = True
    """Whether it is typed, and not chosen."""


def input_of(part: Field | ChipRow | Select | CheckBox | Answers) -> Input:
    """The answer that a control holds."""
    match part:
        case Field():
            return Input(part.text, part.set_text, part.edited)
        case ChipRow():
            return Input(lambda: part.chosen() or "", lambda key: part.choose(key or None), part.changed, is_text=False)
        case Select():
            return Input(part.key, part.choose, part.picked, is_text=False)
        case CheckBox():
            return Input(
                lambda: _ON if part.isChecked() else "",
                lambda text: part.setChecked(bool(text)),
                part.toggled,
                is_text=False,
            )
        case _:
            return Input(part.written, part.read, part.edited)


def named(text: str, control: QWidget) -> QWidget:
    """A control that has no label of its own, with one above it."""
    above = label(text, Type.BUTTON)
    above.setBuddy(control)
    return boxed(column(above, control, STRETCH, space=5))


def beside(*parts: QWidget, below: int = 520, stretch: tuple[int, ...] = ()) -> Folding:
    """Fields in one line, one below the other where there is no room."""
    return Folding(*parts, below=below, space=SPACE_4, stretch=stretch)
