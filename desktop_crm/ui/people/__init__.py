"""Pieces for the people who work here: who comes in, in which role, and by what."""
