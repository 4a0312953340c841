"""What stands beside the work of the day: what is coming, whether the file is safe, and who was opened last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout

from desktop_crm.services.recovery_sheet import SheetDue
from desktop_crm.services.today import Coming, OpenedLast, Safety
from desktop_crm.services.ways import LockDue
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.today.line import Line
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark, ink_of
from desktop_crm.ui.widgets.label import Broken, Elided, Label, label
from desktop_crm.ui.widgets.layout import keep_focus, row
from desktop_crm.words import M, Words

_AVATAR = 30
_AROUND = 8
"""Above and below the words of a line, so that it is easy to hit."""
_A_DAY, _A_WEEK = 1, 7
_LONGEST = 100
"""So much of a line is shown: the others are to be seen, too."""


class ComingUp(Card):
    """The next things that have a date."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Coming up")))
        self._desk = desk
        self.body.setSpacing(0)
        self.lines: list[Line] = []

    def show_coming(self, coming: Sequence[Coming]) -> None:
        """Show these; nothing to come shows no card."""
        self.clear()
        days = [
            label(self._desk.words.day_of_year(one.day), Type.BUTTON, ink_of(Tone(one.tone.value))) for one in coming
        ]
        for day, one in zip(days, coming, strict=True):
            if one.tone.value not in {Tone.WARNING, Tone.VIOLET, Tone.DANGER}:
                day.set_ink("text2")
            _heavier(day)
        widest = max((day.sizeHint().width() for day in days), default=0)
        self.lines = [self._line(day, widest, one) for day, one in zip(days, coming, strict=True)]
        # The room around their words is that between the lines; the card has its own around all of them.
        self.add(-_AROUND)
        for line in self.lines:
            self.add(line)
        self.add(-_AROUND)
        self.setVisible(bool(coming))

    def _line(self, day: Label, widest: int, one: Coming) -> Line:
        day.setMinimumWidth(widest)
        day.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        said = self._desk.say(one.text) if isinstance(one.text, M) else one.text
        words = Broken(said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…", Type.SMALL, "text2")
        made = Line(_beside(day, words), words, f"{day.text()}: {said}", lambda: self._open(one))
        rules = one.tone.value == Tone.VIOLET and self._desk.may(permits.SEE_RULES)
        made.setEnabled(one.person is not None or one.number is not None or rules)
        return made

    def _open(self, one: Coming) -> None:
        if one.number is not None:
            self._desk.go("requests", number=one.number)
        elif one.person is not None:
            self._desk.go("contacts", person=one.person)
        else:
            self._desk.go("keeping", tab="rules")


def _heavier(made: Label) -> None:
    font = made.font()
    font.setWeight(font.Weight.DemiBold)
    made.setFont(font)


def _beside(day: Label, words: Label) -> QLayout:
    made = row(day, words, space=16, margins=(0, _AROUND, 0, _AROUND))
    made.setStretch(1, 1)
    return made


class SafetyCard(Card):
    """What keeps the customer file safe, and what of it is still to be done."""

    sheet_wanted = Signal()
    """Make a recovery sheet now."""
    sheet_put_off = Signal()
    """Ask again tomorrow."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Safety")))
        self._desk = desk

    def show_safety(self, safety: Safety) -> None:
        """Show how things are."""
        keep_focus(self)
        self.clear()
        for banner in self._banners(safety):
            self.add(banner)
        for name, value, right in self._facts(safety):
            self.add(_fact(self._desk.say(name), self._desk.say(value), right=right))

    def _banners(self, safety: Safety) -> Iterator[Banner]:
        if safety.log_cut:
            look = Button(self._desk.say(M("Look at the activity log")), kind=Kind.LINK)
            look.clicked.connect(lambda: self._desk.go("log"))
            self._desk.only(look, permits.SEE_LOG)
            yield Banner(self._desk.say(M("The end of the activity log is missing.")), Tone.DANGER, actions=[look])
        if not self._desk.may(permits.CHANGE_SHOP, permits.CHANGE_PEOPLE):
            return
        if safety.by_sheet:
            people = Button(self._desk.say(M("People and roles")), kind=Kind.LINK)
            people.clicked.connect(lambda: self._desk.go("settings", page="people"))
            said = M("You came in by the recovery sheet. Whoever cannot sign in here needs a new password.")
            yield Banner(self._desk.say(said), Tone.WARNING, actions=[people])
        if safety.sheet is not SheetDue.NONE:
            yield Banner(
                self._desk.say(M("No recovery sheet yet")), Tone.WARNING, actions=self._sheet_acts(safety.sheet)
            )

        if safety.lock is not LockDue.NO:
            change = Button(self._desk.say(M("Change the lock")), kind=Kind.LINK)
            change.clicked.connect(lambda: self._desk.go("settings", page="ways"))
            said = M("A way in was taken away") if safety.lock is LockDue.WAY_REMOVED else M("The lock is a year old")
            yield Banner(self._desk.say(said), Tone.WARNING, actions=[change])
        if safety.yearly:
            answer = Button(self._desk.say(M("Answer them")), kind=Kind.LINK)
            answer.clicked.connect(lambda: self._desk.go("settings", page="computer"))
            yield Banner(self._desk.say(M("A few questions about the shop, once a year")), Tone.INFO, actions=[answer])

    def _sheet_acts(self, due: SheetDue) -> list[Button]:
        now = Button(self._desk.say(M("Make it now")), kind=Kind.LINK)
        now.clicked.connect(lambda _on: self.sheet_wanted.emit())
        later = Button(self._desk.say(M("Ask again tomorrow")), kind=Kind.LINK)
        later.clicked.connect(lambda _on: self.sheet_put_off.emit())
        return [now] if due is SheetDue.INSIST else [now, later]

    def _facts(self, safety: Safety) -> Iterator[tuple[M, M, bool]]:
        checked = safety.sheet_checked_on
        if checked is not None:
            yield M("Recovery sheet"), M("checked {day}", day=self._desk.words.day_of_year(checked)), True
        elif safety.sheet is SheetDue.NONE:
            yield M("Recovery sheet"), M("tomorrow"), False
        yield M("Encrypted"), M("on this computer"), True
        yield M("Key"), safety.key, True
        yield M("Sent to the internet"), M("nothing"), True


def _fact(name: str, value: str, *, right: bool) -> QLayout:
    mark = Mark("check" if right else "clock", size=18, ink="success" if right else "text3")
    worth = label(value, Type.SMALL, "text2", wrap=True)
    worth.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    made = row(mark, Elided(name, Type.SMALL), worth, space=SPACE_3)
    made.setStretch(2, 1)
    return made


class OpenedCard(Card):
    """Whom one had open last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Opened last")))
        self._desk = desk
        self.body.setSpacing(SPACE_2 - 2)
        self._times: list[tuple[Label, datetime]] = []

    def show_opened(self, opened: Sequence[OpenedLast]) -> None:
        """Show these people; nobody yet shows no card."""
        self.clear()
        self._times = []
        for one in opened:
            self.add(self._line(one))
        self.tell_times()
        self.setVisible(bool(opened))

    def tell_times(self) -> None:
        """Say anew how long ago it was."""
        now = self._desk.office.clock.now()
        for shown, at in self._times:
            shown.setText(since(self._desk.words, at, now))

    def _line(self, one: OpenedLast) -> Line:
        name, when = Elided(one.name, Type.STRONG), label("", Type.SMALL, "text2")
        self._times.append((when, one.at))
        inside = row(Avatar(one.name, _AVATAR), name, when, space=SPACE_3, margins=(0, 1, 0, 1))
        inside.setStretch(1, 1)
        return Line(inside, name, one.name, lambda: self._desk.go("contacts", person=one.person))


def since(words: Words, at: datetime, now: datetime) -> str:
    """How long ago something was, as people say it: minutes, hours, the day of the week, then the date."""
    here = ZoneInfo(words.zone)
    day, today = at.astimezone(here).date(), now.astimezone(here).date()
    minutes = max(0, int((now - at).total_seconds()) // 60)
    if minutes < 1:
        return words.say(M("just now"))
    if minutes < 60:
        return words.say(M("{n} minute ago", "{n} minutes ago", n=minutes))
    if day == today:
        return words.say(M("{n} hour ago", "{n} hours ago", n=minutes // 60))
    if (today - day).days == _A_DAY:
        return words.say(M("yesterday"))
    return words.part(day, "EEEE") if (today - day).days < _A_WEEK else words.day_of_year(day)
