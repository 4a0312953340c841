"""The commands for details that are kept apart. What they say is no word of the command: shells keep those."""

from desktop_crm.cli.grammar import CONTACT, DAY, Argument, Command, Option, day
from desktop_crm.records.sensitive import ApartKind
from desktop_crm.words import M

_DETAIL = M("The number of the detail, as “detail show” lists it.")

APART = (
    Command(
        "detail add",
        "apart",
        M("Keep a detail apart, such as a bank account: encrypted once more, masked, shown to few."),
        (CONTACT,),
        (
            Option("--kind", M("What it is."), choices=tuple(ApartKind), read=ApartKind, required=True),
            Option("--agreed", M("The day on which the person agreed to exactly this; needed for health."), DAY, day),
        ),
        more=M(
            "What it says is typed unseen or read from the first line of the input (after the password, where one is "
            "given there too), never from the command, which the computer may remember."
        ),
    ),
    Command(
        "detail show",
        "apart",
        M("List a person's details kept apart, masked; or open one of them, which the activity log notes."),
        (CONTACT,),
        (Option("--open", _DETAIL, M("NUMBER")),),
    ),
    Command(
        "detail remove",
        "apart",
        M("Take a detail kept apart out, for good."),
        (Argument("detail", M("NUMBER"), _DETAIL),),
    ),
)
