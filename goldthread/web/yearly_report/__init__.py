"""Pages of the yearly report and the published arrangements: who owes what, what comes next, and what was published."""
