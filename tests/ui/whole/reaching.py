"""What a person without a mouse or without eyes meets on a page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QWidget,
)

from desktop_crm.ui.look.tokens import TARGET
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.facts import WhyButton
from desktop_crm.ui.widgets.nav import TextLink
from desktop_crm.ui.widgets.rows import GroupHead, Row
from tests.ui.whole.played import called, shown

_Role = QAccessible.Role
NAMED = {
    _Role.Button,
    _Role.ButtonMenu,
    _Role.ButtonDropDown,
    _Role.CheckBox,
    _Role.RadioButton,
    _Role.EditableText,
    _Role.ComboBox,
    _Role.SpinBox,
    _Role.Slider,
    _Role.ProgressBar,
    _Role.List,
    _Role.ListItem,
    _Role.Table,
    _Role.Tree,
    _Role.PageTab,
    _Role.PageTabList,
    _Role.Link,
    _Role.MenuItem,
    _Role.Dialog,
    _Role.StaticText,
}
_MANY = 400


def nameless(top: QWidget) -> list[str]:
    """What a screen reader could only call by its kind."""
    return [f"{found.role().name} {found.rect()}" for found in _interfaces(top) if _lacks_name(found)]


def unreached(top: QWidget) -> list[str]:
    """What Tab never comes to, and buttons that it could not come to."""
    wanted = [one for one in shown(top) if _takes_tab(one)]
    reached = _tabbed(top, len(wanted) + 2)
    # Coming to one of a group takes Tab from the others: from there on the arrows lead.
    lost = {one for one in wanted if one not in reached and _takes_tab(one)}
    lost |= {one for one in shown(top) if isinstance(one, QAbstractButton) and _is_dead(one)}
    reached |= _by_arrows(reached, lost)
    return sorted(called(one) for one in lost - reached if not _is_within(one, reached))


def too_small(top: QWidget) -> list[str]:
    """Targets that are hard to hit."""
    found = (one for one in shown(top) if isinstance(one, QAbstractButton | QLineEdit | QComboBox) and _is_target(one))
    return [called(one) for one in found if min(one.width(), one.height()) < TARGET]


def _interfaces(top: QWidget) -> Iterator[QAccessibleInterface]:
    waiting = [QAccessible.queryAccessibleInterface(top)]
    while waiting:
        one = waiting.pop()
        if not one.isValid() or one.state().invisible:
            continue
        yield one
        waiting.extend(one.child(number) for number in range(min(one.childCount(), _MANY)))


def _lacks_name(found: QAccessibleInterface) -> bool:
    # A list that is empty has nothing to be told of; a label without words is room kept free.
    if found.role() not in NAMED or found.text(QAccessible.Text.Name):
        return False
    return found.role() is not _Role.StaticText


def _takes_tab(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.isEnabled() and one.focusProxy() is None


def _tabbed(top: QWidget, most: int) -> set[QWidget]:
    reached: set[QWidget] = set()
    for _ in range(most):
        now = QApplication.focusWidget() or top
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return reached


def _by_arrows(reached: set[QWidget], lost: set[QWidget]) -> set[QWidget]:
    """What the arrows come to from what Tab came to. Rows and tabs have one stop for all of them."""
    found: set[QWidget] = set()
    kinds = {type(one) for one in lost}
    for start in (one for one in reached if type(one) in kinds):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left):
            start.setFocus(Qt.FocusReason.TabFocusReason)
            for _ in range(len(lost)):
                if (now := QApplication.focusWidget()) is not None:
                    QTest.keyClick(now, key)
                    found.add(QApplication.focusWidget() or now)
    return found


def _is_dead(button: QAbstractButton) -> bool:
    if not _is_pressed(button) or button.focusPolicy() & Qt.FocusPolicy.TabFocus or _is_part(button):
        return False
    group = button.group()
    grouped = isinstance(group, QButtonGroup)  # Qt says None where there is no group; its types do not
    around = button.parentWidget() or button
    mates = group.buttons() if grouped else around.findChildren(QAbstractButton)
    by_arrows = button.autoExclusive() or grouped
    return not (by_arrows and any(mate.focusPolicy() & Qt.FocusPolicy.TabFocus for mate in mates))


def _is_within(one: QWidget, reached: set[QWidget]) -> bool:
    """Whether it is a part of a line that Tab comes to: Space ticks it there, or the line's own menu does it."""
    return any(isinstance(line, QAbstractButton) and line.isAncestorOf(one) for line in reached)


def _is_pressed(button: QAbstractButton) -> bool:
    """A line with nothing to open, and what is asleep, is no target."""
    inert = isinstance(button, Row | GroupHead) and not button.reachable
    return button.isEnabled() and not inert


def _is_part(one: QWidget) -> bool:
    """Whether it belongs to a control that has the keyboard for it."""
    return isinstance(one.parentWidget(), QLineEdit | QComboBox | QAbstractItemView)


def _is_target(one: QWidget) -> bool:
    link = isinstance(one, TextLink | WhyButton) or (isinstance(one, Button) and one.kind is Kind.LINK)
    return not link and not _is_part(one) and (not isinstance(one, QAbstractButton) or _is_pressed(one))
