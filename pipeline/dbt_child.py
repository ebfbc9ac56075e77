"""dbt's own command line, in a process that does not outlive the run that started it."""

import os
import sys
import threading

from pipeline.modes import UMASK


def _die_with_parent() -> None:
    """Wait for the end of standard input, which the parent holds open as long as it lives."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    os.umask(UMASK)  # only this user may read the raw data that follow
    threading.Thread(target=_die_with_parent, daemon=True).start()
    from dbt.cli.main import cli

    cli(sys.argv[1:])
