"""What can be wrong with a file as a whole, told in plain words. No sentence holds anything a customer owns."""

from __future__ import annotations

from desktop_crm.words import Exit, M, Problem

_NOTHING = M("Nothing was brought in.")
_SAVE_AS_CSV = M("Open it in the program it comes from and save it as CSV (UTF-8), as Excel file (.xlsx) or as vCard.")


def _problem(what: M, todo: M | None = None) -> Problem:
    return Problem(what, safe=_NOTHING, todo=todo)


def not_there() -> Problem:
    """The path leads nowhere."""
    return _problem(M("There is no such file."), M("Please check the name and the folder."))


def is_folder() -> Problem:
    """A directory, a device, a pipe."""
    return _problem(M("This is a folder or a device, not a file."), M("Please choose the file with the list."))


def unreadable() -> Problem:
    """The operating system refuses."""
    return _problem(
        M("This file cannot be opened."), M("Close it in other programs, or ask whoever looks after this computer.")
    )


def changed() -> Problem:
    """Its bytes are not those that were checked a moment ago."""
    return _problem(M("The file changed while it was read."), M("Close it in other programs and try again."))


def empty() -> Problem:
    """No byte, or blanks only."""
    return _problem(M("The file is empty."))


def no_people() -> Problem:
    """A heading and nothing below it."""
    return _problem(M("The file has column headings but no people."), M("Please check that the export is complete."))


def not_a_list() -> Problem:
    """Pictures, programs, zeros."""
    return _problem(M("This is not a customer list: the file holds no readable text."), _SAVE_AS_CSV)


def other_format(name: M) -> Problem:
    """A known format that is not read."""
    return _problem(M("This is {format}; that cannot be read as a list.", format=name), _SAVE_AS_CSV)


def old_excel() -> Problem:
    """An .xls of Excel 97 to 2003."""
    return _problem(
        M("This is an old Excel file (.xls)."),
        M("Open it in Excel or LibreOffice and save it as .xlsx, then try again."),
    )


def locked_excel() -> Problem:
    """A workbook behind a password."""
    return _problem(
        M("This Excel file is protected by a password."),
        M("Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and try again."),
    )


def damaged_excel() -> Problem:
    """A workbook that cannot be read to its end."""
    return _problem(M("This Excel file is damaged or was not written by Excel."), _SAVE_AS_CSV)


def swollen_excel() -> Problem:
    """Unpacks to far more than any list: made to do harm, or broken."""
    return _problem(
        M("This Excel file would unpack to far more than a customer list can hold. It may have been made to do harm."),
        M("Ask whoever sent it for the list as CSV."),
    )


def too_wide(row: int, most: int) -> Problem:
    """More cells in a row than any list has."""
    return _problem(
        M("Row {row} has more than {most} columns. No customer list has so many.", row=row, most=most), _SAVE_AS_CSV
    )


def too_long(line: int) -> Problem:
    """A line beyond all measure."""
    return _problem(M("Line {line} is far too long for a customer list.", line=line), _SAVE_AS_CSV)


def card_too_long(card: int) -> Problem:
    """A card beyond all measure."""
    return _problem(M("Card {card} is far too long for one person.", card=card))


def open_quote(line: int) -> Problem:
    """A quotation mark that has no partner."""
    return _problem(
        M(
            "The quotation mark that opens in line {line} is never closed properly, so rows run into each other.",
            line=line,
        ),
        M("Look at that line in a text editor, or export the list again."),
    )


def mixed_encoding(line: int) -> Problem:
    """Bytes that are no UTF-8 among others that are, or belong to no known encoding."""
    return _problem(
        M(
            "The letters in line {line} cannot be read: the file mixes two encodings, or uses one we cannot tell.",
            line=line,
        ),
        M("Export it again and choose UTF-8 (in Excel: 'CSV UTF-8')."),
    )


def unknown_field(field: str) -> Problem:
    """A mapping to a field that does not exist; the person typed it, so it may be shown."""
    return Problem(
        M("There is no field called '{field}'.", field=field),
        todo=M("See the list of fields in the help."),
        code=Exit.USAGE,
    )


def unknown_column() -> Problem:
    """A mapping from a column that the file does not have."""
    return Problem(
        M("The file has no such column."), todo=M("Write the heading as it stands in the file."), code=Exit.USAGE
    )


def unknown_encoding() -> Problem:
    """An encoding that was chosen and does not exist."""
    return Problem(M("There is no such encoding."), todo=M("For example: utf-8, cp1250, cp850."), code=Exit.USAGE)
