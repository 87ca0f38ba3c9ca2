"""Child in need plans."""
