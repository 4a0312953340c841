"""The access report on paper (GDPR Art. 15): a letter with the answer in short, then every entry, then the rights."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_crm.documents.access_json import access_report_json
from desktop_crm.documents.blocks import Spans, answers, heading, sentence, subheading, tinted, tinted_height
from desktop_crm.documents.consents import consent_topic
from desktop_crm.documents.entries import EntryTable, signature_of
from desktop_crm.documents.finish import Attachment, paper
from desktop_crm.documents.letterhead import information, letterhead, place, running_head, signature, window
from desktop_crm.documents.machine import RememberingWords
from desktop_crm.documents.model import AccessReport, Layout, Section
from desktop_crm.documents.page import Sheet, height
from desktop_crm.documents.rights import RIGHTS
from desktop_crm.documents.styles import (
    ARTICLE,
    BODY,
    BODY_BOTTOM,
    HEAD,
    HERO,
    LEFT,
    SMALL,
    SOFT,
    STRONG,
    TABLE,
    TEAL,
    TEAL_LINE,
    TEAL_STRONG,
    TITLE,
    VIOLET,
    WIDTH,
)
from desktop_crm.documents.table import Column, Row, Table
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Words


def access_report_files(report: Released[AccessReport], words: Words) -> tuple[bytes, bytes]:
    """The report as a PDF, and the JSON that is attached to it. The same data gives the same bytes.

    Raises:
        ValueError: the report is not what the schema of its JSON asks for.
    """
    data, words = report.content, RememberingWords(words)
    attached = access_report_json(data, words)
    pages = _Report(data, words).written()
    title = words.say(M("Access report {number}", number=data.number))
    about = words.say(M("The same content for computers"))
    attachment = Attachment(f"access-{data.number}.json", attached, about)
    return paper(pages, title, data.language, data.made_at, attachment), attached


class _Report:
    """One report while it is written."""

    def __init__(self, data: AccessReport, words: Words) -> None:
        self._data = data
        self._words = words
        self._running = self._say(M("Access report no. {number} · {name}", number=data.number, name=data.addressee[0]))
        self._sheet = Sheet(lambda sheet: running_head(sheet, data.shop, self._running))
        self._number = 0
        self._contents_at = (1, 0.0)
        self._parts = self._planned()

    def _say(self, message: M) -> str:
        return self._words.say(message)

    def _planned(self) -> list[tuple[M, Callable[[], None]]]:
        """Every section with what writes it, in order."""
        data = self._data
        parts: list[tuple[M, Callable[[], None]]] = [
            (section.title, partial(self._section, section)) for section in data.sections
        ]
        if not any(section.layout is Layout.CONSENTS for section in data.sections):
            consents = Section("consents", M("Permissions"), None, Layout.CONSENTS)
            parts.append((consents.title, lambda: self._section(consents)))
        return [
            *parts,
            (M("Who looked at it"), self._looks),
            (M("What for, why, how long"), self._purposes),
            (M("Outside this program"), self._outside),
            (M("Your rights"), self._rights),
        ]

    def written(self) -> bytes:
        """The pages as a raw PDF."""
        sheet = self._sheet
        self._cover()
        sheet.y = sheet.stack(
            sheet.type.lines(self._say(M("What we hold about you")), TITLE, WIDTH), LEFT, sheet.y, WIDTH
        )
        intro = M(
            "Every entry with its source and date. Nothing is shortened; where we had to cover something, "
            "the reason stands beside it."
        )
        sentence(sheet, self._say(intro), SMALL, before=3)
        for number, (_, write) in enumerate(self._parts, 1):
            self._number = number
            write()
        self._contents()
        made = self._words.instant(self._data.made_at, long=True)
        foot = M("Access report no. {number} · as of {moment}", number=self._data.number, moment=made)
        sheet.footer(
            self._say(foot), lambda page, total: self._say(M("Page {page} of {total}", page=page, total=total))
        )
        return sheet.finish()

    # The letter

    def _cover(self) -> None:
        data, sheet, words = self._data, self._sheet, self._words
        letterhead(sheet, data.shop, words)
        window(sheet, data.shop, data.addressee)
        information(sheet, self._reference())
        sheet.y = 254
        sheet.y = sheet.stack(sheet.type.lines(self._say(M("Your data")), HERO, WIDTH), LEFT, sheet.y, WIDTH) + 7
        name = sheet.type.clipped(data.addressee[0], BODY, WIDTH * 0.8).pieces[0][0]
        sentence(sheet, self._say(M("Hello {name},", name=name)))
        intro = M(
            "You wanted to know what we hold about you. Here is everything, complete and in plain words. "
            "The next pages list every single entry; first, in short:"
        )
        sentence(sheet, self._say(intro), before=7)
        sheet.y += 9
        answers(sheet, self._summary(), 130)
        ways = M(
            "Is something wrong? We will put it right. Would you like to have something erased, locked, "
            "or to take it along? A word is enough, in the shop, by telephone or by email. All your "
            "rights stand in section {section}. This answer costs nothing.",
            section=len(self._parts),
        )
        sentence(sheet, self._say(ways), before=11)
        sheet.y += 11
        role = data.shop.role or (
            self._say(M("Responsible for data protection at {shop}", shop=data.shop.name))
            if data.shop.responsible
            else None
        )
        signature(sheet, data.shop, self._say(M("Kind regards")), role)
        self._reserve_contents()

    def _reference(self) -> tuple[tuple[str, str], ...]:
        data, words = self._data, self._words
        rows = [
            (self._say(M("Date")), words.instant(data.made_at, long=True).rsplit(",", 1)[0]),
            (self._say(M("Our reference")), data.number),
        ]
        if data.received_on:
            day = words.day(data.received_on, long=True)
            channel = data.request_channel
            asked = M("{channel} of {day}", channel=channel, day=day) if channel else M("of {day}", day=day)
            rows.append((self._say(M("Your request")), self._say(asked)))
        return tuple(rows)

    def _summary(self) -> list[tuple[str, Spans]]:
        summary, say = self._data.summary, self._say
        count = say(M("{n} entry", "{n} entries", n=self._data.entry_count))
        return [
            (say(M("What we have")), ((count, STRONG), (": " + say(summary.what), BODY))),
            (say(M("What for")), ((say(summary.what_for), BODY),)),
            (say(M("Where from")), ((say(summary.where_from), BODY),)),
            (say(M("To whom")), ((say(summary.to_whom), BODY),)),
            (say(M("How long")), ((say(summary.how_long), BODY),)),
        ]

    def _reserve_contents(self) -> None:
        """Keeps room for the contents at the foot of the letter: their page numbers are known only at the end."""
        rows = -(-len(self._parts) // 2)
        tall = 18 + rows * 14.2
        self._sheet.need(tall + 4)
        if self._sheet.page == 1:
            self._contents_at = (1, BODY_BOTTOM - tall)
            self._sheet.turn()
        else:
            self._contents_at = (self._sheet.page, self._sheet.y)
            self._sheet.y += tall + 36

    def _contents(self) -> None:
        sheet, (page, top) = self._sheet, self._contents_at
        (title,) = sheet.type.lines(self._say(M("CONTENTS")), HEAD, WIDTH)
        sheet.line(title, LEFT, top + 9, page=page)
        rows = -(-len(self._parts) // 2)
        wide = (WIDTH - 42) / 2
        for at, mark in enumerate(mark for mark in sheet.marks if mark.level == 0):
            left = LEFT + (wide + 42) * (at // rows)
            baseline = top + 25 + 14.2 * (at % rows)
            place_number = sheet.type.clipped(str(at + 1), TABLE, 16)
            name = sheet.type.clipped(mark.title, TABLE, wide - 36)
            number = sheet.type.clipped(str(mark.page), TABLE.coloured(SOFT), 24)
            sheet.line(place_number, left, baseline, page=page)
            sheet.line(name, left + 17, baseline, page=page)
            sheet.line(number, left + wide, baseline, "right", page)
            sheet.dots(left + name.width + 22, left + wide - number.width - 5, baseline, page)

    # The entries

    def _section(self, section: Section) -> None:
        if section.layout is Layout.CONSENTS:
            self._consents(section)
            return
        if not section.entries:
            self._heading(section.title, section.note, 40)
            self._nothing(M("We hold nothing of this kind about you."))
            return
        table = EntryTable(self._sheet, self._words, section)
        count = self._say(M("{n} entry", "{n} entries", n=len(section.entries)))
        note = " · ".join([count, *([self._say(section.note)] if section.note else []), *table.shared()])
        self._heading(section.title, note, table.table.least(table.rows))
        table.table.write(table.rows)
        for entry in section.entries:
            signature_of(self._sheet, entry)
        self._legend(table.laws())

    def _legend(self, laws: list[str]) -> None:
        sheet = self._sheet
        for law in laws:
            spans = (
                (self._say(M("Violet:")) + " ", SMALL.coloured(VIOLET)),
                (self._say(M("must be kept by law: {law}. After that it is deleted.", law=law)), SMALL),
            )
            lines = sheet.type.flow(spans, WIDTH)
            sheet.need(height(lines) + 5)
            sheet.y += 5
            sheet.paragraph(lines)

    def _heading(self, title: M, note: M | str | None, keep: float) -> None:
        said = note if isinstance(note, str) or note is None else self._say(note)
        heading(self._sheet, self._number, self._say(title), said, keep)

    def _nothing(self, message: M) -> None:
        self._sheet.rule(self._sheet.y, TEAL, TEAL_LINE)
        sentence(self._sheet, self._say(message), BODY.coloured(SOFT), before=6)

    # The consents

    def _consents(self, section: Section) -> None:
        topics = self._data.consents
        asked = self._say(
            M(
                "{n} question, with the wording that you read",
                "{n} questions, with the wording that you read",
                n=len(topics),
            )
        )
        note = " · ".join([asked, *([self._say(section.note)] if section.note else [])]) if topics else section.note
        self._heading(section.title, note, 70)
        if not topics and not section.entries:
            self._nothing(M("We have not asked you for any permission."))
            return
        self._sheet.rule(self._sheet.y, TEAL, TEAL_LINE)
        for topic in topics:
            consent_topic(self._sheet, self._words, topic)
        if section.entries:
            table = EntryTable(self._sheet, self._words, section)
            self._sheet.need(table.table.least(table.rows))
            table.table.write(table.rows)
        if topics:
            back = M(
                "You can take back a yes at any time, as easily as you gave it. What was done until then "
                "remains allowed."
            )
            sentence(self._sheet, self._say(back), SMALL, before=7)

    # What Art. 15(1) asks for besides

    def _looks(self) -> None:
        data, words, sheet, say = self._data, self._words, self._sheet, self._say
        times = say(
            M("looked at {n} time in all", "looked at {n} times in all", n=sum(look.times for look in data.looks))
        )
        self._heading(M("Who looked at it"), data.looks_note or (times if data.looks else None), 60)
        if data.looks:
            columns = (
                Column(say(M("Who")), 140),
                Column(say(M("Why")), 187),
                Column(say(M("Last time")), 90),
                Column(say(M("How often")), WIDTH - 417, "right"),
            )
            rows = [
                Row(
                    (
                        ((words.value(look.who), TABLE),),
                        ((words.value(look.why), TABLE),),
                        ((words.value(look.last), TABLE),),
                        ((words.value(look.times), TABLE),),
                    )
                )
                for look in data.looks
            ]
            Table(sheet, columns, pad=4.9).write(rows)
        else:
            self._nothing(M("Nobody is on record as having looked."))
        self._recipients()

    def _recipients(self) -> None:
        data, words, sheet, say = self._data, self._words, self._sheet, self._say
        subheading(sheet, say(M("Given to")), 60)
        if not data.recipients:
            sentence(sheet, say(M("We have recorded no passing on to anybody.")))
            return
        columns = (Column(say(M("Recipient")), 160), Column(say(M("What")), 154), Column(say(M("Why")), WIDTH - 314))
        rows = [
            Row(
                (
                    ((words.value(line.name), TABLE), *(((words.value(line.detail), ARTICLE),) if line.detail else ())),
                    ((words.value(line.what), TABLE),),
                    ((words.value(line.why), TABLE),),
                )
            )
            for line in data.recipients
        ]
        Table(sheet, columns, pad=4.9, ruled=False).write(rows)

    def _purposes(self) -> None:
        data, words, sheet, say = self._data, self._words, self._sheet, self._say
        self._heading(M("What for, why, how long"), None, 70)
        columns = (
            Column(say(M("What for")), 113),
            Column(say(M("Why we may do this")), 168),
            Column(say(M("How long")), WIDTH - 281),
        )
        rows = [
            Row(
                (
                    ((words.value(line.purpose), TABLE),),
                    ((say(line.basis), TABLE), (say(line.article), ARTICLE)),
                    ((say(line.how_long), TABLE),),
                )
            )
            for line in data.purposes
        ]
        Table(sheet, columns, pad=4.9).write(rows)
        tinted(sheet, say(M("Decisions by a program")), say(data.automated))

    def _outside(self) -> None:
        data, words, sheet, say = self._data, self._words, self._sheet, self._say
        self._heading(M("Outside this program"), M("We looked there too") if data.outside else None, 60)
        if not data.outside:
            self._nothing(M("No other place is on record where we keep something about you."))
            return
        columns = (
            Column(say(M("Where")), 140),
            Column(say(M("What is there")), 232),
            Column(say(M("Checked")), WIDTH - 372, "right"),
        )
        rows = [
            Row(
                (
                    ((words.value(line.place), TABLE),),
                    ((words.value(line.what), TABLE),),
                    ((words.value(line.checked), TABLE),),
                )
            )
            for line in data.outside
        ]
        Table(sheet, columns, pad=4.9).write(rows)

    def _rights(self) -> None:
        sheet, say = self._sheet, self._say
        self._heading(M("Your rights"), None, 90)
        columns = (Column("", 108), Column("", 310), Column("", WIDTH - 418, "right"))
        rows = [
            Row(
                (
                    ((say(right.name), TEAL_STRONG),),
                    ((say(right.text), BODY),),
                    ((say(M("Art. {n}", n=right.article)), ARTICLE),),
                )
            )
            for right in RIGHTS
        ]
        Table(sheet, columns, pad=4.6).write(rows)
        self._ending()

    def _ending(self) -> None:
        """Complaint, how to reach us, and the box about the report: they stay together on a page."""
        sheet, shop = self._sheet, self._data.shop
        complaint = self._say(self._complaint())
        who = ", ".join(part for part in (shop.responsible, shop.name, place(shop)) if part)
        ways = " · ".join(part for part in (shop.phone, shop.email) if part)
        title, about = self._say(M("About this report")), self._about()
        texts = height([line for text in (complaint, who, ways) for line in sheet.type.lines(text, BODY, WIDTH)])
        sheet.need(texts + 62 + tinted_height(sheet, title, about, TABLE.coloured(SOFT)))
        subheading(sheet, self._say(M("Complaint")), 44)
        sentence(sheet, complaint)
        subheading(sheet, self._say(M("How to reach us")), 44)
        sentence(sheet, who)
        sentence(sheet, ways)
        tinted(sheet, title, about, TABLE.coloured(SOFT))

    def _complaint(self) -> M:
        authority = self._data.authority
        if authority is None:
            return M(
                "Best come to us first. You can turn to a supervisory authority for data protection at "
                "any time: the one for our shop, or the one where you live or work."
            )
        name = ", ".join(part for part in (authority.name, authority.place, authority.website) if part)
        return M(
            "Best come to us first. You can turn to a supervisory authority at any time: {authority}, or "
            "the one where you live or work.",
            authority=name,
        )

    def _about(self) -> str:
        """What the report says about itself; asked for when all else is written."""
        data, say = self._data, self._say
        listed = M(
            "{n} of {total} entry is in it.", "{n} of {total} entries are in it.", n=data.held(), total=data.entry_count
        )
        parts = [M("The same content is attached to this PDF file for computers (JSON)."), listed]
        if data.covered():
            parts.append(M("In {n} of them something is covered.", n=data.covered()))
        if self._sheet.type.missing:
            boxes = len(self._sheet.type.missing)
            parts.append(
                M(
                    "{n} character has no letter in our fonts and is printed as a white box; the attached "
                    "file has it exactly.",
                    "{n} different characters have no letter in our fonts and are printed as a white box; "
                    "the attached file has them exactly.",
                    n=boxes,
                )
            )
        if data.kept_copy:
            parts.append(data.kept_copy)
        return " ".join(map(say, parts))
