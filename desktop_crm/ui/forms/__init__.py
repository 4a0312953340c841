"""What is typed for people: their details, notes, calls, tasks and orders, each on a sheet over the window."""
