"""What opens the customer file: the list, a password, another account, and changing the lock."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_crm.services import recovery_sheet, ways
from desktop_crm.services.starting import KeyPlace, key_place, require_store
from desktop_crm.services.ways import LockDue, LockState
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.settings.relocking import ChangeLock
from desktop_crm.ui.welcome.codes import CodeCard
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import flow
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault.slots import INVITATION, KEYSTORE, PHRASE, RECOVERY, STAFF
from desktop_crm.vault.ways import Way
from desktop_crm.words import M

_CODE_WIDTH = 900
_DUE = {
    LockDue.YEARLY: M("The lock has not been changed for a year. A new one shuts out whatever got lost meanwhile."),
    LockDue.WAY_REMOVED: M(
        "A way in was taken away. Whoever kept an old copy of the keys still comes in until the lock is changed."
    ),
}


@dataclass(frozen=True, slots=True)
class _Found:
    ways: list[Way]
    state: LockState
    place: KeyPlace


class WaysPane(Pane):
    """Who gets in and with what; every way but the recovery sheet can be taken away while two are left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Ways in"),
            M("What opens the customer file. At least two ways always remain, so that losing one shuts nobody out."),
        )
        self.removes: dict[str, Button] = {}
        self.has_password = False
        self.lock = Button(self.say(M("Change the lock")), icon="lock")
        self.lock.clicked.connect(lambda _on: ChangeLock(desk, self.folder, self.come).open())
        self.password = Button(self.say(M("Set a password")), icon="pen")
        self.password.clicked.connect(lambda _on: NewPasswordSheet(self).open())
        self.here = Button(self.say(M("Open here without a password")), icon="monitor")
        self.here.clicked.connect(lambda _on: self._keep_key_here())
        self.invite = Button(self.say(M("Let another account in")), icon="users")
        self.invite.clicked.connect(lambda _on: self._invite())
        self._list, self._state = Card(), Card(self.say(M("The lock")))
        self.add(self._list)
        self.add(flow(self.password, self.here, self.invite, space=SPACE_2))
        self.add(self._state)
        self.end()

    def come(self) -> None:
        office, folder = self.desk.office, self.folder
        self.ask(lambda: _Found(ways.ways_in(office, folder), ways.lock_state(office), key_place(folder)), self._show)

    def _show(self, found: _Found) -> None:
        kinds = {way.kind for way in found.ways}
        # Where everybody comes in by name, no way in is opened that does not say who it is.
        alone = STAFF not in kinds or bool(kinds & {KEYSTORE, PHRASE})
        self.has_password = PHRASE in kinds
        self.password.setVisible(alone)
        self.invite.setVisible(alone)
        self.password.setText(self.say(M("Change the password") if self.has_password else M("Set a password")))
        mine = any(way.own and way.kind == KEYSTORE for way in found.ways)
        self.here.setVisible(alone and not mine and found.place.store is not None)
        self._list.clear()
        self.removes = {}
        for at, way in enumerate(found.ways):
            if at:
                self._list.separator()
            self._list.add(self._line(way))
        self._show_state(found.state)

    def _line(self, way: Way) -> QWidget:
        icon, name = _called(way)
        since = self.say(M("Since {day}", day=way.added_on)) if way.added_on is not None else ""
        if way.until is not None:
            since = self.say(M("Lets one account in until {at}", at=way.until))
        remove: Button | None = None
        if way.removable:
            remove = Button(icon="trash", kind=Kind.ICON, name=self.say(M("Take away: {name}", name=name)))
            remove.clicked.connect(lambda _on: RemoveWay(self, way, self.say(name)).open())
            self.removes[way.kind] = remove
        return told(icon, self.say(name), since, end=remove)

    def _show_state(self, state: LockState) -> None:
        self.lock.setParent(None)
        self._state.clear()
        if state.due is not LockDue.NO:
            self._state.add(Banner(self.say(_DUE[state.due]), Tone.WARNING))
        if state.changed_on is None:
            said = self.say(M("The same since the beginning"))
        else:
            said = self.say(M("Changed on {day}", day=state.changed_on))
        sub = self.say(M("Every page is written anew, and the old key is gone. Offered once a year."))
        self._state.add(told("lock", said, sub, end=self.lock))
        self.lock.show()

    def _keep_key_here(self) -> None:
        office, folder = self.desk.office, self.folder

        def work() -> None:
            ways.keep_key_here(office, folder, require_store(folder))

        self.desk.courier.ask(self, work, lambda _: self.done(M("This account opens the list without a password now.")))

    def _invite(self) -> None:
        office, folder = self.desk.office, self.folder

        def work() -> tuple[recovery_sheet.Sheet, M | None]:
            return ways.invite(office, folder), ways.invited_in_vain(folder)

        self.desk.courier.ask(self, work, self._show_code, once=ways.invite)

    def _show_code(self, made: tuple[recovery_sheet.Sheet, M | None]) -> None:
        sheet = Invitation(self, *made)
        sheet.closed.connect(self.come)
        sheet.open()

    def done(self, said: M) -> None:
        """Something was changed: say so, and show what holds."""
        self.desk.toast(self.say(said))
        self.come()


def _called(way: Way) -> tuple[str, M]:
    if way.kind == KEYSTORE:
        return ("monitor", M("This computer account")) if way.own else ("users", M("Another account or computer"))
    known = {
        PHRASE: ("lock", M("The password")),
        RECOVERY: ("key", M("The recovery sheet")),
        INVITATION: ("clock", M("A code for another account, not used yet")),
    }
    return known.get(way.kind, ("users", M("The password of one person")))


class NewPasswordSheet(Sheet):
    """A password in place of the one before, if there was one."""

    def __init__(self, pane: WaysPane) -> None:
        desk = pane.desk
        whole = M("It opens the list on every computer that has the folder.")
        if pane.has_password:
            whole = M("It opens the list on every computer that has the folder. The one before opens nothing then.")
        super().__init__(
            desk.window,
            desk.say(M("A new password")),
            desk.say(whole),
            icon="lock",
            tone=Tone.ACCENT,
            width=640,
        )
        self._pane = pane
        self.password = NewPassword()
        self.body.addWidget(self.password)
        leave = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.keep = Button(desk.say(M("Use this password")), kind=Kind.PRIMARY)
        self.keep.clicked.connect(lambda _on: self._keep())
        self.footer("", leave, self.keep)

    def _keep(self) -> None:
        if not self.password.is_right():
            return
        pane, typed = self._pane, self.password.text()
        office, folder = pane.desk.office, pane.folder
        self.close()
        said = M("The list has the new password.")
        pane.desk.courier.ask(pane, lambda: ways.set_password(office, folder, typed), lambda _: pane.done(said))


class RemoveWay(Sheet):
    """Asked, since it cannot be taken back."""

    def __init__(self, pane: WaysPane, way: Way, name: str) -> None:
        desk = pane.desk
        super().__init__(
            desk.window,
            desk.say(M("Take away: {name}?", name=name)),
            desk.say(M("It opens nothing any more. Change the lock afterwards: only that shuts out old copies, too.")),
            icon="trash",
            tone=Tone.WARNING,
            width=560,
        )
        keep = Button(desk.say(M("Keep it")), kind=Kind.QUIET)
        keep.clicked.connect(self.dismiss)
        self.remove = Button(desk.say(M("Take it away")), kind=Kind.DANGER)
        self.remove.clicked.connect(lambda _on: self._remove(pane, way))
        self.footer("", keep, self.remove)

    def _remove(self, pane: WaysPane, way: Way) -> None:
        office, folder = pane.desk.office, pane.folder
        self.close()

        def work() -> None:
            ways.remove_way(office, folder, way.id, key_place(folder).store)

        def done(_: None) -> None:
            pane.done(M("This way in is gone."))
            ChangeLock(pane.desk, folder, pane.come).open()

        pane.desk.courier.ask(pane, work, done)


class Invitation(Sheet):
    """The code for another account, shown once."""

    def __init__(self, pane: WaysPane, code: recovery_sheet.Sheet, vain: M | None = None) -> None:
        desk = pane.desk
        super().__init__(
            desk.window,
            desk.say(M("Let another account in")),
            desk.say(M("This code lets one more account of this computer in, once and within a day.")),
            icon="users",
            tone=Tone.ACCENT,
            width=_CODE_WIDTH,
        )
        self.code = CodeCard(code, desk.say)
        self.body.addWidget(self.code)
        how = M(
            "Write it down, sign in to the other account, start the program there, choose the folder “{folder}” and "
            "type the code.",
            folder=str(pane.folder.path),
        )
        self.body.addWidget(label(desk.say(how), Type.BODY, "text2", wrap=True, selectable=True))
        rights = M("Both accounts must be able to write to the folder. Whoever comes in can do everything, for now.")
        told = Banner(desk.say(rights), Tone.NEUTRAL) if vain is None else Banner(desk.say(vain), Tone.WARNING)
        self.body.addWidget(told)
        ready = Button(desk.say(M("Written down")), kind=Kind.PRIMARY)
        ready.clicked.connect(self.close)
        self.footer("", ready)
