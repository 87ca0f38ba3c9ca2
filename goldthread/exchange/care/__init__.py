"""The return on looked-after children (SSDA903) out of Goldthread's own records."""
