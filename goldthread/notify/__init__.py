"""Notices in the service and by e-mail, none of which says anything about a person."""
