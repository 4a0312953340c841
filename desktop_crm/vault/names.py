"""Names of the files in the folder of a customer file."""

DATABASE = "customers.db"
KEYS = "customers.keys"
KEYS_COPY = "customers.keys.copy"
COPY_KEYS = "customers.copies"
TRIES = "customers.tries"
RESERVE = "customers.reserve"
