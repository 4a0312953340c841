"""Privacy requests: the list, the page of one, and what answers it."""
