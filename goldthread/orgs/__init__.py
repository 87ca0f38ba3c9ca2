"""Partnerships, agencies, teams, people who work in them, and the seats they hold."""
