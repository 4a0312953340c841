"""Pages made of all composed pieces, to be tested and looked at."""

from __future__ import annotations

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Pill
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.empty import Empty, InfoCard
from desktop_crm.ui.widgets.facts import Fact, Facts
from desktop_crm.ui.widgets.nav import Tabs
from desktop_crm.ui.widgets.page import Footer, Page, PageHead
from desktop_crm.ui.widgets.rows import GroupHead, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.ui.widgets.steps import Steps
from desktop_crm.ui.widgets.table import Role, Table
from desktop_crm.ui.widgets.timeline import Act, Entry, Timeline


def ignore() -> None:
    """Something to do."""


def entries() -> list[Entry]:
    acts = [Act("Delete", ignore, "trash")]
    return [
        Entry("Task", "Anna", "planned", "task", Tone.ACCENT, "November"),
        Entry("Order", "2026-118", "Tue 17 Nov", "bag", month="November", acts=acts),
        Entry("Note", "", "21 Oct", month="October", body="White and green."),
    ]


def matrix() -> Table:
    model = QStandardItemModel(2, 2)
    model.setHorizontalHeaderLabels(["Person", "Newsletter"])
    for number, name in enumerate(("Łucja Kowalska", "محمد الحسن")):
        person, answer = QStandardItem(name), QStandardItem("Yes")
        person.setData(name, Role.AVATAR)
        answer.setData(Pill("Yes", Tone.SUCCESS, "check"), Role.PILL)
        model.setItem(number, 0, person)
        model.setItem(number, 1, answer)
    table = Table(name="Permission", sunken_head=False, row=51)
    model.setParent(table)
    table.show_model(model, [0, 112])
    return table


def scene_of_rows() -> QWidget:
    tabs = Tabs([("w", "Waiting for your yes"), ("r", "Rules")], name="Parts", counts={"w": 14, "r": 9})
    head = PageHead(
        "Keeping times", "Nothing goes until you say so.", actions=[Button("Print list", icon="printer")], below=tabs
    )
    page = Page(head, rail=True, footer=Footer(Button("Continue", kind=Kind.PRIMARY), back=ignore, note="Only read."))
    rows = RowList(name="Waiting")
    look = RowLook(lead=Avatar("Peter Kranz", 32), check=True, height=51, trailing=[Button("Keep …", kind=Kind.QUIET)])
    chosen = Row("Peter Kranz", "Last heard of on 18 Nov 2024", look)
    if chosen.check is not None:
        chosen.check.setChecked(True)
    task = RowLook(lead=Mark("truck", Tone.ACCENT), time="10:30", trailing=[Button("Print", kind=Kind.PRIMARY)])
    rows.show_rows(
        [
            GroupHead("Gift card: 2 years", check=True),
            chosen,
            GroupHead("Also waiting", capitals=True),
            Row("Delivery round", "2 stops", task, ignore),
        ]
    )
    page.add(rows)
    page.add(matrix())
    page.add(Steps(["Received", "Identity checked", "Look through"], 1))
    page.end()
    card = Card("Details", action=Button("Edit", kind=Kind.LINK))
    card.add(Facts([Fact("Phone", "+49 151 2345 6789", "phone", ignore, can_copy=True)]))
    page.rail.addWidget(card)
    page.rail.addWidget(Banner("The blue stick still holds 2 people.", Tone.WARNING, "usb"))
    page.rail.addWidget(Timeline(entries()))
    return page


def scene_of_nothing() -> QWidget:
    cards = [
        InfoCard("shield", "Stays on this computer", "Nobody is told."),
        InfoCard("users", "Look around", "First."),
    ]
    return Empty("plus", "Your customers come here", "Bring the list you have.", [Button("Bring in a list")], cards)


def scene_of_a_sheet() -> QWidget:
    page = scene_of_rows()
    page.resize(1120, 760)
    sheet = Sheet(page, "Erase Peter Kranz?", "This cannot be undone", icon="trash", tone=Tone.DANGER)
    sheet.body.addWidget(Banner("Still running: one order", Tone.WARNING, "truck", strong=["Still running:"]))
    sheet.footer("Makes an erasure record.", Button("Erase 23 entries", kind=Kind.DANGER), icon="file")
    sheet.open()
    return page
