"""Permission on paper: forms that are printed and filed again, lists that many sign, and notices that are told."""
