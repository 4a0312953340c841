"""Proof of erasure: what a deleted person left in the customer file, found without the database engine."""
