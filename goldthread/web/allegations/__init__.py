"""The designated officer's own pages, and what somebody who reported an allegation sees."""
