"""Tells when nobody has touched keyboard or mouse for a while, so that the customer file can be locked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_crm.host.clock import Clock

_BEAT_MS = 15_000
_BLIND_MS = 2_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Watches the whole application. Off until `watch` is given a number of minutes.

    Every event of the program passes through a filter, so it looks only until it has seen a touch, and again a moment
    later.
    """

    passed = Signal()
    """Nobody was here for the time set."""

    def __init__(self, app: QApplication, clock: Clock, *, busy: Callable[[], bool] = lambda: False) -> None:
        """`busy` says that a long job is running, which counts as being here."""
        super().__init__(app)
        self._app = app
        self._busy = busy
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(lambda: app.installEventFilter(self))
        self._clock = clock
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._look)
        self._seen = clock.now()

    def watch(self, minutes: float) -> None:
        """Begin to count; 0 is never."""
        self.stop()
        if minutes > 0:
            self._timer.setInterval(int(minutes * 60_000))
            self._timer.start()
            self._seen = self._clock.now()
            self._beat.start()
            self._rest.start(min(_BLIND_MS, self._timer.interval() // 10))

    def stop(self) -> None:
        """Count no longer."""
        self._timer.stop()
        self._beat.stop()
        self._rest.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._timer.start()
            self._app.removeEventFilter(self)
            self._rest.start()
        return False

    def _look(self) -> None:
        """A computer that slept counts no seconds; its clock tells when it wakes."""
        now = self._clock.now()
        slept = (now - self._seen).total_seconds() * 1000 > max(self._timer.interval(), 2 * _BEAT_MS)
        self._seen = now
        if slept:
            self._end()

    def _end(self) -> None:
        if self._busy():
            self._timer.start()
            return
        self.stop()
        self.passed.emit()
