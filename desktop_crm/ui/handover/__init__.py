"""The screen in a customer's hands: their questions alone, in their language, and no way to anything else."""
