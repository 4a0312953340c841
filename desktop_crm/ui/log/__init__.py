"""Parts of the activity log: its lines, the one that is open, and the check of its chain."""
