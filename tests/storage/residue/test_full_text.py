"""The decoder of full-text leaves, compared with what the database engine says."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from desktop_crm.privacy.folding import fold
from desktop_crm.storage.residue.cells import TABLE_LEAF, kind_of
from desktop_crm.storage.residue.full_text import contained, terms, traces, words
from desktop_crm.storage.residue.leaves import rows
from desktop_crm.storage.residue.needles import Wanted
from desktop_crm.storage.residue.pages import STRIDE, PageCipher, PageReader, read_database, salt_of
from desktop_crm.storage.residue.patterns import Patterns
from tests.storage.residue.files import CustomerFile, canary

TEXTS = st.text(st.sampled_from("abÄżл0 -漢"), max_size=60) | st.text(
    st.characters(max_codepoint=0x17F, categories=("L", "N", "Zs", "Po")), max_size=60
)


def leaves(connection: Any) -> Iterator[bytes]:
    """The leaves of an index as the engine gives them: row ids of leaves are above those of its own records."""
    for (block,) in connection.execute("SELECT block FROM f_data WHERE id > 1 << 36 AND NOT id & (1 << 36)"):
        yield bytes(block)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, max_size=12), st.sets(st.integers(0, 11)), st.sampled_from([32, 64, 100, 4050]))
def test_the_terms_of_all_leaves_are_those_of_the_vocabulary(texts: list[str], gone: set[int], size: int) -> None:
    connection = dbapi2.connect(":memory:", isolation_level=None)
    connection.execute("CREATE VIRTUAL TABLE f USING fts5 (t, prefix='2')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab (f, 'row')")
    connection.execute("INSERT INTO f (f, rank) VALUES ('secure-delete', 1)")
    connection.execute("INSERT INTO f (f, rank) VALUES ('pgsz', ?)", (size,))
    connection.execute("BEGIN")
    for row, text in enumerate(texts):
        connection.execute("INSERT INTO f (rowid, t) VALUES (?, ?)", (row, text))
    connection.execute("COMMIT")
    for row in gone:
        connection.execute("DELETE FROM f WHERE rowid = ?", (row,))
    found = {term for leaf in leaves(connection) for term in terms(leaf)}
    said = {term for (term,) in connection.execute("SELECT term FROM v")}
    assert {term[1:].decode() for term in found if term[:1] == b"0"} == said
    assert {term[1:].decode() for term in found if term[:1] == b"1"} == {term[:2] for term in said if len(term) > 1}
    connection.close()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_leaf_are_refused_quietly(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert all(terms(data))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_words_are_split_as_the_index_splits_them(text: str) -> None:
    connection = dbapi2.connect(":memory:", isolation_level=None)
    connection.execute("CREATE VIRTUAL TABLE f USING fts5 (t, tokenize='unicode61 remove_diacritics 0')")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab (f, 'row')")
    connection.execute("INSERT INTO f (t) VALUES (?)", (fold(text),))
    said = {term for (term,) in connection.execute("SELECT term FROM v")}
    assert set(words(text, fold=fold, min_bytes=1)) == said
    connection.close()


@pytest.mark.parametrize(("segments", "people"), [(11, 140), (14, 1)])
def test_each_word_of_an_index_is_found_and_no_other(tmp_path: Path, segments: int, people: int) -> None:
    file = CustomerFile(tmp_path / "customers.db", "delete")
    file.run("INSERT INTO words (words, rank) VALUES ('automerge', 0)")
    for _ in range(segments):
        file.fill(people)
    file.run("CREATE VIRTUAL TABLE v USING fts5vocab (words, 'row')")
    said = [term for (term,) in file.connection.execute("SELECT term FROM v")]
    others = [canary() for _ in range(500)]
    found = file.search(*said[::7], *others)
    hits = {hit.needle for hit in found.hits if hit.place == "full-text"}
    assert hits == set(range(len(said[::7])))


@pytest.mark.parametrize("upper", [None, b"0zzz", b"0a"])
def test_a_leaf_is_unpacked_only_where_a_word_can_be(upper: bytes | None) -> None:
    leaf = b"\x00\x00\x00\x0f" + b"\x040abc" + b"\x03\x01d" + b"\x03\x01e" + b"\x04\x05\x03"
    assert terms(leaf) == [b"0abc", b"0abd", b"0abe"]
    assert contained(leaf, upper, [b"0abd", b"0abf", b"1abc"]) == [b"0abd"]


def test_a_word_stored_by_its_last_letter_alone_is_found(tmp_path: Path) -> None:
    """Words in steps: each shares all but its last letter with the one before, so no search for bytes can find it."""
    file = CustomerFile(tmp_path / "customers.db", "delete", overwrite_words=False)
    base = canary(8)
    steps = ["".join(part) for part in itertools.accumulate(base)]
    row = file.add(" ".join(steps))
    for _ in range(20):
        file.fill(10)
    file.run("INSERT INTO words (words) VALUES ('optimize')")
    file.erase(row)
    assert file.places(base) == {"full-text"}
    assert plain_finds(file, base) == 0


def test_a_search_for_whole_values_alone_misses_words_that_are_there(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", "delete", overwrite_words=False)
    file.fill(1500)
    people = [(file.add(name), name) for name in (canary() for _ in range(40))]
    file.run("INSERT INTO words (words) VALUES ('optimize')")
    for row, _ in people:
        file.erase(row)
    names = [name for _, name in people]
    found = file.search(*names)
    assert {hit.needle for hit in found.hits if hit.place == "full-text"} == set(range(40))
    # The tombstones of the deletion hold some whole; the index itself holds hardly any.
    file.run("INSERT INTO words (words, rank) VALUES ('secure-delete', 0)")
    assert sum(plain_finds(file, name) > 0 for name in names) < 40


def plain_finds(file: CustomerFile, value: str) -> int:
    """What a scanner finds that decrypts all pages and looks for the value as it is."""
    with file.path.open("rb") as stored:
        cipher = PageCipher(file.key, salt_of(file.path))
        return sum(chunk.text.count(value.encode()) for chunk in read_database(stored, cipher))


def test_words_in_freed_pages_are_found_by_their_traces(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", "delete", overwrite=False)
    file.fill(800)
    names = [canary() for _ in range(40)]
    for name in names:
        file.add(name)
    file.run("INSERT INTO words (words) VALUES ('optimize')", "DROP TABLE words", "DROP INDEX person_name")
    file.run("UPDATE person SET name = 'x'")
    found = file.search(*names)
    assert {hit.needle for hit in found.hits if hit.place == "full-text"} == set(range(40))


def test_words_in_pieces_of_a_leaf_are_found_by_their_traces(tmp_path: Path) -> None:
    """Where the page with a leaf's beginning is damaged, its overflow page alone tells of the words."""
    file = CustomerFile(tmp_path / "customers.db", "delete")
    names = [canary() for _ in range(300)]
    for name in names:
        file.add("x", name)
    file.fill(300)
    file.run("INSERT INTO words (words) VALUES ('optimize')", "UPDATE person SET note = ''")
    data = bytearray(file.path.read_bytes())
    for number in pages_with_leaves(file):
        data[(number - 1) * 4096 + 2000 : number * 4096 - 80] = bytes(2016)
        data[(number - 1) * 4096] ^= 1
    file.path.write_bytes(data)
    found = {hit.needle for hit in file.search(*names).hits if hit.place == "full-text"}
    assert len(found) > len(names) * 2 // 3


def pages_with_leaves(file: CustomerFile) -> list[int]:
    found = []
    with file.path.open("rb") as stored:
        for chunk in read_database(stored, PageCipher(file.key, salt_of(file.path))):
            for index, page in enumerate(chunk.pages):
                if rows(page.number, chunk.text[index * STRIDE + 16 : (index + 1) * STRIDE]):
                    found.append(page.number)
    return found


def test_a_word_that_looks_like_another_where_it_is_stored_is_no_find(tmp_path: Path) -> None:
    """Stored are only the letters a word does not share with the one before: these are the same for both."""
    file = CustomerFile(tmp_path / "customers.db", "delete")
    ends = [canary() for _ in range(200)]
    # Of 200 pairs of random beginnings of three letters, one in a hundred times two are the same.
    for end in ends:
        start = "q" + canary(2)
        file.add("x", f"{start}a {start}{end}")
    file.fill(200)
    file.run("INSERT INTO words (words) VALUES ('optimize')")
    assert file.search(*("x" + canary(2) + end for end in ends)).clean


def test_a_word_stored_by_its_last_letter_is_found_in_the_log(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db")
    file.checkpoint()
    base = canary(9)
    row = file.add("x", " ".join([base[:-1], base, *(canary() for _ in range(900))]))
    file.run(f"UPDATE person SET note = '' WHERE id = {row}")
    assert "full-text" in {hit.place for hit in file.search(f"{base} {base[:3]}").hits}


def test_words_that_part_the_leaves_are_found_until_the_index_is_rebuilt(tmp_path: Path) -> None:
    """The list of leaves names the first word of each; neither deletion nor `optimize` of one segment touches it."""
    file = CustomerFile(tmp_path / "customers.db", "delete")
    file.run("INSERT INTO words (words, rank) VALUES ('pgsz', 64)")
    file.fill(30)
    names = [canary(11) for _ in range(60)]
    rows_added = [(file.add(name[:-1]), file.add(name)) for name in names]
    file.run("INSERT INTO words (words) VALUES ('optimize')")
    for pair in rows_added:
        for row in pair:
            file.erase(row)
    parting = {bytes(term)[1:].decode() for (term,) in file.connection.execute("SELECT term FROM words_idx")}
    left = {index for index, name in enumerate(names) if name in parting}
    found = {hit.needle for hit in file.search(*(f"{name}, x" for name in names)).hits if hit.place == "full-text"}
    assert left
    assert found == left
    file.run("INSERT INTO words (words) VALUES ('rebuild')")
    assert file.search(*names).clean


def test_traces_are_all_ways_to_store_a_word_with_enough_of_its_end() -> None:
    assert traces("abcdefgh") == [
        b"\x090abcdefgh",
        b"\x01\x08abcdefgh",
        b"\x02\x07bcdefgh",
        b"\x03\x06cdefgh",
    ]


def test_leaves_lie_in_pages_as_rows_of_a_number_and_a_blob(tmp_path: Path) -> None:
    file = CustomerFile(tmp_path / "customers.db", "delete")
    file.fill()
    cipher = PageCipher(file.key, salt_of(file.path))
    wanted = Wanted([canary()], fold, 6)
    with file.path.open("rb") as stored:
        reader = PageReader(stored, cipher)
        found = 0
        for chunk in read_database(stored, cipher):
            for index, page in enumerate(chunk.pages):
                content = chunk.text[index * STRIDE + 16 : (index + 1) * STRIDE]
                assert page.number == 1 or reader.content(page.number, page.offset) == content
                found += len(rows(page.number, content)) if kind_of(content, page.number) == TABLE_LEAF else 0
            stored.seek(chunk.end)
    (said,) = file.connection.execute("SELECT count(*) FROM words_data WHERE length(block) > 12").fetchone()
    assert found == said
    assert wanted.count == 1


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.binary(min_size=5, max_size=12), min_size=1, max_size=60, unique=True),
    st.binary(max_size=64),
    st.data(),
)
def test_patterns_are_found_at_every_offset(patterns: list[bytes], noise: bytes, data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(patterns))
    text = noise + pattern + noise
    expected = {
        (at, index) for index, known in enumerate(patterns) for at in range(len(text)) if text.startswith(known, at)
    }
    assert set(Patterns(patterns, noise).find(text)) == expected
