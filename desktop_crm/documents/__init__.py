"""Paper and files for machines: every report, letter, form and certificate, from plain values to bytes."""
