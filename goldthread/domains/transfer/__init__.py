"""Children who move to or from another area."""
