"""The commands for what data is used for, and for the words people read; the others are in `commands`."""

from __future__ import annotations

from desktop_crm.cli.grammar import COUNT, FILE, NAME, TEXT, Argument, Command, Option, count, folder
from desktop_crm.privacy.needed import NEEDABLE
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import PurposeKind, SpecialGround
from desktop_crm.words import M

_CODE = Argument("code", M("PURPOSE"), M("The code of the purpose, as “purpose list” shows it."))
_LANGUAGE = Option("--language", M("The language of the words, such as de or pl; without it, the shop's."), M("CODE"))
_WORDS = Option(
    "--file",
    M("A text file (UTF-8). Where permission is asked, a line each: the question, what it means, the way back, …"),
    FILE,
    folder,
)

PURPOSES = (
    Command("purpose list", "purposing", M("Show what data is used for, why, and which words hold.")),
    Command(
        "purpose add",
        "purposing",
        M("Set up a purpose of your own. One that bundles uses or ties something to a yes is refused."),
        options=(
            Option("--name", M("What it is called."), NAME, required=True),
            Option("--what-for", M("A sentence that says what you do with the data."), TEXT, required=True),
            Option(
                "--basis",
                M("Why you may."),
                choices=tuple(basis for basis in Basis if basis is not Basis.UNSORTED),
                read=Basis,
                default=Basis.CONSENT,
            ),
            Option(
                "--kind",
                M("What kind of use it is."),
                choices=tuple(PurposeKind),
                read=PurposeKind,
                default=PurposeKind.OTHER,
            ),
            Option(
                "--channel",
                M("By which way. A further way is a purpose of its own."),
                choices=tuple(Channel),
                read=Channel,
                required=True,
            ),
            Option("--days", M("For so many days a yes is valid."), COUNT, count, default=365),
            Option("--needs", M("Data it cannot do without."), choices=tuple(NEEDABLE), repeat=True),
            Option("--recipients", M("Who gets the data."), TEXT),
            Option("--balancing", M("Why your good reason weighs more than what it means for the people."), TEXT),
            Option(
                "--special",
                M("The condition under which very private data is used."),
                choices=tuple(SpecialGround),
                read=SpecialGround,
            ),
            _LANGUAGE,
            _WORDS,
        ),
        more=M(
            "The last two lines of the file say how a yes is taken back, and that a no changes nothing. Without a file "
            "nobody can be asked."
        ),
    ),
    Command(
        "purpose use",
        "purposing",
        M("Use data for a purpose, ready-made or your own, or no more."),
        (_CODE,),
        (Option("--off", M("No more. What people said stays as they said it.")),),
    ),
    Command(
        "purpose wording",
        "purposing",
        M("Show the words of a purpose, or put new ones in their place: a new version, the old ones stay."),
        (_CODE,),
        (
            _LANGUAGE,
            _WORDS,
            Option("--means-something-else", M("An earlier yes does not cover the new words: people are asked again.")),
        ),
    ),
    Command(
        "purpose notice",
        "purposing",
        M("Show the privacy notice, or put a new one in its place: a new version, the old one stays."),
        options=(_LANGUAGE, Option("--file", M("A text file (UTF-8)."), FILE, folder)),
    ),
)
