"""Child and family assessment."""
