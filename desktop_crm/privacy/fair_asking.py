"""Whether a purpose may be set up: one use on one way, a free answer, and the reasons its basis needs. Pure.

Words can only be read for what is usually wrong with them; in languages the rules do not know, their form is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_crm.privacy.wordings import MOST_DAYS, Words, parts
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import PurposeKind, SpecialGround
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class PurposeForm:
    """A purpose as somebody sets it up; `texts` are its words by language."""

    name: str
    what_for: str
    basis: Basis
    kind: PurposeKind
    channels: tuple[Channel, ...]
    valid_days: int | None = None
    recipients: str | None = None
    balancing: str | None = None
    special: SpecialGround | None = None
    data: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


class Flaw(StrEnum):
    """What is wrong, by which a form knows where to say it."""

    NAME = "name"
    BASIS = "basis"
    SERVICE = "service"
    TIME = "time"
    BALANCING = "balancing"
    SPECIAL = "special"
    CHANNELS = "channels"
    BUNDLED = "bundled"
    TIED = "tied"
    QUESTION = "question"
    TAKE_BACK = "take-back"
    FREE = "free"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a purpose from being set up, and what to do about it; `language` where words are wrong."""

    flaw: Flaw
    what: M
    todo: M
    language: str = ""


def faults(form: PurposeForm) -> list[Fault]:
    """All that is wrong with a purpose; none: it may be set up."""
    found = [*_of_the_whole(form)]
    if form.basis is Basis.CONSENT:
        found += _of_the_question(form)
    for language, whole in form.texts.items():
        found += wrong_words(form.basis, form.channels, language, whole)
    return found


def wrong_words(basis: Basis, channels: tuple[Channel, ...], language: str, whole: str) -> list[Fault]:
    """What is wrong with the words of a purpose in one language."""
    if not whole.strip():
        return [Fault(Flaw.TEXT, M("There are no words yet."), M("Write what people are to read."), language)]
    if basis is not Basis.CONSENT:
        return []
    asked = parts(whole)
    checks = (_without_form(asked, language), _bundles(asked, channels, language), _ties(asked, language))
    return [fault for found in checks for fault in found]


def _of_the_whole(form: PurposeForm) -> Iterator[Fault]:
    if not form.name or not form.what_for:
        yield Fault(
            Flaw.NAME,
            M("A purpose needs a name, and a sentence that says what you do with the data."),
            M("Write it so that a customer understands it."),
        )
    if form.basis is Basis.UNSORTED:
        yield Fault(Flaw.BASIS, M("A purpose needs a reason why you may."), M("Choose one of the six."))
    if form.basis is Basis.LEGITIMATE_INTEREST and not form.balancing:
        yield Fault(
            Flaw.BALANCING,
            M("Our good reason counts only if it was weighed against what it means for the people."),
            M("Write down what you need, why nothing milder does, what people expect, and how they can stop it."),
        )
    if form.basis is Basis.CONTRACT and form.kind in (PurposeKind.ADVERTISING, PurposeKind.PUBLICATION):
        yield Fault(
            Flaw.SERVICE,
            M("Nobody needs advertising or publication to get an order: that would tie the one to the other."),
            M("Choose permission, or for advertising by post your good reason."),
        )
    yield from _of_the_condition(form)


def _of_the_condition(form: PurposeForm) -> Iterator[Fault]:
    asked, explicit = form.basis is Basis.CONSENT, form.special is SpecialGround.EXPLICIT
    if form.special is not None and asked is not explicit:
        yield Fault(
            Flaw.SPECIAL,
            M("An explicit yes and permission go together: for very private data the one needs the other."),
            M("Choose both, or neither."),
        )
    if "sensitive_detail.health" in form.data and form.special is None:
        yield Fault(
            Flaw.SPECIAL,
            M("What tells of health may be used only under a condition of its own."),
            M("Choose the condition, as a rule the explicit yes."),
        )


def _of_the_question(form: PurposeForm) -> Iterator[Fault]:
    if len(form.channels) != 1:
        yield Fault(
            Flaw.CHANNELS,
            M("One yes for several ways at once bundles them: nobody could want only one of them."),
            M("Choose one way. For each further one, make a purpose of its own."),
        )
    if form.valid_days is None or not 1 <= form.valid_days <= MOST_DAYS:
        yield Fault(
            Flaw.TIME,
            M("A yes needs an end, after 1 to {most} days.", most=MOST_DAYS),
            M("365 days are our habit."),
        )
    if not form.texts:
        yield Fault(Flaw.TEXT, M("There are no words yet."), M("Write what people are to read."))
    if _found(_AND, form.name):
        yield _bundled("")


def _without_form(asked: Words, language: str) -> Iterator[Fault]:
    if not asked.question.rstrip().endswith(("?", "\N{ARABIC QUESTION MARK}", ";", "\N{FULLWIDTH QUESTION MARK}")):
        yield Fault(
            Flaw.QUESTION,
            M("The first line has to ask: it ends with a question mark."),
            M("Begin with the question, such as “Newsletter by e-mail: may we send it to you?”"),
            language,
        )
    if not asked.take_back or not _known(_WAY_BACK, language, asked.take_back):
        yield Fault(
            Flaw.TAKE_BACK,
            M("The words do not say how a yes is taken back."),
            M("Say it in the last line but one: “You can take your yes back at any time: in the shop, by phone.”"),
            language,
        )
    if not asked.free or not _known(_FREE, language, asked.free):
        yield Fault(
            Flaw.FREE,
            M("The words do not say that a no changes nothing."),
            M("Say it in the last line: “Every answer is fine and changes nothing about your orders.”"),
            language,
        )


def _bundles(asked: Words, channels: tuple[Channel, ...], language: str) -> Iterator[Fault]:
    told = f"{asked.question}\n{asked.text}"
    uses = sum(1 for use in _USES if re.search(use, told, re.IGNORECASE))
    if uses > 1 or _found(_AND, asked.question):
        yield _bundled(language)
    spoken = {channel for channel, words in _WAYS.items() if re.search(words, told, re.IGNORECASE)}
    if spoken - set(channels):
        yield Fault(
            Flaw.CHANNELS,
            M("The words speak of another way than the one that was chosen."),
            M("Speak of that way alone. For each further one, make a purpose of its own."),
            language,
        )


def _bundled(language: str) -> Fault:
    return Fault(
        Flaw.BUNDLED,
        M("Two uses in one question: nobody could say yes to the one and no to the other."),
        M("Make a purpose for each. If it is only one, name it without “and”."),
        language,
    )


def _ties(asked: Words, language: str) -> Iterator[Fault]:
    if any(_found(_TIED, one) for one in (asked.question, asked.text, asked.take_back, asked.free)):
        yield Fault(
            Flaw.TIED,
            M("The words tie something to a yes: an answer that is not free does not count."),
            M("Leave that out. What an order needs is no matter of permission; all else must go without it."),
            language,
        )


def _found(words: str, text: str) -> bool:
    return re.search(words, text, re.IGNORECASE) is not None


def _known(words: Mapping[str, str], language: str, text: str) -> bool:
    """Whether a sentence says what it has to, as far as the language is known."""
    return language not in words or _found(words[language], text)


_AND = r"\b(and|as well as|plus|und|sowie|sowohl)\b|[&+]"
_WAY_BACK = {
    "en": r"\btake\b.*\bback\b|\bwithdraw|\brevoke|\bunsubscribe",
    "de": r"zurück(zu)?nehmen|\bnehmen\b.*\bzurück\b|widerruf|abbestell|abmelde",
}
_FREE = {
    "en": r"\b(changes?|change) nothing|\bnothing changes|\bno disadvantage|\bmakes? no difference|\bstays? as",
    "de": r"änder[nt] (sich )?nichts|\bkeine?n? nachteile?\b|\bbleibt (alles )?wie\b|keinen unterschied",
}
_USES = (
    r"newsletter|\bnews from\b|\bneuigkeiten\b|\badvertis|\bwerbung\b|\boffers\b|\bangebote\b",
    r"\bbirthday card|geburtstagskarte",
    r"\bphotos?\b|\bpictures?\b|\bfotos?\b|\bbilder\b",
    r"\b(pass|share|give|sell)\b.{0,40}\b(partners?|others|third part)|\bpartner(n|firmen)?\b"
    r"|\bdritte\w*\b|weitergeben",
    r"\bprofiles?\b|\bprofil\w*\b|\banaly[sz]e|\bauswerten\b",
)
"""Words of uses that are no part of each other; two of them in one question are two questions."""
_WAYS: Mapping[Channel, str] = {
    Channel.EMAIL: r"\be-?mails?\b",
    Channel.PHONE: r"\bby (tele)?phone\b|\bcall you\b|\bring you\b|\btelefonisch\b|\b(per|am) telefon\b|\banrufen\b",
    Channel.POST: r"\bby (post|letter|mail)\b|\bper (post|brief)\b|\bpostalisch\b",
    Channel.MESSENGER: r"\bsms\b|\btext messages?\b|\bwhatsapp\b|\bmessenger\b|\bsignal\b",
    Channel.WEBSITE: r"\bwebsite\b|\bwebseite\b|\binstagram\b|\bfacebook\b",
}
_TIED = "|".join(
    (
        r"\bonly if you (agree|accept|consent|say yes)\b",
        r"\bby (order|buy|us|sign|enter|pay)ing\b.{0,60}\b(agree|accept|consent)\b",
        r"\bwith (your|this|each|every|an) (order|purchase|signature)\b.{0,60}\b(agree|accept|consent)\b",
        r"\byou (must|have to|need to) (agree|accept|consent|say yes)\b",
        r"\b(automatically|hereby) (agree|accept|consent)\b",
        r"\bwithout (your|a) (yes|permission|consent)\b.{0,60}\b(cannot|can't|can not|won't|will not)\b",
        r"\bif you (say no|refuse|do not agree|don't agree)\b.{0,60}"
        r"\b(cannot|can't|can not|won't|will not|no longer)\b",
        r"\b(condition|requirement|precondition) (of|for)\b",
        r"\b(required|necessary|mandatory|compulsory)\b.{0,60}\b(order|purchase|delivery|buy)\b",
        r"\bnur,? wenn sie (zustimmen|einwilligen|einverstanden sind|ja sagen)\b",
        r"\bmit (ihre[rm]|jede[rm]|de[rm]|einer) (bestellung|unterschrift|auftrag|kauf|einkauf)\b"
        r".{0,60}\b(stimmen sie|willigen sie|einverstanden)\b",
        r"\bdurch (die|ihre[n]?|den) (bestellung|nutzung|auftrag|kauf|einkauf)\b"
        r".{0,60}\b(stimmen sie|willigen sie|einverstanden)\b",
        r"\bsie müssen (zustimmen|einwilligen|ja sagen|einverstanden sein)\b",
        r"\b(stimmen|willigen) sie automatisch\b",
        r"\bohne (ihr ja|ihre (einwilligung|zustimmung))\b.{0,60}\b(können|dürfen|liefern|verkaufen)\b.{0,60}"
        r"\b(nicht|kein\w*)\b",
        r"\bwenn sie (nein sagen|nicht zustimmen|nicht einwilligen|ablehnen)\b.{0,60}\b(können|dürfen|liefern)\b.{0,60}"
        r"\b(nicht|kein\w*)\b",
        r"\b(voraussetzung|bedingung) (für|dafür)\b",
        r"\b(erforderlich|notwendig|verpflichtend)\b.{0,60}\b(auftrag|bestellung|lieferung|kauf)\b",
    )
)
