"""From files to batches of text cells in columns, sheet and row of each kept; nothing is held that the next batch needs."""
