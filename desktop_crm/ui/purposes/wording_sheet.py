"""New words for a purpose, and for the privacy notice: a new version each, and the old ones stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_crm.privacy.fair_asking import wrong_words
from desktop_crm.records.declare import Basis
from desktop_crm.services import purpose_editing, purposes
from desktop_crm.services.purpose_editing import NoticeOf, PurposeEntry
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.choices import language_options
from desktop_crm.ui.forms.inputs import named
from desktop_crm.ui.look.tokens import SPACE_4, Tone
from desktop_crm.ui.purposes.words import WordsPart
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 980
Then = Callable[[], None]


def _languages(desk: Desk, there: list[str]) -> list[tuple[str, str]]:
    """Those with words first, then all others."""
    every = [option for option in language_options(desk.words) if option[0]]
    return sorted(
        every, key=lambda option: (option[0] not in there, there.index(option[0]) if option[0] in there else 0)
    )


class Saving(Sheet):
    """A sheet that saves by a service and stays with what was typed where that fails."""

    def __init__(self, desk: Desk, title: str, sub: str, then: Then, *, width: int = _WIDTH, icon: str = "pen") -> None:
        super().__init__(desk.window, title, sub, icon=icon, tone=Tone.ACCENT, width=width)
        self.desk, self._then = desk, then
        self.body.setSpacing(SPACE_4)
        self.save = Button(desk.say(M("Save")), kind=Kind.PRIMARY)
        self.leave = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        self.leave.clicked.connect(self.dismiss)

    def send(self, work: Callable[[], object], said: M) -> None:
        """Save, say so, and go."""
        self.set_busy(True)
        self.desk.courier.ask(self, work, lambda _: self._done(said), failed=self._refused)

    def _done(self, said: M) -> None:
        self.set_busy(False)
        self.close()
        self.desk.toast(self.desk.say(said))
        self._then()

    def _refused(self, _: Problem) -> bool:
        self.set_busy(False)
        return False


class WordingSheet(Saving):
    """The words in one language after the other."""

    def __init__(self, desk: Desk, entry: PurposeEntry, then: Then) -> None:
        say = desk.say
        sub = M("Whoever answered before keeps the words they read. New words are a new version.")
        super().__init__(desk, say(M("What people read: {name}", name=entry.form.name)), say(sub), then)
        self.entry = entry
        self._asks = entry.form.basis is Basis.CONSENT
        options = _languages(desk, [one.language for one in entry.words])
        self.language = Select(options, name=say(M("Language")))
        self.language.picked.connect(self._show_language)
        self.old = Banner(say(M("Old words: nobody is asked in this language until they are put anew.")), Tone.WARNING)
        self.part = WordsPart(desk, entry.code)
        for piece in (named(say(M("Language")), self.language), self.old, self.part):
            self.body.addWidget(piece)
        self.save.clicked.connect(lambda _on: self._save())
        self._show_language(self.language.key())

    def _show_language(self, language: str) -> None:
        now = next((one for one in self.entry.words if one.language == language), None)
        self._now = now
        self.old.setVisible(now is not None and not now.current)
        self.part.show_words(language, now.text if now else "", self.entry.usual.get(language), asks=self._asks)
        version = M("This becomes version {n}.", n=now.version + 1 if now else 1)
        self.footer(self.desk.say(version), self.leave, self.save, icon="info")

    def _save(self) -> None:
        language, text = self.language.key(), self.part.fields.words()
        form = self.entry.form
        if self.part.fields.show_faults(wrong_words(form.basis, form.channels, language, text)):
            return
        if not self._asks or self._now is None or not self._now.current or self._now.text == text:
            self.keep(means_else=False)
            return
        office, code = self.desk.office, self.entry.code
        self.desk.courier.ask(
            self,
            lambda: purposes.would_be_uncovered(office, code),
            lambda number: Meaning(self, number).open(),
            newest="number",
        )

    def keep(self, *, means_else: bool) -> None:
        """Save the words."""
        office, code = self.desk.office, self.entry.code
        language, text = self.language.key(), self.part.fields.words()
        said = M("The new words hold. Whoever said yes before is asked again.") if means_else else _HOLD
        self.send(lambda: purpose_editing.reword(office, code, language, text, means_else=means_else), said)


_HOLD = M("The new words hold from now on.")


class Meaning(Sheet):
    """Whether new words mean something else. Neither answer is chosen beforehand, as neither is the usual one."""

    def __init__(self, sheet: WordingSheet, number: int) -> None:
        desk = sheet.desk
        say = desk.say
        told = M("{n} person said yes so far.", "{n} people said yes so far.", n=number)
        super().__init__(
            desk.window,
            say(M("Does it mean something else than before?")),
            say(told),
            icon="help",
            tone=Tone.WARNING,
            width=620,
        )
        again = M(
            "Other data, another use, another sender, more often … The yes of {n} person counts no more, and they are "
            "asked again.",
            "Other data, another use, another sender, more often … The yes of {n} people counts no more, and they are "
            "asked again.",
            n=number,
        )
        self.same = ChoiceCard(
            say(M("No, it only reads better")), say(M("Spelling, or clearer words. Each yes goes on counting.")), None
        )
        self.other = ChoiceCard(say(M("Yes, it means something else")), say(again), None)
        self.save = Button(say(M("Save")), kind=Kind.PRIMARY)
        self.save.setEnabled(False)
        for card in (self.same, self.other):
            self.body.addWidget(card)
            card.toggled.connect(lambda _on: self.save.setEnabled(self.same.isChecked() or self.other.isChecked()))
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.save.clicked.connect(lambda _on: self._save(sheet))
        self.footer("", leave, self.save)

    def _save(self, sheet: WordingSheet) -> None:
        means_else = self.other.isChecked()
        self.close()
        sheet.keep(means_else=means_else)


@dataclass(frozen=True, slots=True)
class _None:
    version: int = 0
    text: str = ""


class NoticeSheet(Saving):
    """The privacy notice, in one language after the other."""

    def __init__(self, desk: Desk, found: list[NoticeOf], then: Then) -> None:
        say = desk.say
        sub = M("What every customer is to be told. Whoever was told before was told by the version of then.")
        super().__init__(desk, say(M("Privacy notice")), say(sub), then, width=820, icon="file")
        self._found = {one.language: one for one in found}
        self.language = Select(_languages(desk, list(self._found)), name=say(M("Language")))
        self.language.picked.connect(self._show_language)
        self.text = Field(say(M("Text")), multiline=True)
        self.text.edit.setMinimumHeight(340)
        self.body.addWidget(named(say(M("Language")), self.language))
        self.body.addWidget(self.text)
        self.save.clicked.connect(lambda _on: self._save())
        self._show_language(self.language.key())

    def _show_language(self, language: str) -> None:
        now = self._found.get(language) or _None()
        self.text.set_text(now.text)
        note = self.desk.say(M("This becomes version {n}.", n=now.version + 1))
        self.footer(note, self.leave, self.save, icon="info")

    def _save(self) -> None:
        office, language, text = self.desk.office, self.language.key(), self.text.text()
        self.send(lambda: purpose_editing.renew_notice(office, language, text), M("The new privacy notice holds."))
