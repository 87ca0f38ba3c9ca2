"""The law as dated data: calendars, time limits, code lists and glossary, each line with its source."""
