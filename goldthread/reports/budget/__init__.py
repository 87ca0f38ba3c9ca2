"""The partnership's money: what comes in and from whom, what is spent, and what is left, year by year."""
