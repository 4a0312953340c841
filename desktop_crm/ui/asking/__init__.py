"""Asking for permission: what to ask, in exactly which words, and what was answered."""
