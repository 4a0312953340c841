"""Safety copies in the window: the sheets in which one is brought back, and one person out of it."""
