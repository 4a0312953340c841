"""Making a list for a purpose: who would be on it, who is left out and why, and as what it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.documents.list_model import LABELS, ListForm
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.services import handing, labels, listing
from desktop_crm.services.handing import FORMS, Handed, LeftOut, ListOrder, Preview, Shape
from desktop_crm.services.listing import LABEL, ChipCount
from desktop_crm.services.saving import Saved
from desktop_crm.ui import reach
from desktop_crm.ui.clipboard import copy_value
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.folder import with_folder
from desktop_crm.ui.made.sheet import PaperRows, open_paper
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear, column, row
from desktop_crm.ui.widgets.rows import Row, RowList, RowLook
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 760
_EVERYBODY = ""
_FORMS: dict[ListForm, M] = {
    ListForm.CSV: M("Table (CSV)"),
    ListForm.XLSX: M("Table for Excel"),
    ListForm.VCARD: M("Address book (vCard)"),
    ListForm.LABELS: M("Labels to print"),
    ListForm.CALLS: M("List of calls to print"),
    ListForm.ADDRESSES: M("Email addresses to copy"),
}
_MOST_WRITTEN_TO = 50
"""A mail program takes so many addresses at once; more are copied."""


@dataclass(frozen=True, slots=True, repr=False)
class _Known:
    """What a list can be made for, and the labels people bear."""

    purposes: Sequence[Purpose]
    labels: Sequence[str]


def open_making(desk: Desk, people: Sequence[bytes] = ()) -> None:
    """Let somebody make a list: of these people, or of everybody or those of a label."""

    def work() -> _Known:
        counts: Sequence[ChipCount] = listing.chip_counts(desk.office) if not people else ()
        worn = [str(one.text) for one in counts if one.key.startswith(LABEL)]
        return _Known(handing.purposes_to_use(desk.office), worn)

    desk.open_sheet(work, lambda known: Making(desk, known, frozenset(people) or None))


class Making(Sheet):
    """Purpose, way, for whom, of whom, as what; below it whom the list would hold."""

    def __init__(self, desk: Desk, known: _Known, people: frozenset[bytes] | None) -> None:
        n = len(people) if people else 0
        text = M("Of {n} person", "Of {n} people", n=n) if people else M("Nobody is on it who may not be.")
        super().__init__(
            desk.window, desk.say(M("Make a list")), desk.say(text), icon="list", tone=Tone.ACCENT, width=_WIDTH
        )
        self._desk = desk
        self._people = people
        self._purposes = {one.code: one for one in known.purposes}
        say = desk.say
        self.purpose = Select([(one.code, one.name) for one in known.purposes], name=say(M("What for")))
        self.channel = Select([], name=say(M("By which way")))
        self.form = Select([], name=say(M("As what")))
        self.who = Select(
            [(_EVERYBODY, say(M("Everybody"))), *((name, name) for name in known.labels)], name=say(M("Of whom"))
        )
        self.recipient = Field(say(M("Who gets it")), optional=True, hint=say(M("Empty: it stays in the shop.")))
        self.labels = Select(
            [(one.code, say(M("Labels {code}", code=f"{one.across} × {one.down}"))) for one in LABELS],
            name=say(M("Which sheet of labels")),
        )
        self.shown = QWidget()
        self._preview = QVBoxLayout(self.shown)
        self._preview.setContentsMargins(0, 0, 0, 0)
        self._preview.setSpacing(SPACE_3)
        self.make = Button(say(M("Make the list")), icon="list", kind=Kind.PRIMARY)
        self._lay_out()
        self._connect()
        self._purpose_picked()

    def first(self) -> QWidget | None:
        return self.purpose

    @property
    def order(self) -> ListOrder:
        """What is chosen."""
        label_ = self.who.key() or None
        recipient = self.recipient.text() or None
        return ListOrder(self.purpose.key(), Channel(self.channel.key()), recipient, self._people, label_)

    def _lay_out(self) -> None:
        self.body.addLayout(row(self._told(M("What for"), self.purpose), self._told(M("By which way"), self.channel)))
        whom = [] if self._people else [self._told(M("Of whom"), self.who)]
        self.body.addLayout(row(*whom, self._told(M("As what"), self.form), self._told(M("Sheet"), self.labels)))
        self.body.addWidget(self.recipient)
        self.body.addWidget(self.shown)
        cancel = Button(self._desk.say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.footer("", cancel, self.make)

    def _told(self, text: M, part: QWidget) -> QWidget:
        made = QWidget()
        made.setLayout(column(label(self._desk.say(text), Type.BUTTON), part, space=SPACE_2))
        return made

    def _connect(self) -> None:
        self.purpose.picked.connect(lambda _: self._purpose_picked())
        self.channel.picked.connect(lambda _: self._channel_picked())
        self.who.picked.connect(lambda _: self._look())
        self.form.picked.connect(lambda _: self._show_sheet())
        self.recipient.edited.connect(self._look)
        self.make.clicked.connect(self._make)

    def _purpose_picked(self) -> None:
        """A yes is to one way; what needs none can take each."""
        found = self._purposes.get(self.purpose.key())
        if found is None:
            self.make.setEnabled(False)
            return
        own = Channel(found.channel)
        only = found.basis is Basis.CONSENT
        ways = [one for one in FORMS if one is own or not only]
        self.channel.set_options([(one.value, self._desk.say(labels.of(one))) for one in ways], chosen=own.value)
        self._channel_picked()

    def _channel_picked(self) -> None:
        forms = FORMS.get(Channel(self.channel.key()), ()) if self.channel.key() else ()
        self.form.set_options([(one.value, self._desk.say(_FORMS[one])) for one in forms])
        self._show_sheet()
        self._look()

    def _show_sheet(self) -> None:
        parent = self.labels.parentWidget()
        if parent is not None:
            parent.setVisible(self.form.key() == ListForm.LABELS)

    def _look(self) -> None:
        if not self.channel.key():
            self.make.setEnabled(False)
            clear(self._preview)
            told = M("Nobody is reached by a list for this: it is used in the shop or on the website.")
            self._preview.addWidget(Banner(self._desk.say(told), Tone.NEUTRAL))
            return
        office, order = self._desk.office, self.order
        self._desk.courier.ask(self, partial(handing.preview_list, office, order), self._show_preview, newest="preview")

    def _show_preview(self, found: Preview) -> None:
        clear(self._preview)
        self.make.setEnabled(bool(found.number))
        self._preview.addWidget(_counted(self._desk, found))
        for text in found.keep_in_mind:
            self._preview.addWidget(label(self._desk.say(text), Type.SMALL, "text2", wrap=True))
        if found.left_out:
            self._preview.addWidget(left_out_rows(self._desk, found.left_out))
        self.fit()

    def _make(self) -> None:
        if self.form.key() == ListForm.ADDRESSES:
            work = partial(handing.copy_addresses, self._desk.office, self.order)
            self._desk.courier.ask(self, work, self._copied, once=(handing.copy_addresses, id(self)))
        else:
            with_folder(self._desk, self, self._make_in, once=(Making, id(self)))

    def _make_in(self, folder: Path) -> None:
        sheet = next(one for one in LABELS if one.code == self.labels.key())
        shape = Shape(ListForm(self.form.key()), sheet)
        work = partial(handing.make_list, self._desk.office, self.order, shape, folder)
        self._desk.courier.ask(self, work, self._made, once=(handing.make_list, id(self)))

    def _copied(self, handed: Handed) -> None:
        addresses = handed.content.decode().split()
        copy_value("\n".join(addresses))
        self.close()
        desk = self._desk
        told = M("{n} address copied: for the BCC field", "{n} addresses copied: for the BCC field", n=handed.people)
        few = len(addresses) <= _MOST_WRITTEN_TO
        act = desk.say(M("Begin an email")) if few else ""
        desk.toast(desk.say(told), act=act, then=(lambda: _write(desk, addresses)) if few else None)

    def _made(self, handed: Handed) -> None:
        self.close()
        if handed.saved is not None:
            MadeList(self._desk, handed, handed.saved).open()


def _write(desk: Desk, addresses: Sequence[str]) -> None:
    if not reach.write_hidden(addresses):
        desk.toast(desk.say(M("This computer has no program for e-mails.")))


def _counted(desk: Desk, found: Preview) -> Banner:
    people = M("{n} person", "{n} people", n=found.number)
    told = M("{people}, {n} left out", people=people, n=found.without) if found.without else people
    tone = Tone.SUCCESS if found.number else Tone.WARNING
    return Banner(desk.say(told), tone, "check" if found.number else "alert")


def left_out_rows(desk: Desk, left_out: Sequence[LeftOut]) -> RowList:
    """Who is left out, a row for each reason with the names."""
    rows = RowList(name=desk.say(M("Left out")))
    made = []
    for one in left_out:
        more = one.number - len(one.names)
        names = ", ".join(name for _, name in one.names)
        listed = desk.say(M("{names} and {n} more", "{names} and {n} more", names=names, n=more)) if more > 0 else names
        title = desk.say(M("{n} left out: {why}", "{n} left out: {why}", n=one.number, why=one.why))
        made.append(Row(title, listed, RowLook(lead="x")))
    rows.show_rows(made)
    return rows


class MadeList(Sheet):
    """A list that was made: where it lies, and again who is not on it."""

    def __init__(self, desk: Desk, handed: Handed, saved: Saved) -> None:
        say = desk.say
        text = M("It is noted who is on it: whoever takes a permission back is named to you until the list is mended.")
        title = M("List {number} is made", number=handed.number)
        super().__init__(desk.window, say(title), say(text), icon="check", tone=Tone.SUCCESS, width=_WIDTH)
        self.body.addWidget(PaperRows(desk, [saved], [M("{n} person", "{n} people", n=handed.people)]))
        show = Button(say(M("Show in folder")), icon="folder", kind=Kind.QUIET)
        show.clicked.connect(lambda: open_paper(desk, saved.path.parent))
        for told in handed.preview.keep_in_mind:
            self.body.addWidget(label(say(told), Type.SMALL, "text2", wrap=True))
        if handed.preview.left_out:
            self.body.addWidget(left_out_rows(desk, handed.preview.left_out))
        close = Button(say(M("Close")), kind=Kind.PRIMARY)
        close.clicked.connect(self.close)
        self.footer("", close, start=show)
