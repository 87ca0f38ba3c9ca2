"""Fact tables made of what was recorded and what was returned: read as the system of one partnership, kept as Parquet."""
