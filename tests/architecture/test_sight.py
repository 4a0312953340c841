"""Need to know: every way past what a role may see is listed here, with its reason."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tests.architecture.source import Source, sources

SQL = {
    "desktop_crm/storage/connection.py": "opens and closes; asks nothing of the rows",
    "desktop_crm/storage/copying.py": "copies whole files, encrypted, and counts; tells no value",
    "desktop_crm/storage/diagnose.py": "asks the engine whether pages and indexes are sound",
    "desktop_crm/storage/held.py": "asks, after an erasure, whether a text still belongs to anybody; answers yes or no",
    "desktop_crm/storage/listing.py": "each table it names is narrowed by what whoever asks may see",
    "desktop_crm/storage/migrate.py": "makes tables",
    "desktop_crm/storage/naming.py": "narrowed by `search.matching`; asks the list of words whether a word is a name",
    "desktop_crm/storage/readers.py": "keeps connections ready",
    "desktop_crm/storage/relocking.py": "writes the file anew under another key, and counts",
    "desktop_crm/storage/rows.py": "inserts rows",
    "desktop_crm/storage/search.py": "narrowed by `matching`; the words for near misses are only asked with",
    "desktop_crm/storage/search_index.py": "writes the index, inside an act that was allowed",
    "desktop_crm/storage/store.py": "begins and ends transactions, and cleans up",
    "desktop_crm/storage/usable.py": "what stands against a use counts whoever asks; tells yes or no, and why",
    "desktop_crm/storage/transaction.py": "`Reading` narrows each of its own; `Writing` writes inside an allowed act",
}
"""Where SQL is run, and why nothing hidden comes out of it."""
BARE = {
    "desktop_crm/services/office.py": "`Vocabulary`: words to search with, never shown",
    "desktop_crm/services/proof.py": "`LivingText`: answers yes or no",
    "desktop_crm/services/traces.py": "`LivingText`: answers yes or no",
}
"""Where the bare connection is given on, outside the storage room."""
WHOLE = {
    "services/asked_for.py: work": "which details purposes in use ask for, to enter no others; about nobody",
    "services/basis.py: _has_yes": "whether a yes of a person counts, to keep them on it; tells yes or no",
    "services/basis.py: work": "whether there is a purchase, which shows why somebody is kept; tells yes or no",
    "services/editing.py: work": "a name that was erased must be known before it is entered again; tells a day",
    "services/erasure_papers.py: _record": "the number of the line in the log stands on the paper",
    "services/health.py: _clock": "the newest line of the log says whether the clock went back; tells yes or no",
    "services/inspection.py: _of_chains": "whether the ledgers are unbroken; tells yes or no",
    "services/journal.py: breaks": "the log's own chain; tells numbers of lines",
    "services/journal.py: has_line": "the log's own chain; tells yes or no",
    "services/journal.py: head": "the log's own chain; the next line goes on from it",
    "services/keeping_times.py: __init__": "rules, and whether there is a purchase, say how long somebody is kept",
    "services/log_notice.py: work": "whether oneself has confirmed the notice",
    "services/looks.py: require_opened": "whether oneself has opened somebody; tells yes or no",
    "services/papers.py: _made_at": "the day on which a paper was made",
    "services/log_page.py: _lines": "whether somebody the log tells of is still here; tells yes or no",
    "services/requests.py: _ways_told": "whether somebody said how a request came",
    "services/requests.py: files_of": "which papers were made for a request",
    "services/retention.py: _ended_times": "whose keeping time is over follows from purchases; tells days",
    "services/staff_report.py: _report": "what is held of somebody who works here; no value of a customer",
    "services/today.py: _opened": "whom oneself has opened last",
    "services/using.py: verdicts": "what stands against a use counts whoever asks; tells yes or no, and why",
    "services/undoing.py: work": "whether somebody has worked with a person of a list; tells names that are seen",
}
"""Who asks for the whole in order to be right (`Reading.whole`), and what comes out of it."""
PAST = {
    "services/copies.py: row_of": "a line of the catalogue of copies",
    "services/importing.py: try_out": "a dry run; what it would write is checked like a writing",
    "services/ledger_lines.py: remember_erasures": "the ledger of erasures beside the file, which names nobody",
    "services/office.py: jot": "drafts",
    "services/office.py: remember_log": "the end of the log, remembered outside the file; tells yes or no",
    "services/office.py: shop": "the shop's own settings",
    "services/office.py: shop_now": "the shop's own settings",
    "services/office.py: read": "the one way in, which narrows",
    "services/office.py: _with_room": "the one way to write, whose act was checked",
    "services/one_person.py: _inside": "for an act that only those may do who see everything",
    "services/one_person.py: _would_return": "for an act that only those may do who see everything",
    "services/one_person.py: _refuse_erased": "for an act that only those may do who see everything",
    "services/one_person.py: bring_back_person": "for an act that only those may do who see everything",
}
"""Who reads or writes by the store and not by the office, and why."""


def _calls(one: Source, wanted: Callable[[ast.Call], bool]) -> Iterator[str]:
    """The innermost functions in which such a call stands."""

    def walk(node: ast.AST, inside: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            name = child.name if isinstance(child, ast.FunctionDef) else inside
            if isinstance(child, ast.Call) and wanted(child):
                yield f"{one.path.removeprefix('desktop_crm/')}: {name}"
            yield from walk(child, name)

    return walk(one.tree, "")


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _on_store(call: ast.Call) -> bool:
    on = call.func.value if isinstance(call.func, ast.Attribute) else None
    return _method(call) in ("read", "write") and isinstance(on, ast.Attribute) and on.attr == "store"


def _found(wanted: Callable[[ast.Call], bool]) -> set[str]:
    return {place for one in sources() for place in _calls(one, wanted)}


def test_sql_is_run_in_these_files_alone() -> None:
    execute = ("execute", "executemany", "executescript")
    assert {f"desktop_crm/{place.split(':')[0]}" for place in _found(lambda call: _method(call) in execute)} == set(SQL)


def test_the_bare_connection_leaves_the_storage_room_here_alone() -> None:
    bare = {
        one.path
        for one in sources()
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Attribute) and node.attr == "connection" and one.room != "storage"
    }
    assert bare == set(BARE)


def test_the_whole_is_asked_for_here_alone() -> None:
    assert _found(lambda call: _method(call) == "whole" and not call.args) == set(WHOLE)


def test_the_store_is_read_and_written_past_the_office_here_alone() -> None:
    assert {place for place in _found(_on_store) if place.startswith("services/")} == set(PAST)
