"""Reading customer lists that other programs wrote, into plain rows: CSV, Excel, vCard. No database, no window."""
