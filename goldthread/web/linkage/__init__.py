"""Pages of linkage: what was linked, what is to be looked at, and how it is decided."""
