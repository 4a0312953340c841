"""Using data: lists for a purpose, and copies that have to be mended."""
