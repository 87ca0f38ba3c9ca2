"""Files of rows as people send them, read cell by cell; nothing here knows what the rows mean."""
