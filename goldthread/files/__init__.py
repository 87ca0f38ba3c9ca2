"""Files people upload: checked by what is in them, kept under random names, scanned, and handed out to readers only."""
