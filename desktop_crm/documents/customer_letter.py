"""The letter to a person whose data was erased. It bears the number of the erasure record and is not kept."""

from __future__ import annotations

from desktop_crm.documents.blocks import sentence
from desktop_crm.documents.finish import paper
from desktop_crm.documents.letterhead import information, letterhead, place, running_head, signature, window
from desktop_crm.documents.model import CustomerLetter
from desktop_crm.documents.page import Sheet, height
from desktop_crm.documents.styles import (
    BODY,
    HERO,
    LEFT,
    RIGHT,
    TEAL,
    TEAL_LINE,
    TEAL_STRONG,
    WIDTH,
    Style,
)
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Words

_TEXT_LEFT = 125.0
_ROW = Style(BODY.face, 9.2, 14.6)
_Line = tuple[str, str]


def customer_letter_pdf(letter: Released[CustomerLetter], words: Words) -> bytes:
    """The letter as a PDF. Its metadata bear the number, not the name; the same data gives the same bytes."""
    data = letter.content
    title = words.say(M("Letter on erasure {number}", number=data.number))
    return paper(_Letter(data, words).written(), title, data.language, data.made_at)


class _Letter:
    """One letter while it is written."""

    def __init__(self, data: CustomerLetter, words: Words) -> None:
        self._data = data
        self._words = words
        number = self._say(M("Erasure record no. {number}", number=data.number))
        self._sheet = Sheet(lambda sheet: running_head(sheet, data.shop, number))

    def _say(self, message: M) -> str:
        return self._words.say(message)

    def written(self) -> bytes:
        """The pages as a raw PDF."""
        data, sheet = self._data, self._sheet
        letterhead(sheet, data.shop, self._words)
        window(sheet, data.shop, data.addressee)
        information(sheet, self._reference())
        sheet.y = 250
        title = sheet.type.lines(self._say(self._title()), HERO, WIDTH)
        sheet.y = sheet.stack(title, LEFT, sheet.y, WIDTH) + 6
        name = sheet.type.clipped(data.addressee[0], BODY, WIDTH * 0.8).pieces[0][0]
        sentence(sheet, self._say(M("Hello {name},", name=name)))
        sentence(sheet, self._say(self._opening()), before=6)
        sheet.y += 9
        self._answers()
        sentence(sheet, self._say(self._closing()), before=9)
        sheet.y += 8
        signature(sheet, data.shop, self._say(M("Kind regards")), None)
        sender = ", ".join(part for part in (data.shop.name, place(data.shop)) if part)
        foot = M("Erasure record no. {number} · {sender}", number=data.number, sender=sender)
        sheet.footer(self._say(foot), self._page if sheet.page > 1 else None)
        return sheet.finish()

    def _page(self, page: int, total: int) -> str:
        return self._say(M("Page {page} of {total}", page=page, total=total))

    def _reference(self) -> tuple[_Line, ...]:
        data, words = self._data, self._words
        rows = [
            (self._say(M("Date")), words.instant(data.made_at, long=True).rsplit(",", 1)[0]),
            (self._say(M("Erasure record no.")), data.number),
        ]
        if data.asked_on:
            rows.append((self._say(M("Your wish of")), words.day(data.asked_on, long=True)))
        return tuple(rows)

    def _title(self) -> M:
        search = self._data.search
        unproven = search.pending or search.found
        return M("Your entries have been erased") if unproven else M("Your data has been erased")

    def _opening(self) -> M:
        search = self._data.search
        asked = M("You asked us to erase your data.") if self._data.asked_on else M("We have erased your data.")
        if search.pending or search.found:
            return M("{done} {search} {ask}", done=asked, search=self._unproven(), ask=self._ask())
        done = M("You asked us to erase your data, and we have done so.") if self._data.asked_on else asked
        return M("{done} {search} {result}", done=done, search=self._search(), result=self._result())

    def _unproven(self) -> M:
        """What a search that is no proof leaves to say: the entries went, the traces may be there."""
        search = self._data.search
        if search.pending:
            return M(
                "Your entries are erased from the customer file. The final search for traces in the file could not be "
                "finished: it does not prove yet that nothing is left."
            )
        return M(
            "Your entries are erased from the customer file. But the final search still found traces of {n} detail "
            "about you in the file; the erasure is not finished.",
            "Your entries are erased from the customer file. But the final search still found traces of {n} details "
            "about you in the file; the erasure is not finished.",
            n=search.found,
        )

    def _ask(self) -> M:
        """The entry is gone, and so is the way to write again."""
        return M(
            "Since your entry is gone, we cannot write to you of our own accord. If you want to know how it stands, "
            "ask us and give the number {number}.",
            number=self._data.number,
        )

    def _search(self) -> M:
        search = self._data.search
        shared = M(
            ", of these {n} that others have too, such as a first name, and that proves nothing",
            ", of these {n} that others have too, such as a first name, and that prove nothing",
            n=search.also_held_for_others,
        )
        return M(
            "Then we searched every page of the file for {n} detail about you{shared}.",
            "Then we searched every page of the file for {n} details about you{shared}.",
            n=search.details,
            shared=shared if search.also_held_for_others else "",
        )

    def _result(self) -> M:
        return M("Apart from what stands under “Stays locked”: 0 found.") if self._data.stays else M("0 found.")

    def _answers(self) -> None:
        data, words, say = self._data, self._words, self._say
        self._part(M("Erased"), None, [(say(what), words.number(count)) for what, count in data.gone])
        if data.anonymised:
            note = M("These entries no longer show that they were yours.")
            self._part(M("Without a name"), note, [(say(what), words.number(n)) for what, n in data.anonymised])
        note = M("Nobody sees this in daily work. After the date at the right it is deleted.")
        nothing = M("No entry stays locked.")
        stays = [self._stay(one.what, one.law, one.until) for one in data.stays]
        self._part(M("Stays locked"), note if stays else nothing, stays)
        if data.mark:
            self._part(M("Do-not-bring-back mark"), data.mark, [])
        if data.elsewhere:
            self._part(M("Elsewhere"), data.elsewhere, [])
        self._sheet.rule(self._sheet.y, TEAL, TEAL_LINE)

    def _stay(self, what: M, law: M, until: object) -> _Line:
        words = self._words
        end = self._say(M("until {day}", day=until)) if until else ""  # type: ignore[arg-type]
        return f"{words.say(what)}, {words.say(law)}", end

    def _part(self, label: M, note: M | None, rows: list[_Line]) -> None:
        """A label at the left, a note and rows with something at the right end beside it."""
        sheet = self._sheet
        left, wide = LEFT + _TEXT_LEFT, WIDTH - _TEXT_LEFT
        notes = sheet.type.lines(self._say(note), _ROW, wide) if note else ()
        set_rows = [(sheet.type.lines(what, _ROW, wide - 100), end) for what, end in rows]
        sheet.need(height(notes) + (height(set_rows[0][0]) * 2 if set_rows else 0) + 14)
        sheet.rule(sheet.y, TEAL, TEAL_LINE)
        sheet.y += 5
        sheet.stack(sheet.type.lines(self._say(label), TEAL_STRONG, _TEXT_LEFT - 8), LEFT, sheet.y, _TEXT_LEFT - 8)
        sheet.paragraph(notes, left, wide)
        for lines, end in set_rows:
            sheet.need(height(lines))
            below = sheet.stack(lines, left, sheet.y, wide - 100)
            sheet.stack(sheet.type.lines(end, _ROW, 95), RIGHT - 95, sheet.y, 95, "right")
            sheet.y = below
        sheet.y += 5

    def _closing(self) -> M:
        keep = M(
            "We keep no copy of this letter. Please keep it: together with our erasure record of the same number it is "
            "the proof."
        )
        authority = self._data.authority
        if authority is None:
            return M(
                "If you do not agree, talk to us or turn to the supervisory authority for data protection where you "
                "live. {keep}",
                keep=keep,
            )
        name = ", ".join(part for part in (authority.name, authority.place, authority.website) if part)
        return M(
            "If you do not agree, talk to us or turn to {authority}, or to the authority where you live. {keep}",
            authority=name,
            keep=keep,
        )
