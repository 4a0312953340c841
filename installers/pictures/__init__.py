"""Pictures of every screen and paper, made by the program itself: `python -m installers.pictures`."""
