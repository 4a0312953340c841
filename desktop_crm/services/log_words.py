"""What a line of the activity log says: one sentence for each act, the name looked up live and never stored."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.services.signs import Tone
from desktop_crm.words import M

Who = M | str
NO_LONGER_HERE = M("somebody no longer here")
"""Who was erased or taken out: the line stays, the name does not."""
NOT_SHOWN = M("somebody who is not shown to your role")


def describe(entry: AuditEntry, who: Who | None) -> M:
    """What was done, as it goes on after the name of who did it; `who` it was about, None for nobody.

    Each act of today has a sentence (a test asks for it); one that an older version did may have none any more.
    """
    if entry.act in _ABOUT and (who is not None or entry.act not in _PLAIN):
        return _ABOUT[entry.act](entry, who if who is not None else NO_LONGER_HERE)
    plain = _PLAIN.get(entry.act)
    return plain(entry) if plain is not None else M("worked with the customer file")


def plainly(entry: AuditEntry) -> M | None:
    """What was done, where it can be said without saying about whom; else None."""
    plain = _PLAIN.get(entry.act)
    return plain(entry) if plain is not None and entry.act not in _ABOUT else None


def told_break(one: Break) -> M:
    """Where and how the log was changed outside the program, in a sentence."""
    first, last = one.first, one.last
    match one.fault:
        case Fault.MISSING if first == last:
            return M("Line {first} is missing.", first=first)
        case Fault.MISSING:
            return M("Lines {first} to {last} are missing.", first=first, last=last)
        case Fault.SWAPPED:
            return M("Lines {first} and {last} were swapped.", first=first, last=last)
        case Fault.PUT_IN:
            return M("Line {first} was put in.", first=first)
        case Fault.CUT:
            return M("The end is missing: line {first} and what came after it.", first=first)
        case Fault.BEGUN_ANEW:
            return M("The log was emptied: line 1 does not tell of setting up the customer file.")
        case Fault.CHECKPOINT:
            return M("What stands for lines {first} to {last}, tidied away, does not fit.", first=first, last=last)
        case Fault.CHANGED:
            return M("Line {first} is not as it was written.", first=first)


def sign(entry: AuditEntry) -> tuple[str, Tone]:
    """Icon and tone of a line."""
    return _SIGNS.get(entry.act) or _VERBS[entry.verb]


_BY_WAY = {
    "key-store": M("opened the customer file with the key of this computer account"),
    "password": M("opened the customer file with the password"),
    "recovery-sheet": M("opened the customer file with the recovery sheet"),
    "invitation": M("opened the customer file with a code for another account"),
    "person": M("signed in"),
}


def _not_come_in(way: str, number: int) -> M:
    if way == "code":
        return M(
            "gave the right password, but no right code",
            "gave the right password {n} times, but no right code",
            n=number,
        )
    return M(
        "tried to open the customer file and could not",
        "tried {n} times to open the customer file and could not",
        n=number,
    )


_ABOUT: dict[str, Callable[[AuditEntry, Who], M]] = {
    "show": lambda _, who: M("opened the entry of {who}", who=who),
    "open_record": lambda _, who: M("opened the entry of {who}", who=who),
    "form_of": lambda _, who: M("opened the entry of {who} to correct it", who=who),
    "what_we_hold": lambda e, who: M(
        "looked at all that is held about {who}: {n} entry",
        "looked at all that is held about {who}: {n} entries",
        n=e.number,
        who=who,
    ),
    "set_basis": lambda _, who: M("said why {who} is kept", who=who),
    "of_person": lambda _, who: M("looked at the permissions of {who}", who=who),
    "history": lambda _, who: M("looked at the permissions of {who}", who=who),
    "questions": lambda _, who: M("looked what {who} may be asked", who=who),
    "add": lambda _, who: M("added {who}", who=who),
    "new_contact": lambda _, who: M("added {who}", who=who),
    "change": lambda _, who: M("corrected the entry of {who}", who=who),
    "edit": lambda _, who: M("corrected the entry of {who}", who=who),
    "undo": lambda _, who: M("took a change back at {who}", who=who),
    "tag": lambda _, who: M("put a label on {who}", who=who),
    "untag": lambda _, who: M("took a label off {who}", who=who),
    "note": lambda _, who: M("wrote down a note or an event with {who}", who=who),
    "change_note": lambda _, who: M("corrected a note or an event with {who}", who=who),
    "remove_note": lambda _, who: M("took out a note or an event with {who}", who=who),
    "purchase": lambda _, who: M("entered a purchase of {who}", who=who),
    "settle": lambda _, who: M("noted that a purchase of {who} is settled", who=who),
    "remove_purchase": lambda _, who: M("took out a purchase of {who}", who=who),
    "deliver": lambda _, who: M("entered a delivery ordered by {who}", who=who),
    "order": lambda _, who: M("entered a purchase of {who}, delivered to somebody else", who=who),
    "remove_delivery": lambda _, who: M("took out a delivery ordered by {who}", who=who),
    "add_detail": lambda _, who: M("entered a detail of {who} that is kept apart", who=who),
    "reveal": lambda _, who: M("opened a detail of {who} that is kept apart", who=who),
    "remove_detail": lambda _, who: M("took out a detail of {who} that is kept apart", who=who),
    "add_task": lambda _, who: M("noted something to be done for {who}", who=who),
    "change_task": lambda _, who: M("changed something to be done for {who}", who=who),
    "finish": lambda _, who: M("ticked off something to be done for {who}", who=who),
    "remove_task": lambda _, who: M("dropped something to be done for {who}", who=who),
    "give": lambda _, who: M("recorded an answer of {who}", who=who),
    "take_answers": lambda e, who: M(
        "recorded {n} answer of {who}", "recorded {n} answers of {who}", n=e.number, who=who
    ),
    "withdraw": lambda _, who: M("recorded that {who} took a permission back", who=who),
    "receipt": lambda _, who: M("made the receipt of answers of {who}", who=who),
    "print_form": lambda _, who: M("printed a form for {who}", who=who),
    "find_form": lambda _, who: M("looked up a printed form of {who}", who=who),
    "file_form": lambda e, who: M(
        "filed a form of {who} with {n} answer", "filed a form of {who} with {n} answers", n=e.number, who=who
    ),
    "tell": lambda _, who: M("noted that {who} was told how data is used", who=who),
    "print_notices": lambda _, who: M("printed the privacy notice for {who}", who=who),
    "notice_mail": lambda _, who: M("wrote the privacy notice to {who}", who=who),
    "mark_asked": lambda _, who: M("noted that {who} was asked again", who=who),
    "locks": lambda _, who: M("looked what {who} said against the use of their data", who=who),
    "restrict": lambda _, who: M("locked the data of {who}: kept, not used", who=who),
    "lift": lambda _, who: M("let the data of {who} be used again", who=who),
    "object_to": lambda _, who: M("recorded an objection of {who}", who=who),
    "weigh": lambda _, who: M("decided an objection of {who}", who=who),
    "take_objection_back": lambda _, who: M("recorded that {who} took an objection back", who=who),
    "add_wish": lambda _, who: M("noted how {who} wants to be reached", who=who),
    "drop_wish": lambda _, who: M("took out a wish of {who} about being reached", who=who),
    "reach_person": lambda _, who: M("rang or wrote to {who}", who=who),
    "mended": lambda _, who: M("noted that a copy with {who} in it was mended", who=who),
    "register": lambda _, who: M("entered a privacy request of {who}", who=who),
    "note_identity": lambda _, who: M("noted how it was made sure that it is {who} who asks", who=who),
    "set_channel": lambda _, who: M("corrected a privacy request of {who}", who=who),
    "set_received": lambda _, who: M("corrected a privacy request of {who}", who=who),
    "wait": lambda _, who: M("let a privacy request of {who} wait", who=who),
    "close": lambda _, who: M("closed a privacy request of {who}", who=who),
    "take_out_mistaken": lambda _, who: M("took out a privacy request of {who}: entered by mistake", who=who),
    "remember_copy": lambda _, who: M("noted when our copy of a paper for {who} goes", who=who),
    "found": lambda e, who: M(
        "collected {n} entry about {who}", "collected {n} entries about {who}", n=e.number, who=who
    ),
    "part_entries": lambda e, who: M(
        "looked at {n} entry about {who}", "looked at {n} entries about {who}", n=e.number, who=who
    ),
    "tick": lambda _, who: M("looked for {who} outside this program", who=who),
    "access_report": lambda _, who: M("made a copy of their data for {who}", who=who),
    "answer": lambda _, who: M("made a copy of their data for {who}", who=who),
    "take_along": lambda _, who: M("made data to take along for {who}", who=who),
    "entries_in_copy": lambda e, who: M(
        "looked at {n} entry of {who} in a safety copy",
        "looked at {n} entries of {who} in a safety copy",
        n=e.number,
        who=who,
    ),
    "bring_back_person": lambda e, who: M(
        "brought {who} back out of a safety copy: {n} entry",
        "brought {who} back out of a safety copy: {n} entries",
        n=e.number,
        who=who,
    ),
    "preview": lambda _, who: M("looked at what an erasure of {who} would take", who=who),
    "open_case": lambda _, who: M("opened the case of {who} to somebody", who=who),
    "close_case": lambda _, who: M("closed the case of {who}", who=who),
    "carry_out": lambda e, who: M(
        "said yes: {n} entry with {who} was erased", "said yes: {n} entries with {who} were erased", n=e.number, who=who
    ),
}
_PLAIN: dict[str, Callable[[AuditEntry], M]] = {
    "edit": lambda _: M("corrected an entry"),
    "undo": lambda _: M("took a change back"),
    "tag": lambda e: M("put a label on {n} person", "put a label on {n} people", n=e.number),
    "untag": lambda e: M("took a label off {n} person", "took a label off {n} people", n=e.number),
    "add_task": lambda _: M("noted something to be done"),
    "change_task": lambda _: M("changed something to be done"),
    "finish": lambda _: M("ticked off something to be done"),
    "remove_task": lambda _: M("dropped something to be done"),
    "find_form": lambda _: M("looked up a blank form"),
    "print_blank": lambda _: M("printed a blank form"),
    "print_sign_up": lambda _: M("printed a sign-up list"),
    "enter_list": lambda e: M(
        "entered a sign-up list with {n} answer", "entered a sign-up list with {n} answers", n=e.number
    ),
    "tell": lambda e: M(
        "noted that {n} person was told how data is used",
        "noted that {n} people were told how data is used",
        n=e.number,
    ),
    "print_notices": lambda e: M(
        "printed the privacy notice for {n} person", "printed the privacy notice for {n} people", n=e.number
    ),
    "erase": lambda _: M("erased a person"),
    "erasure_record": lambda _: M("made an erasure record again"),
    "carry_out": lambda e: M(
        "said yes: {n} entry past its keeping time was erased",
        "said yes: {n} entries past their keeping time were erased",
        n=e.number,
    ),
    "decide": lambda e: M("kept {n} entry longer", "kept {n} entries longer", n=e.number),
    "release": lambda e: M("set {n} entry free again", "set {n} entries free again", n=e.number),
    "mark_asked": lambda e: M(
        "noted that {n} person was asked again", "noted that {n} people were asked again", n=e.number
    ),
    "count_due": lambda e: M(
        "counted who is to be asked again: {n} answer", "counted who is to be asked again: {n} answers", n=e.number
    ),
    "run": lambda e: M(
        "looked at keeping times: {n} entry is due", "looked at keeping times: {n} entries are due", n=e.number
    ),
    "note_unfinished_searches": lambda e: M(
        "noted that {n} final search was not finished", "noted that {n} final searches were not finished", n=e.number
    ),
    "bring_in": lambda e: M("brought in a list with {n} person", "brought in a list with {n} people", n=e.number),
    "undo_import": lambda e: M(
        "took a list with {n} person back out", "took a list with {n} people back out", n=e.number
    ),
    "skipped_csv": lambda e: M("saved {n} left-out row of a list", "saved {n} left-out rows of a list", n=e.number),
    "make_copy": lambda _: M("made a safety copy"),
    "check_copy": lambda _: M("opened a safety copy to check it"),
    "erase_in_copy": lambda _: M("wrote a safety copy anew without those who were erased"),
    "adopt": lambda e: M(
        "entered {n} safety copy that was not in the list",
        "entered {n} safety copies that were not in the list",
        n=e.number,
    ),
    "reseal": lambda _: M("let the new recovery sheet open a safety copy"),
    "expire": lambda e: M(
        "destroyed the key of {n} safety copy", "destroyed the keys of {n} safety copies", n=e.number
    ),
    "see_copies": lambda e: M("looked for {n} safety copy", "looked for {n} safety copies", n=e.number),
    "replay": lambda e: M(
        "erased {n} person again in a copy brought back", "erased {n} people again in a copy brought back", n=e.number
    ),
    "note_brought_back": lambda _: M("brought a safety copy back"),
    "invoices": lambda e: M("opened {n} locked invoice", "opened {n} locked invoices", n=e.number),
    "make_list": lambda e: M("made a list with {n} person", "made a list with {n} people", n=e.number),
    "copy_addresses": lambda e: M(
        "copied the email address of {n} person", "copied the email addresses of {n} people", n=e.number
    ),
    "mended": lambda e: M("noted that {n} copy was mended", "noted that {n} copies were mended", n=e.number),
    "add_place": lambda _: M("entered a place outside this program"),
    "rename_place": lambda _: M("renamed a place outside this program"),
    "remove_place": lambda _: M("took out a place outside this program"),
    "use": lambda _: M("changed what data is used for"),
    "turn": lambda _: M("changed what data is used for"),
    "add_purpose": lambda _: M("set up a new purpose"),
    "change_purpose": lambda _: M("changed what data is used for"),
    "reword": lambda e: (
        M("changed the meaning of a question: earlier answers do not cover it")
        if "renewed_at" in e.fields
        else M("changed the words of a question")
    ),
    "renew_notice": lambda _: M("changed the privacy notice"),
    "put": lambda _: M("changed a setting"),
    "answer_yearly": lambda _: M("answered a question about the shop"),
    "change_shop": lambda _: M("changed the details of the shop"),
    "furnish": lambda _: M("set up the shop"),
    "complete": lambda _: M("finished setting up the shop"),
    "note_recovery": lambda _: M("opened the customer file with the recovery sheet"),
    "sign_in": lambda e: _BY_WAY.get(e.fields, M("opened the customer file")),
    "failed_sign_ins": lambda e: _not_come_in(e.fields, e.number),
    "miss_count": lambda _: M("found the count of failed attempts missing or changed"),
    "prune": lambda e: M(
        "took {n} line whose time was up out of this log",
        "took {n} lines whose time was up out of this log",
        n=e.number,
    ),
    "choose_months": lambda _: M("changed how long this log is kept"),
    "confirm_notice": lambda _: M("read what this log notes, and confirmed it"),
    "export_log": lambda e: M("saved {n} line of this log", "saved {n} lines of this log", n=e.number),
    "note_invited": lambda _: M("let another account of the computer in by a code"),
    "set_password": lambda _: M("set a new password for the customer file"),
    "keep_key_here": lambda _: M("gave this account a new key"),
    "remove_way": lambda _: M("took a way into the customer file away"),
    "invite": lambda _: M("made a code for another account"),
    "change_lock": lambda _: M("changed the lock of the customer file"),
    "confirm_sheet": lambda _: M("checked the recovery sheet"),
    "check_sheet": lambda _: M("typed the recovery sheet to check it"),
    "put_off_sheet": lambda _: M("put off the recovery sheet"),
}
_PEOPLE: dict[str, Callable[[AuditEntry], M]] = {
    "add_person": lambda _: M("let somebody in who works here"),
    "change_role": lambda _: M("gave somebody who works here another role"),
    "set_until": lambda _: M("changed until when somebody who works here may come in"),
    "rename_person": lambda _: M("changed the name of somebody who works here"),
    "reset_password": lambda _: M("set the password of somebody who works here anew"),
    "change_own_password": lambda _: M("changed their own password"),
    "remove_person": lambda _: M("let nobody in any more who left"),
    "forget_names": lambda e: M(
        "forgot the name of {n} person who left", "forgot the names of {n} people who left", n=e.number
    ),
    "mend_ways": lambda e: M(
        "took {n} way in away that belongs to nobody", "took {n} ways in away that belong to nobody", n=e.number
    ),
    "save_role": lambda _: M("changed what a role may do"),
    "remove_role": lambda _: M("took out a role"),
    "begin_second_factor": lambda _: M("began to set up codes from the telephone"),
    "confirm_second_factor": lambda _: M("set up codes from the telephone"),
    "drop_second_factor": lambda _: M("let somebody in without a code from the telephone again"),
    "use_code": lambda e: M("used a spare code") if "spare_code" in e.fields else M("gave the code from the telephone"),
    "prove": lambda _: M("gave the password once more"),
    "staff_report": lambda _: M("made a copy of what is held about somebody who works here"),
    "own_report": lambda _: M("made a copy of what is held about themselves"),
}
_PLAIN |= _PEOPLE
ACTS = frozenset(_ABOUT) | frozenset(_PLAIN)
"""The acts that have a sentence."""
_VERBS: dict[Verb, tuple[str, Tone]] = {
    Verb.LIST: ("list", Tone.NEUTRAL),
    Verb.VIEW: ("eye", Tone.NEUTRAL),
    Verb.ADD: ("plus", Tone.ACCENT),
    Verb.CHANGE: ("note", Tone.NEUTRAL),
    Verb.REMOVE: ("trash", Tone.NEUTRAL),
    Verb.ERASE: ("trash", Tone.DANGER),
    Verb.EXPORT: ("copy", Tone.WARNING),
    Verb.CHECK: ("clock", Tone.VIOLET),
    Verb.BACK_UP: ("box", Tone.INFO),
    Verb.SET_UP: ("gear", Tone.NEUTRAL),
    Verb.SIGN_IN: ("key", Tone.NEUTRAL),
}
_REQUEST = ("inbox", Tone.WARNING)
_SIGNS: dict[str, tuple[str, Tone]] = {
    "give": ("pen", Tone.SUCCESS),
    "take_answers": ("pen", Tone.SUCCESS),
    "file_form": ("pen", Tone.SUCCESS),
    "enter_list": ("pen", Tone.SUCCESS),
    "mark_asked": ("pen", Tone.NEUTRAL),
    "withdraw": ("undo", Tone.NEUTRAL),
    "receipt": ("file", Tone.NEUTRAL),
    "object_to": ("x", Tone.WARNING),
    "restrict": ("lock", Tone.WARNING),
    "lift": ("lock", Tone.SUCCESS),
    "undo": ("undo", Tone.NEUTRAL),
    "purchase": ("bag", Tone.ACCENT),
    "deliver": ("truck", Tone.ACCENT),
    "order": ("bag", Tone.ACCENT),
    "add_detail": ("shield", Tone.ACCENT),
    "reveal": ("eye", Tone.WARNING),
    "add_task": ("task", Tone.ACCENT),
    "finish": ("check", Tone.SUCCESS),
    "found": ("search", Tone.INFO),
    "register": _REQUEST,
    "close": _REQUEST,
    "take_out_mistaken": _REQUEST,
    "set_channel": _REQUEST,
    "set_received": _REQUEST,
    "wait": _REQUEST,
    "bring_in": ("download", Tone.INFO),
    "decide": ("clock", Tone.VIOLET),
    "release": ("clock", Tone.VIOLET),
    "note_recovery": ("key", Tone.WARNING),
    "add_person": ("users", Tone.WARNING),
    "change_role": ("users", Tone.WARNING),
    "reset_password": ("key", Tone.WARNING),
    "remove_person": ("users", Tone.WARNING),
    "save_role": ("users", Tone.WARNING),
    "own_report": ("copy", Tone.WARNING),
    "failed_sign_ins": ("key", Tone.DANGER),
    "miss_count": ("alert", Tone.DANGER),
}
