"""Meetings: standing groups, what they plan, who sits, agenda, papers, decisions, actions, minutes."""
