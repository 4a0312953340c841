"""Names of the files in the folder of a customer file."""

DATABASE = "customers.db"
KEYS = "customers.keys"
KEYS_COPY = "customers.keys.copy"
TRIES = "customers.tries"
