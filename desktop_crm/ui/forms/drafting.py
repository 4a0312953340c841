"""Keeps what is typed into a form in the encrypted file, until it is saved or not wanted any more."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from PySide6.QtCore import QObject, QTimer

from desktop_crm.services import drafts
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.inputs import Input

PAUSE_MS = 1500
"""So long after the last key what was typed is kept."""
_EMPTIED = "emptied"
"""Under this name the fields that somebody emptied are kept: a draft holds no empty texts."""


class Drafting(QObject):
    """Watches the inputs of one form about one person (None: somebody new)."""

    def __init__(
        self,
        desk: Desk,
        place: str,
        person: bytes | None,
        inputs: Mapping[str, Input],
        parent: QObject,
        *,
        keeps: bool = True,
    ) -> None:
        """Without `keeps` it only tells what was typed."""
        super().__init__(parent)
        self._keeps = keeps
        self._desk = desk
        self._place = place
        self._person = person
        self._inputs = inputs
        self._begun: dict[str, str] = {}
        self._latest: Mapping[str, str] = {}
        self._kept = False
        self._over = False
        self._turn = Lock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self, kept: Mapping[str, str]) -> None:
        """Take what the form holds now as what was there before; then fill in what was kept of it."""
        self._begun = self._typed()
        self._kept = bool(kept)
        emptied = kept.get(_EMPTIED, "").split()
        for name, one in self._inputs.items():
            if name in kept or name in emptied:
                one.put(kept.get(name, ""))
        for one in self._inputs.values():
            one.edited.connect(self._timer.start)

    def begin_again(self) -> None:
        """Put back what was there before, and forget what was typed."""
        for name, one in self._inputs.items():
            one.put(self._begun[name])
        self.keep()

    @property
    def changed(self) -> dict[str, str]:
        """What was typed so far: the answers that are other than before."""
        return {name: text for name, text in self._typed().items() if text != self._begun[name]}

    def keep(self) -> None:
        """Keep it now."""
        self._timer.stop()
        changed = self.changed
        if not self._keeps or (not changed and not self._kept):
            return
        self._kept = True
        emptied = " ".join(name for name, text in changed.items() if not text)
        self._latest = {**changed, _EMPTIED: emptied}
        # Saving tells what is wrong with the file; a draft that cannot be kept is no reason to disturb.
        self._desk.courier.ask(self._desk.window, self._keep, lambda _: None, failed=lambda _: True)

    def stop(self) -> None:
        """Keep nothing for a while: the form is being saved."""
        self._timer.stop()

    def forget(self) -> None:
        """Drop what was kept; whoever still waits to keep something comes too late. Called on a worker thread."""
        with self._turn:
            self._over = True
            if self._keeps:
                drafts.drop(self._desk.office, self._place, self._person)

    def drop(self) -> None:
        """The same, from the window."""
        self._timer.stop()
        self._desk.courier.ask(self._desk.window, self.forget, lambda _: None, failed=lambda _: True)

    def _keep(self) -> None:
        with self._turn:
            if not self._over:
                drafts.keep(self._desk.office, self._place, self._person, self._latest)

    def _typed(self) -> dict[str, str]:
        return {name: one.value() for name, one in self._inputs.items()}
