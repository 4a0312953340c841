"""Linux: logind tells of sleep, of a locked session and of another account in front; the desktop of its screen lock.

logind lets a program ask for a moment before the computer sleeps: it waits while a file is held open that it handed
out, for five seconds as it comes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from selectors import EVENT_READ, DefaultSelector
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jeepney import DBusAddress, Message
    from jeepney.io.blocking import DBusConnection

_PATIENCE_S = 2.0
_LOGIND = "org.freedesktop.login1"
_MANAGER = f"{_LOGIND}.Manager"
_SESSION = f"{_LOGIND}.Session"
_SCREENS = tuple(f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce"))
_SILENT = (OSError, KeyError, ValueError, RuntimeError, TimeoutError)
"""No bus, one that is reached in another way, or one that does not answer."""


class Told(Enum):
    """What a message of the computer means here."""

    LEFT = auto()
    SLEEPS = auto()
    WOKE = auto()


def meaning(interface: str, member: str, body: tuple[Any, ...]) -> Told | None:
    """What a signal says; None where it is no reason to do anything."""
    match member, body:
        case "PrepareForSleep", (bool(sleeps),) if interface == _MANAGER:
            return Told.SLEEPS if sleeps else Told.WOKE
        case ("Lock", ()) if interface == _SESSION:
            return Told.LEFT
        case ("ActiveChanged", (True,)) if interface in _SCREENS:
            return Told.LEFT
        case "PropertiesChanged", (str(of), dict(now), _) if of == _SESSION:
            left = now.get("Active") == ("b", False) or now.get("LockedHint") == ("b", True)
            return Told.LEFT if left else None
        case _:
            return None


class LinuxAbsence:
    """Listens on a thread of its own, so that a bus that does not answer holds up nothing."""

    def __init__(self, left: Callable[[], None]) -> None:
        """`left` is called on that thread."""
        self._left = left
        self._delay = _Delay()
        self._ends = os.pipe()
        self._thread = Thread(target=self._listen, name="absence", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def may_sleep(self) -> None:
        self._delay.let_go()

    def end(self) -> None:
        os.write(self._ends[1], b"\0")
        if self._thread.ident is not None:
            self._thread.join(2 * _PATIENCE_S)
        if not self._thread.is_alive():
            for one in self._ends:
                os.close(one)

    def _listen(self) -> None:
        system = _opened("SYSTEM")
        session = _opened("SESSION")
        try:
            if session is not None:
                with self._noting(session):
                    for interface in _SCREENS:
                        _subscribe(session, interface=interface, member="ActiveChanged")
            if system is not None:
                with suppress(*_SILENT), self._noting(system):
                    self._ask_system(system)
            self._hear([bus for bus in (system, session) if bus is not None])
        finally:
            self._delay.close()
            for bus in (system, session):
                if bus is not None:
                    bus.close()

    @contextmanager
    def _noting(self, bus: DBusConnection) -> Iterator[None]:
        """What the bus tells while it is asked something is not lost: it is understood once that is over."""
        from jeepney import MatchRule

        told: deque[Message] = deque()
        with bus.filter(MatchRule(type="signal"), queue=told):
            yield
        with suppress(*_SILENT):
            for message in told:
                self._understand(bus, message)

    def _ask_system(self, bus: DBusConnection) -> None:
        _subscribe(bus, sender=_LOGIND, interface=_MANAGER, member="PrepareForSleep")
        mine = _own_session(bus)
        if mine is not None:
            _subscribe(bus, sender=_LOGIND, path=mine, interface=_SESSION, member="Lock")
            changed = "org.freedesktop.DBus.Properties"
            _subscribe(bus, sender=_LOGIND, path=mine, interface=changed, member="PropertiesChanged")
        self._delay.ask(bus)

    def _hear(self, buses: list[DBusConnection]) -> None:
        with DefaultSelector() as selector:
            selector.register(self._ends[0], EVENT_READ)
            for bus in buses:
                if self._take(bus):
                    selector.register(bus.sock, EVENT_READ, bus)
            while True:
                for ready, _ in selector.select():
                    if ready.data is None:
                        return
                    if not self._take(ready.data):
                        selector.unregister(ready.fileobj)

    def _take(self, bus: DBusConnection) -> bool:
        """Everything that has come; False where the bus is gone."""
        try:
            for message in _come(bus):
                self._understand(bus, message)
        except _SILENT:
            return False
        return True

    def _understand(self, bus: DBusConnection, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        if message.header.message_type is not MessageType.signal:
            self._delay.answered(message)
            return
        fields = message.header.fields
        told = meaning(fields[HeaderFields.interface], fields[HeaderFields.member], message.body)
        if told is Told.SLEEPS:
            self._delay.begin()
        if told is Told.WOKE:
            self._delay.ask(bus)
        elif told is not None:
            self._left()


class _Delay:
    """The moment that logind gives before the computer sleeps: given back once nothing is open any more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: int | None = None
        self._sleeps = False

    def ask(self, bus: DBusConnection) -> None:
        """Ask for it, without waiting for the answer: what the bus tells meanwhile would be lost."""
        from jeepney import new_method_call

        words = ("sleep", "Desktop CRM", "The customer list is closed first", "delay")
        with self._lock:
            self._sleeps = False
        bus.send(new_method_call(_logind(), "Inhibit", "ssss", words))

    def answered(self, message: Message) -> None:
        """Keep what was handed out. It is no program's that is started from here, or the computer would wait for it."""
        from jeepney import FileDescriptor

        match message.body:
            case (FileDescriptor() as handed,):
                held = handed.to_raw_fd()
                os.set_inheritable(held, False)
                with self._lock:
                    self._drop()
                    self._held = held

    def begin(self) -> None:
        """The computer is about to sleep, and waits."""
        with self._lock:
            self._sleeps = True

    def let_go(self) -> None:
        """It may, if it wants to."""
        with self._lock:
            if self._sleeps:
                self._drop()

    def close(self) -> None:
        """Whatever it does."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _opened(kind: str) -> DBusConnection | None:
    from jeepney.io.blocking import open_dbus_connection

    with suppress(*_SILENT):
        return open_dbus_connection(kind, enable_fds=kind == "SYSTEM", auth_timeout=_PATIENCE_S)
    return None


def _come(bus: DBusConnection) -> Iterator[Message]:
    while True:
        try:
            message = bus.receive(timeout=0)
        except TimeoutError:
            return
        yield message


def _logind() -> DBusAddress:
    from jeepney import DBusAddress

    return DBusAddress("/org/freedesktop/login1", bus_name=_LOGIND, interface=_MANAGER)


def _subscribe(bus: DBusConnection, **rule: str) -> None:
    from jeepney import MatchRule, message_bus

    with suppress(*_SILENT):
        bus.send_and_get_reply(message_bus.AddMatch(MatchRule(type="signal", **rule)), timeout=_PATIENCE_S)


def _own_session(bus: DBusConnection) -> str | None:
    """The session of the person at this window: told by the environment, by the process, or the one they look at."""
    from jeepney import DBusAddress, Properties, new_method_call

    known = os.environ.get("XDG_SESSION_ID")
    asked = [new_method_call(_logind(), "GetSession", "s", (known,))] if known else []
    asked.append(new_method_call(_logind(), "GetSessionByPID", "u", (os.getpid(),)))
    myself = DBusAddress(f"{_logind().object_path}/user/self", bus_name=_LOGIND, interface=f"{_LOGIND}.User")
    asked.append(Properties(myself).get("Display"))
    for question in asked:
        match _answer(bus, question):
            case (str(path),):
                return path
            case (("(so)", (_, str(path))),):
                return path
    return None


def _answer(bus: DBusConnection, question: Message) -> tuple[Any, ...] | None:
    from jeepney import MessageType

    with suppress(*_SILENT):
        reply = bus.send_and_get_reply(question, timeout=_PATIENCE_S)
        if reply.header.message_type is MessageType.method_return:
            body: tuple[Any, ...] = reply.body
            return body
    return None
