"""Known problems, told as what happened, what is safe, and what to do. Everything else that is raised is our bug."""

from enum import IntEnum, StrEnum

from desktop_crm.words.message import M


class Exit(IntEnum):
    """Exit codes of the command line; the window chooses its screen by them."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    LOCKED = 3
    NOT_ALLOWED = 4
    DAMAGED = 5


class WayOut(StrEnum):
    """What gets out of some problems. Window and command line go it in different ways, so each adds its own words."""

    LOOKED_AT_MENTIONS = "looked-at-mentions"
    COPY_GIVEN_UP = "copy-given-up"
    CAME_BACK = "came-back"
    DATE_IS_RIGHT = "date-is-right"
    LOOK_AGAIN = "look-again"
    END_HOLD = "end-hold"
    RECORD_AGAIN = "record-again"
    ERASE_WHOLE = "erase-whole"
    SAY_COLUMNS = "say-columns"


class Problem(Exception):
    """A problem a person can understand. `str()` holds the templates only, never a value."""

    def __init__(
        self,
        what: M,
        *,
        safe: M | None = None,
        todo: M | None = None,
        code: Exit = Exit.REFUSED,
        way_out: WayOut | None = None,
        about: str = "",
    ) -> None:
        """`about` is the number of what the way out is about, where it has one."""
        super().__init__(what.text)
        self.what = what
        self.safe = safe
        self.todo = todo
        self.code = code
        self.way_out = way_out
        self.about = about

    def sentences(self) -> tuple[M, ...]:
        """What happened, what is safe, what to do: as many of the three as there are."""
        return tuple(m for m in (self.what, self.safe, self.todo) if m is not None)


class Gone(Problem):
    """Whoever or whatever it is about is not in the file, or not any more. Nothing is wrong with the file."""
