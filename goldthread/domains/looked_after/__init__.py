"""Children who are looked after, and young people who have left care."""
