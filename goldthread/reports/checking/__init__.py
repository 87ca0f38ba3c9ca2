"""Does what the report prints agree with its own tables?"""
