"""Who may open which page about whom: every role, page and relationship, held against a table written by hand."""
