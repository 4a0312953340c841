"""The window around the screens: sidebar, palette, shortcuts, problems, progress, toasts."""
