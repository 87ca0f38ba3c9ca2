"""Pages of the front door that are one of a kind; everything else it does is on the pages of every process."""
