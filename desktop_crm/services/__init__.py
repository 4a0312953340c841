"""What the app does: plain functions over an open customer file, each declared as an act."""
