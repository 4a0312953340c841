"""What is held about somebody who works here, on paper and for machines."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.documents.blocks import answers, heading, sentence
from desktop_crm.documents.finish import Attachment, paper
from desktop_crm.documents.formats import fact_text
from desktop_crm.documents.letterhead import place, small_head
from desktop_crm.documents.machine import Json, day, instant, said, shop, valued, written
from desktop_crm.documents.model import StaffReport
from desktop_crm.documents.page import Sheet
from desktop_crm.documents.styles import HERO, LEFT, TABLE, WIDTH
from desktop_crm.documents.table import Column, Row, Table
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Words

_TOP = 108.0
_LABELS = 190.0
_NUMBERS = 90.0


def staff_report_files(report: Released[StaffReport], words: Words) -> tuple[bytes, bytes]:
    """The report as a PDF, and the JSON that is attached to it. The same data gives the same bytes.

    Raises:
        ValueError: the report is not what the schema of its JSON asks for.
    """
    data = report.content
    attached = written(_report(data, words), "staff-report")
    attachment = Attachment("work.json", attached, words.say(M("The same content for computers")))
    title = words.say(M("What is held about somebody who works here"))
    return paper(_pages(data, words), title, data.language, data.made_at, attachment), attached


def _report(data: StaffReport, words: Words) -> Json:
    return {
        "format": "desktop-crm staff report",
        "format_version": 1,
        "made_at": instant(data.made_at),
        "language": data.language,
        "zone": data.zone,
        "program": data.version,
        "shop": shop(data.shop),
        "entry": [{"name": fact.name, "label": said(words, fact.label), **valued(fact.value)} for fact in data.facts],
        "sign_ins": [{"month": f"{month:%Y-%m}", "times": times} for month, times in data.sign_ins],
        "log": [
            {"act": one.act, "what": said(words, one.what), "times": one.times, "last": day(one.last)}
            for one in data.done
        ],
        "notice_confirmed_on": [day(one) for one in data.confirmed],
        "kept": said(words, data.kept),
    }


def _pages(data: StaffReport, words: Words) -> bytes:
    sheet = Sheet(lambda page: _head(page, data))
    _head(sheet, data)
    title = sheet.type.lines(words.say(M("What we hold about you who work here")), HERO, WIDTH)
    sheet.y = sheet.stack(title, LEFT, sheet.y + 4, WIDTH)
    heading(sheet, 1, words.say(M("Your entry")), None, 60)
    told = [(fact, fact_text(words, fact)) for fact in data.facts]
    answers(sheet, [(words.say(fact.label), ((text, TABLE),)) for fact, text in told if text], _LABELS)
    heading(sheet, 2, words.say(M("When you signed in")), words.say(M("Counted by month.")), 60)
    months = [(words.part(one, "LLLL y"), times) for one, times in data.sign_ins]
    _counted(sheet, words, M("Month"), months)
    note = words.say(M("Lines of the activity log that tell of you, counted. Whose data it was is not said here."))
    heading(sheet, 3, words.say(M("What you did")), note, 60)
    _counted(sheet, words, M("What was done"), [(words.say(one.what), one.times) for one in data.done])
    heading(sheet, 4, words.say(M("What you were told about the log, and how long this is kept")), None, 40)
    for one in data.confirmed:
        sentence(sheet, words.say(M("You read and confirmed on {day} what the log notes.", day=one)))
    sentence(sheet, words.say(data.kept), before=4)
    foot = M("Made on {day} by Desktop CRM {version}", day=data.made_at.date(), version=data.version)
    several = len(sheet.pages) > 1
    sheet.footer(words.say(foot), _page(words) if several else None)
    return sheet.finish()


def _head(sheet: Sheet, data: StaffReport) -> None:
    small_head(sheet, data.shop, place(data.shop))
    sheet.y = _TOP


def _counted(sheet: Sheet, words: Words, what: M, rows: list[tuple[str, int]]) -> None:
    columns = (Column(words.say(what), WIDTH - _NUMBERS), Column(words.say(M("How often")), _NUMBERS, "right"))
    Table(sheet, columns, pad=3.6).write(
        [Row((((text, TABLE),), ((words.number(times), TABLE),))) for text, times in rows]
    )


def _page(words: Words) -> Callable[[int, int], str]:
    return lambda page, total: words.say(M("Page {page} of {total}", page=page, total=total))
