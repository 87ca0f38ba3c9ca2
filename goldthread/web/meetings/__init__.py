"""Pages of meetings: groups and their forward plan, one meeting as it is held, its minutes, a person's calendar."""
