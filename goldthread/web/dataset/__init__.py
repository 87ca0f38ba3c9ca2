"""Pages of data returns: who owes what, sending, accepting, how good the data is, and what a return is made of."""
