"""The welcome on its doorstep, with hands."""

from __future__ import annotations

from typing import TypeVar

from desktop_crm.services.office import Office
from desktop_crm.services.settings import Who
from desktop_crm.services.starting import Opening, OpeningState
from desktop_crm.ui.welcome.begin import Begin
from desktop_crm.ui.welcome.page import Welcome
from desktop_crm.ui.welcome.place import WhereKept
from desktop_crm.ui.welcome.sheet import YourSheet
from desktop_crm.ui.welcome.sheet_part import SheetPart
from desktop_crm.ui.welcome.shop import YourShop
from desktop_crm.ui.welcome.step import Step
from tests.ui.screens.at_the_door import AtTheDoor

Kind = TypeVar("Kind", bound=Step)


class FirstRun(AtTheDoor):
    """The welcome on its doorstep, with hands."""

    page: Welcome

    def begin(self) -> None:
        self.step.state = OpeningState(Opening.NO_FILE)
        self.page = Welcome(self.step)
        self.put(self.page)

    def at(self, kind: type[Kind]) -> Kind:
        """The step that is shown, which must be of this kind."""
        assert isinstance(self.page.step, kind), type(self.page.step)
        return self.page.step

    def forth(self) -> None:
        self.click(self.page.on)

    def back(self) -> None:
        self.click(self.page.footer.back)

    def to_the_place(self, name: str = "Blumen Weber") -> WhereKept:
        self.forth()
        self.at(YourShop).fields["name"].edit.setFocus()
        self.type(name)
        self.forth()
        return self.at(WhereKept)

    def to_the_sheet(self, who: Who = Who.ONE) -> YourSheet:
        self.click(self.to_the_place().who[who])
        self.forth()
        return self.at(YourSheet)

    def type_groups(self, part: SheetPart) -> None:
        sheet = self.page.course.the_file().sheet
        for place, field in part.fields.items():
            field.line.setFocus()
            self.type(sheet.groups[place - 1].lower())

    def to_the_end(self) -> Begin:
        self.type_groups(self.to_the_sheet().part)
        self.forth()
        self.forth()
        return self.at(Begin)

    @property
    def office(self) -> Office:
        return self.page.course.the_file().office
