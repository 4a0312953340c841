"""Contacts: the list of people, and the page of the one who is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Purchase
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.retention import RetentionItem, RetentionRule
from desktop_crm.records.sensitive import SensitiveDetail
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.task import Task
from desktop_crm.records.use import Objection, Restriction, Wish
from desktop_crm.ui import permits
from desktop_crm.ui.contacts.list_panel import ListPanel
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.drop import not_now
from desktop_crm.ui.look.tokens import LIST
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.record.entry_points import do_for
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column, in_reading_order
from desktop_crm.ui.widgets.nav import SelectionBar
from desktop_crm.ui.widgets.page import FOLD_BELOW
from desktop_crm.words import M

if TYPE_CHECKING:
    from desktop_crm.ui.contacts.empty import NobodyYet
    from desktop_crm.ui.import_list.wizard import ImportWizard
    from desktop_crm.ui.record.record import Record

_LIST_NARROW = 288
_LABEL, _LIST, _LET_GO = "label", "list", "let-go"
_CALM_MS = 1_000
"""After the list was filled; then the page that nobody opened yet is made, so that opening need not wait for it."""


class Contacts(Screen):
    """The list beside the record; a page of its own while there is nobody, and while a list is brought in."""

    watches: ClassVar[frozenset[type]] = frozenset(
        {
            Company,
            ConsentEvent,
            Contact,
            ContactAddress,
            ContactEmail,
            ContactPhone,
            ContactTag,
            ContactWebsite,
            DeliveryRecipient,
            Interaction,
            Objection,
            PrivacyRequest,
            Purchase,
            Purpose,
            Restriction,
            RetentionItem,
            RetentionRule,
            SensitiveDetail,
            Tag,
            Task,
            Wish,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = ListPanel(desk)
        self._record: Record | None = None
        self._nobody_open = _nobody_open(desk)
        self._wizard: ImportWizard | None = None
        self._begun = False
        self._is_somebody = True
        """Until contacts are counted there is somebody, so that nothing jumps."""
        self._both = QWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        acts = [(_LET_GO, self.say(M("Let go")))]
        if desk.may(permits.CHANGE_CONTACTS):
            acts.append((_LABEL, self.say(M("Label …"))))
        if desk.may(*permits.MAKE_LISTS):
            acts.append((_LIST, self.say(M("Make a list …"))))
        self.bar = SelectionBar(self._both, acts)
        self._connect()

    @property
    def person(self) -> bytes | None:
        is_shown = self._record is not None and self._pages.currentWidget() is self._both
        return self.record.person if is_shown else None

    @property
    def record(self) -> Record:
        """The page of whoever is open. Made when it is first needed: it takes as long as the first rows."""
        if self._record is None:
            from desktop_crm.ui.record.record import Record

            made = self._record = Record(self.desk)
            made.built.connect(self._order)
            made.gone.connect(self._forget_record)
            self._line.replaceWidget(self._nobody_open, made)
            self._nobody_open.deleteLater()
        return self._record

    @cached_property
    def nobody(self) -> NobodyYet:
        """What stands here before anybody came."""
        from desktop_crm.ui.contacts.empty import NobodyYet

        made = NobodyYet(self.desk)
        made.list_asked.connect(lambda: self._bring_in(None))
        made.person_asked.connect(self._add_person)
        self._pages.addWidget(made)
        return made

    def refresh(self) -> None:
        if self._begun:
            # Whom the wizard has just brought in is not counted yet.
            self._is_somebody = self._is_somebody or self._wizard is not None
            self.list.refresh()
            if self._record is not None:
                self._record.refresh()
        else:
            self._begun = True
            self.list.begin()

    def show_at(self, **where: object) -> None:
        """`person=` opens a page, `do=` an act for them; `chip=` a chip, `import_path=` a list.

        `new=True` opens a form, begun with `name=`.
        """
        if self._wizard is not None and self._wizard.is_busy:
            self.desk.problem(not_now())
            return
        if where.get("new"):
            name = where.get("name")
            self._add_person(name if isinstance(name, str) else "")
        elif self._wizard is None:
            self._show(where)
        elif not self._wizard.is_halfway or "import_path" not in where or isinstance(where["import_path"], Path):
            self._wizard.leave_for(partial(self._show, where))

    def _show(self, where: Mapping[str, object]) -> None:
        path = where.get("import_path")
        if "import_path" in where:
            self._bring_in(path if isinstance(path, Path) else None)
            return
        self._leave_wizard()
        person, chip = where.get("person"), where.get("chip")
        if isinstance(person, bytes):
            self._open(person)
            if isinstance(key := where.get("do"), str):
                do_for(self.desk, key, person)
        elif isinstance(chip, str):
            self.list.show_chip(chip)

    def go_to_search(self) -> bool:
        if self._pages.currentWidget() is not self._both:
            return False
        self.list.go_to_search()
        return True

    def panes(self) -> tuple[QWidget, ...]:
        if self._pages.currentWidget() is not self._both:
            return (self._pages,)
        return self.list, self._record or self._nobody_open

    def keep_draft(self) -> None:
        if self._record is not None:
            self._record.keep_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(_LIST_NARROW if self.window().width() < FOLD_BELOW else LIST)

    def _lay_out(self) -> None:
        line = self._line = QHBoxLayout(self._both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.list)
        line.addWidget(self._nobody_open, 1)
        self._pages.addWidget(self._both)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(self._pages)

    def _connect(self) -> None:
        self.list.opened.connect(self._open)
        self.list.new_asked.connect(self._add_person)
        self.list.chosen.connect(self._show_bar)
        self.list.counted.connect(self._show_somebody)
        self.list.filled.connect(self._show_somebody)
        self.list.counted.connect(self._order)
        self.list.counted.connect(lambda _: QTimer.singleShot(_CALM_MS, self, self._get_ready))
        self.bar.acted.connect(self._act_on_chosen)

    def _get_ready(self) -> None:
        """Loaded beside the window, which then has to make it alone."""
        if self._record is None:
            self.desk.courier.ask(self, _load_record, lambda _: self._make_record(), newest="record")

    def _make_record(self) -> None:
        self.record  # noqa: B018 - made by asking

    def _forget_record(self) -> None:
        """Who was erased is not to stay on a page that is only hidden."""
        gone, self._record = self._record, None
        if gone is not None:
            self._nobody_open = _nobody_open(self.desk)
            self._line.replaceWidget(gone, self._nobody_open)
            gone.hide()
            gone.deleteLater()

    def _order(self) -> None:
        in_reading_order(self._both)

    def _open(self, person: bytes) -> None:
        if person != self.record.asked:
            self.record.open_person(person)
        if person != self.list.person:
            self.list.show_person(person)

    def _add_person(self, name: str = "") -> None:
        from desktop_crm.ui.forms.person import open_person_form

        open_person_form(self.desk, None, name=name, then=lambda person: self.desk.go("contacts", person=person))

    def _show_bar(self) -> None:
        number = self.list.view.number_chosen
        self.bar.show_count(self.say(M("{n} chosen", "{n} chosen", n=number)) if number > 1 else "")

    def _act_on_chosen(self, key: str) -> None:
        if key == _LABEL:
            from desktop_crm.ui.contacts.labelling import open_labelling

            open_labelling(self.desk, self.list.view.people_chosen())
        elif key == _LIST:
            from desktop_crm.ui.use.making import open_making

            open_making(self.desk, self.list.view.people_chosen())
        else:
            self.list.view.let_go()

    def _show_somebody(self, number: int) -> None:
        """The list, or what stands there before anybody came."""
        self._is_somebody = bool(number)
        self._turn()

    def _turn(self) -> None:
        """The keyboard goes along to the page that is due."""
        page = self._both if self._is_somebody else self.nobody
        before, at = self._pages.currentWidget(), QApplication.focusWidget()
        if self._wizard is not None or page is before:
            return
        was_here = at is not None and before is not None and before.isAncestorOf(at)
        self._pages.setCurrentWidget(page)
        if was_here:
            (self.list.search if self._is_somebody else self.nobody.bring).setFocus()

    def _bring_in(self, path: Path | None) -> None:
        from desktop_crm.ui.import_list.wizard import ImportWizard

        self._leave_wizard()
        wizard = self._wizard = ImportWizard(self.desk, path)
        wizard.finished.connect(self._leave_wizard)
        self._pages.addWidget(wizard)
        self._pages.setCurrentWidget(wizard)
        wizard.take_focus()

    def _leave_wizard(self) -> None:
        wizard, self._wizard = self._wizard, None
        if wizard is not None:
            self._turn()
            self._pages.removeWidget(wizard)
            wizard.deleteLater()


def _nobody_open(desk: Desk) -> QWidget:
    made = QFrame()
    made.setProperty("kind", "canvas")
    nobody = label(desk.say(M("Choose somebody from the list.")), Type.BODY, "text3")
    nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setLayout(column(nobody))
    return made


def _load_record() -> None:
    import desktop_crm.ui.record.record  # noqa: F401
