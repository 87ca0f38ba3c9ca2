"""What was learnt and what came of it: a finding, what is recommended, who does what by when, how it is known to help."""
