"""Commands around the people who work here and their roles, and what each takes; the others are in `commands`."""

from __future__ import annotations

from desktop_crm.cli.grammar import COUNT, DAY, FOLDER, NAME, TEXT, Argument, Command, Option, count, day, folder
from desktop_crm.words import M

_PERSON = Argument("name", NAME, M("Somebody who works here, by name."))
_ROLE = M("ROLE")
_ROLE_ABOUT = M("A role: owner, manager, staff, read-only, data-protection, or one of your own by its name.")
_CONTACT = Argument("contact", M("CONTACT"), M("The person: a number as the search shows it, or an email address."))

STAFF = (
    Command("staff list", "staff", M("Who works here: role, last day, code from the telephone, way in.")),
    Command(
        "staff add",
        "staff",
        M("Let somebody in by a password of their own, read from the input after the one you sign in with."),
        (_PERSON,),
        (
            Option("--role", _ROLE_ABOUT, _ROLE, required=True),
            Option("--outside", M("Somebody from outside the shop; needs a last day.")),
            Option("--until", M("The last day on which they may come in."), DAY, day),
            Option(
                "--alone-ends",
                M("With the second person, opening without saying who you are ends: yes, that is meant."),
            ),
        ),
        M("The first person is an owner: yourself. The recovery sheet stays as it is."),
    ),
    Command(
        "staff role",
        "staff",
        M("Give somebody another role."),
        (_PERSON, Argument("role", _ROLE, _ROLE_ABOUT)),
    ),
    Command(
        "staff until",
        "staff",
        M("Set the last day on which somebody may come in; without a day, no end."),
        (_PERSON,),
        (Option("--day", M("The last day."), DAY, day),),
    ),
    Command(
        "staff rename",
        "staff",
        M("Call somebody by another name."),
        (_PERSON, Argument("called", NAME, M("The new name."))),
    ),
    Command(
        "staff reset",
        "staff",
        M("Set somebody's password anew on this computer, read from the input after the one you sign in with."),
        (_PERSON,),
    ),
    Command(
        "staff password",
        "staff",
        M("Change your own password: the old one is the first line of the input, the new one the second."),
    ),
    Command(
        "staff remove",
        "staff",
        M("Somebody leaves: from now on they come in nowhere."),
        (_PERSON,),
        (Option("--yes", M("Remove them. Without it, only what it means is told.")),),
    ),
    Command(
        "staff second-factor",
        "staff",
        M("Set up codes from your telephone: shows the secret, then reads the first code from the input."),
        options=(Option("--drop", M("Let this person in without a code again: their telephone is lost."), NAME),),
        more=M("Any app for such codes does (TOTP, RFC 6238). The spare codes are shown once."),
    ),
    Command(
        "staff report",
        "staff",
        M("What is held about somebody who works here, or did: PDF and JSON."),
        (_PERSON,),
        (Option("--out", M("The folder for the papers."), FOLDER, folder, required=True),),
    ),
    Command(
        "staff own-report",
        "staff",
        M("What is held about yourself: PDF and JSON. Everybody who signs in by name may have it."),
        options=(Option("--out", M("The folder for the papers."), FOLDER, folder, required=True),),
    ),
    Command(
        "staff case",
        "staff",
        M("Open a contact's notes and purchases to the data protection officer for some days."),
        (_PERSON, _CONTACT),
        (
            Option("--reason", M("Why; it is kept with the case."), TEXT, required=True),
            Option("--days", M("For so many days, 30 at most."), COUNT, count, default=7),
        ),
    ),
    Command("staff cases", "staff", M("Show which cases are open.")),
    Command(
        "staff close-case",
        "staff",
        M("End a case before its time."),
        (Argument("case", M("NUMBER"), M("Its number, as the list shows it.")),),
    ),
    Command("role list", "staff", M("Show the roles, and what each may do.")),
    Command(
        "role save",
        "staff",
        M("Make a role of your own, or say anew what it may do."),
        (Argument("title", NAME, M("What the role is called.")),),
        (
            Option(
                "--may", M("One thing it may do, such as view.contacts or change.notes."), M("DEED.PART"), repeat=True
            ),
            Option("--from", M("Begin with what this role may do."), _ROLE),
            Option("--needs-code", M("Whoever has it needs a code from the telephone.")),
        ),
    ),
    Command(
        "role remove",
        "staff",
        M("Take out a role of your own that nobody has."),
        (Argument("role", _ROLE, _ROLE_ABOUT),),
    ),
)
