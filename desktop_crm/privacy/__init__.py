"""What follows from the declarations: pure functions from declarations and plain values. No database, no window."""
