"""Keys: the file with the ways in, the recovery code, opening and closing. Import from the modules themselves."""
