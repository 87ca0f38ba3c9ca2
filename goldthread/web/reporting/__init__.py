"""The yearly report on pages: upload a partnership's spreadsheets, see what does not hold, take the report away."""
