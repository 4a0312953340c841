"""Forms on paper: printed, filed when they come back, and lists that many signed."""

from __future__ import annotations

from desktop_crm.cli.answer import Answer, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.services import asking, filing, paper_forms, sign_up
from desktop_crm.services.asking import Answer as Said
from desktop_crm.services.filing import Ticked
from desktop_crm.services.paper_forms import Printed
from desktop_crm.services.scans import LARGEST, read_scan
from desktop_crm.services.sign_up import LINES, Looked, SignUp, read_rows
from desktop_crm.words import M, Problem


def consent_form(call: Call) -> Answer:
    """`consent form`."""
    found = asking.questions(call.office, call.person())
    codes = call["purpose"] or [one.code for one in found.questions if one.may_ask]
    made = paper_forms.print_form(call.office, found, codes, call["out"], own_accord=call["own_accord"])
    return _printed(made)


def consent_blank(call: Call) -> Answer:
    """`consent blank`."""
    office, codes = call.office, call["purpose"]
    if not call["occasion"]:
        return _printed(paper_forms.print_blank(office, codes, call["out"], language=call["language"]))
    if len(codes) != 1:
        raise usage(M("A list that many sign is for one purpose."))
    made = paper_forms.print_sign_up(office, codes[0], call["occasion"], call["out"], language=call["language"])
    return _printed(made)


def _printed(made: Printed) -> Answer:
    data = {"code": made.code, "path": made.paper.path, "sha256": made.paper.sha256}
    return Answer(data, (Facts([(paper_forms.CODE, made.code), (M("Paper"), made.paper.path)]),))


def consent_file(call: Call) -> Answer:
    """`consent file`."""
    scan = read_scan(call["scan"])
    found = filing.find_form(call.office, call["code"], call.person_of(call["contact"]) if call["contact"] else None)
    if call["contact"] and call.person_of(call["contact"]) != found.person:
        raise Problem(M("This form was printed for somebody else."), safe=M("Nothing was filed."))
    if both := sorted(set(call["yes"]) & set(call["no"])):
        raise usage(M("The same question has a yes and a no: {code}.", code=both[0]))
    by_code = {one.code: one for one in found.questions}
    said = [(code, Said.YES) for code in call["yes"]] + [(code, Said.NO) for code in call["no"]]
    if strangers := [code for code, _ in said if code not in by_code]:
        raise Problem(
            M("This question does not stand on the form: {code}.", code=strangers[0]), safe=M("Nothing was filed.")
        )
    answered = {code for code, _ in said}
    said += [(code, Said.NOT_NOW) for code in by_code if code not in answered]
    ticked = Ticked(
        [(by_code[code], answer) for code, answer in said],
        call["on"],
        call["guardian"],
        call["note"],
        call["again"],
    )
    filed = filing.file_form(call.office, found, ticked, scan)
    data = {"lines": filed.lines, "said_later": filed.later, "renewed": filed.renewed}
    told = [filing.told_later(name) for name in filed.later] + [filing.told_renewed(name) for name in filed.renewed]
    return Answer(data, (Facts([(M("Answers"), len(filed.lines))]),), tuple(told))


def consent_sheet(call: Call) -> Answer:
    """`consent sheet`."""
    scan = read_scan(call["scan"])
    try:
        with call["file"].open("rb") as file:
            rows = read_rows(file.read(LARGEST).decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise Problem(M("This file cannot be read as text (UTF-8)."), safe=M("Nothing was entered.")) from None
    signed = SignUp(call["purpose"], call["occasion"], call["on"], rows, call["code"])
    if call["dry_run"]:
        return _looked(sign_up.look_through(call.office, signed), M("This was a trial: nothing was written."))
    entered = sign_up.enter_list(call.office, signed, scan, came_back=frozenset(call["allow_erased"]))
    return _looked(entered, M("Entered. Keep the paper: its scan goes with the first of them who is erased."))


def _looked(looked: list[Looked], said: M) -> Answer:
    data = [{"line": place, "what": one.line, "person": one.person} for place, one in enumerate(looked, 1)]
    rows = [(place, one.signed.name, LINES[one.line]) for place, one in enumerate(looked, 1)]
    return Answer(data, (Table((M("Row"), M("Name"), M("What became of it")), rows),), (said,))
