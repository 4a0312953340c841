"""A receipt of answers for machines: by the names of Kantara Consent Receipt 1.1, and in the terms of W3C DPV 2."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from desktop_crm.documents.machine import Json, instant, said, written
from desktop_crm.documents.model import ReceiptPaper, Shop
from desktop_crm.documents.text import plain_unicode
from desktop_crm.privacy.receipt import Answer
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.purpose import Purpose, PurposeKind, Wording
from desktop_crm.words import M, Words

KANTARA: Final = "consent-receipt-kantara"
DPV: Final = "consent-receipt-dpv"
NOT_TOLD: Final = M("not told")
_CATEGORIES = {
    PurposeKind.SERVICE: "Contracted Service",
    PurposeKind.ADVERTISING: "Marketing",
    PurposeKind.PUBLICATION: "Disclosure",
    PurposeKind.LOYALTY: "Personalized Experience",
    PurposeKind.RECRUITMENT: "Contact Requested",
}
_DPV_PURPOSES = {
    PurposeKind.SERVICE: "dpv:ServiceProvision",
    PurposeKind.ADVERTISING: "dpv:Marketing",
    PurposeKind.PUBLICATION: "dpv:PublicRelations",
    PurposeKind.LOYALTY: "dpv:CustomerRelationshipManagement",
    PurposeKind.RECRUITMENT: "dpv:PersonnelHiring",
}
_DPV_STATES = {
    ConsentState.REQUESTED: "dpv:ConsentRequested",
    ConsentState.GIVEN: "dpv:ConsentGiven",
    ConsentState.REFUSED: "dpv:ConsentRefused",
    ConsentState.WITHDRAWN: "dpv:ConsentWithdrawn",
    ConsentState.EXPIRED: "dpv:ConsentExpired",
    ConsentState.INVALIDATED: "dpv:ConsentInvalidated",
    ConsentState.CLAIMED: "dpv:ConsentUnknown",
}
_CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def kantara_json(paper: ReceiptPaper, words: Words) -> bytes:
    """The receipt by the names of Kantara.

    Only what counts as a yes today stands under `services`: a program that knows these names alone never takes a no,
    or a yes that was taken back, for a permission. `answers` beside it tells all.

    Raises:
        ValueError: the receipt is not what the schema asks for.
    """
    receipt = paper.receipt
    counting = [answer for answer in receipt.answers if answer.counts]
    special = [said(words, paper.said(answer.purpose.special)) for answer in counting if answer.purpose.special]
    content: Json = {
        "version": "KI-CR-v1.1.0",
        "jurisdiction": paper.shop.country or "",
        "consentTimestamp": int(receipt.said_at.timestamp()),
        "collectionMethod": said(words, paper.said(receipt.how)),
        "consentReceiptID": str(receipt.number),
        "language": receipt.language or paper.language,
        "piiPrincipalId": str(receipt.person),
        "piiControllers": [_controller(paper.shop, words)],
        "policyUrl": _urn(receipt.notice.id if receipt.notice else receipt.number.bytes),
        "services": [
            {
                "service": plain_unicode(paper.shop.name),
                "purposes": [_purpose(paper, answer, words) for answer in counting],
            }
        ]
        if counting
        else [],
        "sensitive": bool(special),
        "spiCat": special,
        "answers": [_answer(paper, answer, words) for answer in receipt.answers],
    }
    return written(content, KANTARA)


def _controller(shop: Shop, words: Words) -> Json:
    missing = said(words, NOT_TOLD)
    address = {
        "streetAddress": shop.street,
        "postalCode": shop.postal_code,
        "addressLocality": shop.city,
        "addressCountry": shop.country,
    }
    return {
        "piiController": plain_unicode(shop.name),
        "onBehalf": False,
        "contact": plain_unicode(shop.responsible or shop.name),
        "address": {name: plain_unicode(value) for name, value in address.items() if value},
        "email": plain_unicode(shop.email or missing),
        "phone": plain_unicode(shop.phone or missing),
    }


def _purpose(paper: ReceiptPaper, answer: Answer, words: Words) -> Json:
    purpose, recipients = answer.purpose, answer.purpose.recipients
    how = M("expressed: {answer}, {how}", answer=paper.said(answer.line.state), how=paper.said(answer.line.how))
    return {
        "purpose": plain_unicode(purpose.name),
        "purposeCategory": [_CATEGORIES.get(purpose.kind or PurposeKind.OTHER, "Other")],
        "consentType": "EXPLICIT" if answer.line.explicit else said(words, how),
        "piiCategory": [said(words, datum.label) for datum in answer.data],
        "primaryPurpose": False,
        "termination": said(words, until(answer, paper.zone)),
        "thirdPartyDisclosure": bool(recipients),
        **({"thirdPartyName": plain_unicode(recipients)} if recipients else {}),
    }


def until(answer: Answer, zone: str) -> M:
    """How long a yes counts."""
    if answer.line.ends_at is None:
        return M("Until you take it back")
    return M("Until {day}, or until you take it back before", day=on_day(answer.line.ends_at, zone))


def on_day(at: datetime, zone: str) -> date:
    """The day at the shop."""
    return at.astimezone(ZoneInfo(zone)).date()


def _answer(paper: ReceiptPaper, answer: Answer, words: Words) -> Json:
    line, wording = answer.line, answer.wording
    return {
        "id": str(UUID(bytes=line.id)),
        "purpose": answer.purpose.code,
        "name": plain_unicode(answer.purpose.name),
        "basis": answer.purpose.basis.value,
        "state": line.state.value,
        "text": said(words, paper.said(line.state)),
        "at": instant(line.happened_at),
        "explicit": line.explicit,
        "ends_at": _instant_or_none(line.ends_at),
        "standing": (answer.standing.state or line.state).value,
        "since": _instant_or_none(answer.standing.since),
        "wording": _wording(wording) if wording else None,
        "history": [{"state": one.state.value, "at": instant(one.happened_at)} for one in answer.history],
    }


def _wording(wording: Wording) -> Json:
    return {
        "version": wording.version,
        "language": wording.language,
        "text": plain_unicode(wording.text),
        "sha256": wording.text_sha256.hex(),
    }


def _instant_or_none(at: datetime | None) -> str | None:
    return instant(at) if at is not None else None


def _urn(key: bytes) -> str:
    return f"urn:uuid:{UUID(bytes=key)}"


# W3C DPV


def dpv_json(paper: ReceiptPaper, words: Words) -> bytes:
    """The receipt as JSON-LD in the terms of the Data Privacy Vocabulary; every state a purpose went through stays.

    Raises:
        ValueError: the receipt is not what the schema asks for.
    """
    receipt = paper.receipt
    content: Json = {
        "@context": _CONTEXT,
        "@id": receipt.number.urn,
        "@type": ["dpv:ConsentRecord"],
        "dct:identifier": str(receipt.number),
        "dct:created": _at(receipt.said_at),
        "dct:issued": _at(paper.made_at),
        "dct:language": receipt.language or paper.language,
        "dpv:hasDataSubject": {"@id": receipt.person.urn, "@type": ["dpv:DataSubject"]},
        "dpv:hasDataController": _dpv_controller(paper.shop, words),
        "dpv:hasJurisdiction": paper.shop.country or "",
        "dpv:hasRight": ["eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A20", "eu-gdpr:A77"],
        "dpv:hasProcess": [_process(paper, answer, words) for answer in receipt.answers],
    }
    if receipt.notice is not None:
        content["dpv:hasNotice"] = {
            "@id": _urn(receipt.notice.id),
            "@type": ["dpv:PrivacyNotice"],
            "schema:version": receipt.notice.version,
            "dct:language": receipt.notice.language,
        }
    return written(content, DPV)


def _dpv_controller(shop: Shop, words: Words) -> Json:
    told = _controller(shop, words)
    address = {f"schema:{name}": value for name, value in told["address"].items()}
    return {
        "@type": ["dpv:DataController"],
        "schema:name": told["piiController"],
        "schema:contactPoint": {
            "@type": ["schema:ContactPoint"],
            "schema:name": told["contact"],
            "schema:email": told["email"],
            "schema:telephone": told["phone"],
        },
        "schema:address": {"@type": ["schema:PostalAddress"], **address},
    }


def _process(paper: ReceiptPaper, answer: Answer, words: Words) -> Json:
    purpose = answer.purpose
    duration: Json = {"@type": ["dpv:UntilEventDuration"], "dct:description": said(words, until(answer, paper.zone))}
    if answer.line.ends_at is not None:
        duration = {"@type": ["dpv:UntilTimeDuration"], "dct:valid": _at(answer.line.ends_at)}
    return {
        "@id": _urn(answer.line.id),
        "@type": ["dpv:Process"],
        "dpv:hasPurpose": _dpv_purpose(purpose),
        "dpv:hasLegalBasis": {"@type": ["eu-gdpr:A6-1-a", *(["eu-gdpr:A9-2-a"] if purpose.special else [])]},
        "dpv:hasPersonalData": [
            {
                "@type": ["dpv:SpecialCategoryPersonalData" if purpose.special else "dpv:PersonalData"],
                "dct:title": said(words, datum.label),
                "dpv:hasContext": "dpv:Required" if datum.required else "dpv:Optional",
            }
            for datum in answer.data
        ],
        "dpv:hasRecipient": [{"@type": ["dpv:Recipient"], "schema:name": plain_unicode(purpose.recipients)}]
        if purpose.recipients
        else [],
        "dpv:hasStorageCondition": {"@type": ["dpv:StorageDuration"], "dpv:hasDuration": duration},
        "dpv:hasConsentStatus": [_status(paper, line, words) for line in answer.history] + _derived(answer, words),
        **({"dpv:hasNotice": _question(answer.wording)} if answer.wording else {}),
    }


def _dpv_purpose(purpose: Purpose) -> Json:
    kind = _DPV_PURPOSES.get(purpose.kind or PurposeKind.OTHER)
    types = ["dpv:Purpose", *([kind] if kind else [])]
    return {"@id": _urn(purpose.id), "@type": types, "dct:title": plain_unicode(purpose.name)}


def _question(wording: Wording) -> Json:
    return {
        "@id": _urn(wording.id),
        "@type": ["dpv:ConsentNotice"],
        "schema:version": wording.version,
        "dct:language": wording.language,
        "dct:description": plain_unicode(wording.text),
    }


def _status(paper: ReceiptPaper, line: ConsentEvent, words: Words) -> Json:
    kinds = [_DPV_STATES[line.state]]
    if line.state is ConsentState.GIVEN:
        kinds.append("dpv:ExplicitlyExpressedConsent" if line.explicit else "dpv:ExpressedConsent")
    who: Json = {"@id": _urn(line.contact_id), "@type": ["dpv:DataSubject"]}
    if line.guardian:
        who = {"@type": ["dpv:GuardianOfDataSubject"], "schema:name": plain_unicode(line.guardian)}
    return {
        "@type": kinds,
        "dpv:isIndicatedAtTime": _at(line.happened_at),
        "dpv:isIndicatedBy": who,
        "dpv:hasIndicationMethod": said(words, paper.said(line.how)),
    }


def _derived(answer: Answer, words: Words) -> list[Json]:
    """That a yes ran out, or no longer covers the question, is no line: time or a new wording brings it about."""
    state, since = answer.standing.state, answer.standing.since
    if since is None or state not in (ConsentState.EXPIRED, ConsentState.INVALIDATED):
        return []
    how = said(words, M("by the passing of time") if state is ConsentState.EXPIRED else M("by a new question"))
    return [{"@type": [_DPV_STATES[state]], "dpv:isIndicatedAtTime": _at(since), "dpv:hasIndicationMethod": how}]


def _at(moment: datetime) -> Json:
    return {"@type": "xsd:dateTime", "@value": instant(moment)}
