"""Help, glossary, and the pages a public service owes its readers."""
