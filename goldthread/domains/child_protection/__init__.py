"""Child protection conferences and plans."""
