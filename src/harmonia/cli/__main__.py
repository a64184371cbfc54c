"""Let `python -m harmonia.cli` work where the script is not on PATH."""

import sys

from harmonia.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
