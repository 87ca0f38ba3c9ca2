"""Pages to load contacts from files: choose, look through, save, undo."""
