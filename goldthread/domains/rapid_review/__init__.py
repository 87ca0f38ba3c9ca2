"""Serious incidents: notified, reviewed at once, and what is learnt from them."""
