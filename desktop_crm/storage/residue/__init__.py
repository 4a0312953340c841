"""Proof of erasure: what a deleted person left in the customer file, found without the database engine."""

from desktop_crm.storage.residue.full_text import words
from desktop_crm.storage.residue.scan import Hit, Residue, scan

__all__ = ["Hit", "Residue", "scan", "words"]
