"""A purpose of the shop's own, or what may be changed of one that people answered to."""

from __future__ import annotations

from desktop_crm.privacy.fair_asking import Fault, Flaw, PurposeForm, faults
from desktop_crm.privacy.needed import NEEDABLE
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import PurposeKind, SpecialGround
from desktop_crm.services import purpose_editing
from desktop_crm.services.purpose_editing import OUR_HABIT_DAYS, PurposeEntry
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.choices import options
from desktop_crm.ui.forms.inputs import beside, named
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.purposes.wording_sheet import Saving, Then
from desktop_crm.ui.purposes.words import WordsPart
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import line
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

_SIX = tuple(basis for basis in Basis if basis is not Basis.UNSORTED)


class PurposeSheet(Saving):
    """What, why, by which way, with which data; for a new one also the words, with how they are read."""

    def __init__(self, desk: Desk, entry: PurposeEntry, then: Then) -> None:
        title = M("A purpose of your own") if not entry.code else M("Change: {name}", name=entry.form.name)
        sub = M("One use, and one way. What may be wanted without the other is a purpose of its own.")
        super().__init__(desk, desk.say(title), desk.say(sub), then)
        self.entry = entry
        self._make_fields()
        self.part = WordsPart(desk, entry.code)
        self._fill()
        self._lay_out()
        self.basis.picked.connect(lambda _: self._fit_to_basis())
        self.save.clicked.connect(lambda _on: self._save())
        self.footer("", self.leave, self.save)
        self._fit_to_basis()

    def form(self) -> PurposeForm:
        """What is chosen and typed."""
        days, special = self.days.text(), self.special.key()
        return PurposeForm(
            name=self.name.text(),
            what_for=self.what_for.text(),
            basis=Basis(self.basis.key()),
            kind=PurposeKind(self.kind.key()),
            channels=(Channel(self.channel.key()),),
            valid_days=int(days) if self._asks and days.isdecimal() else None,
            recipients=self.recipients.text() or None,
            balancing=self.balancing.text() or None,
            special=SpecialGround(special) if special else None,
            data=(*self.data.all_chosen(), *(field for field in self.entry.form.data if field not in NEEDABLE)),
            texts=self._texts(),
        )

    @property
    def _asks(self) -> bool:
        return self.basis.key() == Basis.CONSENT

    def _texts(self) -> dict[str, str]:
        if self.entry.code:
            return dict(self.entry.form.texts)
        return {self._language: self.part.fields.words()}

    @property
    def _language(self) -> str:
        return next(iter(self.entry.form.texts))

    def _make_fields(self) -> None:
        say, words = self.desk.say, self.desk.words
        self.name = Field(say(M("What it is called")))
        self.what_for = Field(say(M("What you do with the data")), hint=say(M("A sentence that customers understand.")))
        self.basis = Select(options(words, _SIX), name=say(M("Why you may")))
        self.kind = Select(options(words, tuple(PurposeKind)), name=say(M("Kind of use")))
        self.channel = Select(options(words, tuple(Channel)), name=say(M("By which way")))
        self.days = Field(say(M("A yes counts for so many days")), hint=say(M("365 is our habit, no law.")))
        none = ("", say(M("Nothing very private")))
        self.special = Select([none, *options(words, tuple(SpecialGround))], name=say(M("Very private data")))
        self.balancing = Field(
            say(M("Why your reason weighs more")),
            hint=say(M("What you need, why nothing milder does, what people expect, how they can stop it.")),
            multiline=True,
        )
        self.recipients = Field(say(M("Who else gets the data")), optional=True)
        needed = [(field, say(text)) for field, text in NEEDABLE.items()]
        self.data = ChipRow(needed, name=say(M("Data it cannot do without")), single=False)

    def _fill(self) -> None:
        form = self.entry.form
        self.name.set_text(form.name)
        self.what_for.set_text(form.what_for)
        self.basis.choose(form.basis)
        self.kind.choose(form.kind)
        self.channel.choose(form.channels[0])
        self.days.set_text(str(form.valid_days or OUR_HABIT_DAYS))
        self.special.choose(form.special or "")
        self.balancing.set_text(form.balancing or "")
        self.recipients.set_text(form.recipients or "")
        for field in form.data:
            if field in NEEDABLE:
                self.data.chip(field).setChecked(True)
        for select in (self.basis, self.kind, self.channel, self.special):
            select.setEnabled(not self.entry.fixed)

    def _lay_out(self) -> None:
        say = self.desk.say
        if self.entry.fixed:
            fixed = M("People answer to exactly this: reason, kind, way and condition stay as they are.")
            self.body.addWidget(Banner(say(fixed), Tone.NEUTRAL, "lock"))
        self.body.addWidget(beside(self.name, self.what_for, stretch=(2, 3)))
        chosen = ((M("Why you may"), self.basis), (M("Kind of use"), self.kind), (M("By which way"), self.channel))
        self.body.addWidget(beside(*(named(say(text), select) for text, select in chosen), below=600))
        self.body.addWidget(self.balancing)
        special = named(say(M("Very private data")), self.special)
        self.body.addWidget(beside(self.days, self.recipients))
        self.body.addWidget(special)
        self.wrong = label("", Type.SMALL, "danger", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.body.addWidget(named(say(M("Data it cannot do without")), self.data))
        if not self.entry.code:
            self.body.addWidget(line())
            self.body.addWidget(self.part)

    def _fit_to_basis(self) -> None:
        asks = self._asks
        self.days.setVisible(asks)
        self.balancing.setVisible(self.basis.key() == Basis.LEGITIMATE_INTEREST)
        if not self.entry.code:
            whole = self.part.fields.words() if self.part.fields.question.text() else ""
            self.part.show_words(self._language, whole, self.entry.usual.get(self._language), asks=asks)

    def _save(self) -> None:
        form = self.form()
        if self._told(faults(form)):
            return
        office, code = self.desk.office, self.entry.code
        if code:
            self.send(lambda: purpose_editing.change_purpose(office, code, form), M("The purpose is changed."))
        else:
            self.send(lambda: purpose_editing.add_purpose(office, form), M("The purpose is in use from now on."))

    def _told(self, found: list[Fault]) -> bool:
        """Whether anything is wrong; each fault stands where it can be mended."""
        for field in (self.name, self.what_for, self.days, self.balancing):
            field.error(None)
        here = [fault for fault in found if not fault.language]
        fields = {
            Flaw.NAME: self.what_for if self.name.text() else self.name,
            Flaw.BUNDLED: self.name,
            Flaw.TIME: self.days,
            Flaw.BALANCING: self.balancing,
        }
        for fault in here:
            if fault.flaw in fields:
                fields[fault.flaw].error(self._said(fault))
        rest = [self._said(fault) for fault in here if fault.flaw not in fields]
        self.wrong.setText("\n".join(rest))
        self.wrong.setVisible(bool(rest))
        in_words = self.part.fields.show_faults(fault for fault in found if fault.language)
        first = next((fields[fault.flaw] for fault in here if fault.flaw in fields), None)
        if first is not None:
            first.take_focus()
        elif rest:
            self.special.setFocus()
        return bool(here) or in_words

    def _said(self, fault: Fault) -> str:
        return f"{self.desk.say(fault.what)} {self.desk.say(fault.todo)}"
