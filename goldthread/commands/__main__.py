"""`python -m goldthread.commands`, the same as the console script `goldthread`."""

import sys

from goldthread.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
