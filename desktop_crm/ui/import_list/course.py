"""What was chosen so far on the way of a list into the customer file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop_crm.services.import_preview import ImportLook
from desktop_crm.services.importing import Duplicates, ImportOrder, ImportReport, OrderReason, RowReport, order_for


@dataclass(slots=True, repr=False)
class Course:
    """Filled in step by step; a step back forgets nothing."""

    path: Path | None = None
    look: ImportLook | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    """What a person chose for columns, by their key; everything else is guessed."""
    reason: OrderReason | None = None
    source: str = ""
    proof: str = ""
    signed_up_by: date | None = None
    """By when all with a yes had given it; of nobody without a proof."""
    duplicates: Duplicates = Duplicates.UPDATE
    """What becomes of everybody who is here already and of whom nothing else was said."""
    decisions: dict[int, Duplicates] = field(default_factory=dict)
    allow_erased: set[int] = field(default_factory=set)
    twins: tuple[RowReport, ...] = ()
    """Rows of people who are here already, or higher up in the list."""
    erased: tuple[RowReport, ...] = ()
    trial: ImportReport | None = None
    report: ImportReport | None = None
    seconds: int = 0

    def begin(self, path: Path) -> None:
        """Another file: nothing that was said of the one before holds for it."""
        self.path, self.look, self.mapping = path, None, {}
        self.forget_rows()

    def forget_rows(self) -> None:
        """The rows mean something else now."""
        self.decisions, self.allow_erased, self.trial = {}, set(), None

    @property
    def people(self) -> int:
        """How many rows the list has."""
        return self.look.rows if self.look is not None else 0

    def order(self) -> ImportOrder:
        """How the list is to be brought in."""
        if self.look is None or self.reason is None:
            raise RuntimeError("a list is brought in before it was looked at")
        return order_for(
            self.reason,
            self.source,
            duplicates=self.duplicates,
            mapping=dict(self.look.mapping),
            allow_erased=frozenset(self.allow_erased),
            decisions=dict(self.decisions),
            proof=self.proof,
            signed_up_by=self.signed_up_by if self.proof else None,
            all_signed_up=self.reason is OrderReason.SIGNED_UP and not self.look.says_who_wants_news,
        )

    def take_trial(self, report: ImportReport) -> None:
        """What a trial run found. The first tells who is here already, whatever is decided afterwards."""
        if self.trial is None:
            self.twins = tuple(row for row in report.rows if row.twin is not None)
            self.erased = tuple(row for row in report.rows if row.erased_on is not None)
        self.trial = report

    @property
    def has_questions(self) -> bool:
        """Whether anybody of the list is here already, or was erased."""
        return bool(self.twins or self.erased)
