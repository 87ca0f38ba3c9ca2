"""My work: what is due, what was asked of me, what I began, and what I was told."""
