"""What the access report tells of permissions: every answer with its words and proof, and who was given the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from desktop_crm.documents import model
from desktop_crm.host.ids import id_text
from desktop_crm.privacy.access import AccessStep
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.records.use import DisclosedPerson, Disclosure, Leaving
from desktop_crm.services import labels
from desktop_crm.services.access_entries import EntryMaker
from desktop_crm.services.consents import Permission, permissions
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M

_IN_THE_SENTENCE = {"purpose_id", "state", "how", "wording_id", "notice_id", "happened_at", "recorded_at", "actor"}
"""What stands in the sentence about an answer; every other column that is declared stands beside it as a fact."""
TONES = {ConsentState.GIVEN: model.Tone.YES, ConsentState.REFUSED: model.Tone.NO}


def consent_topics(
    office: Office, reading: Reading, plan: Iterable[AccessStep], maker: EntryMaker, person: bytes
) -> tuple[model.ConsentTopic, ...]:
    """Every purpose a person was asked about or could be, with all that was said."""
    step = next(step for step in plan if step.told.record is ConsentEvent)
    zone = ZoneInfo(office.shop.zone)
    found = permissions(reading, person, office.clock.now())
    return tuple(_topic(one, zone, tuple(_line(reading, maker, step, e) for e in one.events)) for one in found)


def _topic(permission: Permission, zone: ZoneInfo, events: tuple[model.ConsentLine, ...]) -> model.ConsentTopic:
    state, since = permission.standing.state, permission.standing.since
    return model.ConsentTopic(
        purpose=permission.purpose.name,
        channel=None,
        state=labels.of(state) if state else M("not asked yet"),
        since=since.astimezone(zone).date() if since else None,
        events=events,
        tone=TONES.get(state, model.Tone.QUIET) if state else model.Tone.QUIET,
        name=permission.purpose.code,
    )


def _line(reading: Reading, maker: EntryMaker, step: AccessStep, event: ConsentEvent) -> model.ConsentLine:
    wording = reading.get(Wording, event.wording_id) if event.wording_id else None
    notice = reading.get(Notice, event.notice_id) if event.notice_id else None
    how = M(
        "{how}, recorded by: {actor}, on {at}",
        how=labels.of(event.how),
        actor=maker.caller(event.actor),
        at=event.recorded_at,
    )
    if notice is not None:
        how = M("{how}; with privacy notice version {n}", how=how, n=notice.version)
    return model.ConsentLine(
        at=event.happened_at,
        state=labels.of(event.state),
        how=how,
        version=wording.version if wording else None,
        language=wording.language if wording else None,
        wording=wording.text if wording else "",
        id=id_text(event.id),
        facts=tuple(maker.facts(step, event, _IN_THE_SENTENCE)),
    )


def recipients_of(reading: Reading, person: bytes, zone: ZoneInfo) -> tuple[model.RecipientLine, ...]:
    """Who outside the shop was given something about this person, what for and when: each once, with the last day."""
    last: dict[tuple[str, Leaving, bytes | None], date] = {}
    for used in reading.find(DisclosedPerson, eq("contact_id", person)):
        left = reading.get(Disclosure, used.disclosure_id)
        if left is not None and left.recipient:
            key = (left.recipient, left.form, left.purpose_id)
            day = used.used_at.astimezone(zone).date()
            last[key] = max(day, last.get(key, day))
    return tuple(_recipient(reading, *who, day) for who, day in sorted(last.items(), key=lambda one: one[1]))


def _recipient(reading: Reading, name: str, form: Leaving, purpose: bytes | None, day: date) -> model.RecipientLine:
    known = reading.get(Purpose, purpose) if purpose else None
    return model.RecipientLine(
        name=name, what=labels.of(form), why=known.name if known else "", detail=M("last on {day}", day=day)
    )


def to_whom(recipients: Sequence[model.RecipientLine]) -> M:
    """The same in one sentence, for the first page."""
    if not recipients:
        return M("Nobody. We have not passed your data on from this program.")
    names = [M("{name}", name=name) for name in dict.fromkeys(one.name for one in recipients)]
    return M("{all}. See “Given to”.", all=labels.joined(names))
