"""What a Mac is asked for, told to a run time that stands in for its own."""

from __future__ import annotations

import pytest

from desktop_crm.host import absence_mac
from desktop_crm.host.absence_mac import MacAbsence


class Mac:
    """Answers everything by a number, and remembers what was sent."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.sent: list[tuple[int | None, str, tuple[object, ...]]] = []

    def _number(self, name: str) -> int:
        self.names.append(name)
        return len(self.names) - 1

    def kind(self, name: str) -> int:
        return self._number(name)

    def selector(self, name: str) -> int:
        return self._number(name)

    def text(self, text: str) -> int:
        return self._number(text)

    def observer(self, _: object) -> int:
        return self._number("observer")

    def send(self, to: int | None, name: str, *told: object) -> int:
        self.sent.append((to, name, told))
        return self._number(name)


def test_the_locked_screen_is_heard_of_while_another_program_is_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    mac = Mac()
    monkeypatch.setattr(absence_mac, "_Runtime", lambda: mac)
    made = MacAbsence(lambda: None)
    made.begin()
    told = {
        mac.names[args[2]]: (mac.names[to], name, args[4:])
        for to, name, args in mac.sent
        if name.startswith("addObserver") and to is not None and isinstance(args[2], int)
    }
    at_once = "addObserver:selector:name:object:suspensionBehavior:"
    assert told.pop("com.apple.screenIsLocked") == ("defaultCenter", at_once, (4,))
    assert len(told) == 2
    assert set(told.values()) == {("notificationCenter", "addObserver:selector:name:object:", ())}
    made.end()
    assert [name for _, name, _ in mac.sent].count("removeObserver:") == 2
