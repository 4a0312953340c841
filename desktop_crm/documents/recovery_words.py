"""What stands on a recovery sheet, for whoever sets it: as a PDF, or straight on a printer."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_crm.documents.model import RecoverySheet
from desktop_crm.words import M, Words


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a sentence."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class SheetWords:
    """Every word of the sheet in the reader's language, from top to bottom."""

    shop: str
    begun: str
    title: str
    lead: tuple[Span, ...]
    groups: tuple[str, ...] = field(repr=False)
    check_name: str
    check: str = field(repr=False)
    note: str
    advice: tuple[tuple[str, str], ...]
    """Title and text of each piece of advice."""
    warning: tuple[Span, ...]
    fields: tuple[str, ...]
    """Names of the lines to be filled in by hand."""
    foot: str


def sheet_words(data: RecoverySheet, words: Words) -> SheetWords:
    """The words of a sheet."""
    say = words.say
    return SheetWords(
        shop=data.shop,
        begun=say(M("Customer file “{shop}”, begun {day}", shop=data.shop, day=words.day(data.begun_on, long=True))),
        title=say(M("Recovery sheet")),
        lead=(
            Span(say(M("If this computer breaks or forgets its key,"))),
            Span(say(M("only this sheet")), strong=True),
            Span(say(M("opens your customer list. Nobody can make a second one for you, not even us."))),
        ),
        groups=data.groups,
        check_name=say(M("Check group")),
        check=data.check,
        note=say(_NOTE),
        advice=tuple((say(title), say(text)) for title, text in _ADVICE),
        warning=(
            Span(say(M("Treat it like a house key.")), strong=True),
            Span(say(_WHOEVER)),
        ),
        fields=tuple(map(say, _FIELDS)),
        foot=say(
            M(
                "Recovery sheet · printed {day} · Desktop CRM {version}",
                day=words.day(data.printed_on, long=True),
                version=data.version,
            )
        ),
    )


_WHOEVER = M("Whoever has this sheet and your computer, or one of your safety copies, can open everything.")
_NOTE = M(
    "Capitals or small letters, with or without spaces: all the same. The letters I, L, O and U do not occur: what "
    "looks like one is a 1, a 0 or a V. The check group finds slips of the pen."
)
_ADVICE = (
    (
        M("Keep it safe"),
        M("With your passport or birth certificate, not beside the computer. No photo: it may land in a cloud."),
    ),
    (
        M("When you need it"),
        M("Open the program, choose “Use the recovery sheet”, and type the 8 groups and the check group."),
    ),
    (
        M("If it gets lost"),
        M("While you can still open the list: Settings, “Recovery sheet”. That page tells what the old one opens."),
    ),
)
_FIELDS = (M("Kept at"), M("Second copy at"), M("Tried out on"), M("Initials"))
