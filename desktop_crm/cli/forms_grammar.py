"""The commands for forms on paper, sign-up lists, and telling people how their data is used."""

from desktop_crm.cli.grammar import CONTACT, COUNT, DAY, FILE, FOLDER, NAME, TEXT, Argument, Command, Option, count, day
from desktop_crm.cli.grammar import folder as path
from desktop_crm.records.contact import Told
from desktop_crm.words import LANGUAGES, M

_PURPOSE = M("PURPOSE")
_ASKED = Option("--purpose", M("What to ask for; give it again for each question."), _PURPOSE, repeat=True)
_OUT = Option("--out", M("The folder for the paper."), FOLDER, path, required=True)
_LANGUAGE = Option("--language", M("The language of the paper; without it, that of the shop."), choices=LANGUAGES)
_SCAN = Option("--scan", M("The scan of it: PDF, JPEG or PNG."), FILE, path, required=True)
_WHO = Option("--contact", M("The person, where the form was printed blank."), M("CONTACT"))

FORMS = (
    Command(
        "consent form",
        "forms",
        M("Print the form on which a person says yes or no; its code files the scan later."),
        (CONTACT,),
        (_ASKED, _OUT, Option("--own-accord", M("The person came up with it themselves."))),
    ),
    Command(
        "consent blank",
        "forms",
        M("Print a blank form for anybody, or a list that many sign at an event."),
        options=(
            _ASKED,
            Option("--occasion", M("The event; then it is a list, for one purpose."), TEXT),
            _LANGUAGE,
            _OUT,
        ),
    ),
    Command(
        "consent file",
        "forms",
        M("File a form that came back signed, with its scan as the proof."),
        (Argument("code", M("CODE"), M("The code on the form.")),),
        (
            _SCAN,
            Option("--on", M("The day beside the signature."), DAY, day, required=True),
            Option("--yes", M("What was ticked with yes."), _PURPOSE, repeat=True),
            Option("--no", M("What was ticked with no."), _PURPOSE, repeat=True),
            _WHO,
            Option("--guardian", M("The parent or guardian who signed, too."), NAME, default=""),
            Option("--note", M("Where the paper itself lies."), TEXT, default=""),
            Option("--again", M("It was filed before, and this is another sheet all the same.")),
        ),
    ),
    Command(
        "consent sheet",
        "forms",
        M("Enter a list that many signed at an event: everybody on it, or nobody."),
        options=(
            Option("--purpose", M("What they said yes to."), _PURPOSE, required=True),
            Option("--file", M("The names and e-mail addresses, typed off: a CSV file."), FILE, path, required=True),
            Option("--on", M("The day on which it was signed."), DAY, day, required=True),
            _SCAN,
            Option("--occasion", M("Where it lay, such as “autumn market”."), TEXT, required=True),
            Option("--code", M("The code on it, where it was printed here."), M("CODE"), default=""),
            Option(
                "--allow-erased",
                M("A line of a person who was erased and came back of their own accord."),
                M("ROW"),
                count,
                repeat=True,
            ),
            Option("--dry-run", M("Only show what would happen.")),
        ),
    ),
    Command(
        "informed list",
        "telling",
        M("List who was not told yet how their data is used, whoever has waited longest first."),
        options=(
            Option("--earlier", M("Instead, who was told of a notice that was changed since.")),
            Option("--limit", M("How many lines at most."), COUNT, count, default=50),
        ),
    ),
    Command(
        "informed tell",
        "telling",
        M("Note that a person was told how their data is used."),
        (CONTACT,),
        (
            Option("--how", M("How they were told."), choices=tuple(Told), read=Told, required=True),
            Option("--on", M("The day; without it, today."), DAY, day),
        ),
    ),
    Command(
        "notice print",
        "telling",
        M("Print the privacy notice: for the counter, or as letters, which are noted as told on paper."),
        options=(
            Option("--contact", M("A letter to this person; give it again for each."), M("CONTACT"), repeat=True),
            Option("--not-told", M("A letter to everybody who was not told yet.")),
            _LANGUAGE,
            _OUT,
        ),
    ),
)
