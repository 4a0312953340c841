"""Commands around keys and safety copies, and what each takes; the others are in `commands`."""

from __future__ import annotations

from desktop_crm.cli.grammar import FILE, FOLDER, NAME, TEXT, Argument, Command, Option, count, folder
from desktop_crm.words import M

WAYS = (
    Command(
        "recovery-sheet",
        "ways",
        M("Make a new recovery sheet, in place of the one before; safety copies within reach open with it, too."),
        options=(
            Option("--out", M("The file for the sheet (.pdf or text)."), FILE, folder, required=True),
            Option(
                "--anybody-who-finds-it",
                M("Save it on this computer, too: anybody who finds it can open everything."),
            ),
        ),
    ),
    Command("ways list", "ways", M("What opens the customer file, and since when.")),
    Command(
        "ways remove",
        "ways",
        M("Take a way in away. Two always remain, and the recovery sheet is one of them."),
        (Argument("number", M("NUMBER"), M("Its number, as the list shows it."), count),),
    ),
    Command(
        "ways password",
        "ways",
        M("Give the customer file a new password, read from the input, in place of the one before."),
    ),
    Command("ways this-account", "ways", M("Let this computer account open the file without a password.")),
    Command(
        "ways invite",
        "ways",
        M("A code that lets one more account of this computer in, once and within a day."),
        more=M("The folder must be one that both accounts may write to."),
    ),
    Command(
        "rotate-key",
        "ways",
        M("Change the lock: a new key, every page written anew, and the old key gone."),
        more=M("Stopped or killed at any moment, the file opens as before at the next start."),
    ),
)

_COPY_FILE = Argument("file", FILE, M("The safety copy, a file that ends in .crmcopy."), folder)
_CODE_FILE = Option(
    "--code-file",
    M("A text file with the 9 groups of the recovery sheet: opens the copy on any computer."),
    FILE,
    folder,
)

BACKUPS = (
    Command(
        "backup create",
        "backups",
        M("Make a safety copy: one encrypted file, opened and checked before it counts."),
        options=(
            Option(
                "--to",
                M("The folder or stick for it; without it, the one that was chosen for every day."),
                FOLDER,
                folder,
            ),
            Option("--every-day", M("Make one there every day from now on.")),
        ),
    ),
    Command("backup list", "backups", M("Show the safety copies: age, place, check, and who is still in them.")),
    Command(
        "backup verify",
        "backups",
        M("Open a safety copy, read every page and count every row. Changes nothing."),
        (_COPY_FILE,),
        (_CODE_FILE,),
    ),
    Command(
        "backup restore",
        "backups",
        M("Bring a safety copy back beside the customer file; whoever was erased since is erased in it again."),
        (_COPY_FILE,),
        (
            Option("--into", M("An empty folder for the customer file that comes back."), FOLDER, folder),
            Option("--in-place", M("Let it take the place of the present one, which is kept aside.")),
            Option("--yes", M("Take the place. Without it, only what would be different is shown.")),
            Option(
                "--replace-other-shop",
                M("Let it take the place of another shop's file; NAME is the shop of the safety copy."),
                NAME,
            ),
            _CODE_FILE,
        ),
        M(
            "It says what would be different. On a new computer give the file and the sheet. With --code-file and "
            "--passphrase-stdin the customer file that comes back opens with that password."
        ),
    ),
    Command(
        "backup person",
        "backups",
        M("Bring one person back out of a safety copy. Nobody who was erased comes back."),
        (
            _COPY_FILE,
            Argument(
                "text", TEXT, M("The person: words by which they are found in the copy, or their number."), many=True
            ),
        ),
        (
            Option("--also-changed", M("Let entries that are other here become what they were in the copy.")),
            Option(
                "--entry",
                M("Only this entry, by its number, as it was in the copy. Can be given several times."),
                M("NUMBER"),
                repeat=True,
            ),
            Option("--yes", M("Bring back. Without it, only what would come back is shown.")),
            _CODE_FILE,
        ),
    ),
    Command(
        "backup expire",
        "backups",
        M("Destroy the key of safety copies before their time; only the recovery sheet opens them then."),
        (Argument("copies", M("NUMBER"), M("Numbers of safety copies, as the list shows them."), many=True),),
        (Option("--yes", M("Destroy it. Without it, nothing happens.")),),
    ),
)
