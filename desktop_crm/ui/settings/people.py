"""Who works here, in which role and until when; what the roles may do; and the cases that are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_crm.records.staff import OpenCase
from desktop_crm.services import contacts, staff
from desktop_crm.services.office import Office
from desktop_crm.services.staff import Colleague
from desktop_crm.services.staff_rules import RoleView
from desktop_crm.services.starting import key_place
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, Tone
from desktop_crm.ui.people.add import AddPerson
from desktop_crm.ui.people.edit import EditPerson
from desktop_crm.ui.people.role_sheet import RoleSheet
from desktop_crm.ui.people.words import line_of, title_of
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.layout import clear, column, keep_focus
from desktop_crm.ui.widgets.rows import ROW_HIGH, GroupHead, Row, RowList, RowLook
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """All that the page shows. `names` are those of the contacts whose case is open."""

    people: Sequence[Colleague]
    roles: Sequence[RoleView]
    cases: Sequence[OpenCase]
    names: dict[bytes, str]

    @property
    def working(self) -> list[Colleague]:
        """Who works here now, by name."""
        return sorted((one for one in self.people if one.left_on is None), key=lambda one: str(one.name).casefold())


def look(office: Office, folder: VaultFolder, *, with_cases: bool) -> Seen:
    """What the services know."""
    cases = staff.cases(office) if with_cases else []
    found = contacts.named(office, [case.person_id for case in cases]) if cases else []
    people = staff.people(office, key_place(folder).store)
    return Seen(people, staff.roles(office), cases, {one.id: one.name for one in found})


class PeoplePane(Pane):
    """Lists that open a sheet for each person and each role."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("People and roles"), M("Who works here, who may do what, and until when."))
        self.seen: Seen | None = None
        self.add_button = desk.only(Button(self.say(M("Add a person")), icon="plus"), permits.CHANGE_PEOPLE)
        self.add_button.clicked.connect(lambda _on: self._add())
        self.people = RowList(self.say(M("Who works here")), action=self.add_button)
        self.roles = RowList(self.say(M("Roles")))
        self.cases = Card(self.say(M("Opened cases")))
        self.begin = desk.only(Button(self.say(M("Add yourself")), kind=Kind.PRIMARY), permits.CHANGE_PEOPLE)
        self.begin.clicked.connect(lambda _on: self._add())
        self._alone = self._made_alone()
        self._lists = column(self._alone, self.people, self.roles, self.cases, space=CARD_GAP)
        self.add(self._lists)
        for part in (self._alone, self.people, self.roles, self.cases):
            part.hide()
        self.end()

    def come(self) -> None:
        office, folder, with_cases = self.desk.office, self.folder, self.desk.may(permits.SEE_REQUESTS)
        self.ask(lambda: look(office, folder, with_cases=with_cases), self._show)

    def _made_alone(self) -> Card:
        card = Card()
        sub = M(
            "You open the list without a name. Several people? Add yourself first, with a name and a password, then "
            "the others. Each of them sees and does what their role allows."
        )
        card.add(told("users", self.say(M("Only you so far")), self.say(sub), end=self.begin))
        return card

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        keep_focus(self)
        self._alone.setVisible(not seen.people)
        self.people.setVisible(bool(seen.people))
        self.people.show_rows(list(self._rows(seen)))
        self.roles.show_rows([self._role(role) for role in seen.roles])
        self.roles.show()
        self._show_cases(seen)

    def _rows(self, seen: Seen) -> Iterator[Row | GroupHead]:
        yield from (self._person(one) for one in seen.working)
        left = [one for one in seen.people if one.left_on is not None]
        if left:
            yield GroupHead(self.say(M("No longer here")), capitals=True)
            yield from (self._person(one) for one in left)

    def _person(self, one: Colleague) -> Row:
        name = title_of(self.desk, one.name)
        mine = one.id == self.desk.office.who.staff
        opens = one.left_on is None and self.desk.may(permits.CHANGE_PEOPLE)
        title = self.say(M("{name} (you)", name=name)) if mine else name
        look = RowLook(lead=Avatar(name), height=ROW_HIGH, chevron=opens, trailing=tuple(self._badges(one)))
        return Row(title, line_of(self.desk, one), look, (lambda: self._edit(one)) if opens else None)

    def _badges(self, one: Colleague) -> Iterator[QWidget]:
        if one.left_on is not None:
            return
        if one.second_factor:
            yield Badge(self.say(M("Code from the telephone")), Tone.SUCCESS, "phone")
        if not one.way_in:
            yield Badge(self.say(M("No password yet")), Tone.WARNING, "alert")
        elif not one.here:
            yield Badge(self.say(M("On another computer")), Tone.NEUTRAL, "monitor")

    def _role(self, role: RoleView) -> Row:
        sub = self.say(role.for_whom) if role.for_whom is not None else self.say(M("A role of this shop."))
        look = RowLook(lead=Mark("key" if role.second_factor else "users", Tone.ACCENT), height=ROW_HIGH, chevron=True)
        title = title_of(self.desk, role.title)
        return Row(title, sub, look, lambda: RoleSheet(self.desk, role, self.come).open())

    def _show_cases(self, seen: Seen) -> None:
        clear(self.cases.body)
        whom = {one.id: title_of(self.desk, one.name) for one in seen.people}
        self.cases.setVisible(bool(seen.cases))
        for at, case in enumerate(seen.cases):
            if at:
                self.cases.separator()
            self.cases.add(self._case(case, seen.names.get(case.person_id, ""), whom.get(case.staff_id, "")))

    def _case(self, case: OpenCase, name: str, whom: str) -> QWidget:
        end = Button(self.say(M("End it")), name=self.say(M("End the case: {name}", name=name)))
        end.clicked.connect(lambda _on: self._end_case(case.id))
        mine = case.staff_id == self.desk.office.who.staff
        self.desk.only(end, permits.CHANGE_REQUESTS, *(() if mine else permits.WHOLE))
        title = M("{name}, for {whom}", name=name, whom=whom)
        sub = M("until {when}: {why}", when=case.until, why=case.reason)
        return told("eye", self.say(title), self.say(sub), end=end)

    def _end_case(self, case: bytes) -> None:
        office = self.desk.office
        self.desk.courier.ask(self, lambda: staff.close_case(office, case), lambda _: self.come())

    def _add(self) -> None:
        seen = self.seen
        if seen is not None:
            AddPerson(self.desk, self.folder, seen.roles, self.come, first=not seen.working).open()

    def _edit(self, one: Colleague) -> None:
        if self.seen is not None:
            EditPerson(self.desk, self.folder, one, self.seen.roles, self.come).open()
