"""The layouts contacts can come in: each declares its columns and says what its rows become."""
