"""Chips: small pills to choose from, one or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import TARGET
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.button import Painted
from desktop_crm.ui.widgets.layout import FlowLayout

GAP = 6
"""Between two chips."""
_PILL, _LARGE = 28, 44
_PADDING = 11


class Chip(Painted):
    """One choice. Its text is shown as it is: a tag may hold an `&`."""

    def __init__(self, text: str, name: str = "", *, large: bool = False) -> None:
        """`large` for a customer's finger."""
        super().__init__(text.replace("&", "&&"), name)
        self._said = text
        self._assumed = False
        self._pill, self._kind = (_LARGE, Type.STRONG) if large else (_PILL, Type.BADGE)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Say something else, such as another number."""
        self._said = text
        self.setText(text.replace("&", "&&"))

    def assume(self, text: str) -> None:
        """Hold until somebody chooses, and show that nobody did: a dashed edge and `text`, which puts a question."""
        self._assumed = True
        self.set_text(text)

    def sizeHint(self) -> QSize:
        # As high as a finger needs; the pill painted in the middle is lower.
        return QSize(chip_width(self._said, self._kind), max(TARGET, self._pill))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(48, 1 << 10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        above = (self.height() - self._pill) // 2
        pill = self.rect().adjusted(0, above, 0, -above)
        chosen = self.isChecked()
        edge, ink = ("accent", "on_accent_soft") if chosen else ("accent" if self._assumed else "border", "text2")
        fill = "accent_soft" if chosen else "hover" if self.lit else "surface"
        if not self.isEnabled():
            fill, edge, ink = "sunken", "border", "text3"
        dashed = paint.asleep(self) or (self._assumed and not chosen)
        paint.box(painter, pill, self._pill / 2, fill=fill, edge=edge, dashed=dashed)
        words = pill.adjusted(_PADDING - 1, 0, 1 - _PADDING, 0)
        paint.text(painter, words, self._said, font(self._kind), ink, Qt.AlignmentFlag.AlignHCenter)
        if self.ringed:
            paint.ring(painter, pill, self._pill / 2)


def chip_width(text: str, kind: Type = Type.BADGE) -> int:
    """How wide a chip with this text is."""
    return QFontMetrics(font(kind)).horizontalAdvance(text) + 2 * _PADDING


class ChipRow(QWidget):
    """Chips that wrap. `single`: choosing one lets go of the others; nothing is chosen unless `chosen` says so."""

    changed = Signal(str)
    """The key of the chip that was pressed."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        name: str,
        single: bool = True,
        chosen: str | None = None,
        large: bool = False,
    ) -> None:
        super().__init__()
        self._large = large
        self.setAccessibleName(name)
        self._single = single
        self._group = QButtonGroup(self)
        self._group.setExclusive(single)
        self._chips: dict[str, Chip] = {}
        self._flow = FlowLayout(space=GAP)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_options(options, chosen=chosen)

    def set_options(self, options: Sequence[tuple[str, str]], *, chosen: str | None = None) -> None:
        """Offer these instead; what was chosen and is still there stays chosen unless `chosen` names another."""
        keep = {chosen} if chosen is not None else set(self.all_chosen())
        for chip in self._chips.values():
            self._group.removeButton(chip)
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {key: self._added(key, text) for key, text in options}
        for key in keep & set(self._chips):
            self._chips[key].setChecked(True)

    def chosen(self) -> str | None:
        """The key of the chosen chip, the first of several, None where there is none."""
        return next(iter(self.all_chosen()), None)

    def all_chosen(self) -> list[str]:
        """The keys of all chosen chips."""
        return [key for key, chip in self._chips.items() if chip.isChecked()]

    def choose(self, key: str | None) -> None:
        """Choose without a signal; None lets go of all."""
        self._group.setExclusive(False)
        for each, chip in self._chips.items():
            chip.setChecked(each == key)
        self._group.setExclusive(self._single)

    def chip(self, key: str) -> Chip:
        """One of the chips, to disable it or to explain it."""
        return self._chips[key]

    def set_text(self, key: str, text: str) -> None:
        """Let a chip say something else, such as another number."""
        self._chips[key].set_text(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A card gives no more than it is asked for at first: chips that wrap would be cut.
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def _added(self, key: str, text: str) -> Chip:
        chip = Chip(text, large=self._large)
        chip.setParent(self)
        self._group.addButton(chip)
        self._flow.addWidget(chip)
        chip.clicked.connect(lambda: self.changed.emit(key))
        chip.setVisible(True)
        return chip
