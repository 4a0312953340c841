"""A desktop for tests on a private bus: a logind that hands out its delay before sleep, and screens that lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from select import select
from threading import Condition, Lock, Thread
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

LOGIND = "org.freedesktop.login1"
TOP = "/org/freedesktop/login1"
MINE, ANOTHERS = f"{TOP}/session/_31", f"{TOP}/session/_32"
PATIENCE_S = 20.0


@dataclass
class FakeDesktop:
    """Answers as logind does, and tells what it is told to tell."""

    bus: DBusConnection
    answers: tuple[str, ...] = ("GetSessionByPID",)
    """By which questions a program finds its own session here."""
    asked: list[str] = field(default_factory=list)
    """The questions that came."""
    before: Callable[[], None] | None = None
    """What it tells just before it answers for the first time."""
    given: int = 0
    """How often the delay was handed out."""
    _read_end: int | None = None
    _sending: Lock = field(default_factory=Lock)
    _came: Condition = field(default_factory=Condition)

    def tell(self, path: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()) -> None:
        """A signal to everybody who listens."""
        with self._sending:
            self.bus.send(new_signal(DBusAddress(path, interface=interface), member, signature or None, body))

    def screen(self, of: str, *, locked: bool) -> None:
        """The screen lock of a desktop."""
        self.tell(f"/{of.replace('.', '/')}", of, "ActiveChanged", "b", (locked,))

    def sleep(self, *, begins: bool) -> None:
        """The computer is about to sleep, or woke."""
        self.tell(TOP, f"{LOGIND}.Manager", "PrepareForSleep", "b", (begins,))

    def lock(self, session: str = MINE) -> None:
        """A session is locked, as by `loginctl lock-session`."""
        self.tell(session, f"{LOGIND}.Session", "Lock")

    def change(self, name: str, value: bool, session: str = MINE) -> None:
        """Something about a session is different now, such as whether it is the one in front."""
        body: tuple[Any, ...] = (f"{LOGIND}.Session", {name: ("b", value)}, [])
        self.tell(session, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", body)

    def wait_for_delay(self, times: int = 1) -> None:
        """Until a program holds the delay, and so listens."""
        with self._came:
            assert self._came.wait_for(lambda: self.given >= times, PATIENCE_S), self.asked

    def is_held(self, patience: float = 0) -> bool:
        """Whether a program still holds the delay after so many seconds, or sooner if it gave it back."""
        assert self._read_end is not None
        return not select([self._read_end], [], [], patience)[0]

    def serve(self) -> None:
        """Answer until the bus is gone."""
        with suppress(OSError):
            while True:
                message = self.bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def close(self) -> None:
        """Take back what was handed out."""
        if self._read_end is not None:
            os.close(self._read_end)

    def _answer(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        self.asked.append(member)
        if self.before is not None:
            tell, self.before = self.before, None
            tell()
        if member == "Inhibit":
            self._hand_out(message)
        elif member == "Get" and "Display" in self.answers:
            self._send(new_method_return(message, "v", (("(so)", ("1", MINE)),)))
        elif member in self.answers:
            self._send(new_method_return(message, "o", (MINE,)))
        else:
            self._send(new_error(message, f"{LOGIND}.NoSessionForPID"))

    def _hand_out(self, message: Message) -> None:
        assert message.body[0] == "sleep"
        assert message.body[3] == "delay"
        self.close()
        self._read_end, handed = os.pipe()
        self._send(new_method_return(message, "h", (handed,)))
        os.close(handed)
        with self._came:
            self.given += 1
            self._came.notify_all()

    def _send(self, message: Message) -> None:
        with self._sending:
            self.bus.send(message)


@contextmanager
def running_desktop(address: str, *answers: str) -> Iterator[FakeDesktop]:
    """On the bus at this address, to the end of the block."""
    bus = open_dbus_connection(address, enable_fds=True)
    bus.send_and_get_reply(message_bus.RequestName(LOGIND))
    made = FakeDesktop(bus, answers or ("GetSessionByPID",))
    thread = Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        # It hears of its end as a last message to itself.
        bus.sock.shutdown(2)
        thread.join()
        bus.close()
        made.close()
