"""The page of one contact, part by part."""
