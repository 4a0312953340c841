"""Erasing a person: what goes and stays, the way there, and the certificate."""
