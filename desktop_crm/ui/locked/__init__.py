"""What stands before a customer file that is not open: open it, recover it, or say why it cannot be opened."""
