"""Every piece of the interface on show, with invented content: for those who build pages, and for the tests."""
