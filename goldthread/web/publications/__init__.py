"""What the partnership publishes, for everybody."""
