"""The receipt that a person takes home: on one page what they answered to which words, and how to take it back."""

from __future__ import annotations

from desktop_crm.documents.blocks import boxed
from desktop_crm.documents.finish import Attachment, paper
from desktop_crm.documents.formats import language
from desktop_crm.documents.letterhead import letterhead, place, running_head
from desktop_crm.documents.model import ReceiptPaper, Tone
from desktop_crm.documents.page import Sheet, height
from desktop_crm.documents.qr import draw_qr
from desktop_crm.documents.receipt_json import dpv_json, kantara_json, on_day, until
from desktop_crm.documents.styles import (
    GREEN,
    HAIRLINE,
    LEFT,
    LINE,
    RIGHT,
    SMALL,
    SOFT,
    SUBHEAD,
    TABLE,
    TABLE_LABEL,
    TABLE_QUOTE,
    TABLE_STRONG,
    TEAL_TINT,
    TITLE,
    WIDTH,
)
from desktop_crm.privacy.gate import Released
from desktop_crm.privacy.receipt import Answer
from desktop_crm.records.consent import ConsentState
from desktop_crm.words import M, Words

_LABELS = 92.0
_STATE = 190.0
_QR = 96.0
_QUIET = 4
_AIR = 3.0
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@")
_ASKED = (ConsentState.REQUESTED,)
_TONES = {Tone.YES: GREEN, Tone.NO: SOFT, Tone.QUIET: SOFT}


def receipt_files(released: Released[ReceiptPaper], words: Words) -> dict[str, bytes]:
    """The paper and its two forms for machines, by the endings of their names; both lie inside the paper too.

    The same data gives the same bytes.

    Raises:
        ValueError: the receipt is not what the schemas ask for.
    """
    data = released.content
    machine = {"json": kantara_json(data, words), "jsonld": dpv_json(data, words)}
    title = words.say(M("Receipt {number}", number=str(data.receipt.number)))
    abouts = {
        "json": ("application/json", M("The same for programs, by the names of Kantara")),
        "jsonld": ("application/ld+json", M("The same for programs, in the terms of W3C DPV")),
    }
    attached = [
        Attachment(f"receipt-{data.receipt.number}.{ending}", machine[ending], words.say(about), mime)
        for ending, (mime, about) in abouts.items()
    ]
    return {"pdf": paper(_Page(data, words).written(), title, data.language, data.made_at, *attached), **machine}


def way_back(data: ReceiptPaper, words: Words) -> str:
    """What a telephone reads from the square: a letter that is ready to be sent, or the number and whom to tell."""
    number, shop = str(data.receipt.number), data.shop
    subject = words.say(M("I take my permission back, receipt {number}", number=number))
    if shop.email:
        return f"mailto:{_escaped(shop.email)}?subject={_escaped(subject)}"
    reach = [part for part in (shop.name, place(shop), shop.phone) if part]
    return "\n".join([data.receipt.number.urn, subject, *reach])


def _escaped(text: str) -> str:
    """Text as a part of an address (RFC 3986)."""
    return "".join(chr(byte) if chr(byte) in _PLAIN else f"%{byte:02X}" for byte in text.encode())


class _Page:
    """The page while it is written."""

    def __init__(self, data: ReceiptPaper, words: Words) -> None:
        self._data = data
        self._words = words
        running = self._say(M("Receipt for your answers"))
        self._sheet = Sheet(lambda sheet: running_head(sheet, data.shop, running))

    def _say(self, message: M) -> str:
        return self._words.say(message)

    def written(self) -> bytes:
        """The page as a raw PDF; many long questions make it two."""
        data, sheet = self._data, self._sheet
        letterhead(sheet, data.shop, self._words)
        sheet.y = 104
        title = sheet.type.lines(self._say(M("Receipt for your answers")), TITLE, WIDTH)
        sheet.y = sheet.stack(title, LEFT, sheet.y, WIDTH) + 6
        self._head()
        for answer in data.receipt.answers:
            self._answer(answer)
        self._foot()
        moment = self._words.instant(data.made_at, long=True)
        sheet.footer(self._say(M("As of {moment}", moment=moment)), self._page if sheet.page > 1 else None)
        return sheet.finish()

    def _page(self, page: int, total: int) -> str:
        return self._say(M("Page {page} of {total}", page=page, total=total))

    def _head(self) -> None:
        receipt, words, sheet = self._data.receipt, self._words, self._sheet
        name = sheet.type.clipped(self._data.name, TABLE_STRONG, WIDTH - _LABELS).pieces[0][0]
        how: M | str = self._data.said(receipt.how)
        if receipt.guardian:
            how = M("{how}, with {guardian} as parent or guardian", how=how, guardian=receipt.guardian)
        if receipt.witness:
            how = M("{how}, {witness} stood by", how=how, witness=receipt.witness)
        if receipt.notice is not None:
            how = M("{how}; with privacy notice version {n}", how=how, n=receipt.notice.version)
        rows = [
            (M("For"), name, TABLE_STRONG),
            (M("When"), words.instant(receipt.said_at, long=True), TABLE),
            (M("How"), words.value(how), TABLE),
            (M("Receipt no."), str(receipt.number), TABLE),
        ]
        for label, text, style in rows:
            sheet.stack(sheet.type.lines(self._say(label), TABLE_LABEL, _LABELS - 8), LEFT, sheet.y, _LABELS - 8)
            told = sheet.type.lines(text, style, WIDTH - _LABELS)
            sheet.y = sheet.stack(told, LEFT + _LABELS, sheet.y, WIDTH - _LABELS) + 1

    def _answer(self, answer: Answer) -> None:
        sheet, words = self._sheet, self._words
        title, _, rest = (answer.wording.text if answer.wording else answer.purpose.name).partition("\n")
        state = sheet.type.lines(self._say(self._stands(answer)), TABLE_STRONG.coloured(_tone(answer)), _STATE)
        wide = WIDTH - max(line.width for line in state) - 12
        name = sheet.type.lines(title, SUBHEAD, wide)
        quoted = words.say(M("“{text}”", text=rest.replace("\n", " "))) if rest else ""
        said = sheet.type.lines(quoted, TABLE_QUOTE, WIDTH - 13) if quoted else ()
        sheet.need(height(name) + min(height(said), 200) + 60)
        sheet.y += 11
        end = sheet.stack(name, LEFT, sheet.y, wide)
        sheet.y = max(end, sheet.stack(state, RIGHT - _STATE, sheet.y, _STATE, "right")) + 3
        if said:
            boxed(sheet, said, LEFT, WIDTH, 6, TEAL_TINT)
            sheet.y += 3
        sheet.paragraph(sheet.type.lines(" · ".join(self._details(answer)), SMALL, WIDTH))

    def _stands(self, answer: Answer) -> M:
        """What was answered, and what has become of it since."""
        line, state, since = answer.line, answer.standing.state, answer.standing.since
        said = M("not now") if line.state is ConsentState.REQUESTED else self._data.said(line.state)
        if line.state is ConsentState.WITHDRAWN:
            said = M("taken back on {day}", day=on_day(line.happened_at, self._data.zone))
        if state is None or since is None or (answer.is_last and state in (line.state, *_ASKED)):
            return said
        now = M("since {day}: {state}", day=on_day(since, self._data.zone), state=self._data.said(state))
        return M("{answer}; {now}", answer=said, now=now)

    def _details(self, answer: Answer) -> list[str]:
        words, purpose = self._words, answer.purpose
        basis = M(
            "{basis} ({article})", basis=self._data.said(purpose.basis), article=self._data.articles[purpose.basis]
        )
        rows: list[tuple[M, M | str]] = [(M("Why we may"), basis)]
        if purpose.special:
            rows.append((M("Very private, and asked explicitly"), self._data.said(purpose.special)))
        rows.append((M("What we use"), ", ".join(words.say(datum.label) for datum in answer.data)))
        rows.append((M("Who gets it"), purpose.recipients or M("nobody but us")))
        if answer.line.state is ConsentState.GIVEN:
            rows.append((M("Counts"), until(answer, self._data.zone)))
        if answer.wording is not None:
            spoken = language(words, answer.wording.language)
            rows.append((M("Wording"), M("version {n}, {language}", n=answer.wording.version, language=spoken)))
        return [f"{words.say(label)}: {words.value(value)}" for label, value in rows]

    def _foot(self) -> None:
        """Beside the square: how to take it back, how long the proof is kept, and where to complain."""
        sheet, left, wide = self._sheet, LEFT + _QR + 16, WIDTH - _QR - 16
        parts = [
            (M("Changed your mind?"), self._back()),
            (M("How long we keep this"), self._kept()),
            (M("Complaint"), self._complaint()),
        ]
        told = [
            (sheet.type.lines(self._say(title), TABLE_STRONG, wide), sheet.type.lines(self._say(text), TABLE, wide))
            for title, text in parts
        ]
        tall = sum(height(title) + height(text) + _AIR for title, text in told)
        sheet.need(max(tall, _QR) + 24)
        sheet.y += 14
        sheet.rule(sheet.y, LINE, HAIRLINE)
        sheet.y += 8
        top = sheet.y
        draw_qr(sheet, way_back(self._data, self._words), LEFT, top, _QR, quiet=_QUIET)
        for title, text in told:
            sheet.y = sheet.stack(text, left, sheet.stack(title, left, sheet.y, wide), wide) + _AIR
        sheet.y = max(sheet.y, top + _QR)

    def _back(self) -> M:
        shop = self._data.shop
        ways = [M("in the shop")]
        if shop.phone:
            ways.append(M("by phone ({number})", number=shop.phone))
        if shop.email:
            ways.append(M("by email ({address})", address=shop.email))
        listed = ways[0]
        for way in ways[1:]:
            listed = M("{first}, {second}", first=listed, second=way)
        return M(
            "You can take back every yes at any time, as easily as you gave it: {ways}. A word is enough, with the "
            "number above or without. What was done until then stays allowed. The square at the left says the same to "
            "your telephone.",
            ways=listed,
        )

    def _kept(self) -> M:
        return M(
            "We keep your answers and these words as proof as long as you are our customer; after you took a yes back, "
            "as long as the proof is needed."
        )

    def _complaint(self) -> M:
        authority = self._data.authority
        if authority is None:
            return M("You may turn to the data protection authority where you live or work.")
        name = ", ".join(part for part in (authority.name, authority.place, authority.website) if part)
        return M("You may turn to {authority}, or to the authority where you live or work.", authority=name)


def _tone(answer: Answer) -> str:
    return _TONES[Tone.YES if answer.counts else Tone.NO]
