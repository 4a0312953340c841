"""The commands about the ground on which people are kept."""

from desktop_crm.cli.grammar import CONTACT, TEXT, Command, Option
from desktop_crm.records.declare import Basis
from desktop_crm.words import M

BASIS = (
    Command(
        "basis list",
        "grounds",
        M("On which ground how many people are kept; or who is kept on none."),
        options=(
            Option("--none", M("Those kept on no ground, or by a permission that does not count any more, by name.")),
        ),
    ),
    Command(
        "basis set",
        "grounds",
        M("Say why you may keep a person, such as one who came in unsorted, and what shows it."),
        (CONTACT,),
        (
            Option(
                "--basis",
                M("Why you may keep this."),
                choices=tuple(basis for basis in Basis if basis is not Basis.UNSORTED),
                read=Basis,
                required=True,
            ),
            Option("--reason", M("What shows it: which order, deal, duty or good reason."), TEXT, required=True),
        ),
    ),
)
