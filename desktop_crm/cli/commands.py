"""Every command of the command line, in the order of the help."""

from __future__ import annotations

from desktop_crm.cli.apart_grammar import APART
from desktop_crm.cli.basis_grammar import BASIS
from desktop_crm.cli.forms_grammar import FORMS
from desktop_crm.cli.grammar import CONTACT as _CONTACT
from desktop_crm.cli.grammar import (
    COUNT,
    DAY,
    FILE,
    FOLDER,
    NAME,
    TEXT,
    Argument,
    Command,
    Option,
    assignment,
    birthday,
    count,
    day,
    folder,
)
from desktop_crm.cli.purpose_grammar import PURPOSES
from desktop_crm.cli.safe import BACKUPS, WAYS
from desktop_crm.cli.staffing import STAFF
from desktop_crm.cli.using_grammar import USING
from desktop_crm.records.audit import LogGroup
from desktop_crm.records.consent import ConsentHow
from desktop_crm.records.contact import Stage, Told
from desktop_crm.records.declare import Basis
from desktop_crm.records.erasure import Ground
from desktop_crm.records.interaction import Channel, InteractionKind
from desktop_crm.records.purchase import Original
from desktop_crm.records.technical import YearlyQuestion
from desktop_crm.words import LANGUAGES, M

COMMON = (
    Option("--data-dir", M("The folder of the customer file, if it is not the usual one."), FOLDER, folder),
    Option("--json", M("Answer for machines: one JSON document, with machine names and ISO dates.")),
    Option("--lang", M("Language of the answer; for init also of the shop and its papers."), choices=LANGUAGES),
    Option("--passphrase-stdin", M("Open with a password, read from the first line of the input.")),
    Option("--password-stdin", M("The same, where you sign in by name.")),
    Option("--as", M("Sign in as this person, with their own password."), NAME),
    Option("--totp", M("The code from your telephone, or a spare code, where you have one."), M("CODE")),
)
"""Options of every command, before or after its name."""

_OUT_ABOUT = M("The folder for the papers.")
_REQUEST_CHANNEL = Option("--channel", M("How the request came."), choices=tuple(Channel), read=Channel)
_RECEIVED = Option("--received", M("The day the request came; without it, today."), DAY, day)
_REASON = Option("--reason", M("The reason; it is kept with the entry."), TEXT, required=True)
_ITEMS = Argument("items", M("ENTRY"), M("Numbers of entries, as the queue shows them."), many=True)
_PURPOSE_ABOUT = M("What it is for: newsletter, birthday-card, photos.")

_BEGINNING = (
    Command(
        "init",
        "beginning",
        M("Set up a new customer file, and give out its recovery sheet."),
        options=(
            Option(
                "--recovery-file",
                M("Put the recovery sheet into this file (.pdf or text); without it, the code is shown once."),
                FILE,
                folder,
            ),
            Option("--company", M("The name of the shop, as it stands on papers."), NAME),
            Option("--country", M("The country of the shop, such as DE."), M("CC")),
            Option("--region", M("The region of the shop, such as SN for Saxony."), M("RR"), default=""),
            Option("--zone", M("The time zone of the shop, such as Europe/Berlin."), M("ZONE")),
            Option("--street", M("Street and number of the shop, for papers."), TEXT, default=""),
            Option("--postal-code", M("Postcode of the shop."), TEXT, default=""),
            Option("--city", M("Town of the shop."), TEXT, default=""),
            Option("--phone", M("Phone number of the shop."), TEXT, default=""),
            Option("--email", M("Email address of the shop."), TEXT, default=""),
            Option("--responsible", M("Who is responsible for the data of customers."), NAME, default=""),
        ),
    ),
    Command(
        "shop",
        "beginning",
        M("Show what the program knows of the shop, or change it: it stands on every paper."),
        options=(
            Option("--company", M("The name of the shop, as it stands on papers."), NAME),
            Option("--street", M("Street and number of the shop, for papers."), TEXT),
            Option("--postal-code", M("Postcode of the shop."), TEXT),
            Option("--city", M("Town of the shop."), TEXT),
            Option("--phone", M("Phone number of the shop."), TEXT),
            Option("--email", M("Email address of the shop."), TEXT),
            Option("--responsible", M("Who is responsible for the data of customers."), NAME),
            Option("--region", M("The region of the shop, such as SN for Saxony."), M("RR")),
            Option("--zone", M("The time zone of the shop, such as Europe/Berlin."), M("ZONE")),
        ),
    ),
    Command(
        "recover",
        "beginning",
        M("Open with the recovery sheet, and give this computer (or a new password) the key again."),
        options=(
            Option(
                "--code-file", M("A text file with the 9 groups of the recovery sheet."), FILE, folder, required=True
            ),
        ),
        more=M(
            "With --passphrase-stdin the file gets that password as its new way in. The code for another account is "
            "taken as well: it gives the account that types it a key of its own."
        ),
    ),
)

_LISTS = (
    Command(
        "import",
        "lists",
        M("Bring in a customer list: CSV, Excel (.xlsx) or vCard. All of it or nothing."),
        (Argument("file", FILE, M("The list."), folder),),
        (
            Option("--source", M("Where these people come from, in your words."), TEXT, required=True),
            Option(
                "--basis",
                M("Why you may keep them. “unsorted” if you are not sure: no advertising until it is sorted."),
                choices=tuple(Basis),
                read=Basis,
                required=True,
            ),
            Option("--dry-run", M("Only show what would happen.")),
            Option("--all", M("List every single value that was left out.")),
            Option(
                "--duplicates",
                M("What to do with people who are here already."),
                choices=("skip", "update", "add"),
                default="skip",
            ),
            Option("--map", M("What a column means."), M("COLUMN=FIELD"), assignment, repeat=True),
            Option(
                "--allow-erased",
                M("A row of a person who was erased and came back of their own accord."),
                M("ROW"),
                count,
                repeat=True,
            ),
        ),
    ),
    Command(
        "undo-import",
        "lists",
        M("Take a whole list back out. People somebody has worked with since stay."),
        (Argument("batch", M("BATCH"), M("The number of the list, as the import shows it.")),),
        (Option("--also-edited", M("Take out people, too, with whom somebody has worked since.")),),
    ),
)

_PEOPLE = (
    Command(
        "find",
        "people",
        M("Find people by any word: name, email, phone, company, note. Small slips do not matter."),
        (Argument("text", TEXT, M("What to look for."), many=True),),
        (Option("--limit", M("How many at most."), COUNT, count, default=50),),
    ),
    Command("show", "people", M("Show everything about one person."), (_CONTACT,)),
    Command(
        "add",
        "people",
        M("Add a person: a name and one way to reach them are enough."),
        options=(
            Option("--name", M("The person's name."), NAME, required=True),
            Option("--email", M("An email address."), TEXT, repeat=True),
            Option("--phone", M("A phone number."), TEXT, repeat=True),
            Option("--address", M("A postal address, in one line."), TEXT, default=""),
            Option("--company", M("The company they work for."), NAME, default=""),
            Option("--birthday", M("The birthday; --05-01 or 1.5. if the year is not known."), DAY, birthday),
            Option("--language", M("The person's language, such as pl."), TEXT),
            Option("--stage", M("How they stand to the shop."), choices=tuple(Stage), read=Stage, default=Stage.LEAD),
            Option("--basis", M("Why you may keep this."), choices=tuple(Basis), read=Basis, default=Basis.CONTRACT),
            Option("--source", M("Where you know them from."), TEXT, default=""),
            Option("--informed-on", M("The day they were told how you use data."), DAY, day),
            Option("--informed-how", M("How they were told; without a day, today."), choices=tuple(Told), read=Told),
            Option("--deceased", M("The person has died.")),
            Option("--under-age", M("The person is under age.")),
            Option("--allow-erased", M("The person was erased and came back of their own accord.")),
        ),
    ),
    Command(
        "note",
        "people",
        M("Write down a note, call, email, meeting or visit."),
        (_CONTACT, Argument("text", TEXT, M("What to note."), many=True)),
        (
            Option(
                "--kind",
                M("What it was."),
                choices=tuple(InteractionKind),
                read=InteractionKind,
                default=InteractionKind.NOTE,
            ),
            Option("--channel", M("By which way."), choices=tuple(Channel), read=Channel),
        ),
    ),
    Command(
        "purchase",
        "people",
        M("Enter a purchase."),
        (_CONTACT,),
        (
            Option("--amount", M("What it cost, such as 12.50."), M("AMOUNT"), required=True),
            Option("--currency", M("The currency, such as EUR; without it, that of the shop's country."), M("CCC")),
            Option("--invoice", M("The invoice number."), TEXT),
            Option("--date", M("The day; without it, today."), DAY, day),
            Option("--description", M("What was bought."), TEXT),
            Option(
                "--original",
                M("Where the original of the invoice lies: only one kept here is held back at an erasure."),
                choices=tuple(Original),
                read=Original,
                default=Original.ELSEWHERE,
            ),
        ),
    ),
    Command(
        "deliver",
        "people",
        M("Note to whom an order goes: somebody who is never advertised to."),
        (_CONTACT,),
        (
            Option("--to", M("Who gets it."), NAME, required=True),
            Option("--on", M("The day of the delivery."), DAY, day, required=True),
            Option("--address", M("Where to."), TEXT),
            Option("--phone", M("Their phone number."), TEXT),
            Option("--card", M("The text on the card."), TEXT),
        ),
    ),
)

_HOW = Option(
    "--how",
    M("How it was said."),
    choices=tuple(how for how in ConsentHow if how not in {ConsentHow.IMPORT, ConsentHow.NOT_NOTED}),
    read=ConsentHow,
    default=ConsentHow.SCREEN,
)
_PURPOSE = Option("--purpose", _PURPOSE_ABOUT, M("PURPOSE"), required=True)

_RIGHTS = (
    Command(
        "consent give",
        "permissions",
        M("Record a permission, with the wording that was shown."),
        (_CONTACT,),
        (
            _PURPOSE,
            _HOW,
            Option("--evidence", M("Where the proof lies, such as “folder 2026, sheet 12”."), TEXT),
            Option("--refused", M("The person said no.")),
            Option("--guardian", M("The parent or guardian who agreed, for somebody too young."), TEXT),
            Option("--witness", M("Who was there."), TEXT),
            Option("--language", M("The language they were asked in, such as de."), TEXT),
        ),
    ),
    Command("consent refuse", "permissions", M("Record that a person said no."), (_CONTACT,), (_PURPOSE, _HOW)),
    Command("consent withdraw", "permissions", M("Take a permission back, at once."), (_CONTACT,), (_PURPOSE, _HOW)),
    Command(
        "consent due",
        "permissions",
        M("Show whose permission ends soon, ran out or is to other words, and how they may be asked again."),
        options=(
            Option("--purpose", _PURPOSE_ABOUT, M("PURPOSE")),
            Option("--within", M("What ends within so many days; without it, 60."), M("DAYS"), count, default=60),
        ),
    ),
    Command(
        "consent list",
        "permissions",
        M("Show where a person stands, with all that was said."),
        (_CONTACT,),
        (Option("--purpose", _PURPOSE_ABOUT, M("PURPOSE")),),
    ),
    Command(
        "receipt",
        "permissions",
        M("Write what a person answered last, to take home: PDF for people, JSON and JSON-LD for machines."),
        (_CONTACT,),
        (
            Option("--out", _OUT_ABOUT, FOLDER, folder, required=True),
            Option("--number", M("An earlier receipt, by its number."), M("NUMBER")),
        ),
    ),
    Command(
        "access-report",
        "papers",
        M("Give a person a copy of their data: PDF for people, JSON for machines."),
        (_CONTACT,),
        (Option("--out", _OUT_ABOUT, FOLDER, folder, required=True), _RECEIVED, _REQUEST_CHANNEL),
    ),
    Command(
        "take-along",
        "papers",
        M("Give a person what they told you, to take along to another shop: JSON, CSV and vCard."),
        (_CONTACT,),
        (Option("--out", _OUT_ABOUT, FOLDER, folder, required=True), _RECEIVED, _REQUEST_CHANNEL),
    ),
    Command(
        "erase",
        "papers",
        M("Erase a person, search every page of the file, and write the record and a letter."),
        (_CONTACT,),
        (
            Option(
                "--reason",
                M("Why, in your words or as one of the grounds. Your words are not kept; the ground is."),
                TEXT,
            ),
            Option("--out", _OUT_ABOUT, FOLDER, folder),
            Option("--ground", M("The ground by law."), choices=tuple(Ground), read=Ground),
            _RECEIVED,
            Option("--no-mark", M("Keep no do-not-bring-back mark: the person declines it.")),
            Option("--mentions-seen", M("Entries of others that name the person were looked at and decided.")),
            Option("--copy-given-up", M("The person no longer wants the copy that they asked for.")),
            Option("--dry-run", M("Only show what would go and what would stay.")),
            Option("--yes", M("Erase. Without it, only the preview is shown.")),
        ),
        more=M("--reason and --out are needed unless --dry-run is given."),
    ),
    Command(
        "erasure-record",
        "papers",
        M("Write the record of an earlier erasure again."),
        (Argument("number", M("NUMBER"), M("The number of the erasure, such as E-2026-003.")),),
        (Option("--out", _OUT_ABOUT, FOLDER, folder, required=True),),
    ),
)

_LIMIT_LINES = Option("--limit", M("How many lines at most."), COUNT, count, default=50)

_KEEPING = (
    Command(
        "retention preview",
        "keeping",
        M("Show what would be due for tidying up on a day. Changes nothing."),
        options=(Option("--on", M("The day; without it, today."), DAY, day), _LIMIT_LINES),
    ),
    Command(
        "retention run",
        "keeping",
        M("Put everything that is due into the queue that waits for your yes. Deletes nothing."),
        options=(Option("--date-is-right", M("Say that today's date is right, after the clock jumped.")),),
    ),
    Command(
        "retention queue",
        "keeping",
        M("Show what waits for your yes, the longest first."),
        options=(_LIMIT_LINES,),
    ),
    Command(
        "retention keep",
        "keeping",
        M("Keep entries of the queue longer, with the reason."),
        (_ITEMS,),
        (_REASON, Option("--until", M("Until this day; without it, for good."), DAY, day)),
    ),
    Command(
        "retention hold",
        "keeping",
        M("Do not delete (dispute): entries of the queue and their people stay until it is over."),
        (_ITEMS,),
        (_REASON, Option("--until", M("Until this day; without it, for good."), DAY, day)),
    ),
    Command(
        "retention erase",
        "keeping",
        M("Your yes: delete notes, recipients, kept invoices and marks of the queue. People go by “erase”."),
        (_ITEMS,),
        (Option("--yes", M("Delete. Without it, only what would go is shown.")),),
    ),
    Command(
        "retention invoices",
        "keeping",
        M("Open the invoices that the law keeps after an erasure, for a tax audit. The log notes it."),
    ),
)

_LINES = (
    Option("--contact", M("Only lines about this person."), M("CONTACT")),
    Option("--actor", M("Only lines of this person who works here, or of owner, program or unknown."), NAME),
    Option("--what", M("Only acts of this kind."), choices=tuple(LogGroup), read=LogGroup),
    Option("--since", M("Only from this day on."), DAY, day),
    Option("--until", M("Only up to this day."), DAY, day),
)
_LOG = (
    Command(
        "audit show",
        "activity",
        M("Show the newest lines of the activity log: who did what."),
        options=(*_LINES, _LIMIT_LINES),
    ),
    Command("audit verify", "activity", M("Check that nobody has changed or cut the activity log, and say where.")),
    Command(
        "audit export",
        "activity",
        M("Save lines of the activity log: numbers and fields, no customer's name."),
        options=(Option("--out", M("The file: .csv or .json."), FILE, folder, required=True), *_LINES),
    ),
    Command(
        "audit keep",
        "activity",
        M("Show how long the activity log is kept, or change it."),
        options=(Option("--months", M("For so many months, 6 to 36."), COUNT, count),),
    ),
    Command(
        "audit prune",
        "activity",
        M("Take out the lines whose time is up. The check of the log still proves the rest."),
        options=(Option("--date-is-right", M("Say that today's date is right, after the clock jumped.")),),
    ),
    Command(
        "audit notice",
        "activity",
        M("Show what everybody who works here is told about the activity log."),
        options=(Option("--confirm", M("You have read it.")),),
    ),
)

_LOOKING = (
    *_LOG,
    Command("where", "looking", M("Show every file, what it is for, and who can open it. Needs no key.")),
    Command("lock", "looking", M("Lock the customer file that is open in the window, as when nobody sits there.")),
    Command("doctor", "looking", M("Check file, log, keeping times, erasures, disk, folder and computer.")),
    Command(
        "yearly",
        "looking",
        M("Show what only people can see and is asked once a year, or answer it."),
        options=(
            Option(
                "--in-order",
                M("This is as it should be."),
                choices=tuple(YearlyQuestion),
                read=YearlyQuestion,
                repeat=True,
            ),
            Option(
                "--not-yet",
                M("This is not as it should be yet."),
                choices=tuple(YearlyQuestion),
                read=YearlyQuestion,
                repeat=True,
            ),
        ),
    ),
)

WINDOW = Command(
    "window",
    "looking",
    M("Open the window. So does the program's name alone, where there is a screen."),
    options=(Option("--bring-in", M("Begin to bring in this list."), FILE, folder, repeat=True),),
)

COMMANDS: tuple[Command, ...] = (
    WINDOW,
    *_BEGINNING,
    *WAYS,
    *STAFF,
    *_LISTS,
    *_PEOPLE,
    *APART,
    *PURPOSES,
    *BASIS,
    *_RIGHTS,
    *FORMS,
    *USING,
    *_KEEPING,
    *BACKUPS,
    *_LOOKING,
)
