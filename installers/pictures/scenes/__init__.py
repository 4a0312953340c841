"""What is to be seen: a file for each part of the window, with its scenes."""
