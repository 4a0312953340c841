"""Parts of *Keeping times*: what waits for a yes, the rules, what was tidied, and what must not be deleted."""
