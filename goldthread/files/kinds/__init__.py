"""Each kind of file that is taken: how it is recognised, what is refused, and what is taken out of it."""
