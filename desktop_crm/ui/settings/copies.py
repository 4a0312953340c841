"""Safety copies: the last one, the next one, and every one there is, with its age and how the last check ended."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from desktop_crm.host.keystore import KeyStore
from desktop_crm.records.safety_copy import CopyCheck, CopyKind, SafetyCopy
from desktop_crm.services import copies, resealing, settings
from desktop_crm.services.copies import Checked
from desktop_crm.services.copies_page import CopiesPage, CopyView, copies_page
from desktop_crm.services.settings import COPIES_FOLDER
from desktop_crm.ui import permits
from desktop_crm.ui.copies.back import BackSheet, Ground, choose_copy
from desktop_crm.ui.copies.person import PersonSheet
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.files import size_text
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, flow, row
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_BADGES = {
    CopyCheck.FINE: (M("whole"), Tone.SUCCESS, "check"),
    CopyCheck.DAMAGED: (M("damaged"), Tone.DANGER, "alert"),
    CopyCheck.NOT_YET: (M("not checked yet"), Tone.NEUTRAL, "help"),
}


class CopiesPane(Pane):
    """Everything that can be done with safety copies."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Safety copies"),
            M("If the computer breaks or is stolen, a safety copy and your recovery sheet bring everything back."),
        )
        self._page: CopiesPage | None = None
        self.now = Button(self.say(M("Back up now")), icon="box", kind=Kind.PRIMARY)
        self.now.clicked.connect(lambda _on: self._make())
        self.choose = Button(self.say(M("Choose …")), icon="folder")
        self.choose.clicked.connect(lambda _on: self._choose())
        self.test = Button(self.say(M("Try a restore")), icon="refresh")
        self.test.clicked.connect(lambda _on: self._test())
        self.back = Button(self.say(M("Bring one back …")), icon="undo")
        self.back.clicked.connect(lambda _on: self.bring_back(None))
        self._notes = column(space=SPACE_3)
        for button in (self.now, self.back):
            desk.only(button, permits.CHANGE_COPIES)
        desk.only(self.choose, permits.CHANGE_SHOP)
        self._state = Card()
        self._list = Card(self.say(M("Your safety copies")))
        self._lines = column(space=SPACE_3)
        self._list.add(self._lines)
        self.add(self._notes)
        self.add(self._state)
        self.add(flow(self.now, self.test, self.back, space=SPACE_2))
        self.add(self._list)
        self.add(label(self.say(_KEPT), Type.SMALL, "text3", wrap=True))
        self.end()

    def come(self) -> None:
        self.ask(lambda: copies_page(self.desk.office), self._show)

    def _show(self, page: CopiesPage) -> None:
        self._page = page
        self._show_notes(page)
        self._show_state(page)
        self.test.setEnabled(any(one.here and one.has_key for one in page.copies if one.row.kind is CopyKind.COPY))
        clear(self._lines)
        for one in page.copies:
            self._lines.addWidget(boxed(self._line(one)))
        if not page.copies:
            nothing = M("There is none yet. Plug in a stick and choose it above.")
            self._lines.addWidget(label(self.say(nothing), Type.BODY, "text2", wrap=True))

    def _show_notes(self, page: CopiesPage) -> None:
        clear(self._notes)
        for said in dict.fromkeys(one.still_holds for one in page.copies if one.still_holds and not one.here):
            self._notes.addWidget(Banner(self.say(said), Tone.WARNING, "box"))
        for said in page.warnings:
            self._notes.addWidget(Banner(self.say(said), Tone.INFO, "folder"))
        closed = [one.row for one in page.copies if one.row.kind is CopyKind.COPY and not one.row.for_sheet]
        if page.for_sheet and (left := resealing.said_of(closed)) is not None:
            self._notes.addWidget(Banner(self.say(left), Tone.WARNING, "key"))
        if not page.for_sheet:
            sheet = Button(self.say(M("Recovery sheet")), icon="key")
            sheet.clicked.connect(lambda _on: self.desk.go("settings", page="sheet"))
            self.desk.only(sheet, permits.CHANGE_SHOP)
            self._notes.addWidget(Banner(self.say(_OLD_SHEET), Tone.WARNING, "key", [sheet]))

    def _show_state(self, page: CopiesPage) -> None:
        self.choose.setParent(None)
        self._state.clear()
        say = self.say
        if page.last is None:
            self._state.add(told("alert", say(M("No safety copy yet")), say(_WHY), ink="warning"))
        else:
            icon, ink = ("alert", "warning") if page.overdue else ("check", "success")
            last = M("Last safety copy: {when}", when=page.last)
            tried = M("Opened and checked on {when}.", when=page.tested or page.last)
            self._state.add(told(icon, say(last), say(tried), ink=ink))
        self._state.separator()
        if page.folder is None:
            nowhere = M("Choose a place once, and a copy is made there every day.")
            self._state.add(told("folder", say(M("No place for every day yet")), say(nowhere), end=self.choose))
        else:
            place = Elided(str(page.folder), Type.STRONG)
            texts = column(place, label(say(_reachable(page)), Type.SMALL, "text2", wrap=True), space=2)
            line = row(Mark("folder", size=18, ink="text2"), texts, self.choose, space=SPACE_3)
            line.setStretch(1, 1)
            self._state.add(boxed(line))
        self.choose.show()

    def _line(self, one: CopyView) -> QHBoxLayout:
        say, made = self.say, one.row
        aside = made.kind is CopyKind.SET_ASIDE
        title = M("Kept aside on {when}", when=made.made_at) if aside else M("{when}", when=made.made_at)
        words, tone, icon = _BADGES[made.result]
        badge = None if aside else Badge(say(words), tone, icon)
        # Of a copy that was never seen here, the size is not known.
        size = label(say(size_text(made.size)), Type.SMALL, "text2") if made.size else None
        texts = column(
            label(say(title), Type.STRONG, wrap=True),
            Elided(str(Path(made.folder) / made.file_name), Type.SMALL, "text2"),
            label(say(_facts(one)), Type.SMALL, "text3", wrap=True),
            label(say(one.still_holds), Type.SMALL, "warning", wrap=True) if one.still_holds is not None else None,
            space=2,
        )
        line = row(column(2, Mark("box", size=18), STRETCH), texts, column(row(size, badge, self._menu(one)), STRETCH))
        line.setSpacing(SPACE_3)
        line.setStretch(1, 1)
        return line

    def _menu(self, one: CopyView) -> Button:
        say = self.say
        more = Button(icon="dots", kind=Kind.ICON, name=say(M("More about the copy of {when}", when=one.row.made_at)))
        menu = Menu(more, name=more.accessibleName())
        if one.row.kind is CopyKind.COPY:
            menu.add(say(M("Open and check it")), lambda: self._check(one.row), icon="refresh")
            if self.desk.may(permits.CHANGE_COPIES):
                menu.add(say(M("Bring it back …")), lambda: self.bring_back(one.file), icon="undo")
            if self.desk.may(*permits.WHOLE, permits.CHANGE_COPIES):
                person = M("Bring one person back …")
                menu.add(say(person), lambda: PersonSheet(self.desk, one.row).open(), icon="users")
        if self.desk.may(permits.CHANGE_COPIES):
            menu.add(say(M("Destroy it …")), lambda: DestroySheet(self, one.row).open(), icon="trash")
        more.clicked.connect(lambda _on: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _make(self) -> None:
        if self._page is None or self._page.folder is None:
            self._choose(then_make=True)
        else:
            self._make_in(self._page.folder)

    def _make_in(self, to: Path) -> None:
        office = self.desk.office
        self.desk.courier.run(
            self,
            self.say(M("Making a safety copy")),
            lambda step: copies.make_copy(office, to, tell=step),
            self._made,
            once=copies.make_copy,
        )

    def _made(self, _row: SafetyCopy) -> None:
        self.desk.toast(self.say(M("The safety copy was made, opened and checked.")))
        self.come()

    def _choose(self, *, then_make: bool = False) -> None:
        chosen = self.desk.choose_folder(self.say(M("Where do safety copies go?")))
        if chosen is None:
            return
        office = self.desk.office

        def done(_: object) -> None:
            self.come()
            if then_make:
                self._make_in(chosen)

        self.desk.courier.ask(self, lambda: settings.put(office, COPIES_FOLDER, str(chosen)), done)

    def _test(self) -> None:
        """The newest one that can be reached."""
        here = [one for one in (self._page.copies if self._page else ()) if one.here and one.has_key]
        newest = next((one for one in here if one.row.kind is CopyKind.COPY), None)
        if newest is not None:
            self._check(newest.row)

    def _check(self, one: SafetyCopy) -> None:
        office = self.desk.office
        self.desk.courier.run(
            self,
            self.say(M("Opening the safety copy and counting")),
            lambda step: copies.check_copy(office, one.id, tell=step),
            self._checked,
            once=copies.check_copy,
        )

    def _checked(self, found: Checked) -> None:
        if found.problem is not None:
            self.desk.problem(found.problem)
        else:
            n = found.counts.get("contact", 0)
            said = M(
                "The copy of {when} opens and is whole: {n} person in it.",
                "The copy of {when} opens and is whole: {n} people in it.",
                when=found.made_at,
                n=n,
            )
            self.desk.toast(self.say(said))
        self.come()

    def bring_back(self, file: Path | None) -> None:
        """Bring a copy back: this one, or one that is chosen now."""
        desk = self.desk

        def done(keystore: KeyStore | None) -> None:
            desk.change_places(keystore)

        ground = Ground(
            window=desk.window,
            courier=desk.courier,
            say=desk.say,
            folder=self.folder,
            clock=desk.office.clock,
            office=desk.office,
            choose=partial(choose_copy, desk.choose_file, desk.say),
            done=done,
        )
        BackSheet(ground, file).open()


class DestroySheet(Sheet):
    """Cannot be taken back, so it is asked."""

    def __init__(self, pane: CopiesPane, one: SafetyCopy) -> None:
        say = pane.desk.say
        super().__init__(
            pane.desk.window,
            say(M("Destroy the copy of {when}?", when=one.made_at)),
            say(_destroy_words(one)),
            icon="trash",
            tone=Tone.WARNING,
            width=560,
        )
        keep = Button(say(M("Keep it")), kind=Kind.QUIET)
        keep.clicked.connect(self.dismiss)
        self.yes = Button(say(M("Destroy it")), kind=Kind.DANGER)
        self.yes.clicked.connect(lambda _on: self._destroy(pane, one.id))
        self.footer("", keep, self.yes)

    def _destroy(self, pane: CopiesPane, key: bytes) -> None:
        office = pane.desk.office
        self.close()
        pane.desk.courier.ask(pane, lambda: copies.expire(office, [key]), lambda _: pane.come())


_WHY = M("A stolen laptop or a broken disk would take everything with it.")
_KEPT = M(
    "Seven daily and four weekly copies are kept, none longer than 35 days. Then its key is destroyed: the file, "
    "should it still lie somewhere, opens with the recovery sheet alone."
)
_OLD_SHEET = M(
    "Your recovery sheet is older than safety copies: new copies open on this computer only. Make a new sheet, so that "
    "they open with it everywhere."
)


def _reachable(page: CopiesPage) -> M:
    if not page.folder_here:
        return M("Not to be reached just now. The copy is made as soon as it is plugged in.")
    if page.next_on is None:
        return M("It can be reached.")
    return M("The next copy is made there on {day}, while the program is open.", day=page.next_on)


def _facts(one: CopyView) -> M:
    """Until when, and whether it can be reached and opened."""
    until: datetime | M = M("goes on {day} at the latest", day=one.until)
    if one.row.kind is CopyKind.SET_ASIDE:
        return M("The customer list from before a copy was brought back; {until}.", until=until)
    if not one.has_key and not one.row.for_sheet:
        return M("Opens with an earlier recovery sheet only; {until}.", until=until)
    if not one.has_key:
        return M("Opens with the recovery sheet only; {until}.", until=until)
    if not one.here:
        seen = one.row.last_seen or one.row.made_at
        return M("Last seen on {when}; {until}.", when=seen, until=until)
    return M("Can be reached; {until}.", until=until)


def _destroy_words(one: SafetyCopy) -> M:
    if one.kind is CopyKind.SET_ASIDE:
        return M("The folder with the earlier customer list is deleted.")
    return M(
        "Its key is destroyed, and the file deleted where it can be reached. Only the recovery sheet opens it then."
    )
