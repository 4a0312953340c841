"""The parts of the list of contacts."""
