"""The final search: looks for a person's values in every page of a customer file, without the database engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_crm.storage.residue.cells import INDEX_INTERIOR, INDEX_LEAF, cells, kind_of, record_blobs
from desktop_crm.storage.residue.chains import Chains
from desktop_crm.storage.residue.full_text import WHOLE_WORD, encoded
from desktop_crm.storage.residue.leaves import Leaves, Versions
from desktop_crm.storage.residue.needles import Meaning, Wanted
from desktop_crm.storage.residue.pages import (
    CONTENT,
    PAGE,
    STRIDE,
    Chunk,
    PageCipher,
    PageReader,
    read_database,
    read_journal,
    read_log,
    salt_of,
)
from desktop_crm.storage.residue.patterns import Patterns
from desktop_crm.words import Exit, M, Problem

_SAMPLES = 8
_SAMPLE_PAGES = 32


@dataclass(frozen=True)
class Hit:
    """A value still there: index of the needle, never the value; page, frame, journal, overflow or full-text."""

    needle: int
    place: str
    page: int


@dataclass(frozen=True)
class Residue:
    """What was searched and what was found.

    `pages`, `frames` and `journal_pages` are stored pages read; `unreadable` those of them whose HMAC is wrong (never
    written ones apart); `needles` how many were long enough to be searched for; `held` how many needles had finds that
    were left out because living rows hold the same text.
    """

    pages: int
    frames: int
    journal_pages: int
    needles: int
    hits: tuple[Hit, ...]
    unreadable: int
    held: int = 0

    @property
    def clean(self) -> bool:
        """Every page could be read and nothing was found."""
        return not self.hits and not self.unreadable


def scan(
    database: Path,
    key: bytes,
    needles: Sequence[str],
    *,
    fold: Callable[[str], str],
    min_bytes: int = 6,
    progress: Callable[[int, int], bool | None] | None = None,
    held: Callable[[str], bool] | None = None,
) -> Residue:
    """Searches database, `-wal` and `-journal` for `needles` by their own decryption and decoding.

    Meant to run after the checkpoint, while nobody writes. Values are found as part of longer ones, full-text words
    only whole. `fold` is the function that folds text for the full-text index. Values and words under `min_bytes` (5
    or more) in UTF-8 are not searched for. `held` is asked about the text of each find, value, piece of a long value or
    folded word: is it also held by a living row, and so no residue? `progress` gets bytes done and in all; False stops.

    Raises Problem (exit 5) if the file is missing, empty or opens with another key; Problem (exit 1) if stopped.
    """
    wanted = Wanted(needles, fold, min_bytes)
    with ExitStack() as stack:
        files = _open_all(database, stack)
        cipher = PageCipher(key, _salt(database))
        search = _Search(wanted, cipher, files, held or (lambda _: False))
        for chunk in search.chunks(progress):
            search.take(chunk)
        return search.result()


def _open_all(database: Path, stack: ExitStack) -> dict[str, BinaryIO]:
    """The main file and, where they are there, its log and journal."""
    files: dict[str, BinaryIO] = {}
    for place, ending in (("page", ""), ("frame", "-wal"), ("journal", "-journal")):
        path = database.with_name(database.name + ending)
        if place == "page" or path.exists():
            try:
                files[place] = stack.enter_context(path.open("rb"))
            except OSError:
                raise _unreadable() from None
    return files


def _salt(database: Path) -> bytes:
    salt = salt_of(database)
    if len(salt) < 16:
        raise _unreadable()
    return salt


class _Search:
    """One run over all stored pages."""

    def __init__(
        self, wanted: Wanted, cipher: PageCipher, files: dict[str, BinaryIO], held: Callable[[str], bool]
    ) -> None:
        self._wanted = wanted
        self._held = held
        self._cipher = cipher
        self._files = files
        self._readers = {place: PageReader(file, cipher) for place, file in files.items()}
        sample = self._sample()
        self._common = self._set_apart(sample)
        self._patterns = Patterns(wanted.patterns, sample)
        self._chains = Chains(wanted, self._patterns.longest)
        self._leaves = Leaves(wanted, self._readers["page"])
        self._versions = {
            place: Versions(wanted, reader, self._readers["page"])
            for place, reader in self._readers.items()
            if place != "page"
        }
        self._found: dict[Hit, set[str]] = {}
        self._unclear: list[tuple[int, Meaning]] = []
        self._count = {"page": 0, "frame": 0, "journal": 0}
        self._unsound = 0

    def _sample(self) -> bytes:
        """Decrypted pages from all over the main file, in lower case."""
        file = self._files["page"]
        count = file.seek(0, 2) // PAGE
        raw: list[tuple[int, bytes]] = []
        for start in range(2, count, max(count // _SAMPLES, _SAMPLE_PAGES)):
            file.seek((start - 1) * PAGE)
            block = file.read(PAGE * min(_SAMPLE_PAGES, count - start))
            raw += [(start, block[at : at + PAGE]) for at in range(0, len(block), PAGE)]
        return self._cipher.decrypt(raw).lower()

    def _set_apart(self, sample: bytes) -> set[int]:
        """Takes out what is common and held for others, which would be found in every other page; gives its needles."""
        wanted = self._wanted
        seen = {wanted.patterns[index] for _, index in Patterns(wanted.patterns).find(sample)}
        meanings = {one for pattern in seen for one in (*wanted.values(pattern), *wanted.traces(pattern))}
        living = {text for text in {meaning.text for meaning in meanings} if self._held(text)}
        wanted.drop(lambda meaning: meaning.text in living)
        return {meaning.needle for meaning in meanings if meaning.text in living}

    def chunks(self, progress: Callable[[int, int], bool | None] | None) -> Iterator[Chunk]:
        """All stored pages; tells `progress` and stops if it says so."""
        reading = {"page": read_database, "frame": read_log, "journal": read_journal}
        total = sum(file.seek(0, 2) for file in self._files.values())
        before = 0
        for place, file in self._files.items():
            for chunk in reading[place](file, self._cipher):
                at = file.tell()
                yield chunk
                file.seek(at)
                if progress is not None and progress(before + chunk.end, total) is False:
                    raise Problem(M("The final search was stopped before its end."))
            before += file.seek(0, 2)

    def take(self, chunk: Chunk) -> None:
        """Searches one chunk and keeps what is needed from it for later."""
        unsound = sum(not stored.sound and not stored.blank for stored in chunk.pages)
        if chunk.place == "page" and not self._count["page"] and not any(stored.sound for stored in chunk.pages):
            raise _unreadable()
        self._unsound += unsound
        self._count[chunk.place] += len(chunk.pages)
        lowered = chunk.text.lower()
        leaves = self._read_cells(chunk, lowered)
        for at, index in self._patterns.find(lowered):
            self._judge(chunk, at, self._wanted.patterns[index], leaves)

    def _read_cells(self, chunk: Chunk, lowered: bytes) -> dict[int, list[tuple[int, int]]]:
        """Decodes the b-tree pages of a chunk; gives the ranges of full-text leaves by index of page."""
        leaves: dict[int, list[tuple[int, int]]] = {}
        if chunk.place == "page":
            self._readers["page"].remember(chunk)
        for index, stored in enumerate(chunk.pages):
            if not stored.sound:
                continue
            span = slice(index * STRIDE + 16, (index + 1) * STRIDE)
            content = chunk.text[span]
            self._chains.add(chunk.place, stored, content, lowered[span])
            if chunk.place == "page":
                found, leaves[index] = self._leaves.decode(stored.number, content)
                self._add_terms(stored.number, found)
            else:
                self._versions[chunk.place].add(stored.number, stored.offset, content)
        return leaves

    def _judge(self, chunk: Chunk, at: int, pattern: bytes, leaves: dict[int, list[tuple[int, int]]]) -> None:
        """Decides what a byte string found in a chunk means."""
        index, offset = divmod(at, STRIDE)
        offset -= 16
        if offset < 0 or index >= len(chunk.pages):
            return
        number = chunk.pages[index].number
        for meaning in self._wanted.values(pattern):
            self._add(meaning, chunk.place, number)
        traces = self._wanted.traces(pattern)
        if not traces:
            return
        content = chunk.text[index * STRIDE + 16 : (index + 1) * STRIDE]
        kind = kind_of(content, number)
        for meaning in traces:
            if kind in (INDEX_LEAF, INDEX_INTERIOR):
                if _separates(content, number, meaning.text):
                    self._add(meaning, "full-text", number)
            elif pattern.startswith(WHOLE_WORD) or any(start <= offset < end for start, end in leaves.get(index, ())):
                continue
            elif chunk.place == "page":
                self._unclear.append((number, meaning))
            else:
                self._add(meaning, "full-text", number)

    def _add(self, meaning: Meaning, place: str, number: int) -> None:
        self._found.setdefault(Hit(meaning.needle, place, number), set()).add(meaning.text)

    def _add_terms(self, number: int, found: list[bytes]) -> None:
        for term in found:
            for meaning in self._wanted.terms[term]:
                self._add(meaning, "full-text", number)

    def result(self) -> Residue:
        """Finishes what needs all pages, and sums up."""
        for versions in self._versions.values():
            for number, term in versions.decode():
                self._add_terms(number, [term])
        for number, meaning in self._unclear:
            if number not in self._leaves.claimed:
                self._add(meaning, "full-text", number)
        splits = (*self._chains.splits(self._patterns, self._wanted.patterns), *self._chains.loose_edges())
        for place, pattern in splits:
            for meaning in self._wanted.values(pattern):
                self._add(meaning, "overflow", place.number)
        hits = self._remaining()
        return Residue(
            pages=self._count["page"],
            frames=self._count["frame"],
            journal_pages=self._count["journal"],
            needles=self._wanted.count,
            hits=hits,
            unreadable=self._unsound,
            held=len((self._common | {hit.needle for hit in self._found}) - {hit.needle for hit in hits}),
        )

    def _remaining(self) -> tuple[Hit, ...]:
        """The finds whose text no living row holds."""
        texts = {text for found in self._found.values() for text in found}
        living = {text for text in texts if self._held(text)}
        rest = (hit for hit, found in self._found.items() if not found <= living)
        return tuple(sorted(rest, key=lambda hit: (hit.needle, hit.place, hit.page)))


def _separates(content: bytes, number: int, word: str) -> bool:
    """Whether an index page holds exactly this word as a blob, as the list of leaves of a full-text index does."""
    term = WHOLE_WORD + encoded(word)
    return any(
        term in record_blobs(content[cell.start : cell.start + cell.local])
        for cell in cells(content, number)
        if cell.start + cell.local <= CONTENT
    )


def _unreadable() -> Problem:
    return Problem(
        M("The final search could not open the customer file: it is missing or damaged, or this key is not its own."),
        safe=M("Nothing was changed: the search only reads."),
        todo=M("Leave the file where it is and bring back the newest safety copy."),
        code=Exit.DAMAGED,
    )
