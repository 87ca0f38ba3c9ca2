"""Agencies' yearly account of how they keep children safe (section 11)."""
