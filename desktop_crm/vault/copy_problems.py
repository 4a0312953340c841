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


class OtherShop(Problem):
    """A copy of one shop would take the place of another shop's customer file; `shop` is whose copy it is."""

    def __init__(self, shop: str) -> None:
        super().__init__(
            M("This safety copy is of “{shop}”, another customer file than the one that is here.", shop=shop),
            safe=_untouched(),
            todo=M("Bring it back into a folder of its own. Or, if it is to take the place here, give that name."),
            code=Exit.DAMAGED,
        )
        self.shop = shop


def other_sheet() -> Problem:
    """The code is whole, and this copy was sealed for another one."""
    return _closed(
        M("The groups are typed without a slip, but this sheet does not open this safety copy."),
        M("A safety copy opens with the recovery sheet of its time: perhaps that is an older one, or a newer one."),
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
