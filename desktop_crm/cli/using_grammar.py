"""The commands for using data and for what stands against it: the gate, lists, objections, locks, wishes, mending."""

from desktop_crm.cli.grammar import CONTACT, COUNT, FOLDER, TEXT, Argument, Command, Option, count, folder
from desktop_crm.documents.list_model import LABELS, ListForm
from desktop_crm.records.interaction import Channel
from desktop_crm.records.use import RestrictionGround
from desktop_crm.storage.usable import VALUES
from desktop_crm.words import M

_PURPOSE = Option("--purpose", M("What it is for, by its code."), M("PURPOSE"), required=True)
_CHANNEL = Option(
    "--channel", M("By which way."), choices=tuple(channel.value for channel in VALUES), read=Channel, required=True
)
_RECIPIENT = Option("--recipient", M("Who gets the data, as the purpose names them; without it, the shop."), TEXT)
_WHO = (
    Option("--label", M("Only people who bear this label."), M("LABEL")),
    Option("--contact", M("Only these people."), M("CONTACT"), repeat=True),
)
_OBJECTION = Argument("objection", M("NUMBER"), M("The number of the objection, as “object list” shows it."))

USING = (
    Command(
        "gate",
        "using",
        M("Show who may be used for a purpose by a channel, who may not, and why. Changes nothing."),
        options=(
            _PURPOSE,
            Option("--channel", M("By which way."), choices=tuple(map(str, Channel)), read=Channel, required=True),
            _RECIPIENT,
            *_WHO,
        ),
    ),
    Command(
        "list make",
        "using",
        M("Make a list for a purpose: who may not be used is left out and shown, and what leaves is noted."),
        options=(
            _PURPOSE,
            _CHANNEL,
            _RECIPIENT,
            *_WHO,
            Option("--form", M("As what."), choices=tuple(ListForm), read=ListForm, required=True),
            Option("--out", M("The folder for the list."), FOLDER, folder, required=True),
            Option("--labels", M("Which sheet of labels."), choices=tuple(one.code for one in LABELS), default="3x7"),
            Option("--begin-at", M("On which label of the first sheet to begin."), COUNT, count, default=1),
        ),
    ),
    Command(
        "object",
        "using",
        M("Record an objection: to all advertising, which counts at once, or to one purpose."),
        (CONTACT,),
        (
            Option("--to", M("The code of the purpose, or “advertising” for all of it."), M("PURPOSE"), required=True),
            Option("--reason", M("The reason; it is kept with the entry."), TEXT),
        ),
    ),
    Command(
        "object list",
        "using",
        M("Show what stands against the use of somebody's data: objections, locks, wishes."),
        (CONTACT,),
    ),
    Command(
        "object weigh",
        "using",
        M("Decide an objection to one purpose, with the reasons that the person is told."),
        (_OBJECTION,),
        (
            Option(
                "--outcome",
                M("Whether the objection or our reasons weigh more."),
                choices=("upheld", "rejected"),
                required=True,
            ),
            Option("--reason", M("How it was weighed."), TEXT, required=True),
        ),
    ),
    Command("object back", "using", M("The person takes an objection back."), (_OBJECTION,)),
    Command(
        "restrict",
        "using",
        M("Lock somebody's data: it is found, and not used, until the lock is lifted."),
        (CONTACT,),
        (
            Option("--reason", M("The reason; it is kept with the entry."), TEXT, required=True),
            Option("--ground", M("The ground by law."), choices=tuple(RestrictionGround), read=RestrictionGround),
        ),
    ),
    Command("restrict lift", "using", M("Let somebody's data be used again."), (CONTACT,)),
    Command(
        "wish add",
        "using",
        M("Note that somebody wants to be left alone on a channel, or at one address or number."),
        (CONTACT,),
        (
            _CHANNEL,
            Option("--value", M("The one email address, number or street; without it, the whole channel."), TEXT),
            Option("--service-only", M("Only for orders and deliveries.")),
            Option("--note", M("In their words."), TEXT),
        ),
    ),
    Command(
        "wish drop",
        "using",
        M("Take a wish out that the person does not have any more."),
        (Argument("wish", M("NUMBER"), M("The number of the wish, as “object list” shows it.")),),
    ),
    Command("mending list", "using", M("Show the copies that left and are no longer right, until each is mended.")),
    Command(
        "mending done",
        "using",
        M("Note that copies were mended."),
        (Argument("entries", M("NUMBER"), M("Numbers, as “mending list” shows them."), many=True),),
    ),
)
