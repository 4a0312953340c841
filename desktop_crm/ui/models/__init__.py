"""Qt models that hold ids and fetch rows in pages, so that a million people are as quick as ten."""
