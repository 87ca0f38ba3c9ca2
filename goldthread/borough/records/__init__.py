"""What the borough hands out: frozen records of the truth, and of what agencies say about it."""
