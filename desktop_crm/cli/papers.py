"""Copies of data, erasures, and their papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_crm.cli.answer import Answer, Block, Cell, Facts, Table
from desktop_crm.cli.call import Call
from desktop_crm.cli.grammar import usage
from desktop_crm.host.ids import id_text
from desktop_crm.records.erasure import Ground
from desktop_crm.services import contacts, labels
from desktop_crm.services.erasure_plan import ErasureOrder, Preview
from desktop_crm.services.proof import Searched
from desktop_crm.services.saving import Saved
from desktop_crm.words import LANGUAGES, Exit, M, Words


def access_report(call: Call) -> Answer:
    """`access-report`."""
    from desktop_crm.services import access

    answered = access.access_report(
        call.office, call.person(), call["out"], channel=call["channel"], received_on=call["received"]
    )
    data = {"number": answered.number, "entries": answered.entries, "papers": _papers(answered.papers)}
    rows: list[tuple[M, Cell]] = [(M("Number"), answered.number), (M("Entries"), answered.entries)]
    return Answer(data, (Facts([*rows, *_paths(answered.papers)]),), (M("The copy is ready to hand out."),))


def take_along(call: Call) -> Answer:
    """`take-along`."""
    from desktop_crm.services import portability

    taken = portability.take_along(
        call.office, call.person(), call["out"], channel=call["channel"], received_on=call["received"]
    )
    data = {"number": taken.number, "details": taken.details, "papers": _papers(taken.papers)}
    rows: list[tuple[M, Cell]] = [(M("Number"), taken.number), (M("Details"), taken.details)]
    return Answer(data, (Facts([*rows, *_paths(taken.papers)]),), (M("The data to take along is ready."),))


def _papers(papers: Sequence[Saved]) -> list[dict[str, Any]]:
    return [{"path": paper.path, "sha256": paper.sha256} for paper in papers]


def _paths(papers: Sequence[Saved]) -> list[tuple[M, Cell]]:
    return [(M("Paper"), paper.path) for paper in papers]


def erase(call: Call) -> Answer:
    """`erase`."""
    ground = call["ground"] or ground_of(call["reason"] or "") or Ground.NO_LONGER_NEEDED
    if not call["dry_run"]:
        missing = [name for name in ("reason", "out") if not call[name]]
        if missing:
            names = ", ".join(f"--{name}" for name in missing)
            raise usage(M("{options} is missing.", "{options} are missing.", options=names, n=len(missing)))
    if call["dry_run"] or not call["yes"]:
        return _previewed(call, ground)
    return _erased(call, ground)


def ground_of(reason: str) -> Ground | None:
    """The ground somebody wrote out, as its code or in the words of any language; None for words of their own."""
    typed = reason.strip().casefold()
    for ground in Ground:
        names = [ground.value, *(Words(language).say(labels.of(ground)) for language in LANGUAGES)]
        if typed in (name.casefold() for name in names):
            return ground
    return None


def _previewed(call: Call, ground: Ground) -> Answer:
    from desktop_crm.services import erasing

    person = call.person()
    shown = erasing.preview(call.office, person)
    data = {"erased": False, "person": person, "ground": ground, "preview": _preview_data(shown)}
    blocks = (_whom(call, person, ground), *_preview_blocks(shown))
    said = (M("Nothing was erased yet. This cannot be undone: if it is the right person, add --yes."),)
    if call["dry_run"]:
        return Answer(data, blocks, (M("This was a trial: nothing was erased."),))
    return Answer(data, blocks, said, Exit.REFUSED)


def _whom(call: Call, person: bytes, ground: Ground) -> Facts:
    """Who it is, so that a person can see whether it is the right one, and what was given as the reason."""
    found = contacts.named(call.office, [person])
    rows: list[tuple[M, Cell]] = [(M("Name"), one.name) for one in found]
    rows += [(M("Email or phone"), one.reach) for one in found]
    return Facts([*rows, *_why(call, ground)])


def _why(call: Call, ground: Ground) -> list[tuple[M, Cell]]:
    own_words = call["reason"] if call["reason"] and ground_of(call["reason"]) is None else ""
    return [(M("Ground"), labels.of(ground)), (M("Reason (not kept)"), own_words)]


def _erased(call: Call, ground: Ground) -> Answer:
    from desktop_crm.services import erasing

    order = ErasureOrder(
        ground,
        call["received"],
        keep_mark=not call["no_mark"],
        mentions_seen=call["mentions_seen"],
        given_up=call["copy_given_up"],
    )
    person = call.person()
    call.must_finish = True
    with call.terminal.progress(M("searching every page")) as bar:
        done = erasing.erase(call.office, person, call["out"], order, progress=bar)
    data = {
        "erased": True,
        "number": done.number,
        "ground": ground,
        "preview": _preview_data(done.preview),
        "search": {name: getattr(done.searched, name) for name in Searched.__slots__},
        "papers": _papers(done.papers),
    }
    head: list[tuple[M, Cell]] = [(M("Erasure record no."), done.number), *_why(call, ground)]
    facts = Facts([*head, *_paths(done.papers)])
    code = Exit.REFUSED if done.searched.found else Exit.DONE
    return Answer(data, (facts, *_preview_blocks(done.preview), _search(done.searched)), _said(done.searched), code)


def _search(searched: Searched) -> M:
    if searched.shared:
        return M(
            "We searched every page of the file for {details} details of this person: {found} found. Of these details, "
            "{n} also stands with others, so finding it proves nothing.",
            "We searched every page of the file for {details} details of this person: {found} found. Of these details, "
            "{n} also stand with others, so finding them proves nothing.",
            details=searched.details,
            found=searched.found,
            n=searched.shared,
        )
    return M(
        "We searched every page of the file for {details} details of this person: {found} found.",
        details=searched.details,
        found=searched.found,
    )


def _said(searched: Searched) -> tuple[M, ...]:
    if searched.found:
        return (
            M("The entries are erased, but the final search found traces of them in the file. The letter says so."),
            M("Please keep the record, and run the check-up (doctor)."),
        )
    if searched.pending:
        return (M("The final search could not read everything; the check-up (doctor) will remind you."),)
    letter = M("Hand out the letter now: it is kept nowhere in the program. Delete the file afterwards.")
    return (M("The person is erased."), letter)


def _preview_data(shown: Preview) -> dict[str, Any]:
    return {
        "entries": shown.entries,
        "gone": [{"part": part, "number": number} for part, number in shown.gone],
        "nameless": shown.nameless,
        "stays": [{"law": stay.law, "until": stay.until, "invoices": stay.numbers} for stay in shown.stays],
        "running": [{"what": one.what, "day": one.day} for one in shown.running],
        "copies_in_papers_folder": list(shown.copies),
        "mentioned_by": [{"person": one.person, "name": one.name, "text": one.text} for one in shown.mentions],
    }


def _preview_blocks(shown: Preview) -> tuple[Block, ...]:
    gone: list[tuple[M, Cell]] = list(shown.gone)
    if shown.nameless:
        gone.append((M("Stays without a name: {what}", what=labels.nameless(shown.nameless)), shown.nameless))
    stays: list[Block] = [
        M(
            "Stays locked: {n} invoice ({numbers}), because the law ({law}) asks for it until {day}.",
            "Stays locked: {n} invoices ({numbers}), because the law ({law}) asks for them until {day}.",
            n=len(stay.numbers),
            numbers=", ".join(number or "?" for number in stay.numbers),
            law=stay.law,
            day=stay.until,
        )
        for stay in shown.stays
    ]
    mentions: list[Block] = []
    if shown.mentions:
        heads = (M("Named in an entry of"), M("What it says"), M("Number"))
        mentions.append(Table(heads, [(one.name, one.text[:200], id_text(one.person)) for one in shown.mentions]))
    copies: list[Block] = [
        M("Not in this program, please delete them: files in the papers folder that begin with {name}.", name=name)
        for name in shown.copies
    ]
    running: list[Block] = [M("Still running: {what}", what=one.what) for one in shown.running]
    return (
        *running,
        Table((M("Goes"), M("Entries")), gone),
        *stays,
        *mentions,
        *copies,
        M("Not in this program, please look yourself: paper, mailbox, order book."),
    )


def erasure_record(call: Call) -> Answer:
    """`erasure-record`."""
    from desktop_crm.services import erasing

    papers = erasing.erasure_record(call.office, call["number"].upper(), call["out"])
    data = {"number": call["number"].upper(), "papers": _papers(papers)}
    return Answer(data, (Facts(_paths(papers)),))
