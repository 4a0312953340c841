"""The people who work here, and their roles."""

from __future__ import annotations

from desktop_crm.cli.answer import Answer, Facts, Table
from desktop_crm.cli.beginning import trusted_keystore
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.host.ids import id_text, parse_id
from desktop_crm.privacy.folding import fold
from desktop_crm.privacy.rights import NOTHING, Deed, Rights
from desktop_crm.records.declare import Part
from desktop_crm.services import staff
from desktop_crm.services import staff_report as reports
from desktop_crm.services.saving import Saved
from desktop_crm.services.staff import Colleague
from desktop_crm.services.staff_rules import AloneEnds, RoleView
from desktop_crm.services.starting import key_place
from desktop_crm.services.ways import LockDue, lock_state
from desktop_crm.words import Exit, Gone, M, Problem

_CHANGE_LOCK = M("Old copies of the keys open the file until the lock is changed: rotate-key")


def staff_list(call: Call) -> Answer:
    """`staff list`."""
    office = call.office
    found = staff.people(office, key_place(call.folder).store)
    say = call.terminal.words.say
    data = [
        {
            "number": one.number,
            "name": one.name if isinstance(one.name, str) else say(one.name),
            "role": one.role,
            "outside": one.outside,
            "until": one.until,
            "left_on": one.left_on,
            "second_factor": one.second_factor,
            "here": one.here,
            "way_in": one.way_in,
        }
        for one in found
    ]
    heads = (M("Name"), M("Role"), M("Until"), M("Left on"), M("Code from the telephone"), M("Way in"))
    rows = [(o.name, o.role_title, o.until, o.left_on, _yes(o.second_factor), _way_in(o)) for o in found]
    return Answer({"people": data}, (Table(heads, rows),))


def _yes(holds: bool) -> M:
    return M("yes") if holds else M("no")


def _way_in(one: Colleague) -> M | None:
    if one.left_on is not None:
        return None
    if one.here:
        return M("here")
    return M("another account or computer") if one.way_in else M("none: staff reset")


def staff_add(call: Call) -> Answer:
    """`staff add`."""
    office = call.office
    role = _role(call, call["role"])
    store = trusted_keystore()
    new = staff.NewPerson(
        call["name"], role.code, call.new_password(), call["outside"], call["until"], call["alone_ends"]
    )
    try:
        made = staff.add_person(office, call.folder, store, new)
    except AloneEnds as problem:
        raise Problem(problem.what, safe=problem.safe, todo=M("If you agree, add --alone-ends.")) from None
    said = (M("They sign in with their name and this password: --as NAME --password-stdin"),)
    return Answer({"id": made, "role": role.code}, (Facts([(M("Let in"), call["name"])]),), said)


def staff_role(call: Call) -> Answer:
    """`staff role`."""
    person, role = _person(call), _role(call, call["role"])
    staff.change_role(call.office, person.id, role.code)
    return Answer({"role": role.code}, (), (M("The new role holds from the next sign-in on."),))


def staff_until(call: Call) -> Answer:
    """`staff until`."""
    staff.set_until(call.office, _person(call).id, call["day"])
    return Answer({"until": call["day"]}, (Facts([(M("Until"), call["day"] or M("no end"))]),))


def staff_rename(call: Call) -> Answer:
    """`staff rename`."""
    person = _person(call)
    staff.rename_person(call.office, call.folder, trusted_keystore(), person.id, call["called"])
    return Answer({"name": call["called"]}, (Facts([(M("Name"), call["called"])]),))


def staff_reset(call: Call) -> Answer:
    """`staff reset`."""
    person = _person(call)
    staff.reset_password(call.office, call.folder, trusted_keystore(), person.id, call.new_password())
    return Answer({"reset": person.number}, (), (M("The new password holds on this computer."),))


def staff_password(call: Call) -> Answer:
    """`staff password`."""
    office = call.office
    staff.change_own_password(office, call.folder, trusted_keystore(), call.passphrase() or "", call.new_password())
    return Answer({"changed": True}, (), (M("Your new password holds on this computer."),))


def staff_remove(call: Call) -> Answer:
    """`staff remove`."""
    person = _person(call)
    if not call["yes"]:
        said = (
            M("Nobody was removed yet. They would come in nowhere any more; what they entered stays."),
            M("Their name stays in the list until the activity log tells of them no more. If it is meant, add --yes."),
        )
        return Answer({"removed": None}, (), said, Exit.REFUSED)
    staff.remove_person(call.office, call.folder, person.id)
    due = lock_state(call.office).due
    said = (M("They come in nowhere any more."), *((_CHANGE_LOCK,) if due is LockDue.WAY_REMOVED else ()))
    return Answer({"removed": person.number, "lock_due": due.value}, (), said)


def staff_second_factor(call: Call) -> Answer:
    """`staff second-factor`: the secret is shown beside the answer, for the code is read after it."""
    office = call.office
    if call["drop"]:
        staff.drop_second_factor(office, _person(call, "drop").id)
        return Answer({"second_factor": False}, (), (M("They sign in without a code again."),))
    enrolment = staff.begin_second_factor(office)
    call.terminal.say(M("Type this into the app on your telephone: {secret}", secret=enrolment.text))
    call.terminal.say(M("Or make a picture of this for it to read: {uri}", uri=enrolment.uri))
    call.terminal.say(M("Then give the six digits that it shows, as the next line."))
    codes = staff.confirm_second_factor(office, enrolment, call.next_line())
    said = (
        M("From now on a code is asked for when you sign in: --totp CODE"),
        M("Keep the spare codes on paper, away from the telephone. Each works once. They are not shown again."),
    )
    return Answer({"second_factor": True, "spare_codes": codes}, tuple(codes), said)


def staff_report(call: Call) -> Answer:
    """`staff report`."""
    person = _person(call, everybody=True)
    return _written(reports.staff_report(call.office, person.id, call["out"]))


def staff_own_report(call: Call) -> Answer:
    """`staff own-report`."""
    return _written(reports.own_report(call.office, call["out"]))


def _written(papers: list[Saved]) -> Answer:
    return Answer({"papers": [one.path for one in papers]}, (Facts([(M("Paper"), one.path) for one in papers]),))


def staff_case(call: Call) -> Answer:
    """`staff case`."""
    person, about = _person(call), call.person()
    made = staff.open_case(call.office, person.id, about, call["reason"], call["days"])
    return Answer({"case": made}, (Facts([(M("Case"), made)]),), (M("It holds from their next sign-in on."),))


def staff_cases(call: Call) -> Answer:
    """`staff cases`."""
    names = {one.id: one.name for one in staff.people(call.office)}
    found = staff.cases(call.office)
    data = [{"case": o.id, "person": o.person_id, "reason": o.reason, "until": o.until} for o in found]
    rows = [(one.id, one.person_id, names[one.staff_id], one.reason, one.until) for one in found]
    heads = (M("Case"), M("Person"), M("Opened for"), M("Why"), M("Until"))
    return Answer({"cases": data}, (Table(heads, rows),))


def staff_close_case(call: Call) -> Answer:
    """`staff close-case`."""
    case = parse_id(call["case"])
    if case is None:
        raise usage(M("This is not the number of a case."), M("The list shows the numbers."))
    staff.close_case(call.office, case)
    return Answer({"closed": id_text(case)}, (), (M("The case is closed."),))


def role_list(call: Call) -> Answer:
    """`role list`."""
    found = staff.roles(call.office)
    say = call.terminal.words.say
    data = [
        {
            "code": one.code,
            "title": one.title if isinstance(one.title, str) else say(one.title),
            "ready_made": one.ready_made,
            "second_factor": one.second_factor,
            "may": _typed(one.rights),
        }
        for one in found
    ]
    rows = [(one.code, one.title, _yes(one.second_factor), " ".join(_typed(one.rights))) for one in found]
    return Answer({"roles": data}, (Table((M("Number"), M("Role"), M("Needs a code"), M("May")), rows),))


def _typed(rights: Rights) -> list[str]:
    return sorted(f"{deed}.{part}" for deed, part in rights)


def role_save(call: Call) -> Answer:
    """`role save`."""
    typed = fold(call["title"])
    known = [one for one in staff.roles(call.office) if not one.ready_made and fold(str(one.title)) == typed]
    begun = _role(call, call["from"]).rights if call["from"] else NOTHING
    rights = begun | {_right(one) for one in call["may"]}
    form = staff.RoleForm(known[0].code if known else None, call["title"], frozenset(rights), call["needs_code"])
    code = staff.save_role(call.office, form)
    return Answer({"code": code, "may": _typed(form.rights)}, (Facts([(M("Role"), code)]),))


def _right(typed: str) -> tuple[Deed, Part]:
    deed, _, part = typed.partition(".")
    try:
        return Deed(deed), Part(part)
    except ValueError:
        raise usage(
            M("{name} needs a deed and a part, such as view.contacts.", name="--may"),
            M("Deeds: {deeds}. Parts: {parts}.", deeds=", ".join(Deed), parts=", ".join(Part)),
        ) from None


def role_remove(call: Call) -> Answer:
    """`role remove`."""
    role = _role(call, call["role"])
    staff.remove_role(call.office, role.code)
    return Answer({"removed": role.code}, (), (M("The role is gone."),))


def _person(call: Call, key: str = "name", *, everybody: bool = False) -> Colleague:
    """Who is meant: by name, or by the number that the list for machines shows. Raises Problem."""
    typed: str = call[key]
    for one in staff.people(call.office):
        named = isinstance(one.name, str) and fold(one.name) == fold(typed)
        if (named or one.number == typed) and (everybody or one.left_on is None):
            return one
    raise Gone(M("Nobody of this name works here."), todo=M("Look them up: staff list"))


def _role(call: Call, typed: str) -> RoleView:
    """The role of that code or title. Raises Problem."""
    say = call.terminal.words.say
    found = []
    for one in staff.roles(call.office):
        title = one.title if isinstance(one.title, str) else say(one.title)
        if one.code == typed or fold(title) == fold(typed):
            found.append(one)
    if len(found) > 1:
        raise usage(M("Several roles are called “{name}”.", name=typed), M("Give the number: role list"))
    if not found:
        raise usage(M("There is no such role."), M("Look them up: role list"))
    return found[0]
