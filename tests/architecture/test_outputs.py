"""Nothing leaves past the gate: each place where data goes out is listed here, with what it asks before."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import PACKAGE, Source, source, sources

_NAMES = {"copy_secret", "copy_value", "ring", "save", "write_atomically"}
"""Functions that let something out."""
_METHODS = {
    "clipboard",
    "openUrl",
    "ring",
    "setMimeData",
    "visit",
    "write",
    "write_bytes",
    "write_hidden",
    "write_text",
}
_ON = {"QDesktopServices", "QGuiApplication", "data", "reach"}
"""What such a method is called on, where it lets something out, such as the module `reach`."""

PLACES = {
    "services/handing.py: make_list": "the gate: `to_be_used`, for each person in it",
    "ui/use/making.py: _copied": "the gate: `handing.copy_addresses`",
    "ui/use/making.py: _write": "the gate: the addresses of `handing.copy_addresses`",
    "ui/forms/spoken.py: _dial": "the gate: after `handing.reach_person` alone",
    "ui/record/rail.py: _WAYS": "the gate: after `handing.reach_person`; a web address is nobody's way to be reached",
    "ui/paper/telling.py: _write": "the notice to the person it is for: `informing.notice_mail`, an act of its own",
    "services/access.py: _answered": "to the person: `to_the_person`",
    "services/portability.py: take_along": "to the person: `to_the_person`",
    "services/receipts.py: receipt": "to the person: `to_the_person`",
    "services/informing.py: _saved": "to the person: `to_the_person` for each letter; the law wants them told",
    "services/paper_forms.py: _saved": "to the person: `to_the_person`; a blank form names nobody",
    "services/staff_report.py: _write": "to the person who works here: `to_the_person`",
    "services/erasing.py: erase": "to the person: the letter; the record names nobody",
    "services/erasing.py: erasure_record": "names nobody",
    "services/recovery_sheet.py: save_sheet": "names nobody",
    "cli/beginning.py: keep_sheet": "names nobody",
    "cli/activity.py: audit_export": "the log holds numbers, no customer's name",
    "ui/screens/log.py: work": "the log holds numbers, no customer's name",
    "ui/import_list/result.py: work": "rows of a list just read go back to whoever brought it, an act of its own",
    "services/saving.py: save": "writes what one of the services above hands it",
    "ui/widgets/facts.py: _copy": "one value of a page whose opening is in the log; none while the person is locked",
    "ui/record/apart.py: _copy": "one value whose opening is in the log",
    "ui/made/sheet.py: _copy": "a password of a paper",
    "ui/people/factor.py: show_enrolment": "a key of whoever works here",
    "ui/people/spare.py: _copy": "codes of whoever works here",
    "ui/frame/problems.py: _buttons": "what somebody typed and could not be saved goes back to them",
    "ui/frame/problems.py: _copy": "words about a fault, which hold no customer's value",
    "ui/frame/problems.py: _save": "words about a fault, which hold no customer's value",
    "ui/files.py: open_in_system": "shows a file that was written already",
    "ui/clipboard.py: copy_value": "puts in what one of the places above hands it",
    "ui/clipboard.py: copy_secret": "puts in what one of the places above hands it",
    "ui/copied.py: __init__": "takes out what was copied",
    "ui/reach.py: visit": "opens what one of the places above hands it",
    "ui/reach.py: write_hidden": "opens what one of the places above hands it",
    "ui/reach.py: _open": "opens what one of the places above hands it",
    "app/docs.py: main": "writes the manual",
}
"""Where something leaves the program, and what stands before it. Files of the program's own are elsewhere."""
WRITERS = {
    "access_json.py: access_report_json": "a part of `access_report_files`",
    "finish.py: paper": "pages that a writer laid out",
    "locked.py: locked": "a finished paper",
    "machine.py: written": "a part of writers of JSON",
    "receipt_json.py: dpv_json": "a part of `receipt_files`",
    "receipt_json.py: kantara_json": "a part of `receipt_files`",
    "spreadsheet.py: table_csv": "rows that a writer or the log made",
    "vcard.py: vcard": "a part of `take_along_files` and `list_file`",
}
"""Public functions of documents that give bytes and do not ask for a `Released` themselves."""
_OWN_FILES = ("host", "vault")


def _is_output(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in _NAMES
    if not isinstance(node, ast.Attribute) or node.attr not in _METHODS:
        return False
    on = node.value
    name = on.id if isinstance(on, ast.Name) else getattr(on, "attr", "")
    return name in _ON or node.attr in {"setMimeData", "write_bytes", "write_text"}


def outputs(one: Source) -> Iterator[str]:
    """The innermost functions, or names of the module, in which something leaves."""

    def walk(node: ast.AST, inside: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            name = child.name if isinstance(child, ast.FunctionDef) else inside
            if isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name) and not inside:
                name = child.target.id
            if _is_output(child):
                yield f"{one.path.removeprefix(f'{PACKAGE}/')}: {name}"
            yield from walk(child, name)

    return walk(one.tree, "")


def test_each_place_where_something_leaves_is_listed_with_what_stands_before_it() -> None:
    found = {place for one in sources() if one.room not in _OWN_FILES for place in outputs(one)}
    assert found == set(PLACES)


@pytest.mark.parametrize(
    "text",
    [
        "def leak(rows):\n    write_atomically(path, rows)",
        "def leak(rows):\n    QGuiApplication.clipboard().setText(rows)",
        "def leak(rows):\n    QDesktopServices.openUrl(rows)",
        "def leak(rows):\n    reach.write(rows)",
        "def leak(rows):\n    path.write_text(rows)",
        "WAYS: dict = {1: reach.ring}",
    ],
)
def test_a_new_way_out_is_found(text: str) -> None:
    assert list(outputs(source(f"{PACKAGE}/ui/new.py", text)))


def test_every_writer_of_papers_asks_for_what_the_gate_released() -> None:
    free = set()
    for one in sources(f"{PACKAGE}/documents"):
        for node in one.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if node.returns is not None and "bytes" in ast.unparse(node.returns):
                asked = [ast.unparse(each.annotation) for each in node.args.args if each.annotation]
                if not any("Released[" in told or told == "People" for told in asked):
                    free.add(f"{one.path.rpartition('/')[2]}: {node.name}")
    assert free == set(WRITERS)


def test_what_the_gate_asks_about_is_asked_in_one_place() -> None:
    """`may_use` is called by the service alone, so that no output asks a question of its own."""
    asking = {one.path for one in sources() if "may_use(" in one.text}
    assert asking == {f"{PACKAGE}/privacy/use.py", f"{PACKAGE}/services/using.py"}
