"""Running numbers of papers: `R-2026-014` for requests, `E-2026-003` for erasures."""

from desktop_crm.records.technical import Setting
from desktop_crm.storage.transaction import Writing


def next_number(writing: Writing, letter: str, year: int) -> str:
    """The next number of that letter and year. Counted apart from the rows: an erased request's number stays used."""
    name = f"counter.{letter}-{year}"
    stored = writing.get(Setting, name)
    number = int(stored.value) + 1 if stored else 1
    writing.put(Setting(name=name, value=str(number)))
    return f"{letter}-{year}-{number:03d}"


def at_least(writing: Writing, number: str) -> None:
    """Let numbers go on after this one, which was given elsewhere."""
    letter_year, _, last = number.rpartition("-")
    name = f"counter.{letter_year}"
    stored = writing.get(Setting, name)
    if stored is None or int(stored.value) < int(last):
        writing.put(Setting(name=name, value=str(int(last))))
