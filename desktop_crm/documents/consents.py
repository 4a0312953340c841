"""The consents of an access report: what was asked, in which words, and what was answered when."""

from __future__ import annotations

from desktop_crm.documents.blocks import boxed
from desktop_crm.documents.formats import fact_text, language
from desktop_crm.documents.model import ConsentLine, ConsentTopic, Tone
from desktop_crm.documents.page import Sheet, height
from desktop_crm.documents.styles import (
    GREEN,
    LEFT,
    RIGHT,
    SOFT,
    SUBHEAD,
    TABLE,
    TABLE_QUOTE,
    TABLE_STRONG,
    TEAL_TINT,
    WIDTH,
)
from desktop_crm.words import M, Words

_EVENT_LEFT = 102.0
_TONES = {Tone.YES: GREEN, Tone.NO: SOFT, Tone.QUIET: SOFT}


def consent_topic(sheet: Sheet, words: Words, topic: ConsentTopic) -> None:
    """A purpose, its present state and every event; a wording that was printed above is named, not repeated."""
    wording = topic.events[0].wording if topic.events else ""
    quoted = height(sheet.type.lines(wording, TABLE_QUOTE, WIDTH - _EVENT_LEFT - 17))
    sheet.need(66 + min(quoted, 90))
    purpose = words.value(topic.purpose)
    title = words.say(M("{purpose}, {channel}", purpose=purpose, channel=topic.channel)) if topic.channel else purpose
    state = M("{state}, since {day}", state=topic.state, day=topic.since) if topic.since else topic.state
    standing = sheet.type.lines(words.say(state), TABLE_STRONG.coloured(_TONES[topic.tone]), 180)
    sheet.y += 6
    top = sheet.y
    end = sheet.stack(sheet.type.lines(title, SUBHEAD, WIDTH - 192), LEFT, top, WIDTH - 192)
    sheet.y = max(end, sheet.stack(standing, RIGHT - 180, top, 180, "right")) + 1
    seen: set[tuple[object, ...]] = set()
    for event in topic.events:
        text = (event.version, event.language, event.wording, event.notice)
        _event(sheet, words, event, again=text in seen)
        seen.add(text)
    sheet.y += 5
    sheet.rule(sheet.y)


def _event(sheet: Sheet, words: Words, event: ConsentLine, *, again: bool) -> None:
    wide = WIDTH - _EVENT_LEFT
    details = [words.value(event.how)] if event.how else []
    if event.language:
        details.append(words.say(M("in {language}", language=language(words, event.language))))
    if event.version is not None:
        details.append(words.say(M("version {n}", n=event.version)))
    if again and event.wording:
        details.append(words.say(M("the same wording")))
    details += [f"{words.say(fact.label)}: {fact_text(words, fact)}" for fact in event.facts]
    spans = ((words.value(event.state), TABLE_STRONG), (" · " + ", ".join(details) if details else "", TABLE))
    lines = sheet.type.flow(spans, wide)
    sheet.need(height(lines) + (52 if event.wording and not again else 4))
    sheet.stack(
        sheet.type.lines(words.instant(event.at), TABLE.coloured(SOFT), _EVENT_LEFT - 8),
        LEFT,
        sheet.y,
        _EVENT_LEFT - 8,
    )
    sheet.y = sheet.stack(lines, LEFT + _EVENT_LEFT, sheet.y, wide) + 3
    if not again:
        for text in (event.wording, event.notice):
            if text:
                quoted = sheet.type.lines(words.say(M("“{text}”", text=text)), TABLE_QUOTE, wide - 17)
                boxed(sheet, quoted, LEFT + _EVENT_LEFT, wide, 8.5, TEAL_TINT)
                sheet.y += 5
