"""Whether what was sent keeps its specification, column by column and rule by rule, in Polars."""
