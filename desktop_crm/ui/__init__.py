"""The window: screens of widgets over the services. Nothing here knows SQL or files of the database."""
