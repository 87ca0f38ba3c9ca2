"""Pages to make national returns and inspection lists of Goldthread's own records."""
