"""Contacts at the front door: when, from whom, about whom, in what words, and what was done."""
