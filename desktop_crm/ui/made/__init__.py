"""Papers that were made: where they go, and what is done with them."""
