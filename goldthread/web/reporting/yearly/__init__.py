"""The yearly report as it is written: its sections with live figures, what the checks find, and every figure's origin."""
