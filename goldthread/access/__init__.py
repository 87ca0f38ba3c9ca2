"""Who may see and do what, decided in one place and enforced in one place, with the database as second net."""
