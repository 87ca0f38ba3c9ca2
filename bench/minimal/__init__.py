"""The yardstick: the same rows as a hand-written Django site would show them, with no permission, log or navigation."""
