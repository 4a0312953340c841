"""Colours, type and icons of the window, and how they change while it is open."""
