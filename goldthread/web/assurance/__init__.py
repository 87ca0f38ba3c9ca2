"""Section 11 rounds: started for many agencies at once, followed, and compared from year to year."""
