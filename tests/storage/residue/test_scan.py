"""What is found before an erasure, what after, and that each ingredient of the recipe is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_crm.privacy.folding import fold
from desktop_crm.storage.residue.scan import scan
from desktop_crm.words import Exit, Problem
from tests.storage.residue.files import CustomerFile, canary


@pytest.fixture
def file(tmp_path: Path) -> CustomerFile:
    made = CustomerFile(tmp_path / "customers.db")
    made.fill()
    return made


def person(file: CustomerFile) -> tuple[int, list[str]]:
    """A person with a short name, a long text over several pages, and neighbours on both sides."""
    name, word, *text = [canary() for _ in range(900)]
    row = file.add(name, f"{word} " + " ".join(text))
    file.fill(50)
    return row, [name, word, text[100], text[400], text[-1]]


def indexes(found: object) -> set[int]:
    return {hit.needle for hit in found.hits}  # type: ignore[attr-defined]


def test_everything_is_found_before_it_is_erased(file: CustomerFile) -> None:
    _, values = person(file)
    file.checkpoint()
    found = file.search(*values, canary())
    assert indexes(found) == set(range(len(values)))
    assert {hit.place for hit in found.hits if hit.needle == 0} == {"page", "full-text"}
    assert (found.needles, found.frames, found.journal_pages, found.unreadable) == (6, 0, 0, 0)
    assert found.pages == file.path.stat().st_size // 4096


@pytest.mark.parametrize("journal", ["wal", "delete", "truncate"])
def test_nothing_is_found_after_the_recipe(tmp_path: Path, journal: str) -> None:
    file = CustomerFile(tmp_path / "customers.db", journal)
    file.fill()
    row, values = person(file)
    file.erase(row)
    if journal == "wal":
        file.checkpoint()
    found = file.search(*values)
    assert found.clean
    assert found.needles == len(values)


def test_an_erasure_without_overwriting_words_is_found_out(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", overwrite_words=False)
    file.fill()
    row, values = person(file)
    file.erase(row)
    file.checkpoint()
    found = file.search(*values)
    assert indexes(found) == set(range(len(values)))
    assert {hit.place for hit in found.hits} >= {"full-text"}


def test_an_erasure_without_checkpoint_is_found_out(file: CustomerFile) -> None:
    row, values = person(file)
    file.checkpoint()
    file.erase(row)
    found = file.search(*values)
    assert indexes(found) == set(range(len(values)))
    assert found.frames > 0
    assert "frame" not in {hit.place for hit in found.hits}


def test_an_erasure_without_overwriting_pages_is_found_out(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", overwrite=False)
    file.fill()
    row, values = person(file)
    file.checkpoint()
    file.erase(row)
    file.checkpoint()
    assert file.search(*values).hits


def test_a_correction_leaves_nothing_of_the_old_value(file: CustomerFile) -> None:
    row, values = person(file)
    file.run("BEGIN")
    name, note = file.connection.execute("SELECT name, note FROM person WHERE id = ?", (row,)).fetchone()
    file.connection.execute(
        "INSERT INTO words (words, rowid, name, note) VALUES ('delete', ?, ?, ?)", (row, name, note)
    )
    file.connection.execute("UPDATE person SET name = 'somebody', note = '' WHERE id = ?", (row,))
    file.connection.execute("INSERT INTO words (rowid, name, note) VALUES (?, 'somebody', '')", (row,))
    file.run("COMMIT")
    file.checkpoint()
    assert file.search(*values).clean


def test_a_value_that_is_only_in_the_log_is_found(file: CustomerFile) -> None:
    file.checkpoint()
    name = canary()
    file.add(name)
    assert "frame" in file.places(name)


def test_frames_from_before_the_log_was_restarted_are_read(file: CustomerFile) -> None:
    file.checkpoint()
    name = canary()
    row = file.add(name, " ".join(canary() for _ in range(2000)))
    file.erase(row)
    file.run("PRAGMA wal_checkpoint(RESTART)")
    file.add("somebody")
    assert "frame" in file.places(name)


def test_an_open_journal_is_read(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", "delete")
    file.fill(50)
    row, values = person(file)
    file.run("PRAGMA cache_size=5", "BEGIN IMMEDIATE")
    name, note = file.connection.execute("SELECT name, note FROM person WHERE id = ?", (row,)).fetchone()
    file.connection.execute(
        "INSERT INTO words (words, rowid, name, note) VALUES ('delete', ?, ?, ?)", (row, name, note)
    )
    file.connection.execute("UPDATE person SET name = 'x', note = '', paper = NULL")
    assert "journal" in file.places(*values)
    assert file.search(*values).journal_pages > 0
    file.run("ROLLBACK")


def test_a_journal_with_a_blanked_header_is_read(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", "persist")
    file.fill()
    row, values = person(file)
    file.erase(row)
    found = file.search(*values)
    assert {hit.place for hit in found.hits} & {"page", "full-text"} == {"full-text"} & {
        hit.place for hit in found.hits
    }
    assert "journal" in {hit.place for hit in found.hits}


def local(size: int, most: int) -> int:
    """Bytes of a payload that stay in its b-tree page (SQLite file format, section 1.6; 4016 usable bytes)."""
    fitting = 479 + (size - 479) % 4012
    return fitting if fitting <= most else 479


def paper(value: bytes, page: int, inside: int, size: int = 15000) -> bytes:
    """A blob for the table of people, in which overflow page `page` begins after `inside` bytes of the value."""
    header = 9  # one byte of length, number, name, note, three of blob; then one letter of name
    start = local(header + size, 3981) + 4012 * page - header - inside
    return b"." * start + value + b"." * (size - start - len(value))


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_value_is_found_wherever_a_page_ends_in_it(tmp_path: Path, page: int) -> None:
    file = CustomerFile(tmp_path / "customers.db")
    values = [canary(11) for _ in range(10)]
    for inside, value in enumerate(values, 1):
        file.add("x", "y", paper(value.encode(), page, inside))
    file.checkpoint()
    found = file.search(*values)
    assert [(hit.needle, hit.place) for hit in found.hits] == [(needle, "overflow") for needle in range(10)]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_letters_are_found_where_a_page_ends_in_them(tmp_path: Path, codec: str) -> None:
    file = CustomerFile(tmp_path / "customers.db")
    value = canary(11)
    file.add("x", "y", paper(value.encode(codec), 1, 7))
    file.checkpoint()
    assert file.places(value) == {"overflow"}


def test_a_value_is_found_where_a_cell_of_an_index_ends_in_it(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db")
    file.run("CREATE TABLE plain (text TEXT PRIMARY KEY) WITHOUT ROWID")
    values = [canary(11) for _ in range(10)]
    size = 2000
    for inside, value in enumerate(values, 1):
        start = local(size + 3, 981) - 3 - inside
        file.connection.execute("INSERT INTO plain VALUES (?)", (("." * start + value).ljust(size, "-"),))
    file.checkpoint()
    found = file.search(*values)
    assert [(hit.needle, hit.place) for hit in found.hits] == [(needle, "overflow") for needle in range(10)]


@pytest.mark.parametrize(("page", "inside"), [(1, 8), (1, 12), (1, 16), (2, 4), (2, 8), (2, 12)])
def test_part_of_a_value_is_found_at_the_edge_of_a_page_without_owner(tmp_path: Path, page: int, inside: int) -> None:
    file = CustomerFile(tmp_path / "customers.db", overwrite=False)
    value = canary(20)
    row = file.add("x", "y", paper(value.encode(), page, inside))
    file.run(f"DELETE FROM person WHERE id = {row}")
    # A long row takes the place of the cell, so that nothing leads to its overflow pages any more.
    file.run("INSERT INTO person (name) VALUES ('" + "-" * 3900 + "')")
    file.checkpoint()
    assert file.places(value) == {"overflow"}


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("change", [str, str.upper, str.title, fold])
def test_other_encodings_and_cases_are_found(file: CustomerFile, codec: str, change: object) -> None:
    name = f"Łucja Żół{canary(5)}"
    file.add("x", paper=b"odd" + change(name).encode(codec) + b"end")  # type: ignore[operator]
    file.checkpoint()
    assert "page" in file.places(name)


def test_a_value_in_json_is_found(file: CustomerFile) -> None:
    name = f"Łucja Żół{canary(5)}"
    file.add("x", paper=json.dumps({"name": name}).encode())
    file.checkpoint()
    assert "page" in file.places(name)


def test_a_word_of_a_value_is_found_in_the_full_text_index(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db")
    one, two = canary(), canary()
    file.add(f"{one} and {two}")
    file.checkpoint()
    assert {hit.place for hit in file.search(f"{two}-{one}").hits} == {"full-text"}


def test_words_that_living_rows_hold_can_be_left_out(file: CustomerFile) -> None:
    shared, own = canary(), canary()
    file.add(f"{own} {shared}")
    row = file.add(f"{shared} street")
    file.erase(row)
    file.checkpoint()
    found = file.search(f"{shared} street", own, held=lambda text: text in (shared, "street"))
    assert indexes(found) == {1}
    assert found.held == 1


def test_short_values_are_not_counted_as_searched(file: CustomerFile) -> None:
    assert file.search("Bo", "", "王明", canary()).needles == 2


def test_long_texts_are_searched_in_pieces(file: CustomerFile) -> None:
    text = " ".join(canary() for _ in range(2000))
    row = file.add("x", text)
    file.checkpoint()
    assert file.search(text).hits
    file.erase(row)
    file.checkpoint()
    assert file.search(text).clean


def test_many_needles_are_all_found(file: CustomerFile) -> None:
    names = [canary(size) for size in (5, 6, 6, 7, 8, 9, 10, 11) for _ in range(40)]
    for name in names:
        file.add(name)
    file.checkpoint()
    found = file.search(*names, min_bytes=5)
    assert indexes(found) == set(range(len(names)))


def test_a_damaged_page_is_counted_and_still_searched(file: CustomerFile) -> None:
    name = canary()
    file.add(name)
    file.checkpoint()
    pages = {hit.page for hit in file.search(name).hits if hit.place == "page"}
    for page in pages:
        # In the seal, not in the content: there the name itself might be hit.
        flip(file.path, page * 4096 - 10)
    found = file.search(name)
    assert found.unreadable == len(pages)
    assert not found.clean
    assert {hit.page for hit in found.hits if hit.place == "page"} == pages


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_a_damaged_frame_is_counted(file: CustomerFile) -> None:
    flip(file.path.with_name("customers.db-wal"), 32 + 24 + 500)
    assert file.search(canary()).unreadable == 1


def test_a_damaged_journal_page_is_counted(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", "persist")
    file.fill()
    file.run("UPDATE person SET name = 'x'")
    journal = file.path.with_name("customers.db-journal")
    before = file.search(canary())
    flip(journal, journal.stat().st_size // 2)
    after = file.search(canary())
    assert (before.unreadable, after.unreadable) == (0, 1)
    assert after.journal_pages == before.journal_pages


def test_a_wrong_key_is_a_problem(file: CustomerFile) -> None:
    with pytest.raises(Problem) as caught:
        scan(file.path, bytes(32), ["anybody"], fold=fold)
    assert caught.value.code is Exit.DAMAGED


@pytest.mark.parametrize("size", [0, 10, 16, 3000])
def test_a_file_without_a_first_page_is_a_problem(file: CustomerFile, size: int) -> None:
    file.checkpoint()
    file.path.write_bytes(file.path.read_bytes()[:size])
    with pytest.raises(Problem) as caught:
        file.search("anybody")
    assert caught.value.code is Exit.DAMAGED


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        scan(tmp_path / "customers.db", bytes(32), ["anybody"], fold=fold)
    assert caught.value.code is Exit.DAMAGED


def test_a_file_that_is_cut_off_is_read_to_its_end(file: CustomerFile) -> None:
    file.checkpoint()
    data = file.path.read_bytes()
    file.path.write_bytes(data[: len(data) // 2 // 4096 * 4096 + 1000])
    found = file.search(canary())
    assert (found.pages, found.unreadable) == (len(data) // 2 // 4096 + 1, 1)


def test_pages_that_were_never_written_are_no_fault(file: CustomerFile) -> None:
    file.checkpoint()
    with file.path.open("ab") as added:
        added.write(bytes(3 * 4096))
    assert file.search(canary()).unreadable == 0


def test_progress_is_told_and_can_stop(file: CustomerFile) -> None:
    told: list[tuple[int, int]] = []
    file.search(canary(), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    with pytest.raises(Problem) as caught:
        file.search(canary(), progress=lambda _done, _total: False)
    assert caught.value.code is Exit.REFUSED
