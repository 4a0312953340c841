"""The screens of the sidebar: one file each, and one line in `entries.SCREENS`."""
