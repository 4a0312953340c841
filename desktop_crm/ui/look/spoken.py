"""The language of the window: what controls say of themselves, and what is read out to people who do not see it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.words import M, Words


class _InForce:
    """One per application, like the tokens."""

    words = Words("en")


def speak(words: Words) -> None:
    """Let controls made from now on speak this language."""
    _InForce.words = words


def words() -> Words:
    """The language in force."""
    return _InForce.words


def say(message: M) -> str:
    """A control's own words, such as *optional*. Screens say theirs through the desk."""
    return _InForce.words.say(message)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text that appeared without the keyboard being there."""
    # Loaded once something is to be said: its enums are among the largest of Qt.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
