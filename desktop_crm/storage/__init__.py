"""Where the data lives: the encrypted database, its one door, its one writer, its search index."""
