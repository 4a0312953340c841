"""The first run: six steps from the language to the first customer."""
