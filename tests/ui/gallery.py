"""All controls on one page, to be looked at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import CheckBox, ChoiceCard, Switch
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, flow, line, row
from desktop_crm.ui.widgets.progress import ProgressBar, Ring
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.ui.widgets.select import Select

NAMES = ("Łucja Kowalska", "Maximilian Groß", "Ελένη Παπαδοπούλου", "محمد الحسن", "Nguyễn Thị Hương", "王小明")
TEXTS = {
    Type.HERO: "Where and how it is kept",
    Type.PAGE: "Good morning, Anna",
    Type.PANE: "Contacts",
    Type.SECTION: "Shop today",
    Type.CARD: "What we found",
    Type.BODY: "Your customer list stays on this computer.",
    Type.SMALL: "Weekly bouquet · regular",
    Type.GROUP: "November",
    Type.MONO: "K7QF 9XTM",
}


def card(title: str, *parts: object) -> QWidget:
    """A titled card."""
    return boxed(column(label(title, Type.CARD), *parts, STRETCH, space=10, margins=18), "card")  # type: ignore[arg-type]


def buttons() -> QWidget:
    off = Button("Not now", icon="clock")
    off.setEnabled(False)
    ringed = [Button("Ringed", kind=kind) for kind in (Kind.PRIMARY, Kind.SECONDARY, Kind.LINK)]
    for button in ringed:
        button.ringed = True
    return card(
        "Buttons",
        row(Button("New", icon="plus", kind=Kind.PRIMARY), Button("Note", icon="note"), Button("Call"), off, STRETCH),
        row(
            Button("Give a copy", icon="copy", kind=Kind.QUIET),
            Button("Erase …", icon="trash", kind=Kind.QUIET),
            Button(icon="dots", kind=Kind.ICON, name="More"),
            Button(icon="dots", name="More"),
            Button("Edit", kind=Kind.LINK),
            STRETCH,
        ),
        row(Button("Erase 23 entries", kind=Kind.DANGER), Button("Continue", kind=Kind.PRIMARY, large=True), STRETCH),
        row(*ringed, STRETCH),
    )


def badges() -> QWidget:
    return card(
        "Badges and chips",
        flow(
            Badge("Reason: orders", Tone.INFO, "bag"),
            Badge("Newsletter: yes", Tone.SUCCESS, "check"),
            Badge("Photos: not asked yet", Tone.NEUTRAL, "minus"),
            Badge("Keep until 2029", Tone.VIOLET, "clock"),
            Badge("Copy due in 12 days", Tone.WARNING, "inbox"),
            Badge("2 wait longer than 30 days", Tone.DANGER, "alert"),
            Badge("Ready", Tone.SUCCESS, dot=True),
            Badge("Said no"),
            Badge("14", small=True),
            Badge("Tidy-up", Tone.VIOLET, small=True),
            Badge("Ours", Tone.ACCENT, "shield"),
        ),
        ChipRow(
            [("all", "All"), ("never", "Never asked · 9"), ("tidy", "Tidy-up · 14"), ("ar", "العربية")],
            name="Show",
            chosen="all",
        ),
        row(*(Avatar(name) for name in NAMES), Avatar("Anna Weber", 56), Avatar("", 32), STRETCH),
    )


def fields() -> QWidget:
    wrong = Field("Password for Anna", password=True, large=True)
    wrong.set_text("not this one")
    wrong.error("Not right. After 4 more tries there is a pause of one minute; nothing is deleted.")
    right = Field("Group 3", mono=True)
    right.set_text("W3RB")
    right.right("Right")
    off = Field("Locked")
    off.set_text("cannot be changed")
    off.setEnabled(False)
    lines = Field("Note", multiline=True, hint="The customer can ask to read this.")
    lines.set_text("White and green, no lilies.")
    day = DayField("Received", now=date(2026, 11, 21), hint="The day the letter came.")
    select = Select([("week", "every week"), ("month", "every month")], name="Remind me")
    dead = Select([("week", "every week")], name="Remind me")
    dead.setEnabled(False)
    search = SearchField("Name, phone, e-mail, note …")
    return card(
        "Fields", search, wrong, row(right, off, space=12), row(day, Field("E-mail", optional=True), space=12), lines,
        row(label("Remind me", Type.SMALL, "text2"), select, dead, STRETCH),
    )  # fmt: skip


def choices() -> QWidget:
    mixed = ChoiceCard("Mixed, or I am not sure", "Perfectly normal for a list that grew over years.", "users")
    mixed.setChecked(True)
    ticked = ChoiceCard(
        "Newsletter by e-mail", "About once a month", badge=Badge("Said yes", Tone.SUCCESS), exclusive=False
    )
    ticked.setChecked(True)
    off = ChoiceCard(
        "Birthday card by post", "Said no on 12 Oct · not again before 12 Apr", badge=Badge("Said no"), exclusive=False
    )
    off.setEnabled(False)
    open_ = ChoiceCard("They buy from us or asked for an offer", "Kept for orders and offers.", "bag")
    open_.ringed = True
    return card("Choices", open_, mixed, ticked, off, ChoiceCard("Print", "One page", "printer", mark=False), _ticks())


def _ticks() -> QWidget:
    boxes = [CheckBox("Newsletter tool"), CheckBox("Order book on paper"), CheckBox("Some"), CheckBox("Off")]
    boxes[0].setChecked(True)
    boxes[2].setCheckState(Qt.CheckState.PartiallyChecked)
    boxes[3].setEnabled(False)
    return boxed(row(*boxes, Switch("Lock", on=True), Switch("Sound"), STRETCH, space=12))


def others() -> QWidget:
    bar, running = ProgressBar(name="Erasing"), ProgressBar(name="Reading")
    bar.show_progress(17, 23)
    running.show_progress(0, 0)
    running._at = 0.5
    rings = (
        Ring("12", "days left", 0.4, Tone.WARNING),
        Ring("3", "", 0.9, Tone.DANGER, size=44),
        Ring("28", "days left", 0.9, Tone.SUCCESS),
    )
    return card(
        "Type and progress",
        *(label(text, kind, "text2" if kind is Type.GROUP else "text") for kind, text in TEXTS.items()),
        line(),
        Elided(
            "A very long address of an office far away, Lindenstraße 14, 04107 Leipzig, Germany, second yard",
            Type.SMALL,
        ),
        label(
            "Erased people leave old copies by 4 January, and the blue stick still holds two.",
            Type.SMALL,
            "text2",
            wrap=True,
        ),
        bar,
        running,
        row(*rings, STRETCH, space=16),
    )


def gallery() -> QWidget:
    """The page."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(28, 28, 28, 28)
    grid.setSpacing(16)
    for at, part in enumerate((buttons(), badges(), fields(), choices(), others())):
        place = ((0, 0), (1, 0), (0, 1), (2, 0), (2, 1))[at]
        grid.addWidget(part, *place, 2 if at == 2 else 1, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    page.resize(1200, 1180)
    return page
