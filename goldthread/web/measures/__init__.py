"""The scorecard: boards, indicators with their rows, what is said of them, and what is published."""
