"""A quick note about the person whose page is open: saved by Enter, and kept as a draft until then."""

from __future__ import annotations

from functools import partial
from threading import Lock

from PySide6.QtCore import Qt
from shiboken6 import isValid

from desktop_crm.services import contacts
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.record import reading
from desktop_crm.ui.record.note_box import NoteBox
from desktop_crm.ui.undo import adding, toast_with_undo
from desktop_crm.words import M, Problem


class QuickNote(NoteBox):
    """The note box with a person behind it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Note")))
        self._desk = desk
        self._person: bytes | None = None
        self._kept = ""
        self._wanted: dict[bytes, str] = {}
        """What is still to be kept about whom. Saving takes it out again, so that it does not come back as a draft."""
        self._turn = Lock()
        self.entered.connect(self._save)
        self.paused.connect(self.keep)

    def show_for(self, person: bytes, name: str, draft: str) -> None:
        """Begin with somebody, and with what was being typed about them.

        Somebody types while a page is on its way: that is kept where it belongs, and stays if it is the same person.
        """
        self.hint = self._desk.say(M("Add a note about {name} …", name=name))
        if person == self._person:
            return
        self.keep()
        self._person, self._kept = person, self._wanted.get(person, draft)
        self.setEnabled(True)
        self.show_text(self._kept)

    def let_go(self) -> None:
        """The person is not here any more."""
        self._person, self._kept = None, ""
        self.show_text("")

    def keep(self) -> None:
        """Keep what was typed since it was last kept."""
        desk, person, text = self._desk, self._person, self.text()
        if person is None or text == self._kept or not self.isEnabled():
            return
        self._kept = self._wanted[person] = text
        # Saving tells what is wrong with the file; a draft that cannot be kept is no reason to disturb.
        desk.courier.ask(desk, partial(self._keep_wanted, desk.office, person), lambda _: None, failed=lambda _: True)

    def _keep_wanted(self, office: Office, person: bytes) -> None:
        """Runs on a worker thread, perhaps later than the saving that came after it."""
        with self._turn:
            text = self._wanted.pop(person, None)
            if text is not None:
                reading.keep_draft(office, person, text)

    def _save_again(self, person: bytes, text: str) -> None:
        if isValid(self) and self._person == person:
            self._save(text)

    def _save(self, text: str) -> None:
        desk, person = self._desk, self._person
        if person is None:
            return

        def work(office: Office) -> bytes:
            with self._turn:
                made = contacts.note(office, person, text)
                reading.keep_draft(office, person, "")
            return made

        def saved(change: bytes | None) -> None:
            toast_with_undo(desk, M("Note saved"), change)
            if self._person == person:
                self._kept = ""
                self.setEnabled(True)
                self.show_text("")
                self.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(problem: Problem) -> bool:
            if self._person == person:
                self._kept = ""
                self.setEnabled(True)
                self.keep()
            desk.problem(problem, lambda: self._save_again(person, text), typed=text)
            return True

        self.setEnabled(False)
        self._wanted.pop(person, None)
        desk.courier.ask(self, lambda: adding(work, desk.office), saved, failed=failed)
