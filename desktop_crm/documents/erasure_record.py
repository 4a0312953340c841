"""The erasure record: one page that proves an erasure and names nobody, on paper and for machines."""

from __future__ import annotations

from desktop_crm.documents.finish import Attachment, paper
from desktop_crm.documents.fonts import Face
from desktop_crm.documents.letterhead import place, small_head
from desktop_crm.documents.machine import Json, day, instant, said, shop, written
from desktop_crm.documents.model import ErasureRecord, Stays
from desktop_crm.documents.page import Sheet, height
from desktop_crm.documents.styles import (
    ARTICLE,
    HEAD,
    HERO,
    INK,
    LEFT,
    LINE,
    MONO,
    RIGHT,
    SECTION,
    SMALL,
    SOFT,
    TABLE,
    TABLE_STRONG,
    TEAL,
    TEAL_LINE,
    TEAL_TINT,
    WIDTH,
    Style,
)
from desktop_crm.documents.table import Column, Row, Table
from desktop_crm.documents.text import bound
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Words

_NUMBER = Style(Face.SERIF, 15.5, 20, TEAL)
_FIGURE = Style(Face.SERIF, 20, 24)
_LEAD = Style(Face.SANS, 10.6, 15.4, SOFT)
_TOP = 108.0
_GAP = 22.0
_HALF = (WIDTH - _GAP) / 2


def erasure_record_files(record: Released[ErasureRecord], words: Words) -> tuple[bytes, bytes]:
    """The record as a PDF, and the JSON that is attached to it. The same data gives the same bytes.

    Raises:
        ValueError: the record is not what the schema of its JSON asks for.
    """
    data = record.content
    attached = written(_record(data, words), "erasure-record")
    title = words.say(M("Erasure record {number}", number=data.number))
    about = words.say(M("The same content for computers"))
    attachment = Attachment(f"erasure-{data.number}.json", attached, about)
    return paper(_Record(data, words).written(), title, data.language, data.made_at, attachment), attached


def _record(data: ErasureRecord, words: Words) -> Json:
    return {
        "format": "desktop-crm erasure record",
        "format_version": 1,
        "number": data.number,
        "made_at": instant(data.made_at),
        "language": data.language,
        "zone": data.zone,
        "program": data.version,
        "shop": shop(data.shop),
        "asked_on": day(data.asked_on),
        "done_at": instant(data.done_at),
        "ground": said(words, data.ground),
        "article": said(words, data.article),
        "done_by": said(words, data.actor),
        "gone": [{"what": said(words, what), "count": count} for what, count in data.gone],
        "anonymised": [{"what": said(words, what), "count": count} for what, count in data.anonymised],
        "stays": [
            {"what": said(words, one.what), "count": one.count, "law": said(words, one.law), "until": day(one.until)}
            for one in data.stays
        ],
        "final_search": {
            "finished": not data.search.pending,
            "pages": data.search.pages,
            "details": data.search.details,
            "found": data.search.found,
            "also_held_for_others": data.search.also_held_for_others,
        },
        "elsewhere": [
            {"where": said(words, one.where), "what": said(words, one.what), "when": day(one.when)}
            for one in data.elsewhere
        ],
        "log_entry": data.log_entry,
        "seal": data.seal,
    }


class _Record:
    """One record while it is written. What does not fit on its page goes on on the next."""

    def __init__(self, data: ErasureRecord, words: Words) -> None:
        self._data = data
        self._words = words
        self._sheet = Sheet(self._top)

    def _say(self, message: M) -> str:
        return self._words.say(message)

    def written(self) -> bytes:
        """The pages as a raw PDF."""
        self._top(self._sheet)
        self._title()
        self._facts()
        self._columns()
        self._search()
        self._elsewhere()
        self._seal()
        foot = M(
            "Erasure record no. {number} · bears no name · made by Desktop CRM {version}",
            number=self._data.number,
            version=self._data.version,
        )
        several = self._sheet.page > 1
        self._sheet.footer(self._say(foot), self._page if several else None)
        return self._sheet.finish()

    def _page(self, page: int, total: int) -> str:
        return self._say(M("Page {page} of {total}", page=page, total=total))

    def _top(self, sheet: Sheet) -> None:
        small_head(sheet, self._data.shop, place(self._data.shop))
        sheet.text(self._say(M("Erasure record no.")), SMALL, RIGHT, 61.5, "right")
        sheet.text(self._data.number, _NUMBER, RIGHT, 79, "right")
        sheet.y = _TOP

    def _title(self) -> None:
        sheet = self._sheet
        done = M("One person’s data\nhas been erased")
        unproven = M("One person’s entries\nhave been erased")
        search = self._data.search
        title = sheet.type.lines(self._say(unproven if search.pending or search.found else done), HERO, WIDTH)
        sheet.y = sheet.stack(title, LEFT, sheet.y + 4, WIDTH) + 6
        lead = M(
            "This paper names nobody. Together with the letter to the customer, which bears the same number, it proves "
            "what was done."
        )
        sheet.y = sheet.stack(sheet.type.lines(self._say(lead), _LEAD, WIDTH * 0.92), LEFT, sheet.y, WIDTH) + 14

    def _facts(self) -> None:
        """When, why and by whom, in four columns between two lines."""
        data, sheet, words = self._data, self._sheet, self._words
        asked = words.day(data.asked_on, long=True) if data.asked_on else self._say(M("not asked for"))
        cells = (
            (M("Asked for"), asked, ""),
            (M("Erased on"), words.instant(data.done_at, long=True), ""),
            (M("Ground"), self._say(data.ground), self._say(data.article)),
            (M("Erased by"), self._say(data.actor), ""),
        )
        sheet.rule(sheet.y, TEAL, TEAL_LINE)
        wide = WIDTH / 4
        ends = []
        for at, (label, value, small) in enumerate(cells):
            left = LEFT + wide * at
            sheet.text(self._say(label), HEAD, left, sheet.y + 16)
            lines = sheet.type.lines(value, TABLE, wide - 12)
            lines += sheet.type.lines(small, ARTICLE, wide - 12) if small else ()
            ends.append(sheet.stack(lines, left, sheet.y + 21, wide - 12))
        sheet.y = max(ends) + 11
        sheet.rule(sheet.y)

    def _columns(self) -> None:
        """What is gone at the left, what stays at the right."""
        sheet = self._sheet
        top = sheet.y + 16
        tall = max(self._gone_height(), self._stays_height()) + 50
        if tall > sheet.bottom - _TOP:
            self._listed()
            return
        if top + tall > sheet.bottom:
            sheet.turn()
            top = sheet.y
        left = self._gone(top)
        right = self._stays(top)
        sheet.y = max(left, right)

    def _listed(self) -> None:
        """The same below each other, where it is too long for two columns on one page."""
        data, sheet, say, words = self._data, self._sheet, self._say, self._words
        sheet.y += 16
        lost = [(M("Stays without a name: {what}", what=what), count) for what, count in data.anonymised]
        gone = [Row((((say(what), TABLE),), ((words.number(count), TABLE),))) for what, count in (*data.gone, *lost)]
        total = words.number(sum(count for _, count in data.gone))
        gone.append(Row((((say(M("Entries")), TABLE_STRONG),), ((total, TABLE_STRONG),))))
        columns = (Column(say(M("Gone for good")), WIDTH - 90), Column("", 90, "right"))
        Table(sheet, columns, pad=3.6).write(gone)
        sheet.y += 16
        stays = [Row((tuple(self._staying(one)), ((self._until(one), TABLE),))) for one in data.stays]
        stays = stays or [Row((((say(M("No entry stays locked.")), TABLE),), (("", TABLE),)))]
        columns = (Column(say(M("Stays, locked")), WIDTH - 90), Column("", 90, "right"))
        table = Table(sheet, columns, pad=3.6)
        sheet.need(table.least(stays))
        table.write(stays)

    def _staying(self, one: Stays) -> list[tuple[str, Style]]:
        return [
            (bound(self._say(M("{n} × {what}", n=one.count, what=one.what))), TABLE),
            (self._say(one.law), ARTICLE),
        ]

    def _until(self, one: Stays) -> str:
        return self._words.value(one.until) if one.until else self._say(M("no end yet"))

    def _title_of_half(self, title: M, left: float, top: float) -> float:
        end = self._sheet.stack(self._sheet.type.lines(self._say(title), SECTION, _HALF), left, top, _HALF) + 5
        self._sheet.rule(end, LINE, left=left, right=left + _HALF)
        return end

    def _counted(self, what: str, count: int, top: float, style: Style = TABLE) -> float:
        sheet = self._sheet
        end = sheet.stack(sheet.type.lines(what, style, _HALF - 60), LEFT, top + 4.4, _HALF - 60) + 4.4
        sheet.stack(sheet.type.lines(self._words.number(count), style, 60), LEFT + _HALF - 60, top + 4.4, 60, "right")
        sheet.rule(end, right=LEFT + _HALF)
        return end

    def _gone(self, top: float) -> float:
        data = self._data
        end = self._title_of_half(M("Gone for good"), LEFT, top)
        for what, count in data.gone:
            end = self._counted(self._say(what), count, end)
        end = self._counted(self._say(M("Entries")), sum(count for _, count in data.gone), end, TABLE_STRONG)
        for what, count in data.anonymised:
            kept = self._say(M("Stays without a name: {what}", what=what))
            end = self._counted(kept, count, end, TABLE.coloured(SOFT))
        return end

    def _gone_height(self) -> float:
        return 21.0 * (len(self._data.gone) + len(self._data.anonymised) + 1)

    def _stays(self, top: float) -> float:
        data, sheet, left = self._data, self._sheet, LEFT + _HALF + _GAP
        end = self._title_of_half(M("Stays, locked"), left, top)
        if not data.stays:
            nothing = sheet.type.lines(self._say(M("No entry stays locked.")), TABLE.coloured(SOFT), _HALF)
            return sheet.stack(nothing, left, end + 4.4, _HALF)
        for one in data.stays:
            until, top = sheet.type.lines(self._until(one), TABLE, 70), end + 4.4
            lines = [line for said in self._staying(one) for line in sheet.type.lines(*said, _HALF - 76)]
            end = sheet.stack(lines, left, top, _HALF - 76) + 4.4
            sheet.stack(until, RIGHT - 70, top, 70, "right")
            sheet.rule(end, left=left)
        after = M("Out of sight in daily work. After that date it is deleted.")
        return sheet.stack(sheet.type.lines(self._say(after), SMALL, _HALF), left, end + 5, _HALF)

    def _stays_height(self) -> float:
        return 33.0 * len(self._data.stays) + 20

    def _search(self) -> None:
        """The final search, with its figures large."""
        data, sheet = self._data.search, self._sheet
        left = LEFT + 14.2
        text = sheet.type.lines(bound(self._say(self._found())), TABLE, 185)
        title = sheet.type.lines(self._say(M("Final search")), Style(Face.SERIF, 12.5, 17), 185)
        figures = self._figures()
        wide = (RIGHT - LEFT - 236) / 3
        notes = sheet.type.lines(bound(self._say(self._extent())), SMALL, wide * 3)
        labels = [sheet.type.lines(label, HEAD, wide - 6) for _, label, _ in figures] if not data.pending else []
        notes_top = 56 + max(map(height, labels)) if labels else 14
        tall = max(height(title) + height(text) + 26, notes_top + height(notes) + 12)
        if sheet.y + 20 + tall > sheet.bottom:
            sheet.turn()
        else:
            sheet.y += 20
        top = sheet.y
        sheet.box(top, tall, TEAL_TINT)
        sheet.stack(text, left, sheet.stack(title, left, top + 12, 185) + 2, 185)
        for at, (label, (figure, _, colour)) in enumerate(zip(labels, figures, strict=False)):
            x = LEFT + 221 + wide * at
            sheet.text(figure, _FIGURE.coloured(colour), x, top + 40)
            sheet.stack(label, x, top + 48, wide - 6)
        sheet.stack(notes, LEFT + 221, top + notes_top, wide * 3)
        sheet.y = top + tall

    def _figures(self) -> tuple[tuple[str, str, str], ...]:
        data, number = self._data.search, self._words.number
        return (
            (number(data.pages), self._say(M("pages read")), INK),
            (number(data.details), self._say(M("details looked for")), INK),
            (number(data.found), self._say(M("still found")), TEAL),
        )

    def _found(self) -> M:
        data = self._data.search
        if data.pending:
            return M(
                "The search of every page of the file could not be finished. It does not prove that nothing is left."
            )
        if data.found:
            return M(
                "We searched every page of the file for {n} detail of this person. Traces were found; the "
                "erasure is not "
                "finished.",
                "We searched every page of the file for {n} details of this person. Traces were found; the erasure is "
                "not finished.",
                n=data.details,
            )
        if not self._data.stays:
            return M(
                "We searched every page of the file for {n} detail of this person and found none of them.",
                "We searched every page of the file for {n} details of this person and found none of them.",
                n=data.details,
            )
        return M(
            "We searched every page of the file for {n} detail of this person and, outside what stays locked, found "
            "none of them.",
            "We searched every page of the file for {n} details of this person and, outside what stays locked, found "
            "none of them.",
            n=data.details,
        )

    def _extent(self) -> M:
        shared = self._data.search.also_held_for_others
        if shared:
            return M(
                "Of these details {n} that others have too, such as a first name: it proves nothing. Search index and "
                "change log included.",
                "Of these details {n} that others have too, such as a first name: they prove nothing. Search index and "
                "change log included.",
                n=shared,
            )
        return M("Search index and change log included.")

    def _elsewhere(self) -> None:
        data, words, say = self._data, self._words, self._say
        if not data.elsewhere:
            return
        self._sheet.y += 16
        columns = (
            Column(say(M("Elsewhere")), 140),
            Column(say(M("What happened")), 270),
            Column(say(M("When")), WIDTH - 410, "right"),
        )
        rows = [
            Row((((say(one.where), TABLE),), ((say(one.what), TABLE),), ((words.value(one.when), TABLE),)))
            for one in data.elsewhere
        ]
        table = Table(self._sheet, columns, pad=3.6, ruled=False)
        self._sheet.need(table.least(rows))
        table.write(rows)

    def _seal(self) -> None:
        data, sheet = self._data, self._sheet
        sheet.need(72)
        top = sheet.y + 20
        sheet.text(self._say(M("Sealed by the program")), HEAD, LEFT + 248, top + 8)
        entry = M("Entry {n} of the activity log", n=data.log_entry)
        sheet.text(self._say(entry), MONO, LEFT + 248, top + 20.5)
        seal = " ".join(data.seal[at : at + 4] for at in range(0, len(data.seal), 4))
        sheet.stack(sheet.type.lines(seal, MONO, WIDTH - 248), LEFT + 248, top + 24, WIDTH - 248)
        sheet.rule(top + 29, SOFT, 0.5, right=LEFT + 189)
        sheet.text(self._say(M("Signature, {who}", who=data.actor)), HEAD, LEFT, top + 39)
        sheet.y = top + 50
