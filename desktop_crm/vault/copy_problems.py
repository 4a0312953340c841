"""What is told of a safety copy that cannot be opened or made, in plain words."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.words import Exit, M, Problem


def no_copy(path: Path) -> Problem:
    """Another kind of file."""
    return _hurt(
        M("“{file}” is no safety copy of this program.", file=str(path)),
        M("Choose a file that ends in “.crmcopy”."),
    )


def not_reached(path: Path) -> Problem:
    """Not there, or not to be read: most often a stick in a drawer."""
    return Problem(
        M("The safety copy “{file}” cannot be reached just now.", file=str(path)),
        safe=_untouched(),
        todo=M("Plug in the stick or disk on which it lies."),
    )


def newer(path: Path) -> Problem:
    """A later format."""
    return _hurt(
        M("The safety copy “{file}” was made by a later version of this program.", file=str(path)),
        M("Install the later version, and open it with that."),
    )


def damaged() -> Problem:
    """A byte is not as it was written."""
    return _hurt(M("This safety copy is damaged: it is not as it was written."), _take_another())


def cut_off() -> Problem:
    """The file is shorter or longer than its label says."""
    return _hurt(M("This safety copy is not whole: it is not as long as it should be."), _take_another())


def other_file() -> Problem:
    """It belongs to another customer file."""
    return _hurt(
        M("This safety copy is of another customer file."),
        M("Choose a copy of this one, or bring it back into a folder of its own with its recovery sheet."),
    )


def not_for_sheet() -> Problem:
    """It was made while the sheet was not known to the key file."""
    return _closed(
        M("This safety copy was made before the recovery sheet could open safety copies."),
        M("It opens on the computer on which it was made, as long as that has the key."),
    )


def no_key() -> Problem:
    """This computer has no key to it (any more)."""
    return _closed(
        M("This computer has no key to this safety copy: it was made elsewhere, or its time is over."),
        M("Take the recovery sheet that was valid when it was made."),
    )


def _take_another() -> M:
    return M("Take another safety copy, and make a new one soon.")


def _hurt(what: M, todo: M) -> Problem:
    return Problem(what, safe=_untouched(), todo=todo, code=Exit.DAMAGED)


def _closed(what: M, todo: M) -> Problem:
    return Problem(what, safe=_untouched(), todo=todo, code=Exit.LOCKED)


def _untouched() -> M:
    return M("Nothing was changed.")
