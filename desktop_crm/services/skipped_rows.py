"""The rows of a list that were not brought in, as a list of their own: to be mended, and brought in again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_crm.documents.spreadsheet import table_csv
from desktop_crm.intake.person import PersonDraft
from desktop_crm.intake.reading import ListFile, open_list
from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch
from desktop_crm.services.acts import act
from desktop_crm.services.importing import ImportReport
from desktop_crm.services.office import Office
from desktop_crm.words import M


@act(Verb.EXPORT, ImportBatch)
def skipped_csv(office: Office, report: ImportReport, path: Path) -> bytes:
    """The rows that were left out as they stand in the file, with their number and why, as CSV.

    The person offered the file says where it is saved. Raises Problem if the list is no longer there.
    """
    say = office.words.say
    why = {row.row: "; ".join(map(say, row.reasons)) for row in report.rows if row.skipped}
    listed = open_list(path, country=office.shop.country)
    heads, rows = _cards(listed, office) if listed.kind == "vcard" else _table(listed, office)
    left_out = [(str(number), *cells, why[number]) for number, cells in rows if number in why]
    office.looked(None, report.batch, len(left_out))
    return table_csv([(say(M("Row")), *heads, say(M("Why it was left out"))), *left_out])


def _table(listed: ListFile, office: Office) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    columns = listed.layout.columns
    heads = [one.header or office.words.say(M("Column {number}", number=at)) for at, one in enumerate(columns, 1)]
    blank = [""] * len(heads)
    return heads, ((number, (cells + blank)[: len(heads)]) for number, cells in listed.cells())


def _cards(listed: ListFile, office: Office) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    heads = [office.words.say(head) for head in (M("Name"), M("Email"), M("Phone"))]
    return heads, ((draft.row, _card(draft)) for draft in listed.people())


def _card(draft: PersonDraft) -> list[str]:
    emails, phones = (", ".join(one.value for one in found) for found in (draft.emails, draft.phones))
    return [draft.name, emails, phones]
