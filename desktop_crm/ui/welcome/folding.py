"""Parts beside each other that stand one below the other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop_crm.ui.look.tokens import SPACE_4


class Folding(QWidget):
    """Folds when it is narrower than `below` pixels."""

    def __init__(self, *parts: QWidget, below: int, space: int = SPACE_4 + 2, stretch: tuple[int, ...] = ()) -> None:
        super().__init__()
        self._below = below
        self._parts = parts
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space)
        for part, share in zip(parts, stretch or (1,) * len(parts), strict=True):
            self._box.addWidget(part, share)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = self.width() >= self._below
        way = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not way:
            self._box.setDirection(way)
            self._share()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part, so that the page decides."""
        parts = [part.minimumSizeHint() for part in self._parts]
        return QSize(max(part.width() for part in parts), max(part.height() for part in parts))

    def _share(self) -> None:
        """Side by side the shares alone tell how wide a part is, and each is as high as the highest."""
        across = self._box.direction() is QBoxLayout.Direction.LeftToRight
        for part in self._parts:
            policy = part.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored if across else QSizePolicy.Policy.Preferred)
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            part.setSizePolicy(policy)
