"""The one exception a command raises when it will not go on."""


class Refusal(Exception):
    """The command stops here; the message says why and how to mend it, and is all the operator sees."""
