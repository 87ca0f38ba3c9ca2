"""Files of rows as people send them, read cell by cell, and what is wrong with them; nothing here knows what rows mean."""
