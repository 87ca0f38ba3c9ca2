"""Everything that changes a partnership, its agencies, its people's seats and their accounts.

One named function for each change: it asks whether the actor may, checks what was entered and saves all or nothing.
Raises Refused (not allowed), django's ValidationError (a field is wrong; keys are field names) or BadSheet (a file is).
"""
