"""What stands on a printed form, word for word: made once, laid out on paper and kept as what the person read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_crm.documents.model import Shop


@dataclass(frozen=True, slots=True)
class AskedOnPaper:
    """One question: its title and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ConsentForm:
    """A form for one person, a blank one, or a sign-up list: then `columns` are the heads of the lines to sign on.

    `fill_in` is what is written by hand above the questions, `signed` what stands under the lines at the end.
    """

    code: str
    code_label: str
    language: str
    made_at: datetime
    shop: Shop
    title: str
    greeting: str
    asker: str
    lead: str
    questions: tuple[AskedOnPaper, ...]
    answers: tuple[str, ...]
    take_back: str
    given: str
    """That the notice was handed over along with it."""
    notice: str
    fill_in: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything on it in the order in which it is read."""
        asked = [part for one in self.questions for part in (one.title, *one.lines, *self.answers)]
        parts = (
            *(self.title, self.greeting, self.asker, *self.fill_in, self.lead, *asked, self.take_back, self.given),
            *(*self.columns, *self.signed, self.notice),
        )
        return "\n".join(part for part in parts if part)
