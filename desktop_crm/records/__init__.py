"""What the shop holds: one file per kind of record, declared once, and everything else derives from it."""
