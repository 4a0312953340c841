"""Puts the program together: the command line now, the schedule, the demo."""
