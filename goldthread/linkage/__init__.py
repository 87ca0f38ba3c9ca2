"""Which rows of agencies' returns and which records speak of one person: Splink finds, bars hold apart, people decide."""
