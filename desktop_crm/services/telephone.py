"""Permission by telephone: what was read out, word for word, and the call in which it was."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.records.consent import ConsentHow, EvidenceKind
from desktop_crm.services.consents import Proof, SaidWith, keep_evidence, keep_screen
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import Writing
from desktop_crm.words import M

WE_RANG, THEY_RANG = M("We rang them"), M("They rang us")


@dataclass(frozen=True, slots=True, repr=False)
class PhoneCall:
    """A call: `script` is what was read out, in `language`, with the privacy notice that was offered.

    `when` is told in the words of whoever rang; `witness` heard it too.
    """

    script: str
    language: str
    notice: bytes | None
    they_rang: bool
    when: str = ""
    note: str = ""
    witness: str = ""


def keep_call(office: Office, writing: Writing, person: bytes, call: PhoneCall) -> tuple[str, SaidWith]:
    """Keep what was read out and in which call; returns that in a sentence, and what belongs to every answer."""
    how = ConsentHow.PHONE
    screen = keep_screen(office, writing, person, call.script, how=how, language=call.language, notice=call.notice)
    rang = office.words.say(THEY_RANG if call.they_rang else WE_RANG)
    told = ", ".join(part for part in (rang, storable(call.when)) if part)
    note = "\n".join(part for part in (told, storable(call.note)) if part)
    proof = keep_evidence(office, writing, person, screen, Proof(EvidenceKind.SCRIPT, note=note))
    return told, SaidWith(screen=screen, language=call.language, witness=call.witness or None, proof=proof)
