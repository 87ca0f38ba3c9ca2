"""Pages of the thread: what was found, what is recommended, who does what by when, and what difference it made."""
