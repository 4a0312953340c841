"""The wizard that brings in a list."""
