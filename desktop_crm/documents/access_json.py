"""The access report for machines: everything the paper says, with machine names and raw values."""

from __future__ import annotations

from desktop_crm.documents.machine import Json, day, fact, instant, said, said_or_none, shop, written
from desktop_crm.documents.model import AccessReport, Authority, ConsentLine, ConsentTopic, Entry, Section
from desktop_crm.documents.rights import RIGHTS
from desktop_crm.words import Words


def access_report_json(data: AccessReport, words: Words) -> bytes:
    """The whole report as UTF-8 JSON, valid by `access-report.schema.json`.

    Raises:
        ValueError: the report is not what the schema asks for.
    """
    return written(_report(data, words), "access-report")


def _report(data: AccessReport, words: Words) -> Json:
    return {
        "format": "desktop-crm access report",
        "format_version": 1,
        "number": data.number,
        "made_at": instant(data.made_at),
        "language": data.language,
        "zone": data.zone,
        "program": data.program,
        "shop": shop(data.shop),
        "addressee": [said(words, line) for line in data.addressee],
        "request": {"channel": said_or_none(words, data.request_channel), "received_on": day(data.received_on)},
        "summary": {
            "what": said(words, data.summary.what),
            "what_for": said(words, data.summary.what_for),
            "where_from": said(words, data.summary.where_from),
            "to_whom": said(words, data.summary.to_whom),
            "how_long": said(words, data.summary.how_long),
        },
        "entry_count": data.entry_count,
        "sections": [_section(section, words) for section in data.sections],
        "consents": [_topic(topic, words) for topic in data.consents],
        **_lists(data, words),
        "automated_decisions": said(words, data.automated),
        "rights": [
            {"right": said(words, right.name), "text": said(words, right.text), "article": right.article}
            for right in RIGHTS
        ],
        "authority": _authority(data.authority, words),
    }


def _lists(data: AccessReport, words: Words) -> Json:
    return {
        "looks": [
            {"who": said(words, look.who), "why": said(words, look.why), "last": day(look.last), "times": look.times}
            for look in data.looks
        ],
        "recipients": [
            {
                "name": said(words, line.name),
                "what": said(words, line.what),
                "why": said(words, line.why),
                "detail": said_or_none(words, line.detail),
            }
            for line in data.recipients
        ],
        "purposes": [
            {
                "purpose": said(words, line.purpose),
                "basis": said(words, line.basis),
                "article": said(words, line.article),
                "how_long": said(words, line.how_long),
            }
            for line in data.purposes
        ],
        "outside": [
            {"place": said(words, line.place), "what": said(words, line.what), "checked": day(line.checked)}
            for line in data.outside
        ],
    }


def _section(section: Section, words: Words) -> Json:
    return {
        "key": section.key,
        "title": said(words, section.title),
        "note": said_or_none(words, section.note),
        "entries": [_entry(entry, words) for entry in section.entries],
    }


def _entry(entry: Entry, words: Words) -> Json:
    return {
        "record": entry.record,
        "id": entry.id,
        "source": said_or_none(words, entry.source),
        "since": day(entry.since),
        "until": day(entry.until),
        "kept_by": said_or_none(words, entry.kept_by),
        "facts": [fact(one, words) for one in entry.facts],
        "withheld": [{"label": said(words, one.label), "reason": said(words, one.reason)} for one in entry.withheld],
    }


def _topic(topic: ConsentTopic, words: Words) -> Json:
    return {
        "name": topic.name,
        "purpose": said(words, topic.purpose),
        "channel": said_or_none(words, topic.channel),
        "state": said(words, topic.state),
        "standing": topic.tone.value,
        "since": day(topic.since),
        "events": [_event(event, words) for event in topic.events],
    }


def _event(event: ConsentLine, words: Words) -> Json:
    return {
        "id": event.id,
        "at": instant(event.at),
        "state": said(words, event.state),
        "how": said_or_none(words, event.how),
        "version": event.version,
        "language": event.language,
        "wording": said(words, event.wording),
        "notice": said_or_none(words, event.notice),
        "facts": [fact(one, words) for one in event.facts],
    }


def _authority(authority: Authority | None, words: Words) -> Json | None:
    if authority is None:
        return None
    return {
        "name": said(words, authority.name),
        "place": said_or_none(words, authority.place),
        "website": said_or_none(words, authority.website),
    }
