"""Values every other room uses: spans, dates, names and identifiers. Imports nothing of ours."""
