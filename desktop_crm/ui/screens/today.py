"""The first page of the day: what the shop has to do, what else waits, what is coming, and whether the file is safe."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactPhone
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.purchase import KeptInvoice, Purchase
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.retention import RetentionItem
from desktop_crm.records.task import Task
from desktop_crm.records.technical import JobRun, Setting
from desktop_crm.records.use import Mending, Objection, Restriction
from desktop_crm.services.recovery_sheet import SheetDue, put_off_sheet
from desktop_crm.services.today import TodayPage, today
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.happenings import open_task
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.today.begin import Begin, is_beginning
from desktop_crm.ui.today.rail import ComingUp, OpenedCard, SafetyCard
from desktop_crm.ui.today.shop import ShopToday
from desktop_crm.ui.today.week import NextDays
from desktop_crm.ui.welcome.sheet_again import open_recovery_sheet
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M

_A_MINUTE = 60_000
_INSISTED = "sheet-insisted"
"""Noted on the window of the system: locking and opening again is no new start."""


class Today(Screen):
    """Asks once for the whole page, at each visit, after a change, and when the hour has changed."""

    watches: ClassVar[frozenset[type]] = frozenset(
        {
            ConsentEvent,
            Contact,
            ContactPhone,
            DeliveryRecipient,
            JobRun,
            KeptInvoice,
            Mending,
            Objection,
            PrivacyRequest,
            Purchase,
            Purpose,
            Restriction,
            RetentionItem,
            Setting,
            Task,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.task = Button(self.say(M("Task")), icon="task", name=self.say(M("New task")))
        self.contact = Button(self.say(M("Contact")), icon="plus", name=self.say(M("New contact")))
        for button in (self.task, self.contact):
            desk.only(button, permits.CHANGE_CONTACTS)
        self.head = PageHead("", actions=[self.task, self.contact], plain=True)
        self.page = Page(self.head, rail=True)
        self.shop, self.begin, self.days = ShopToday(desk), Begin(desk), NextDays(desk)
        self.coming, self.safety, self.opened = ComingUp(desk), SafetyCard(desk), OpenedCard(desk)
        self._shown: TodayPage | None = None
        self._asked_at = self._hour()
        self.minute = QTimer(self)
        self.minute.setInterval(_A_MINUTE)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        self._asked_at = self._hour()
        office = self.desk.office
        self.desk.courier.ask(self, lambda: today(office), self._fill, newest="today")

    def showEvent(self, event: QShowEvent) -> None:
        # Whom one has opened meanwhile is no change of a record, but it stands here.
        self._stale = True
        super().showEvent(event)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.shop if self.shop.isVisible() else self.begin, self.safety)

    def _lay_out(self) -> None:
        for card in (self.shop, self.begin, self.days):
            self.page.add(card)
            card.hide()
        self.page.end()
        for beside in (self.coming, self.safety, self.opened):
            self.page.rail.addWidget(beside)
            beside.hide()
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(self.page)

    def _connect(self) -> None:
        self.task.clicked.connect(lambda: open_task(self.desk, None))
        self.contact.clicked.connect(lambda: self.desk.go("contacts", new=True))
        self.safety.sheet_wanted.connect(self._make_sheet)
        self.safety.sheet_put_off.connect(self._put_sheet_off)
        self.minute.timeout.connect(self._look_at_clock)
        self.minute.start()

    def _hour(self) -> datetime:
        now = self.desk.office.clock.now().astimezone(ZoneInfo(self.desk.office.shop.zone))
        return now.replace(minute=0, second=0, microsecond=0)

    def _look_at_clock(self) -> None:
        """Greeting and day go with the hour; a computer that slept over midnight finds out within a minute."""
        if not self.isVisible():
            return
        if self._hour() != self._asked_at:
            self.refresh()
        self.opened.tell_times()

    def _fill(self, page: TodayPage) -> None:
        self._show_head(page)
        if page != self._shown:
            first = self._shown is None
            self._shown = page
            self._show_page(page)
            if first:
                # Whatever had the keyboard while there was nothing to be seen yet is no place to begin the day.
                self.page.scroller.verticalScrollBar().setValue(0)
        self.opened.tell_times()
        self._insist(page.safety.sheet)

    def _show_head(self, page: TodayPage) -> None:
        day = self.desk.words.day_of_year(page.day, weekday=True, long=True)
        subtitle = self.say(M("{day} · {what}", day=day, what=page.subtitle)) if page.subtitle else day
        self.head.set_title(self.say(page.greeting), subtitle)

    def _show_page(self, page: TodayPage) -> None:
        beginning = is_beginning(page)
        self.begin.setVisible(beginning)
        self.shop.show_page(page)
        self.shop.setVisible(not beginning)
        self.days.show_days(page.days)
        self.days.setVisible(not beginning)
        self.coming.show_coming(page.coming)
        self.safety.show_safety(page.safety)
        self.safety.show()
        self.opened.show_opened(page.opened)

    def _insist(self, due: SheetDue) -> None:
        """From ten contacts on the sheet opens by itself, once per start, unless something else is being done."""
        start = self.desk.window.window()
        if (
            due is SheetDue.INSIST
            and self.desk.may(permits.CHANGE_SHOP, permits.CHANGE_PEOPLE)
            and not start.property(_INSISTED)
            and Overlay.top(self.desk.window) is None
        ):
            start.setProperty(_INSISTED, True)
            self._make_sheet()

    def _make_sheet(self) -> None:
        open_recovery_sheet(self.desk, VaultFolder(self.desk.office.store.database.parent))

    def _put_sheet_off(self) -> None:
        office = self.desk.office
        self.desk.courier.ask(self, lambda: put_off_sheet(office), lambda _: None)
