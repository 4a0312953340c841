"""The computer behind small interfaces: clock, ids, paths, key store, locks."""
