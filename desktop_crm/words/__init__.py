"""Every word the app says: messages, their languages, and problems told in plain words."""

from desktop_crm.words.languages import LANGUAGES, Words, spoken
from desktop_crm.words.message import M, Money, Value
from desktop_crm.words.problem import Exit, Gone, Problem, WayOut

__all__ = ["LANGUAGES", "Exit", "Gone", "M", "Money", "Problem", "Value", "WayOut", "Words", "spoken"]
