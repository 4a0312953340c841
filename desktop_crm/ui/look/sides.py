"""Which side is which: left and right as the reading direction turns them round.

`QStyle` can do the same, but to load it takes as long as to read the first people: it has six hundred names of its own.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, Qt

_SIDES = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
_TURNED = {
    Qt.AlignmentFlag.AlignLeft: Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignRight: Qt.AlignmentFlag.AlignLeft,
}


def turned(direction: Qt.LayoutDirection, whole: QRect, part: QRect) -> QRect:
    """Where a part of the whole lies that is given from where reading starts."""
    if direction is not Qt.LayoutDirection.RightToLeft:
        return part
    return part.translated(whole.left() + whole.right() - part.right() - part.left(), 0)


@cache
def absolute(direction: Qt.LayoutDirection, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """The side meant by an alignment of which `AlignLeft` is where reading starts."""
    if not align & Qt.AlignmentFlag.AlignHorizontal_Mask:
        align |= Qt.AlignmentFlag.AlignLeft
    side = align & _SIDES
    if direction is Qt.LayoutDirection.RightToLeft and not align & Qt.AlignmentFlag.AlignAbsolute:
        align = align & ~_SIDES | _TURNED.get(side, side)
    return align | Qt.AlignmentFlag.AlignAbsolute
