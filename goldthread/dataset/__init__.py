"""What agencies send of their own records: declared specifications, submissions by period, checks, accepted rows."""
