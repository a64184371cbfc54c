"""Leads a ritual of a served home from a process of its own: `python -m tests.site.ritual_leader HOME`.

Reads one JSON list a line, `["advance"]`, and answers with one JSON value a line.
"""

import json
import sys
from pathlib import Path
from typing import Any

from harmonia.cli.habitat import open_habitat


def main() -> None:
    open_habitat(Path(sys.argv[1]))
    from tests.site import ritual_steps

    for line in sys.stdin:
        name, *words = json.loads(line)
        answer: Any = getattr(ritual_steps, name)(*words)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
