"""Setting up what data is used for, and the words people read."""
